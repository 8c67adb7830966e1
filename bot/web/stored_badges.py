"""Badges over the database, and over what judges and signs beside us."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from bot.badges.addresses import Addresses
from bot.badges.did import PublicRing
from bot.badges.held import PublishedAchievement
from bot.badges.older import baked_assertion
from bot.badges.verify.steps import Judgement
from bot.cv.contents import Contents
from bot.web.badge_port import Absent, FoundBadge, Hosted
from storage import Database, Unit

CHANNEL = "web"
FORMS = (".json", ".jws", ".png", ".svg")


class Keys(Protocol):
    """What is published about issuers' keys (bot.work.verifying.IssuerPages)."""

    async def ring(self, issuer: str) -> PublicRing | None:
        """Return an issuer's public keys."""
        ...

    async def endorser(self, token: str) -> PublicRing:
        """Return the keys of somebody who confirms."""
        ...


class Judge(Protocol):
    """Judges badges (bot.work.verifying.Verifying)."""

    async def verify(self, data: bytes) -> Judgement:
        """Judge a badge."""
        ...


class Fetch(Protocol):
    """Fetches something of others; bounded in size and time."""

    async def __call__(self, address: str) -> bytes | None:
        """Return what is there; None where it cannot be had."""
        ...


class Records(Protocol):
    """Signs the badges of CVs together (bot.work.learning_records.LearningRecords)."""

    async def signed(self, contents: Contents) -> bytes | None:
        """Return the record of a CV that is on."""
        ...


class Works(Protocol):
    """What signs, judges and publishes beside us (bot.work.badges.BadgeWorks)."""

    @property
    def addresses(self) -> Addresses:
        """Of everything that badges name."""
        ...

    @property
    def pages(self) -> Keys:
        """What is published about issuers' keys."""
        ...

    @property
    def verifying(self) -> Judge:
        """Judges badges."""
        ...

    @property
    def records(self) -> Records:
        """Signs the badges of CVs together."""
        ...

    @property
    def fetch(self) -> Fetch:
        """Fetches what others publish, from public addresses alone."""
        ...


class StoredBadges:
    """Badges as they are kept.

    Args:
        bot: Which bot of the channel "web" the chats are with.
        works: What signs, judges and publishes.
    """

    def __init__(self, database: Database, bot: str, works: Works) -> None:
        self._database, self._bot = database, bot
        self._addresses, self._fetch = works.addresses, works.fetch
        self.ring = works.pages.ring
        self.endorser = works.pages.endorser
        self.judge = works.verifying.verify
        self.record = works.records.signed

    @property
    def is_public(self) -> bool:
        """Whether badges made here can be verified by others."""
        return self._addresses.is_public

    async def status_list(self, city: str, number: int) -> bytes | None:
        """Return a signed list of revoked badges."""
        return await self._database.read(lambda unit: unit.status_lists.find(city, number))

    async def achievement(
        self, city: str, key: str, version: str, language: str
    ) -> PublishedAchievement | None:
        """Return what was awarded at least once."""
        return await self._database.read(
            lambda unit: unit.achievements.find(city, key, version, language)
        )

    async def at(self, token: str, address: str) -> FoundBadge | Absent:
        """Return a badge for the chat with an address."""
        return await self._database.read(lambda unit: self._at(unit, token, address))

    async def hosted(self, token: str) -> Hosted | Absent:
        """Return the badge at an address for older backpacks."""
        return await self._database.read(lambda unit: _hosted(unit, token))

    async def fetch(self, link: str) -> bytes | None:
        """Return the badge that a link leads to: one of ours is never fetched over the net."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        if parts.netloc == urlsplit(self._addresses.base).netloc:
            found = await self.at(self._token(parts.path), "")
            return found.held.document or None if isinstance(found, FoundBadge) else None
        return await self._fetch(link) if parts.scheme == "https" else None

    def _token(self, path: str) -> str:
        for form in FORMS:
            path = path.removesuffix(form)
        return self._addresses.token_of(f"{self._addresses.base}{path}")

    def _at(self, unit: Unit, token: str, address: str) -> FoundBadge | Absent:
        # All is looked up whatever comes of it: how long it takes tells nothing.
        held, is_gone = unit.badges.find(token), unit.badges.is_gone(token)
        person = unit.people.at(CHANNEL, self._bot, address) if address else None
        is_own = held is not None and person is not None and person.id == held.person
        if held is None or not (is_own or (held.is_shown and held.is_signed)):
            return Absent(is_gone)
        shown = (held.city, held.achievement, held.version, held.language)
        twin = unit.backpack.of(held.id) if is_own else None
        older = baked_assertion(self._addresses, held, twin)
        return FoundBadge(held, unit.achievements.find(*shown), is_own, older)


def _hosted(unit: Unit, token: str) -> Hosted | Absent:
    found, is_gone = unit.backpack.find(token), unit.badges.is_gone(token)
    return Absent(is_gone) if found is None else Hosted(found[1], found[0])
