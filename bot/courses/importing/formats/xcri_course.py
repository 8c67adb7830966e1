"""One course element of XCRI-CAP, and its presentations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import time
from typing import Protocol, TypeAlias
from xml.etree.ElementTree import Element

from bot.courses.importing.drafting import (
    Draft,
    Run,
    finish,
    finish_run,
    read_venue,
    requirements,
    taught_skills,
)
from bot.courses.importing.fields.cost import read_cost
from bot.courses.importing.fields.dates import read_clock, read_day, read_exact_day
from bot.courses.importing.fields.durations import read_duration
from bot.courses.importing.fields.links import read_contact, read_link
from bot.courses.importing.fields.patterns import Attendance, read_attendance
from bot.courses.importing.fields.text import clean_line, clean_text
from bot.courses.importing.fields.words import read_ages, read_kind, read_languages, read_number
from bot.courses.importing.records import Item, Reading
from bot.courses.records import CourseInstance, Venue

Children: TypeAlias = "defaultdict[str, list[Element]]"

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "section",
    ]
)
_CODE = re.compile(r"^[A-Za-z]{0,4}[\d./-]{1,12}[A-Za-z]?$")
_LEADS_TO = frozenset({"leadsto", "careeroutcome", "progression"})
_ENTRY = frozenset({"entryprofile", "entryrequirements", "prerequisite", "prerequisites"})
_BRING = frozenset({"requiredresource"})
_LESSER = frozenset({
    "contacthours", "contactpattern", "events", "indicativeresource", "policy",
    "providedresource", "support",
    "structure", "studyhours", "teachingstrategy", "specialfeature",
})  # fmt: skip


class OwnerLike(Protocol):
    """The provider around a course."""

    title: str
    reference: str

    @property
    def contact(self) -> str:
        """Return phone and e-mail."""


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: Element) -> Children:
    found: Children = defaultdict(list)
    for child in element:
        found[_local(child)].append(child)
    return found


def flat(element: Element) -> str:
    """Return the text of an element and what it wraps, blocks on lines of their own."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    block = _local(element) in _BLOCKS
    if block:
        yield "\n• " if _local(element) == "li" else "\n"
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if block and _local(element) != "li":
        yield "\n"


def _first(children: Children, *names: str) -> str:
    for name in names:
        for element in children[name]:
            if text := clean_line(flat(element)):
                return text
    return ""


def _all(children: Children, *names: str) -> list[str]:
    texts = (clean_text(flat(element)) for name in names for element in children[name])
    return list(dict.fromkeys(filter(None, texts)))


def _kind_of(element: Element) -> str:
    """Return the element's type from `type` or `xsi:type`, without prefix and spaces."""
    for name, value in element.attrib.items():
        if name == "type" or name.endswith("}type"):
            return "".join(value.rpartition(":")[2].split()).casefold()
    return ""


def read_course(reading: Reading, element: Element, owner: OwnerLike, where: str) -> Item:
    """Return the course of an element, or why it is kept out."""
    children = _children(element)
    said = _descriptions(children)
    reference, url = _identifiers(children, reading.source.address)
    qualification = (
        _children(children["qualification"][0]) if children["qualification"] else children
    )
    has_award = qualification is not children
    runs = [_children(each) for each in children["presentation"]]
    ages = next((read_ages(_first(run, "age")) for run in runs if run["age"]), (None, None))
    contacts = (_venue_contact(run) for run in runs)
    subjects, keywords = _subjects(children)
    names = ("prerequisite", "entryRequirements", "entryProfile")
    entry = [requirements(flat(each)) for name in names for each in children[name]] + said["entry"]
    draft = Draft(
        where=where,
        title=_first(children, "title"),
        reference=f"{owner.reference or owner.title}: {reference}" if reference else "",
        shown_reference=reference,
        provider=owner.title,
        abstract="\n\n".join(_all(children, "abstract")),
        texts=[*said["main"], *_all(children, "learningOutcome"), *said["lesser"]]
        or _all(children, "objective"),
        kind=next(filter(None, (read_kind(flat(each)) for each in children["type"])), None),
        entry_requirements="\n\n".join(dict.fromkeys(filter(None, entry))),
        leads_to="\n\n".join(said["leads_to"]),
        what_to_bring="\n\n".join(said["bring"]),
        level_text=_level_text(children, qualification if has_award else None),
        qualification=_first(qualification, "title") if has_award else "",
        awarded_by=_first(qualification, "awardedBy") if has_award else "",
        subjects=subjects,
        keywords=keywords,
        languages=_languages(reading, where, runs),
        min_age=ages[0],
        max_age=ages[1],
        url=url,
        contact=next(filter(None, contacts), "") or owner.contact,
        instances=[
            _run(reading, run, f"{where}, presentation {n}") for n, run in enumerate(runs, 1)
        ],
        teaches=taught_skills(reading, where, "subject", _skills(children)),
    )
    return finish(reading, draft)


def _descriptions(children: Children) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {
        name: [] for name in ("main", "lesser", "leads_to", "entry", "bring")
    }
    for element in children["description"]:
        kind = _kind_of(element)
        text = requirements(flat(element)) if kind in _ENTRY else clean_text(flat(element))
        if not text:
            continue
        if kind in _LEADS_TO:
            said["leads_to"].append(text)
        elif kind in _ENTRY:
            said["entry"].append(text)
        elif kind in _BRING:
            said["bring"].append(text)
        else:
            said["lesser" if kind in _LESSER else "main"].append(text)
    return said


def _identifiers(children: Children, base: str) -> tuple[str, str]:
    """Return the provider's own identifier, preferring one that is no address, and the link."""
    texts = [(clean_line(flat(each), 300), _kind_of(each)) for each in children["identifier"]]
    named = [text for text, _ in texts if text]
    own = [text for text in named if not read_link(text)]
    typed = [text for text, kind in texts if text in own and kind in {"internalid", "courseid"}]
    links = [*(flat(each).strip() for each in children["url"]), *named]
    link = next(filter(None, (read_link(text, base) for text in links[:1])), "") or next(
        filter(None, (read_link(text) for text in links)), ""
    )
    return next(iter([*typed, *own, *named]), ""), link


def _level_text(children: Children, award: Children | None) -> str:
    level = _first(award, "educationLevel", "level") if award is not None else ""
    if level or (level := _first(children, "level", "educationLevel")):
        return level
    for each in children["credit"]:
        credit = _children(each)
        if "scqf" in _first(credit, "scheme").casefold() and _first(credit, "level"):
            return f"SCQF level {_first(credit, 'level')}"
    return ""


def _subjects(children: Children) -> tuple[tuple[str, ...], tuple[str, ...]]:
    subjects: list[str] = []
    keywords: list[str] = []
    for element in children["subject"]:
        text = clean_line(flat(element), 120)
        if text and not _CODE.match(text) and "digcomp" not in _kind_of(element):
            (keywords if "keyword" in _kind_of(element) else subjects).append(text)
    return tuple(dict.fromkeys(subjects)), tuple(dict.fromkeys(keywords))


def _skills(children: Children) -> list[str]:
    """Return subjects that are marked as competences: <subject type="digcomp">1.3 basic</...>."""
    marked = (each for each in children["subject"] if "digcomp" in _kind_of(each))
    return [f"{each.get('identifier', '')} {flat(each)}" for each in marked]


def _languages(reading: Reading, where: str, runs: list[Children]) -> tuple[str, ...]:
    words = (flat(each) for run in runs for each in run["languageOfInstruction"])
    known, unknown = read_languages(dict.fromkeys(words))
    if unknown:
        reading.warn(where, "languageOfInstruction", "unknown_words", words=", ".join(unknown))
    return known


def _dated(run: Children, name: str) -> tuple[str, str]:
    for element in run[name]:
        words = flat(element)
        if words.strip() or element.get("dtf"):
            return words, element.get("dtf", "")
    return "", ""


def _attendance(run: Children) -> Attendance:
    elements = [
        each for name in ("studyMode", "attendanceMode", "attendancePattern") for each in run[name]
    ]
    return read_attendance(map(flat, elements), (each.get("identifier", "") for each in elements))


def _run(reading: Reading, run: Children, where: str) -> CourseInstance:
    start, end = read_day(*_dated(run, "start")), read_day(*_dated(run, "end"))
    interval = next((each.get("interval", "") for each in run["duration"]), "")
    duration = read_duration(_first(run, "duration"), "", interval)
    links = (read_link(flat(each)) for each in run["applyTo"])
    return finish_run(
        reading,
        Run(
            where=where,
            reference=_first(run, "identifier"),
            start_date=start.date,
            end_date=end.date,
            start_text=start.words,
            start_time=_clock(run, "start"),
            end_time=_clock(run, "end"),
            attendance=_attendance(run),
            cost=read_cost("\n".join(_all(run, "cost")), zero_is_free=False),
            venue=_venue(reading, run),
            more={
                "duration": duration.count,
                "duration_unit": duration.unit,
                "duration_text": duration.words,
                "places": read_number(_first(run, "places", "placesAvailable")),
                "apply_from": read_exact_day(*_dated(run, "applyFrom")),
                "apply_by": read_exact_day(*_dated(run, "applyUntil")),
                "apply_url": next(filter(None, links), ""),
            },
        ),
    )


def _clock(run: Children, name: str) -> time | None:
    """Return a time of day unless it is midnight, which systems write for "no time"."""
    words, attribute = _dated(run, name)
    for text in (attribute, words.strip()):
        _, _, clock = text.partition("T")
        if (found := read_clock(clock[:5])) and (found.hour or found.minute):
            return found
    return None


def _parts(run: Children) -> Children:
    """Return everything below the presentation's venues by name, wherever it stands."""
    parts: Children = defaultdict(list)
    for venue in run["venue"][:1]:
        for each in venue.iter():
            parts[_local(each)].append(each)
    return parts


def _venue(reading: Reading, run: Children) -> Venue | None:
    parts = _parts(run)
    return read_venue(
        reading,
        name=_first(parts, "title"),
        address=[flat(each) for name in ("street", "address") for each in parts[name]],
        town=_first(parts, "town"),
        postcode=_first(parts, "postcode"),
        reference=_first(parts, "identifier"),
    )


def _venue_contact(run: Children) -> str:
    parts = _parts(run)
    return read_contact(_first(parts, "phone"), _first(parts, "email"))
