"""What somebody lets employers find them by, read from what they told and hold."""

from __future__ import annotations

from collections.abc import Collection

from bot.cv.contents import title_of
from bot.talent import Offered
from content.load import Content
from storage import Unit


def offered_by(unit: Unit, content: Content, person: str, chosen: Collection[str]) -> Offered:
    """Return the levels of a person in the skills that they chose, told and by badges."""
    told = unit.traits.of(person, "skill")
    badges: dict[str, tuple[int, str]] = {}
    for badge in unit.badges.list_of(person):
        if not badge.counts_at(unit.now):
            continue
        plan = content.badges.get(badge.plan)
        for stands in badge.what.stands or (plan.stands if plan else ()):
            code = stands.competence
            if code in chosen and badges.get(code, (0, ""))[0] < stands.level:
                badges[code] = (stands.level, title_of(badge))
    return Offered(chosen, told, badges)


def can_choose(unit: Unit, content: Content, person: str) -> dict[str, int]:
    """Return the skills that a person may let employers look for, with the level of each."""
    every = {code for one in content.frameworks.values() for code in one.competences}
    return offered_by(unit, content, person, every).levels()
