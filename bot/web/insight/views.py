"""What the pages of city insight show: charts, each with its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from markupsafe import Markup

from bot.insights.lines import Summed, groups_of, inner_of, parts_of
from bot.insights.sheets import ALL, SHEETS, Release, Sheet, after
from bot.pictures.canvas import Drawing, Look
from bot.pictures.figures import Bar, Spot, draw_bars, draw_columns, draw_map
from bot.web.insight.naming import Naming
from bot.web.results.charts import embedded
from content.schema import City

MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A picture and the same in words; what is split twice is a table alone.

    Attributes:
        picture: None where there is none.
        heads: Of its columns; the first names the row.
        rows: Cells as they are shown.
    """

    title: str
    picture: Markup | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet on a page.

    Attributes:
        counts, leaves_out: What it counts, and what it does not.
        last: The number of the last period, as it is said; empty where there is none for all.
        last_on, was: The first day of that period, and the number of the one before.
    """

    key: str
    title: str
    counts: str
    leaves_out: str
    every: str
    periods: int
    last: str = ""
    last_on: date | None = None
    was: str = ""
    tables: tuple[Table, ...] = field(default=())


Said = Callable[..., str]
"""Returns the words of a text by its id."""


class Drawn:
    """Makes the sections of pages for one city and language."""

    def __init__(self, city: City, naming: Naming, said: Said, language: str) -> None:
        self._city, self._naming, self._said = city, naming, said
        self._look = Look(language, city.accent.light)
        self._number = count(1)

    def sections(
        self, releases: Iterable[Release], keys: Iterable[str], *, is_short: bool = False
    ) -> list[Section]:
        """Return a section for each sheet, in the order asked for; also where nothing is told.

        Args:
            is_short: Numbers only, without charts.
        """
        by_sheet: dict[str, list[Release]] = {}
        for one in releases:
            by_sheet.setdefault(one.sheet, []).append(one)
        return [self._section(SHEETS[key], by_sheet.get(key, []), is_short) for key in keys]

    def _section(self, sheet: Sheet, told: Sequence[Release], is_short: bool) -> Section:
        has_all = any(ALL in one.groups for one in told)
        last = told[-1] if told else None
        was = told[-2].of().count if len(told) > 1 else None
        return Section(
            sheet.key,
            self._naming.sheet(sheet.key, "title"),
            self._naming.sheet(sheet.key, "counts"),
            self._naming.sheet(sheet.key, "not"),
            sheet.every,
            len(told),
            last=self._count(last.of().count) if last and has_all else "",
            last_on=last.starts_on if last else None,
            was=self._count(was) if was is not None else "",
            tables=() if is_short else tuple(self._tables(sheet, told, has_all)),
        )

    def _tables(self, sheet: Sheet, told: Sequence[Release], has_all: bool) -> Iterator[Table]:
        if has_all and not sheet.is_public:
            yield self._over_time(sheet, told)
        newest = told[-1:] if sheet.is_public else told
        groups = dict(list(groups_of(newest).items())[:MOST_GROUPS])
        if groups and not sheet.is_public:
            names = {self._naming.group(sheet.key, key): one for key, one in groups.items()}
            yield self._bars(self._said("web.insight.by_group"), names)
        ways = {way for one in newest for group in one.groups.values() for way in group.ways}
        for way in sorted(ways):
            yield from self._way(sheet, newest, ALL, way)
            if way == "answer":
                for group in groups:
                    yield from self._way(sheet, newest, group, way)
            elif groups and not sheet.is_public:
                yield from self._groups(sheet, newest, groups, way)

    def _over_time(self, sheet: Sheet, told: Sequence[Release]) -> Table:
        by_day = {one.starts_on: one.of().count for one in told}
        bars, day = [], told[0].starts_on
        while day <= told[-1].starts_on:
            number = by_day.get(day)
            bars.append(Bar(self._day(day), number, self._count(number)))
            day = after(day, sheet.every)
        title = self._said("web.insight.over_time")
        heads = (self._said(f"web.insight.{sheet.every}"), self._said("web.insight.number"))
        rows = tuple((one.label, one.written) for one in bars)
        return Table(title, self._put(draw_columns(title, bars, self._look), title), heads, rows)

    def _way(self, sheet: Sheet, told: Sequence[Release], group: str, way: str) -> Iterator[Table]:
        parts = parts_of(told, group, way)
        if not parts:
            return
        title = self._naming.way(way)
        if group != ALL:
            title = f"{self._naming.group(sheet.key, group)}: {title}"
        names = {self._naming.part(way, key, group): one for key, one in parts.items()}
        if way == "ward":
            yield self._wards(title, parts, names)
            yield from self._inner(told, group, way)
        else:
            yield self._bars(title, names)

    def _inner(self, told: Sequence[Release], group: str, way: str) -> Iterator[Table]:
        inner = inner_of(told, group, way, "level")
        rows = {self._naming.part(way, part): levels for part, levels in inner.items()}
        yield from self._grid(
            f"{self._naming.way(way)}, {self._naming.way('level')}", rows, "level"
        )

    def _groups(
        self, sheet: Sheet, told: Sequence[Release], groups: Iterable[str], way: str
    ) -> Iterator[Table]:
        rows = {self._naming.group(sheet.key, key): parts_of(told, key, way) for key in groups}
        yield from self._grid(self._naming.way(way), rows, way)

    def _grid(
        self, title: str, rows: Mapping[str, Mapping[str, Summed]], way: str
    ) -> Iterator[Table]:
        """Yield a table of what is split twice; nothing where nothing of it is told."""
        parts = tuple(dict.fromkeys(part for found in rows.values() for part in found))
        if not parts:
            return
        heads = (self._said("web.insight.part"), *(self._naming.part(way, one) for one in parts))
        none = Summed(None, 0)
        cells = tuple(
            (name, *(self._count(found.get(part, none).count) for part in parts))
            for name, found in rows.items()
        )
        yield Table(title, None, heads, cells)

    def _bars(self, title: str, names: Mapping[str, Summed]) -> Table:
        bars = [Bar(name, one.count, self._count(one.count)) for name, one in names.items()]
        return self._table(title, draw_bars(title, bars, self._look), names)

    def _wards(self, title: str, parts: Mapping[str, Summed], names: Mapping[str, Summed]) -> Table:
        spots = [
            Spot(place.name, place.lat, place.lon, one.count, self._count(one.count))
            for place in self._city.places_of("ward")
            if (one := parts.get(place.name.casefold(), Summed(None, 0)))
        ]
        return self._table(title, draw_map(title, spots, self._look), names)

    def _table(self, title: str, drawing: Drawing, names: Mapping[str, Summed]) -> Table:
        heads = (self._said("web.insight.part"), self._said("web.insight.number"))
        rows = tuple((name, self._count(one.count)) for name, one in names.items())
        return Table(title, self._put(drawing, title), heads, rows)

    def _put(self, drawing: Drawing, title: str) -> Markup:
        label = self._said("web.insight.picture", title=title)
        return embedded(drawing, next(self._number), label)

    def _count(self, number: int | None) -> str:
        return self._said("web.insight.few") if number is None else f"{number:,}"

    def _day(self, day: date) -> str:
        return f"{day.day}/{day.month}/{day:%y}"
