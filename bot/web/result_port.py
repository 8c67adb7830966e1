"""What result pages need from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.skills.report import Told


@dataclass(frozen=True, slots=True)
class ShownResult:
    """What a person told, as far as one of their results shows it.

    Attributes:
        sitting: Its id; empty for where they stand by all their sittings.
        told: The sittings that it rests on, oldest first.
        before: The one before, to compare with; empty for "where I stand now", which compares
            with all but the newest.
        city: The person's city; empty where not known.
        others: All their sittings, newest first: for themselves alone.
        token: Of the private address that is on: for themselves alone; empty where none is.
    """

    sitting: str
    told: tuple[Told, ...]
    before: tuple[Told, ...] = ()
    city: str = ""
    others: tuple[Told, ...] = field(default=())
    token: str = ""


class Results(Protocol):
    """What people told about their skills, by private address or by their own chat."""

    async def shared(self, token: str) -> ShownResult | None:
        """Return the result at a private address; None where there is none any more."""
        ...

    async def own(self, address: str, sitting: str) -> ShownResult | None:
        """Return a result of a chat's own person; None where it is not theirs or holds nothing."""
        ...

    async def share(self, address: str, sitting: str) -> str | None:
        """Switch the private address of a result on and return its token; None as in `own`."""
        ...

    async def unshare(self, address: str, sitting: str) -> None:
        """Switch the private address of a result off."""
        ...


class NoResults:
    """Holds nothing of anybody."""

    async def shared(self, token: str) -> ShownResult | None:  # noqa: ARG002
        """Return nothing."""
        return None

    async def own(self, address: str, sitting: str) -> ShownResult | None:  # noqa: ARG002
        """Return nothing."""
        return None

    async def share(self, address: str, sitting: str) -> str | None:  # noqa: ARG002
        """Return nothing."""
        return None

    async def unshare(self, address: str, sitting: str) -> None:
        """Do nothing."""


def newest_first(told: Sequence[Told]) -> tuple[Told, ...]:
    """Return sittings with the newest first."""
    return tuple(sorted(told, key=lambda one: one.sitting.started_at, reverse=True))
