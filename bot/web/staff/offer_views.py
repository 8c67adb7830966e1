"""How offers are shown on their pages: in lines, as differences, and as residents see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.courses import wording
from bot.courses.offers import PARTS, Offer, Told, changed_parts, course_of, lines_of
from bot.courses.offers.making import NOTHING
from bot.courses.phrases import Phrase
from bot.people import Teacher
from bot.skills.wording import frameworks_of, skill_name
from bot.web.ports import StaffMember
from bot.web.site import Site
from bot.web.times import today_in


def teacher_of(member: StaffMember) -> Teacher:
    """Return a member as offers are kept from others by."""
    return Teacher(member.person, member.grants)


def today_of(site: Site, city: str) -> date:
    """Return the day that it is in a city."""
    return today_in(site.cities[city].zone, site.ports.clock())


def lines(site: Site, told: Told, city: str) -> dict[str, Phrase]:
    """Say every part of an offer in words."""
    said = lines_of(told, today_of(site, city))
    skills = skills_named(site, told)
    said["skills"] = Phrase("offers.several", {"parts": skills}) if skills else NOTHING
    return {part: said[part] for part in PARTS}


def differences(site: Site, offer: Offer) -> list[tuple[str, Phrase, Phrase]]:
    """Return what a change of something published changes: the part, before and after."""
    if offer.live is None or offer.draft is None:
        return []
    before, after = lines(site, offer.live, offer.city), lines(site, offer.draft, offer.city)
    return [(part, before[part], after[part]) for part in changed_parts(offer.live, offer.draft)]


def skills_named(site: Site, told: Told) -> tuple[Phrase, ...]:
    """Name the skills that a provider confirmed."""
    known = frameworks_of(site.ports.content().frameworks.values())
    named = [one.competence for one in told.teaches if one.competence in known]
    return tuple(skill_name(known[code], code) for code in named)


def preview(site: Site, offer: Offer, told: Told) -> dict[str, Any]:
    """Return what residents see: the short facts of a list, and all facts of the page."""
    course = course_of(offer, told)
    today, run = today_of(site, offer.city), course.instances[0]
    return {
        "course": course,
        "short": wording.short_facts(course, run, today),
        "facts": wording.facts(course, run, today),
        "fit": wording.fit(course),
    }
