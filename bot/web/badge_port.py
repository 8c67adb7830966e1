"""What the pages of badges need from the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.badges.did import PublicRing
from bot.badges.held import HeldBadge, PublishedAchievement
from bot.badges.older import Twin
from bot.badges.records import Reason
from bot.badges.verify.steps import Judgement, Step
from bot.cv.contents import Contents
from bot.errors import NotFound


@dataclass(frozen=True, slots=True)
class FoundBadge:
    """A badge that whoever asks may see.

    Attributes:
        published: What it was given for; None until it is signed.
        is_own: Whether whoever asks is its holder.
        older: What older backpacks look for in its pictures; only for its holder, who asked for
            it. Empty for nothing.
    """

    held: HeldBadge
    published: PublishedAchievement | None
    is_own: bool = False
    older: str = ""


@dataclass(frozen=True, slots=True)
class Hosted:
    """A badge at its address for older backpacks."""

    held: HeldBadge
    twin: Twin


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing that whoever asks may see: unknown and hidden look the same.

    Attributes:
        is_gone: Its holder had it erased.
    """

    is_gone: bool = False


class Badges(Protocol):
    """Badges, what their issuers publish, and judging."""

    @property
    def is_public(self) -> bool:
        """Whether badges made here can be verified by others; else they are samples."""
        ...

    async def ring(self, issuer: str) -> PublicRing | None:
        """Return an issuer's public keys; None for no issuer. Raises BotError: not now."""
        ...

    async def endorser(self, token: str) -> PublicRing:
        """Return the keys of somebody who confirms. Raises BotError: not now."""
        ...

    async def status_list(self, city: str, number: int) -> bytes | None:
        """Return a signed list of revoked badges."""
        ...

    async def achievement(
        self, city: str, key: str, version: str, language: str
    ) -> PublishedAchievement | None:
        """Return what was awarded at least once; None for anything else."""
        ...

    async def at(self, token: str, address: str) -> FoundBadge | Absent:
        """Return a badge for the chat with an address (empty for none)."""
        ...

    async def hosted(self, token: str) -> Hosted | Absent:
        """Return the badge at an address for older backpacks."""
        ...

    async def record(self, contents: Contents) -> bytes | None:
        """Return the badges of a CV as one signed record. Raises BotError: not now."""
        ...

    async def judge(self, data: bytes) -> Judgement:
        """Judge a badge in whatever form it comes."""
        ...

    async def fetch(self, link: str) -> bytes | None:
        """Return the badge that a link leads to; None where there is none to be had."""
        ...


class NoBadges:
    """Issues and judges nothing."""

    @property
    def is_public(self) -> bool:
        """Return False."""
        return False

    async def ring(self, issuer: str) -> PublicRing | None:
        """Return None."""
        del issuer
        return None

    async def endorser(self, token: str) -> PublicRing:
        """Refuse: there are no keys."""
        raise NotFound(f"{token} has no keys.")

    async def status_list(self, city: str, number: int) -> bytes | None:
        """Return None."""
        del city, number
        return None

    async def achievement(
        self, city: str, key: str, version: str, language: str
    ) -> PublishedAchievement | None:
        """Return None."""
        del city, key, version, language
        return None

    async def at(self, token: str, address: str) -> FoundBadge | Absent:
        """Return nothing."""
        del token, address
        return Absent()

    async def hosted(self, token: str) -> Hosted | Absent:
        """Return nothing."""
        del token
        return Absent()

    async def record(self, contents: Contents) -> bytes | None:
        """Return None."""
        del contents
        return None

    async def judge(self, data: bytes) -> Judgement:
        """Say that it could not be found out."""
        del data
        return Judgement("unknown", (Step("file", "unknown", Reason("verify.file.unreadable")),))

    async def fetch(self, link: str) -> bytes | None:
        """Return None."""
        del link
        return None
