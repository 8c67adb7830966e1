"""Cities of a network beside each other: only what each was told itself, and of those that agreed.

Nothing is added up over cities: a sum beside its parts would tell of whoever is not there. A month
is told by its own release, or by that of the last week that began in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.insights.sheets import ALL, SHEETS, Release, Topic, before, period_of

TOPICS: Final[tuple[Topic, ...]] = ("demand", "supply", "learning", "use")
MONTHS: Final = 12
MOST_GROUPS: Final = 15
COLUMNS: Final = ("city", "sheet", "month", "group", "count")
Told = Mapping[str, Sequence[Release]]
"""What each city was told, by city; only of those that agreed."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One sheet of several cities.

    Attributes:
        rows: Counts by row and city; None where a city was not told, or not of so many. The rows
            are months, the newest first, or the groups of the newest month.
        is_grouped: Whether they are groups.
        month: The newest month that any city was told of.
    """

    sheet: str
    cities: tuple[str, ...]
    rows: Mapping[str, Mapping[str, int | None]]
    is_grouped: bool
    month: date


def sheets_of(topic: str) -> list[str]:
    """Return the sheets of a topic that cities share: those that are open to everybody."""
    return [key for key, one in SHEETS.items() if one.topic == topic and one.is_open]


def beside(told: Told, sheet: str) -> Beside | None:
    """Return a sheet of several cities; None where no city was told of it."""
    by_city = {city: monthly(releases, sheet) for city, releases in told.items()}
    months = sorted({month for found in by_city.values() for month in found}, reverse=True)
    if not months:
        return None
    cities = tuple(city for city, found in by_city.items() if found)
    if any(ALL in one.groups for found in by_city.values() for one in found.values()):
        rows = {
            month.isoformat(): {city: _count(by_city[city].get(month), ALL) for city in cities}
            for month in _run(months[0], months[-1])
        }
        return Beside(sheet, cities, rows, False, months[0])
    return Beside(sheet, cities, _groups(by_city, cities, months[0]), True, months[0])


def monthly(releases: Sequence[Release], sheet: str) -> dict[date, Release]:
    """Return a city's releases of a sheet by month: of weeks the last that began in it."""
    found: dict[date, Release] = {}
    for one in sorted(releases, key=lambda one: one.starts_on):
        if one.sheet == sheet:
            found[period_of(one.starts_on, "month")] = one
    return found


def lines(told: Told) -> Iterator[dict[str, Any]]:
    """Yield every figure of all cities and months, by the names of COLUMNS."""
    for city, releases in told.items():
        for key in (key for topic in TOPICS for key in sheets_of(topic)):
            for month, one in monthly(releases, key).items():
                head = {"city": city, "sheet": key, "month": f"{month:%Y-%m}"}
                for group, each in one.groups.items():
                    if each.count is not None:
                        yield {**head, "group": group, "count": each.count}


def per_thousand(count: int | None, people: int) -> float | None:
    """Return a count for each thousand people of a city, to one decimal."""
    return None if count is None else round(count * 1000 / people, 1)


def _groups(
    by_city: Mapping[str, Mapping[date, Release]], cities: Sequence[str], month: date
) -> dict[str, dict[str, int | None]]:
    newest = {city: by_city[city].get(month) for city in cities}
    sizes: dict[str, int] = {}
    for one in newest.values():
        for group, told in one.groups.items() if one else ():
            sizes[group] = max(sizes.get(group, 0), told.count or 0)
    names = sorted(sizes, key=lambda group: (-sizes[group], group))[:MOST_GROUPS]
    return {group: {city: _count(newest[city], group) for city in cities} for group in names}


def _count(one: Release | None, group: str) -> int | None:
    return one.of(group).count if one else None


def _run(newest: date, oldest: date) -> Iterator[date]:
    month = newest
    for _ in range(MONTHS):
        if month >= oldest:
            yield month
        month = before(month, "month")
