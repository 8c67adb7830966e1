"""What an employer tells of an opportunity: read part by part, kept as JSON, looked through."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from bot.talent.records import Details, Kind, Pace, Pay, Setting, Wanted

Form: TypeAlias = Mapping[str, str]

PARTS: Final = (
    *("kind", "title", "summary", "skills", "where"),
    *("pace", "pay", "starts", "people", "until"),
)
"""In the order in which they are asked for."""
MOST_SKILLS: Final = 3
LONGEST: Final[Mapping[str, int]] = {"title": 60, "summary": 500, "place": 60, "pay_words": 80}
SHORTEST: Final[Mapping[str, int]] = {"title": 4, "summary": 30}
MOST_PEOPLE: Final = 200
OPEN_FOR: Final = timedelta(days=90)
"""At most so long people can be invited to one."""
STARTS_WITHIN: Final = timedelta(days=366)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a part: a text id with its values."""

    part: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is read with.

    Attributes:
        frameworks: The framework of every skill that can be asked for, by code.
        place: Returns the name of a place of the city that words mean, or nothing.
    """

    today: date
    frameworks: Mapping[str, str]
    place: Callable[[str], str]


def with_part(details: Details, part: str, form: Form, known: Known) -> Details | Fault:
    """Return the details with one part told anew, or what is wrong with it."""
    read = _READERS.get(part)
    if read is None:
        return Fault(part, "talent.fault.unread")
    return read(details, form, known)


def missing(details: Details, today: date) -> tuple[Fault, ...]:
    """Return what has to be told or mended before staff can look at it."""
    told: dict[str, object] = {
        "kind": details.kind,
        "title": details.title,
        "summary": details.summary,
        "skills": details.skills,
        "where": details.setting,
        "pace": details.pace,
        "pay": details.pay,
        "people": details.people,
        "until": details.until,
    }
    faults = [Fault(part, f"talent.missing.{part}") for part, value in told.items() if not value]
    if details.pay and (text := _pay_fault(details.kind, details.pay)):
        faults.append(Fault("pay", text))
    if details.until and details.until < today:
        faults.append(Fault("until", "talent.fault.until_over"))
    if details.starts and details.starts < today:
        faults.append(Fault("starts", "talent.fault.starts_over"))
    return tuple(faults)


def changed_parts(before: Details, after: Details) -> tuple[str, ...]:
    """Return the parts that differ."""
    fields: Mapping[str, Collection[str]] = {
        "where": ("setting", "place"),
        "pay": ("pay", "pay_words"),
    }
    return tuple(
        part
        for part in PARTS
        if any(getattr(before, one) != getattr(after, one) for one in fields.get(part, (part,)))
    )


def without_dates(details: Details) -> Details:
    """Return the same to be used again: when it is has to be told anew."""
    return replace(details, starts=None, until=None)


def dump_details(details: Details) -> str:
    """Return details for storing."""
    value = {
        "kind": details.kind,
        "title": details.title,
        "summary": details.summary,
        "skills": [one.code for one in details.skills],
        "setting": details.setting,
        "place": details.place,
        "pace": details.pace,
        "pay": details.pay,
        "pay_words": details.pay_words,
        "starts": details.starts.isoformat() if details.starts else None,
        "until": details.until.isoformat() if details.until else None,
        "people": details.people,
    }
    return json.dumps({name: one for name, one in value.items() if one})


def load_details(stored: str) -> Details:
    """Return what `dump_details` gave."""
    value: dict[str, Any] = json.loads(stored)
    return Details(
        kind=Kind(value["kind"]) if "kind" in value else None,
        title=value.get("title", ""),
        summary=value.get("summary", ""),
        skills=tuple(filter(None, map(Wanted.from_code, value.get("skills", ())))),
        setting=Setting(value["setting"]) if "setting" in value else None,
        place=value.get("place", ""),
        pace=Pace(value["pace"]) if "pace" in value else None,
        pay=Pay(value["pay"]) if "pay" in value else None,
        pay_words=value.get("pay_words", ""),
        starts=date.fromisoformat(value["starts"]) if "starts" in value else None,
        until=date.fromisoformat(value["until"]) if "until" in value else None,
        people=value.get("people", 0),
    )


def tidied(words: str, longest: int) -> str:
    """Return words on one line, without signs that steer how text is shown."""
    kept = "".join(one for one in words if unicodedata.category(one) not in ("Cf", "Cc", "Cs", "Co")
                   or one in "\u200c\u200d\n\t ")  # fmt: skip
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", kept)).strip()[:longest]


def _kind(details: Details, form: Form, known: Known) -> Details | Fault:
    del known
    chosen = form.get("kind", "")
    if chosen not in set(Kind):
        return Fault("kind", "talent.fault.unread")
    return replace(details, kind=Kind(chosen))


def _title(details: Details, form: Form, known: Known) -> Details | Fault:
    del known
    words = tidied(form.get("title", ""), LONGEST["title"])
    if len(words) < SHORTEST["title"]:
        return Fault("title", "talent.fault.title_short", {"least": SHORTEST["title"]})
    return replace(details, title=words)


def _summary(details: Details, form: Form, known: Known) -> Details | Fault:
    del known
    words = tidied(form.get("summary", ""), LONGEST["summary"])
    if len(words) < SHORTEST["summary"]:
        return Fault("summary", "talent.fault.summary_short", {"least": SHORTEST["summary"]})
    return replace(details, summary=words)


def _skills(details: Details, form: Form, known: Known) -> Details | Fault:
    wanted = [Wanted.from_code(code) for code in form.get("skills", "").split()]
    good = [one for one in wanted if one and known.frameworks.get(one.competence) == one.framework]
    skills = {one.competence: one for one in good}
    if not skills or len(skills) > MOST_SKILLS:
        return Fault("skills", "talent.fault.skills", {"most": MOST_SKILLS})
    return replace(details, skills=tuple(skills.values()))


def _where(details: Details, form: Form, known: Known) -> Details | Fault:
    chosen = form.get("setting", "")
    if chosen not in set(Setting):
        return Fault("where", "talent.fault.unread")
    setting = Setting(chosen)
    if setting is Setting.HOME:
        return replace(details, setting=setting, place="")
    place = known.place(form.get("place", ""))[: LONGEST["place"]]
    if not place:
        return Fault("where", "talent.fault.place")
    return replace(details, setting=setting, place=place)


def _pace(details: Details, form: Form, known: Known) -> Details | Fault:
    del known
    chosen = form.get("pace", "")
    if chosen not in set(Pace):
        return Fault("pace", "talent.fault.unread")
    return replace(details, pace=Pace(chosen))


def _pay(details: Details, form: Form, known: Known) -> Details | Fault:
    del known
    chosen, words = form.get("pay", ""), tidied(form.get("pay_words", ""), LONGEST["pay_words"])
    if chosen not in set(Pay):
        return Fault("pay", "talent.fault.unread")
    pay = Pay(chosen)
    if text := _pay_fault(details.kind, pay):
        return Fault("pay", text)
    if pay is Pay.PAID and not any(one.isdecimal() for one in words):
        return Fault("pay", "talent.fault.pay_words")
    return replace(details, pay=pay, pay_words="" if pay is Pay.UNPAID else words)


def _pay_fault(kind: Kind | None, pay: Pay) -> str:
    """Return what is wrong with a kind that is paid so: a job is paid, volunteering is not."""
    if kind is Kind.JOB and pay is not Pay.PAID:
        return "talent.fault.job_unpaid"
    if kind is Kind.VOLUNTEERING and pay is Pay.PAID:
        return "talent.fault.volunteering_paid"
    return ""


def _starts(details: Details, form: Form, known: Known) -> Details | Fault:
    if not form.get("starts"):
        return replace(details, starts=None)
    day = _day(form["starts"])
    if day is None or not known.today <= day <= known.today + STARTS_WITHIN:
        return Fault("starts", "talent.fault.starts")
    return replace(details, starts=day)


def _people(details: Details, form: Form, known: Known) -> Details | Fault:
    del known
    number = form.get("people", "")
    if not (number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= MOST_PEOPLE):
        return Fault("people", "talent.fault.people", {"most": MOST_PEOPLE})
    return replace(details, people=int(number))


def _until(details: Details, form: Form, known: Known) -> Details | Fault:
    day = _day(form.get("until", ""))
    if day is None or not known.today <= day <= known.today + OPEN_FOR:
        return Fault("until", "talent.fault.until", {"day": known.today + OPEN_FOR})
    return replace(details, until=day)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


_READERS: Final[Mapping[str, Callable[[Details, Form, Known], Details | Fault]]] = {
    "kind": _kind,
    "title": _title,
    "summary": _summary,
    "skills": _skills,
    "where": _where,
    "pace": _pace,
    "pay": _pay,
    "starts": _starts,
    "people": _people,
    "until": _until,
}
