"""The badges of a CV as one signed record, made when somebody asks for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.badges.addresses import Addresses
from bot.badges.records import SAMPLE, Issuer, Json
from bot.cv.contents import Contents
from bot.work.sideprocess import SideProcess, SideProcessFailed
from content.load import Content

MOST_KEPT = 16
KEPT_FOR = timedelta(hours=1)
"""So long a record is handed out again instead of being signed anew."""


class LearningRecords:
    """Signs records of what stands on CVs.

    Args:
        signer: The process with the keys.
        addresses: Of everything that badges name.
        content: Gives the content in use.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        signer: SideProcess,
        addresses: Addresses,
        content: Callable[[], Content],
        clock: Callable[[], datetime],
    ) -> None:
        self._signer, self._addresses = signer, addresses
        self._content, self._clock = content, clock
        self._kept: OrderedDict[tuple[str, ...], tuple[datetime, bytes]] = OrderedDict()

    async def signed(self, contents: Contents) -> bytes | None:
        """Return the record of a CV that is on; None where it shows no badge.

        Raises:
            SideProcessFailed: It cannot be signed now.
        """
        cv = contents.cv
        badges = [one.held.document for one in contents.badges]
        if not (cv.is_on and badges and cv.city in self._content().cities):
            return None
        key = (cv.token, *(f"{one.held.id} {one.held.pair}" for one in contents.badges))
        at, found = self._kept.get(key, (self._clock() - KEPT_FOR, b""))
        if not found or self._clock() - at >= KEPT_FOR:
            found = await self._sign(self._document(contents, badges), cv.city)
            self._keep(key, found)
        return found

    def _document(self, contents: Contents, badges: list[bytes]) -> Json:
        from bot.badges.learning_record import record_document  # slow to load, seldom needed

        cv, content = contents.cv, self._content()
        city = content.cities[cv.city]
        issuer = Issuer(
            self._addresses.did(city.id),
            city.title or city.name,
            self._addresses.issuer(city.id),
        )
        name = content.words.short("cv.record.name", "en")
        named = name if self._addresses.is_public else f"{SAMPLE}{name}"
        address = self._addresses.record(cv.token)
        return record_document(address, issuer, named, badges, self._clock())

    async def _sign(self, document: Json, city: str) -> bytes:
        question = {
            "do": "record",
            "issuer": city,
            "document": document,
            "now": self._clock().isoformat(),
        }
        told = await self._signer.ask(question)
        if "document" not in told:
            raise SideProcessFailed(str(told.get("refused") or told.get("failed") or "no answer"))
        return str(told["document"]).encode()

    def _keep(self, key: tuple[str, ...], found: bytes) -> None:
        self._kept[key] = (self._clock(), found)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
