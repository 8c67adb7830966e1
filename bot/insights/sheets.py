"""The sheets of figures that a city is told: what each counts, how often, and how it is split.

Two sheets may count the same people. So a way by which people are split stands in one of them
alone; parts of groups are never added up over groups, for somebody may be in several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal, TypeAlias

import orjson

from bot.insights.suppression import LEAST
from bot.insights.telling import Row, Told, Way, as_tree, from_tree, rounded, tell

Every: TypeAlias = Literal["week", "month"]
Topic: TypeAlias = Literal["demand", "supply", "learning", "campaigns", "use", "conversations"]
ALL: Final = ""
"""The group of everybody that a sheet counts."""
LEVELS: Final = ("0", "1", "2", "3", "4")
CHANGES: Final = ("more", "same", "less")
LATE: Final[Mapping[Every, int]] = {"week": 3, "month": 2}
"""How many periods back are counted late: what they are counted from is kept so long."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of figures.

    Attributes:
        every: What one figure is counted over; it begins on a Monday, or on the first of a month.
        is_public: It counts courses, which anybody can: nothing is kept back.
        is_open: It is published for everybody, not for staff alone.
        is_rounded: It counts some of the people of another sheet, so counts are rounded.
    """

    key: str
    topic: Topic
    every: Every
    is_public: bool = False
    is_open: bool = True
    is_rounded: bool = False


SHEETS: Final[Mapping[str, Sheet]] = {
    sheet.key: sheet
    for sheet in (
        Sheet("found", "demand", "week"),
        Sheet("unmet", "demand", "week"),
        Sheet("unmet_places", "demand", "week"),
        Sheet("watched", "demand", "week"),
        Sheet("saved", "demand", "week"),
        Sheet("supply", "supply", "week", is_public=True),
        Sheet("checks", "learning", "month"),
        Sheet("levels", "learning", "month"),
        Sheet("feelings", "learning", "month"),
        Sheet("routes", "learning", "month"),
        Sheet("steps", "learning", "month"),
        Sheet("badges", "learning", "month"),
        Sheet("evaluation", "learning", "month"),
        Sheet("campaigns", "campaigns", "month", is_open=False),
        Sheet("people", "use", "week"),
        Sheet("talks", "use", "week"),
        Sheet("stops", "conversations", "week", is_open=False),
        Sheet("unread", "conversations", "week", is_open=False, is_rounded=True),
    )
}


def ways_of(sheet: str, wards: tuple[str, ...], languages: tuple[str, ...]) -> tuple[Way, ...]:
    """Return how a sheet splits people.

    Args:
        wards, languages: All of a city; who said none stands in the part "".
    """
    found: dict[str, tuple[Way, ...]] = {
        "unmet_places": (Way("ward", parts=(*wards, "")),),
        "checks": (
            Way("ward", (Way("level", parts=LEVELS),), (*wards, "")),
            Way("change", parts=("first", *CHANGES)),
        ),
        "levels": (Way("level", parts=LEVELS),),
        "feelings": (Way("change", parts=CHANGES),),
        "evaluation": (Way("answer"),),
        "campaigns": (Way("outcome", parts=("left", "joined", "pressed", "none")),),
        "people": (
            Way("language", parts=languages),
            Way("channel", parts=("telegram", "web", "both")),
            Way("known", parts=("new", "back")),
        ),
        "stops": (Way("step"),),
        "unread": (Way("words"),),
    }
    return found.get(sheet, ())


@dataclass(frozen=True, slots=True)
class Release:
    """A sheet of one period as it was told once and stays.

    Attributes:
        starts_on: The first day of the period.
        groups: What is told of each group; who is in no group that may be told is not in it.
    """

    sheet: str
    starts_on: date
    groups: Mapping[str, Told]

    def of(self, group: str = ALL) -> Told:
        """Return what is told of a group; nothing where it is not in it."""
        return self.groups.get(group, Told(None))


def release(
    sheet: str, starts_on: date, groups: Mapping[str, Iterable[Row]], ways: tuple[Way, ...]
) -> Release:
    """Return what may be told of a period.

    Args:
        groups: People by group. Groups of too few are left out, so that their names tell nothing.
    """
    finish = rounded if SHEETS[sheet].is_rounded else _as_it_is
    told = {group: finish(tell(rows, ways)) for group, rows in sorted(groups.items())}
    return Release(sheet, starts_on, {key: one for key, one in told.items() if one.count})


def _as_it_is(told: Told) -> Told:
    return told


def is_told(count: int | None) -> bool:
    """Whether a count may be told."""
    return count is not None and count >= LEAST


def period_of(day: date, every: Every) -> date:
    """Return the first day of the period in which a day lies."""
    return day - timedelta(days=day.weekday()) if every == "week" else day.replace(day=1)


def before(starts_on: date, every: Every) -> date:
    """Return the first day of the period before."""
    return period_of(starts_on - timedelta(days=1), every)


def after(starts_on: date, every: Every) -> date:
    """Return the first day of the period after."""
    return period_of(starts_on + timedelta(days=32 if every == "month" else 7), every)


def ended(today: date, every: Every) -> Iterator[date]:
    """Yield the first days of periods that are over and can still be counted, newest first."""
    starts_on = period_of(today, every)
    for _ in range(LATE[every]):
        starts_on = before(starts_on, every)
        yield starts_on


def dump_release(one: Release) -> bytes:
    """Return the groups of a release as bytes for a row."""
    return orjson.dumps({key: as_tree(told) for key, told in one.groups.items()})


def load_release(sheet: str, starts_on: date, body: bytes) -> Release:
    """Return a release from its row."""
    tree: Any = orjson.loads(body)
    return Release(sheet, starts_on, {key: from_tree(told) for key, told in tree.items()})
