"""From what an importer read of a course to the course itself, or why it is kept out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from bot.courses.importing.fields.cost import NO_PRICE, Cost
from bot.courses.importing.fields.levels import read_level
from bot.courses.importing.fields.patterns import NOT_SAID, Attendance
from bot.courses.importing.fields.postcodes import read_postcode
from bot.courses.importing.fields.skills import read_taught
from bot.courses.importing.fields.text import (
    clean_bare,
    clean_line,
    clean_text,
    clean_title,
    shortened,
)
from bot.courses.importing.identity import course_id, instance_id, text_reference
from bot.courses.importing.records import Item, Reading, Rejection
from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Kind, Level, Support, Taught, Venue

SUMMARY_LENGTH = 240
MAX_INSTANCES = 500
_SENTENCE_END = re.compile(r"(?<![eE]\.g)(?<![iI]\.e)(?<!\b[A-Z])(?<!etc)[.!?](?= [A-Z0-9“\"(])")


@dataclass(slots=True, kw_only=True)
class Draft:
    """A course as an importer read it, texts not yet cleaned.

    Attributes:
        where: Its place in the file.
        reference: The provider's identifier; empty where it has none.
        shown_reference: The identifier to show where `reference` was made up from several parts.
        abstract: A short text, if the file has one; `texts` are long ones in order of use.
    """

    where: str
    title: object = ""
    reference: str = ""
    shown_reference: str = ""
    provider: object = ""
    abstract: object = ""
    texts: Sequence[object] = ()
    kind: Kind | None = None
    who_for: object = ""
    entry_requirements: object = ""
    leads_to: object = ""
    what_to_bring: object = ""
    level_text: object = ""
    level: Level | None = None
    qualification: object = ""
    awarded_by: object = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    support: frozenset[Support] = frozenset()
    min_age: int | None = None
    max_age: int | None = None
    url: str = ""
    contact: str = ""
    national: bool = False
    instances: list[CourseInstance] = field(default_factory=list)
    teaches: tuple[Taught, ...] = ()


def rejection(where: str, field_name: str, reason: str, **values: object) -> Rejection:
    """Return a rejection with the text id `imports.reason.<reason>`."""
    return Rejection(where, field_name, Phrase(f"imports.reason.{reason}", values))


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a draft, cleaned."""

    abstract: str
    description: str
    who_for: str
    leads_to: str
    entry_requirements: str
    what_to_bring: str

    @property
    def first(self) -> str:
        """Return the text that says best what the course is."""
        return (
            self.abstract
            or self.description
            or self.who_for
            or self.leads_to
            or self.entry_requirements
        )


def finish(reading: Reading, draft: Draft) -> Item:
    """Return the course, or the reason to keep it out: no title, or not one text about it."""
    title, texts = clean_title(draft.title), _cleaned(draft)
    reference = clean_line(draft.reference, 300) or text_reference(title, texts.first)
    id_ = course_id(reading.origin.city, reading.origin.provider, reference)
    if not title:
        return replace(rejection(draft.where, "title", "no_title"), course_id=id_)
    if not texts.first:
        no_text = rejection(draft.where, "description", "no_text", title=title)
        return replace(no_text, course_id=id_)
    shown = clean_line(draft.shown_reference or reference, 300)
    return _course(reading, draft, texts, Course(id_, "", title, reference=shown))


def _cleaned(draft: Draft) -> _Texts:
    return _Texts(
        clean_text(draft.abstract, 1_200),
        "\n\n".join(_texts(draft.texts)),
        clean_text(draft.who_for, 2_000),
        clean_text(draft.leads_to, 2_000),
        requirements(draft.entry_requirements),
        clean_text(draft.what_to_bring, 2_000),
    )


def _course(reading: Reading, draft: Draft, texts: _Texts, named: Course) -> Course:
    """Return the named course with everything else that the draft says."""
    origin = reading.origin
    summary = texts.abstract or summary_of(texts.first)
    level_text = clean_line(draft.level_text, 120)
    qualification = clean_line(draft.qualification, 255)
    return replace(
        named,
        provider=clean_line(draft.provider, 200) or origin.provider,
        city=origin.city,
        summary=summary,
        description=texts.description if texts.description != summary else "",
        kind=draft.kind or Kind.COURSE,
        who_for=texts.who_for,
        entry_requirements=texts.entry_requirements,
        leads_to=texts.leads_to,
        what_to_bring=texts.what_to_bring,
        level_text=level_text,
        level=draft.level
        or read_level(level_text)
        or read_level(qualification, is_level_field=False),
        qualification=qualification,
        awarded_by=clean_line(draft.awarded_by, 200),
        subjects=draft.subjects[:30],
        keywords=draft.keywords[:60],
        languages=draft.languages,
        support=draft.support,
        min_age=draft.min_age,
        max_age=draft.max_age,
        url=draft.url,
        contact=draft.contact,
        national=draft.national,
        instances=tuple(_distinct(reading, draft)),
        teaches=draft.teaches,
    )


def taught_skills(
    reading: Reading, where: str, field_name: str, words: Iterable[object]
) -> tuple[Taught, ...]:
    """Return the competences that a provider names; what is wrong with one is told, and no more."""
    found = read_taught(words, reading.origin.competences)
    if found.unknown:
        reading.warn(where, field_name, "unknown_skill", words=", ".join(found.unknown))
    if found.without_level:
        codes = ", ".join(found.without_level)
        reading.warn(where, field_name, "no_skill_level", words=codes)
    return found.taught


def _texts(raw: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(filter(None, (clean_text(text) for text in raw))))


def requirements(raw: object) -> str:
    """Return the entry requirements; "None" is one thing to say here, and no placeholder."""
    return "None" if clean_bare(raw) == "none" else clean_text(raw, 2_000)


def summary_of(text: str) -> str:
    """Return the first sentences of a text, at most 240 characters."""
    flat = " ".join(text.split())
    if len(flat) <= SUMMARY_LENGTH:
        return flat
    ends = [match.start() for match in _SENTENCE_END.finditer(flat, 60, SUMMARY_LENGTH)]
    return flat[: ends[-1] + 1] if ends else shortened(flat, SUMMARY_LENGTH)


def _distinct(reading: Reading, draft: Draft) -> Iterable[CourseInstance]:
    seen: dict[str, CourseInstance] = {}
    if len(draft.instances) > MAX_INSTANCES:
        reading.warn(draft.where, "instances", "too_many_runs", kept=MAX_INSTANCES)
    for instance in draft.instances[:MAX_INSTANCES]:
        same = seen.get(instance.id)
        own = instance
        while same is not None and same != own:
            own = replace(own, id=instance_id(own.id, len(seen)))
            same = seen.get(own.id)
        seen[own.id] = own
    return seen.values()


@dataclass(slots=True, kw_only=True)
class Run:
    """A course instance as an importer read it, its parts already read by `fields`."""

    where: str
    reference: str = ""
    start_date: date | None = None
    end_date: date | None = None
    start_text: str = ""
    start_time: time | None = None
    end_time: time | None = None
    weekdays: tuple[int, ...] = ()
    attendance: Attendance = NOT_SAID
    cost: Cost = NO_PRICE
    venue: Venue | None = None
    more: dict[str, object] = field(default_factory=dict)


def finish_run(reading: Reading, run: Run) -> CourseInstance:
    """Return the course instance, warning about what cannot be right in it."""
    end_date = run.end_date
    if run.start_date and end_date and end_date < run.start_date:
        reading.warn(run.where, "end_date", "ends_before_start", start=run.start_date, end=end_date)
        end_date = None
    if run.attendance.unknown:
        words = ", ".join(run.attendance.unknown)
        reading.warn(run.where, "attendance", "unknown_words", words=words)
    if run.cost.is_ambiguous:
        reading.warn(run.where, "cost", "zero_cost")
    return CourseInstance(
        id=instance_id(run.reference) if run.reference else _made_up_id(run),
        start_date=run.start_date,
        end_date=end_date,
        start_text=run.start_text,
        start_time=run.start_time,
        end_time=run.end_time,
        weekdays=run.weekdays,
        study_mode=run.attendance.study_mode,
        patterns=run.attendance.patterns,
        delivery=run.attendance.delivery,
        cost=run.cost.amount,
        cost_text=run.cost.words,
        concessions=str(run.more.pop("concessions", "")) or run.cost.concessions,
        venue=run.venue,
        **run.more,  # type: ignore[arg-type]
    )


def _made_up_id(run: Run) -> str:
    place = (run.venue.name, run.venue.postcode, run.venue.reference) if run.venue else ()
    attendance = run.attendance
    patterns = sorted(attendance.patterns)
    when = (run.start_date, run.start_text, run.start_time, run.weekdays)
    return instance_id(*when, *place, attendance.study_mode, patterns, attendance.delivery)


def read_venue(
    reading: Reading,
    *,
    name: object = "",
    address: Iterable[object] = (),
    town: object = "",
    postcode: object = "",
    reference: object = "",
) -> Venue | None:
    """Return a venue with its point found from the postcode; None where nothing is said."""
    code = read_postcode(postcode)
    lines = dict.fromkeys(clean_line(part, 200).strip(" ,") for part in address)
    venue = Venue(
        name=clean_line(name, 200),
        address=", ".join(filter(None, lines)),
        town=clean_line(town, 100),
        postcode=code,
        point=reading.origin.locate(code) if code else None,
        reference=clean_line(reference, 255),
    )
    return venue if venue.name or venue.address or venue.town or venue.postcode else None
