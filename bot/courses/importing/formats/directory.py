"""The national course directory's provider file: 24 columns, or 27 for other courses.

One row is one mode, pattern and start, so rows are grouped back into courses. The rows of a
course carry the same qualification, name and texts; a reference may name the course or the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from hashlib import blake2b

from bot.courses.importing.drafting import Draft, Run, finish, finish_run, read_venue
from bot.courses.importing.fields.cost import read_cost
from bot.courses.importing.fields.dates import read_day
from bot.courses.importing.fields.durations import read_duration
from bot.courses.importing.fields.levels import read_level
from bot.courses.importing.fields.links import read_link
from bot.courses.importing.fields.patterns import read_attendance
from bot.courses.importing.fields.text import clean_line
from bot.courses.importing.fields.words import read_yes, split_words
from bot.courses.importing.formats.tables import Row, Table
from bot.courses.importing.formats.venues import Venues, read_venues
from bot.courses.importing.gathering import gather
from bot.courses.importing.records import Item, Reading
from bot.courses.records import CourseInstance, Delivery, Kind, Level, Venue

QUALIFICATION_COLUMNS = (
    "lars_qan", "who_this_course_is_for", "entry_requirements", "what_you_will_learn",
    "how_you_will_learn",
    "what_you_will_need_to_bring", "how_you_will_be_assessed", "where_next", "course_name",
    "your_reference",
    "delivery_mode", "start_date", "flexible_start_date", "venue_name", "your_venue_reference",
    "national_delivery",
    "sub_region", "course_webpage", "cost", "cost_description", "duration", "duration_unit",
    "study_mode",
    "attendance_pattern",
)  # fmt: skip
OTHER_COLUMNS = (
    "course_type",
    "sector",
    "education_level",
    "awarding_body",
    *QUALIFICATION_COLUMNS[1:],
)

_TEXTS = (
    "who_this_course_is_for", "who_is_this_course_for", "entry_requirements", "what_you_will_learn",
    "how_you_will_learn", "what_you_will_need_to_bring", "how_you_will_be_assessed", "where_next",
)  # fmt: skip
_ESSENTIAL = {"course_name", "delivery_mode", "start_date"}

DELIVERY_CODES = {"1": "classroom based", "2": "online", "3": "work based", "4": "blended learning"}
STUDY_CODES = {"1": "full time", "2": "part time", "3": "flexible"}
PATTERN_CODES = {"1": "daytime", "2": "evening", "3": "weekend", "4": "day/block release"}
UNIT_CODES = {"1": "days", "2": "weeks", "3": "months", "4": "years", "5": "hours", "6": "minutes"}
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_SECTORS = {
    "BUSINESSADMIN": "Business and administration",
    "ENVIRONMENTAL": "Agriculture, environment and animal care",
    "HAIRBEAUTY": "Hair and beauty",
    "LEGALFINANCE": "Legal, finance and accounting",
    "PROTECTIVE": "Protective services",
}


def is_directory(header: list[str]) -> bool:
    """Tell whether the headings are those of either form."""
    return set(header) >= _ESSENTIAL and bool({"lars_qan", "course_type", "sector"} & set(header))


def is_other_form(header: list[str]) -> bool:
    """Tell whether it is the form for courses without a qualification number."""
    return "lars_qan" not in header


def read_directory(reading: Reading, table: Table) -> Iterator[Item]:
    """Yield a course for each group of rows."""
    venues = read_venues(reading, reading.source.venues)
    known = {*QUALIFICATION_COLUMNS, *OTHER_COLUMNS, *_TEXTS}
    for column in table.header:
        if column and column not in known:
            reading.warn("row 1", column.upper(), "column_ignored")
    names = Counter(_name_of_course(rows) for rows in gather(table.rows, _keys))
    for rows in gather(table.rows, _keys):
        yield _course(reading, rows, venues, is_only_one=names[_name_of_course(rows)] == 1)


def _name_key(row: Row) -> tuple[str, ...]:
    return (row["lars_qan"].strip(), row["course_type"].strip(), _flat(row["course_name"]))


def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _keys(row: Row) -> tuple[Hashable, ...]:
    name, reference = _name_key(row), _flat(row["your_reference"])
    joined = "\x1f".join(_flat(row[column]) for column in _TEXTS)
    texts = blake2b(joined.encode("utf-8", "replace"), digest_size=8).digest()
    if not reference:
        return ((name, texts),)
    return ((name, texts), (name, reference), (name[:2], texts, reference))


def _course(reading: Reading, rows: list[Row], venues: Venues, *, is_only_one: bool) -> Item:
    first = rows[0]
    instances = [_run(reading, row, venues) for row in rows]
    sector = first["sector"].strip()
    contacts = (venues.contact(run.venue) for run in instances if run.venue)
    draft = Draft(
        where=first.where,
        title=first["course_name"],
        reference=_reference(rows, is_only_one=is_only_one),
        shown_reference=next(iter(_references(rows)), first["lars_qan"]),
        texts=[
            first["what_you_will_learn"],
            first["how_you_will_learn"],
            first["how_you_will_be_assessed"],
        ],
        kind=Kind.IN_WORK if all(run.delivery is Delivery.WORK for run in instances) else None,
        who_for=first["who_this_course_is_for"] or first["who_is_this_course_for"],
        entry_requirements=first["entry_requirements"],
        leads_to=first["where_next"],
        what_to_bring=first["what_you_will_need_to_bring"],
        level_text=_level_text(first["education_level"]),
        level=_level(first["education_level"]),
        awarded_by=first["awarding_body"],
        subjects=(_SECTORS.get(sector.upper(), sector.capitalize()),) if sector else (),
        keywords=_keywords(rows),
        url=read_link(first["course_webpage"]),
        contact=next(filter(None, contacts), ""),
        national=any(read_yes(row["national_delivery"]) for row in rows),
        instances=instances,
    )
    if first["course_webpage"].strip() and not draft.url:
        words = clean_line(first["course_webpage"], 80)
        reading.warn(first.where, "COURSE_WEBPAGE", "no_link", words=words)
    return finish(reading, draft)


def _references(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(filter(None, (clean_line(row["your_reference"]) for row in rows))))


def _name_of_course(rows: list[Row]) -> str:
    """Return the one reference of a course, else its qualification and name.

    References that differ between the rows of a course name its runs, which come and go.
    """
    references = _references(rows)
    return references[0] if len(references) == 1 else _qualified_name(rows[0])


def _qualified_name(row: Row) -> str:
    return f"{row['lars_qan'].strip() or row['course_type'].strip()}: {_flat(row['course_name'])}"


def _reference(rows: list[Row], *, is_only_one: bool) -> str:
    if is_only_one:
        return _name_of_course(rows)
    if len(_references(rows)) == 1:
        return f"{_qualified_name(rows[0])} ({_references(rows)[0]})"
    return ""


def _keywords(rows: list[Row]) -> tuple[str, ...]:
    first = rows[0]
    regions = (part for row in rows for part in split_words(row["sub_region"].replace(",", ";")))
    words = (clean_line(first["course_type"]), clean_line(first["lars_qan"], 20), *regions)
    return tuple(dict.fromkeys(filter(None, words)))


def _level_text(raw: str) -> str:
    words = clean_line(raw, 60)
    number = words.casefold()
    if number in _NUMBER_WORDS:
        return f"Level {_NUMBER_WORDS.index(number) + 1}"
    return f"Level {number}" if number.isdigit() else words


def _level(raw: str) -> Level | None:
    return read_level(_level_text(raw))


def _coded(raw: str, codes: dict[str, str]) -> str:
    return codes.get(raw.strip(), raw)


def _run(reading: Reading, row: Row, venues: Venues) -> CourseInstance:
    start = read_day(row["start_date"])
    if start.words and start.date is None:
        reading.warn(row.where, "START_DATE", "no_date", words=start.words)
    duration = read_duration(row["duration"], _coded(row["duration_unit"], UNIT_CODES))
    modes = (
        _coded(row["delivery_mode"], DELIVERY_CODES),
        _coded(row["study_mode"], STUDY_CODES),
        _coded(row["attendance_pattern"], PATTERN_CODES),
    )
    run = Run(
        where=row.where,
        start_date=start.date,
        start_text=start.words,
        attendance=read_attendance(modes),
        cost=read_cost(row["cost"], row["cost_description"], zero_is_free=True),
        venue=_venue(reading, row, venues),
        more={
            "is_flexible_start": read_yes(row["flexible_start_date"]) is True,
            "duration": duration.count,
            "duration_unit": duration.unit,
            "duration_text": duration.words,
        },
    )
    return finish_run(reading, run)


def _venue(reading: Reading, row: Row, venues: Venues) -> Venue | None:
    name, reference = clean_line(row["venue_name"]), clean_line(row["your_venue_reference"])
    if not name and not reference:
        return None
    venue = venues.find(reference, name)
    if venue is None:
        if reading.source.venues is not None:
            reading.warn(row.where, "VENUE_NAME", "unknown_venue", words=name or reference)
        return read_venue(reading, name=name, reference=reference)
    return venue
