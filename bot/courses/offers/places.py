"""Which place of a city a provider means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.courses.offers.reading import Locate
from bot.courses.records import Point


class FoundPlace(Protocol):
    """A place of a city."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def lat(self) -> float:
        """Degrees north."""
        ...

    @property
    def lon(self) -> float:
        """Degrees east."""
        ...


def one_place(found: Sequence[FoundPlace], typed: str) -> tuple[str, Point] | None:
    """Return the place that was meant; None where there is none, or it is not clear which."""
    named = [one for one in found if one.name.casefold() == typed.strip().casefold()]
    meant = named[:1] or (found if len(found) == 1 else ())
    return (meant[0].name, Point(meant[0].lat, meant[0].lon)) if meant else None


def locator(resolve: Callable[[str, str], Sequence[FoundPlace]], city: str) -> Locate:
    """Return what finds a place of a city."""
    return lambda typed: one_place(resolve(city, typed), typed)
