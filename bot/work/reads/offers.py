"""What flows look up about offers: one's own, what waits for staff, and how each reads."""

from __future__ import annotations

from typing import Any, Final

from bot.conversation import Text, text_to_json
from bot.courses import wording
from bot.courses.offers import (
    Fault,
    Offer,
    Told,
    changed_parts,
    checks,
    lines_of,
    locator,
    may_publish,
    missing,
)
from bot.courses.offers.making import NOTHING, PARTS, course_of
from bot.courses.phrases import Phrase
from bot.people.teaching import names_of
from bot.skills.suggesting import nameable_skills
from bot.skills.wording import skill_name
from bot.work.offering import find_own, reason_text
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut, phrase_json
from bot.work.tagging import frameworks_of, rules_of

Json = dict[str, Any]
PAGE: Final = 4
MOST_TITLE, MOST_LINE = 60, 150
MOST_NAMES = 6
ALIKE = 5
"""Courses with a title like it that are looked at."""


@look("offers")
def offers(context: Context, page: int) -> Json:
    """List offers that are the person's to change, the newest change first, some at a time."""
    teacher, city = context.teacher, context.city
    is_staff = may_publish(teacher, city)
    keys = None if is_staff else sorted(teacher.organisations(city) - {""})
    own = context.unit.offers.list_of(city, keys)
    first = page * PAGE if page * PAGE < len(own) else 0
    shown = own[first : first + PAGE]
    return {
        "names": [cut(one, MOST_TITLE) for one in names_of(teacher.grants, city)[:MOST_NAMES]],
        "is_staff": is_staff,
        "waiting": context.unit.offers.count_waiting(city) if is_staff else 0,
        "total": len(own),
        "first": first + 1,
        "last": first + len(shown),
        "has_more": len(own) > first + PAGE,
        "cards": [_card(one) for one in shown],
    }


@look("offers_waiting")
def offers_waiting(context: Context, page: int) -> Json:
    """List what waits for staff who may publish, the longest waiting first."""
    waiting = (
        context.unit.offers.list_waiting(context.city)
        if may_publish(context.teacher, context.city)
        else []
    )
    first = page * PAGE if page * PAGE < len(waiting) else 0
    shown = waiting[first : first + PAGE]
    return {
        "total": len(waiting),
        "first": first + 1,
        "has_more": len(waiting) > first + PAGE,
        "cards": [_card(one) for one in shown],
    }


def _card(offer: Offer) -> Json:
    return {
        "id": offer.id,
        "title": cut(offer.told.title, MOST_TITLE),
        "state": offer.state,
        "provider": cut(offer.provider, MOST_TITLE),
    }


@look("offer")
def offer(context: Context, key: str) -> Json | None:
    """Return where an offer stands and what can be done with it; None where it is not theirs."""
    found = find_own(context, key)
    if found is None:
        return None
    faults = missing(found.told, context.now.date()) if found.draft else ()
    return {
        **_card(found),
        "number": found.number,
        "reason": text_to_json(reason_text(found.reason)) if found.reason else None,
        "missing": [[one.name, text_to_json(fault_text(one))] for one in faults],
        "may_publish": found.stage == "sent" and may_publish(context.teacher, context.city),
    }


@look("offer_words")
def offer_words(context: Context, key: str) -> Json | None:
    """Return the name, provider and whether there is a summary, as a preview shows them."""
    found = find_own(context, key)
    if found is None:
        return None
    course = course_of(found, found.told)
    return {
        "title": cut(course.title, MOST_TITLE),
        "provider": phrase_json(wording.provider(course)),
        "has_summary": bool(course.summary),
    }


@look("offer_lines")
def offer_lines(context: Context, key: str) -> list[Any]:
    """Say every part of an offer as it was told last."""
    found = find_own(context, key)
    if found is None:
        return []
    said = _said(context, found.told)
    return [_line(part, said[part]) for part in PARTS]


@look("offer_card")
def offer_card(context: Context, key: str) -> list[Any]:
    """Say what a short card of an offer shows below its title."""
    found = find_own(context, key)
    if found is None:
        return []
    course = course_of(found, found.told)
    told = wording.short_facts(course, course.instances[0], context.now.date())
    return [phrase_json(one) for one in told]


@look("offer_facts")
def offer_facts(context: Context, key: str) -> list[Any]:
    """Say what the full card of an offer shows."""
    found = find_own(context, key)
    if found is None:
        return []
    course = course_of(found, found.told)
    told = wording.facts(course, course.instances[0], context.now.date())
    skills = _skills(context, found.told)
    return [phrase_json(one) for one in (*told, *skills)]


@look("offer_summary")
def offer_summary(context: Context, key: str) -> str:
    """Give what an offer is about."""
    found = find_own(context, key)
    return found.told.summary if found else ""


@look("offer_checks")
def offer_checks(context: Context, key: str) -> list[Any]:
    """Say what staff had better look at before they publish."""
    found = find_own(context, key)
    if found is None:
        return []
    alike = context.catalogue.named(context.city, found.told.title, ALIKE)
    told = checks(found.told, context.now.date(), found.provider, found.course, alike)
    return [phrase_json(one) for one in told] or [text_to_json(Text("offers.checks_none"))]


@look("offer_changes")
def offer_changes(context: Context, key: str) -> list[Any]:
    """Say field by field what a change changes; of a new offer all that it says."""
    found = find_own(context, key)
    if found is None or found.draft is None:
        return []
    after = _said(context, found.draft)
    if found.live is None:
        told = [part for part in PARTS if after[part] != NOTHING]
        return [
            text_to_json(Text("offers.changes_new")),
            *(_line(part, after[part]) for part in told),
        ]
    before = _said(context, found.live)
    lines = [
        Phrase(
            "offers.difference",
            {
                "part": Phrase(f"offers.part.{part}"),
                "before": before[part],
                "after": after[part],
            },
        )
        for part in changed_parts(found.live, found.draft)
    ]
    return [
        text_to_json(Text("offers.changes")),
        *(phrase_json(one, MOST_LINE) for one in lines),
    ]


@look("offer_skills")
def offer_skills(context: Context, form: dict[str, str], key: str) -> list[Json]:
    """Suggest skills by the words of a form, or by those of an offer."""
    found = find_own(context, key) if key else None
    told = found.told if found else Told()
    if found:
        form = {"title": told.title, "summary": told.summary}
    known = frameworks_of(context.content)
    codes = nameable_skills(form, told, rules_of(context.content), known)
    return [
        {"code": code, "name": phrase_json(skill_name(known[code], code))} for code in sorted(codes)
    ]


@look("offer_place")
def offer_place(context: Context, typed: str) -> str:
    """Return the place of the city that words mean, or nothing."""
    found = locator(context.around.places.resolve, context.city)(typed)
    return found[0] if found else ""


def fault_text(fault: Fault) -> Text:
    """Return what has to be done about a fault."""
    return Text(fault.text, dict(fault.values))  # type: ignore[arg-type]  # numbers and words


def _said(context: Context, told: Told) -> dict[str, Phrase]:
    skills = _skills(context, told)
    return {
        **lines_of(told, context.now.date()),
        "skills": Phrase("offers.several", {"parts": skills}) if skills else NOTHING,
    }


def _skills(context: Context, told: Told) -> tuple[Phrase, ...]:
    known = frameworks_of(context.content)
    named = [one.competence for one in told.teaches if one.competence in known]
    return tuple(skill_name(known[code], code) for code in named)


def _line(part: str, said: Phrase) -> Any:
    values = {"part": Phrase(f"offers.part.{part}"), "said": said}
    return phrase_json(Phrase("offers.line", values), MOST_LINE)
