"""Rows under known headings: our own template, and exports whose headings we recognise."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import datetime, time
from typing import TypeAlias

from bot.courses.importing.drafting import (
    Draft,
    Run,
    finish,
    finish_run,
    read_venue,
    taught_skills,
)
from bot.courses.importing.fields.cost import read_cost
from bot.courses.importing.fields.dates import read_clock, read_day, read_exact_day
from bot.courses.importing.fields.durations import read_duration
from bot.courses.importing.fields.links import read_contact, read_link
from bot.courses.importing.fields.patterns import read_attendance
from bot.courses.importing.fields.text import clean_line, clean_text
from bot.courses.importing.fields.words import (
    read_ages,
    read_kind,
    read_languages,
    read_number,
    read_support,
    read_weekdays,
    read_yes,
    split_words,
)
from bot.courses.importing.formats.columns import RUN_NAMES, is_template, recognised
from bot.courses.importing.formats.tables import Row, Table
from bot.courses.importing.gathering import gather
from bot.courses.importing.records import Item, Reading
from bot.courses.records import CourseInstance, Kind, Session

Cells: TypeAlias = "dict[str, str]"

_LISTS = frozenset({"subjects", "keywords", "teaches"})
"""What the rows of a course say of these is put together."""


def read_named(reading: Reading, table: Table) -> Iterator[Item]:
    """Yield a course for each reference, or for each title and text where there is none."""
    names = recognised(table.header)
    for column in table.header:
        if column and column not in names:
            reading.warn("row 1", column, "column_ignored")
    is_ours = is_template(table.header)
    for rows in gather(table.rows, lambda row: _keys(row, names)):
        yield _course(reading, rows, names, is_ours)
    for number in table.overfull[:20]:
        reading.warn(f"row {number}", "", "extra_cells")


def _named(row: Row, names: dict[str, str]) -> Cells:
    return {names[column]: cell for column, cell in row.cells.items() if column in names}


def _keys(row: Row, names: dict[str, str]) -> tuple[Hashable, ...]:
    cells = _named(row, names)
    owner = cells.get("provider", "").strip().casefold()
    if reference := cells.get("reference", "").strip():
        return (("reference", owner, " ".join(reference.split()).casefold()),)
    title = _flat(cells.get("title", ""))
    text = _flat(cells.get("description", "")) or _flat(cells.get("summary", ""))
    return (("text", owner, title, text),) if title and text else ()


def _course(reading: Reading, rows: list[Row], names: dict[str, str], is_ours: bool) -> Item:
    named = [(row, _named(row, names)) for row in rows]
    cells = _merged(reading, named)
    where = rows[0].where
    languages, unknown_languages = read_languages(split_words(cells.get("languages")))
    support, unknown_support = read_support(split_words(cells.get("support")))
    for field, unknown in (("languages", unknown_languages), ("support", unknown_support)):
        if unknown:
            reading.warn(where, field, "unknown_words", words=", ".join(unknown))
    low, high = read_ages(cells.get("ages"))
    owner, reference = clean_line(cells.get("provider")), clean_line(cells.get("reference"))
    base = reading.source.address
    draft = Draft(
        where=where,
        title=cells.get("title"),
        reference=f"{owner}: {reference}" if owner and reference else reference,
        shown_reference=reference,
        provider=owner,
        abstract=cells.get("summary"),
        texts=[cells.get("description")],
        kind=_kind(reading, where, cells) or _kind_of_runs(named),
        who_for=cells.get("who_for"),
        entry_requirements=cells.get("entry_requirements"),
        leads_to=cells.get("leads_to"),
        what_to_bring=cells.get("what_to_bring"),
        level_text=cells.get("level"),
        qualification=cells.get("qualification"),
        awarded_by=cells.get("awarded_by"),
        subjects=split_words(cells.get("subjects")),
        keywords=split_words(cells.get("keywords")),
        languages=languages,
        support=support,
        min_age=_number(reading, where, cells, "min_age", 120) or low,
        max_age=_number(reading, where, cells, "max_age", 120) or high,
        url=_link(reading, where, cells, "url", base),
        contact=read_contact(*split_words(cells.get("contact"))),
        national=read_yes(cells.get("national")) is True,
        instances=[
            run for row, own in named if (run := _run(reading, row.where, own, is_ours)) is not None
        ],
        teaches=taught_skills(reading, where, "teaches", split_words(cells.get("teaches"))),
    )
    return finish(reading, draft)


def _merged(reading: Reading, rows: list[tuple[Row, Cells]]) -> Cells:
    """Return the course's own cells, from the first row that fills each of them."""
    merged: Cells = {}
    for row, cells in rows:
        for name, cell in cells.items():
            if name in RUN_NAMES:
                continue
            if name in _LISTS:
                merged[name] = "; ".join(filter(None, (merged.get(name), cell)))
            elif _flat(merged.setdefault(name, cell)) != _flat(cell):
                reading.warn(row.where, name, "differs_from_first_row")
    return merged


def _kind(reading: Reading, where: str, cells: Cells) -> Kind | None:
    words = cells.get("kind", "")
    kind = read_kind(words)
    if words.strip() and kind is None:
        reading.warn(where, "kind", "unknown_words", words=clean_line(words, 60))
    return kind


def _kind_of_runs(rows: list[tuple[Row, Cells]]) -> Kind | None:
    """Return the kind that the mode of every run names, as "Self-paced" does."""
    kinds = {read_kind(cells.get("study_mode")) for _, cells in rows}
    return kinds.pop() if len(kinds) == 1 else None


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _number(reading: Reading, where: str, cells: Cells, name: str, highest: int) -> int | None:
    number = read_number(cells.get(name), highest)
    if number is None and clean_line(cells.get(name)):
        reading.warn(where, name, "no_number", words=clean_line(cells[name], 40))
    return number


def _link(reading: Reading, where: str, cells: Cells, name: str, base: str) -> str:
    link = read_link(cells.get(name, ""), base)
    if not link and clean_line(cells.get(name)):
        reading.warn(where, name, "no_link", words=clean_line(cells[name], 80))
    return link


def _run(reading: Reading, where: str, cells: Cells, is_ours: bool) -> CourseInstance | None:
    if not any(name in RUN_NAMES and clean_line(cell) for name, cell in cells.items()):
        return None
    start, end = read_day(cells.get("start_date")), read_day(cells.get("end_date"))
    if end.words and end.date is None:
        reading.warn(where, "end_date", "no_date", words=end.words)
    if start.words and start.date is None and is_ours:
        reading.warn(where, "start_date", "no_date", words=start.words)
    weekdays, unknown_days = read_weekdays(split_words(cells.get("weekdays")))
    if unknown_days:
        reading.warn(where, "weekdays", "unknown_words", words=", ".join(unknown_days))
    duration = read_duration(cells.get("duration"), cells.get("duration_unit", ""))
    modes = (cells.get("study_mode"), cells.get("attendance"), cells.get("delivery"))
    run = Run(
        where=where,
        reference=clean_line(cells.get("run_reference")),
        start_date=start.date,
        end_date=end.date,
        start_text=clean_line(cells.get("start_words"), 200) or start.words,
        start_time=_clock(reading, where, cells, "start_time"),
        end_time=_clock(reading, where, cells, "end_time"),
        weekdays=weekdays,
        attendance=read_attendance(modes),
        cost=read_cost(cells.get("cost"), cells.get("cost_words", ""), zero_is_free=is_ours),
        venue=read_venue(
            reading,
            name=cells.get("venue_name"),
            address=[cells.get("venue_address")],
            town=cells.get("venue_town"),
            postcode=cells.get("venue_postcode"),
        ),
        more={
            "is_flexible_start": read_yes(cells.get("flexible_start")) is True,
            "sessions": _sessions(reading, where, cells.get("sessions", "")),
            "duration": duration.count,
            "duration_unit": duration.unit,
            "duration_text": duration.words,
            "concessions": clean_text(cells.get("concessions"), 500),
            "places": _number(reading, where, cells, "places", 100_000),
            "places_left": _number(reading, where, cells, "places_left", 100_000),
            "is_full": read_yes(cells.get("full")) is True,
            "apply_from": read_exact_day(cells.get("apply_from")),
            "apply_by": read_exact_day(cells.get("apply_by")),
            "apply_url": _link(reading, where, cells, "apply_link", reading.source.address),
        },
    )
    return finish_run(reading, run)


def _clock(reading: Reading, where: str, cells: Cells, name: str) -> time | None:
    clock = read_clock(cells.get(name))
    if clock is None and clean_line(cells.get(name)):
        reading.warn(where, name, "no_time", words=clean_line(cells[name], 40))
    return clock


def _sessions(reading: Reading, where: str, text: str) -> tuple[Session, ...]:
    """Read "12/01/2027 18:30-20:30; 19/01/2027 18:30" as sittings."""
    sessions = []
    for part in split_words(text, 400):
        day, _, times = part.partition(" ")
        start, _, end = times.replace("–", "-").partition("-")
        date_, at, until = read_day(day).date, read_clock(start), read_clock(end)
        if date_ is None or at is None:
            reading.warn(where, "sessions", "no_session", words=part[:60])
            continue
        ends = datetime.combine(date_, until) if until and until > at else None
        sessions.append(Session(datetime.combine(date_, at), ends))
    return tuple(sorted(sessions, key=lambda session: session.start_at))
