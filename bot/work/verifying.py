"""Judging badges for anybody: our own from what we keep, others with a guarded look outside."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.badges.addresses import HOST_ISSUER, Addresses, is_token
from bot.badges.did import PublicRing, did_document, read_public
from bot.badges.document import dump
from bot.badges.records import Json, Reason
from bot.badges.verify.steps import MAX_FILE, Judgement, Need, Step
from bot.work.sideprocess import SideProcess, SideProcessFailed
from storage import Database

MOST_NEEDS = 6
RING = "ring.json"
_STATUS = re.compile(r"/issuers/([a-z0-9-]{1,64})/status/([0-9]{1,6})")


class Fetch(Protocol):
    """Fetches something of others; bounded in size and time, and only from public addresses."""

    async def __call__(self, address: str) -> bytes | None:
        """Return what is there; None where it cannot be had."""
        ...


class IssuerPages:
    """What we publish about issuers' keys, from the public halves that lie beside the private.

    Args:
        addresses: From which DIDs follow.
        keys: The folder of the keys.
        signer: The process that makes them the first time.
        clock: Where the time comes from.
        cities: Gives the ids of the cities that may issue.
    """

    def __init__(
        self,
        addresses: Addresses,
        keys: Path,
        signer: SideProcess,
        clock: Callable[[], datetime],
        cities: Callable[[], frozenset[str]],
    ) -> None:
        self._addresses = addresses
        self._keys = keys
        self._signer = signer
        self._clock = clock
        self._cities = cities

    async def ring(self, issuer: str) -> PublicRing | None:
        """Return an issuer's public keys, for `did_document` and `jwk_set`; None for no issuer.

        Args:
            issuer: A city's id, or HOST_ISSUER.

        Raises:
            SideProcessFailed: The keys cannot be had now.
        """
        if issuer != HOST_ISSUER and issuer not in self._cities():
            return None
        path = self._keys / issuer / RING
        if not await asyncio.to_thread(path.is_file):
            now = self._clock().isoformat()
            await self._signer.ask({"do": "make", "issuer": issuer, "now": now})
        try:
            text = await asyncio.to_thread(path.read_text, "utf-8")
            return read_public(text, self._addresses.did(issuer))
        except (OSError, ValueError, KeyError) as error:
            raise SideProcessFailed(f"the keys of {issuer} cannot be read") from error

    async def make_missing(self) -> None:
        """Have every issuer's keys made that are not there yet: before the first badge.

        Raises:
            SideProcessFailed: They cannot be made now.
        """
        for issuer in (HOST_ISSUER, *sorted(self._cities())):
            await self.ring(issuer)

    async def endorser(self, token: str) -> PublicRing:
        """Return the keys of somebody who confirms; every token has some, so that none tells.

        Raises:
            SideProcessFailed: The keys cannot be had now.
        """
        ring = await self.ring(HOST_ISSUER)
        if ring is None:
            raise SideProcessFailed("the host has no keys")
        return ring.known_as(self._addresses.endorser_did(token))


class Verifying:
    """Judges a badge in whatever form it comes.

    Args:
        database: Has our own lists.
        addresses: Which addresses are ours.
        pages: Has our own keys.
        judges: The process that judges; not the one that signs, so that neither waits.
        fetch: Fetches what others publish.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        database: Database,
        addresses: Addresses,
        pages: IssuerPages,
        judges: SideProcess,
        fetch: Fetch,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._addresses = addresses
        self._pages = pages
        self._judges = judges
        self._fetch = fetch
        self._clock = clock

    async def verify(self, data: bytes) -> Judgement:
        """Judge a badge; what nobody can find out is said to be unknown."""
        packed = base64.b64encode(data[: MAX_FILE + 1]).decode()
        try:
            told = await self._judges.ask({"do": "read", "data": packed})
            if "needs" in told:
                needs = [Need(*one) for one in told["needs"][:MOST_NEEDS]]
                had = await asyncio.gather(*(self._have(need) for need in needs))
                told = await self._judges.ask(self._question(packed, needs, had))
        except SideProcessFailed:
            told = {}
        if "judgement" not in told:
            reason = Reason("verify.file.unreadable")
            return Judgement("unknown", (Step("file", "unknown", reason),))
        return Judgement.from_json(told["judgement"])

    def _question(self, packed: str, needs: list[Need], had: list[bytes | None]) -> Json:
        return {
            "do": "judge",
            "data": packed,
            "documents": {
                need.address: None if raw is None else base64.b64encode(raw).decode()
                for need, raw in zip(needs, had, strict=True)
            },
            "now": self._clock().isoformat(),
        }

    async def _have(self, need: Need) -> bytes | None:
        """Return what a need names: our own is never fetched."""
        if need.kind == "keys" and (own := self._own_issuer(need.did)) is not None:
            return await self._own_keys(own)
        if need.kind == "status" and need.address.startswith(f"{self._addresses.base}/"):
            return await self._own_list(need.address)
        if need.address.startswith(f"{self._addresses.base}/"):
            return None
        return await self._fetch(need.address)

    def _own_issuer(self, did: str) -> str | None:
        """Return whose keys a DID of ours stands for: a city, the host or an endorser."""
        host = self._addresses.did(HOST_ISSUER)
        if did == host:
            return HOST_ISSUER
        rest = did.removeprefix(f"{host}:")
        return rest if did.startswith(f"{host}:") else None

    async def _own_keys(self, own: str) -> bytes | None:
        kind, _, name = own.partition(":")
        try:
            if kind == "endorsers" and is_token(name):
                ring: PublicRing | None = await self._pages.endorser(name)
            else:
                ring = await self._pages.ring(name if kind == "issuers" else own)
        except SideProcessFailed:
            return None
        return None if ring is None else dump(did_document(ring))

    async def _own_list(self, address: str) -> bytes | None:
        match = _STATUS.fullmatch(address.removeprefix(self._addresses.base))
        if match is None:
            return None
        city, number = match.group(1), int(match.group(2))
        return await self._database.read(lambda unit: unit.status_lists.find(city, number))
