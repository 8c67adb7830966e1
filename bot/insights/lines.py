"""Releases as lines of a table, and sums of them over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.insights.sheets import ALL, SHEETS, Release
from bot.insights.telling import Told

COLUMNS = (
    "sheet",
    "period",
    "starts_on",
    "group",
    "way",
    "part",
    "inner_way",
    "inner_part",
    "count",
)


def as_lines(releases: Iterable[Release], *, is_open: bool = False) -> Iterator[dict[str, Any]]:
    """Yield every figure of releases by the names of COLUMNS; a count that is not told is None.

    Args:
        is_open: Leave out sheets that are for staff alone.
    """
    for one in releases:
        sheet = SHEETS.get(one.sheet)
        if sheet is None or (is_open and not sheet.is_open):
            continue
        head = {"sheet": one.sheet, "period": sheet.every, "starts_on": one.starts_on.isoformat()}
        if not one.groups:
            yield {**dict.fromkeys(COLUMNS, ""), **head, "count": None}
        for group, told in one.groups.items():
            yield from _lines({**head, "group": group}, told)


def _lines(head: dict[str, Any], told: Told) -> Iterator[dict[str, Any]]:
    rest = {name: "" for name in COLUMNS if name not in head}
    yield {**head, **rest, "count": told.count}
    for way, parts in told.ways.items():
        for part, one in parts.items():
            line = {**head, **rest, "way": way, "part": part}
            yield {**line, "count": one.count}
            for inner_way, inner in one.ways.items():
                for inner_part, each in inner.items():
                    more = {"inner_way": inner_way, "inner_part": inner_part, "count": each.count}
                    yield {**line, **more}


@dataclass(frozen=True, slots=True)
class Summed:
    """What was told of some periods, added up.

    Attributes:
        count: The sum; None where no period tells of it.
        periods: How many of them tell.
    """

    count: int | None
    periods: int


def summed(told: Iterable[Told]) -> Summed:
    """Add up what is told; what is kept back counts for nothing."""
    counts = [one.count for one in told if one.count is not None]
    return Summed(sum(counts) if counts else None, len(counts))


def groups_of(releases: Sequence[Release]) -> dict[str, Summed]:
    """Return the groups that releases of one sheet tell of, the largest first; not everybody."""
    names = {name for one in releases for name in one.groups if name != ALL}
    found = {name: summed(one.of(name) for one in releases) for name in names}
    return dict(sorted(found.items(), key=lambda one: (-(one[1].count or 0), one[0])))


def parts_of(releases: Sequence[Release], group: str, way: str) -> dict[str, Summed]:
    """Return the parts of a way of a group, in their order; those that are never told too."""
    split = [one.of(group).ways.get(way, {}) for one in releases]
    names = dict.fromkeys(name for parts in split for name in parts)
    return {name: summed(parts[name] for parts in split if name in parts) for name in names}


def inner_of(
    releases: Sequence[Release], group: str, way: str, inner: str
) -> dict[str, dict[str, Summed]]:
    """Return, by part of a way, how each is split further; parts never told are left out."""
    found: dict[str, dict[str, list[Told]]] = {}
    for one in releases:
        for part, told in one.of(group).ways.get(way, {}).items():
            for name, each in told.ways.get(inner, {}).items():
                found.setdefault(part, {}).setdefault(name, []).append(each)
    return {
        part: {name: summed(each) for name, each in parts.items()} for part, parts in found.items()
    }
