"""Giving the badge of a whole route, once the badges of its steps are held."""

from __future__ import annotations

import orjson

from bot.badges.addresses import Addresses
from bot.badges.held import HeldBadge, NewAward
from bot.badges.parts import parts_of
from bot.badges.planning import About, about_route
from bot.badges.records import Evidence
from bot.people import Person
from content.badges import Stands
from content.load import Content
from content.pathways import Pathway
from storage import Unit

ROUTE = "route"
LONGEST_NAME = 200


def about_pathway(content: Content, pathway: Pathway) -> About:
    """Return what the badge of a route is about: the highest level that it asks of each skill."""
    needs: dict[str, int] = {}
    for step in pathway.steps:
        for code, level in step.needs.items():
            needs[code] = max(level, needs.get(code, 0))
    return about_route(
        pathway.id,
        pathway.version,
        pathway.title,
        [
            Stands(framework=framework.id, competence=code, level=level)
            for code, level in needs.items()
            for framework in content.frameworks.values()
            if code in framework.competences
        ],
    )


def award_route(
    unit: Unit, content: Content, base: str, person: Person, pathway: Pathway
) -> tuple[str, bool] | None:
    """Give the badge of a route whose parts are held and count; None where some are missing.

    Args:
        base: The bot's address, under which the parts are named as evidence.
    """
    plan = content.badges.get(ROUTE)
    parts, covered = parts_of(pathway, unit.badges.list_of(person.id), content.badges, unit.now)
    if plan is None or covered < len(pathway.steps):
        return None
    return unit.badges.award(
        NewAward(
            person=person.id,
            city=person.city,
            plan=plan.id,
            about=about_pathway(content, pathway),
            language=person.language,
            months=plan.months,
            evidence=tuple(_evidence(base, one) for one in parts),
        )
    )


def award_finished(unit: Unit, content: Content, base: str, person: Person) -> None:
    """Give the badge of every route that somebody follows and has all parts of."""
    for followed in unit.pathways.list_followed(person.id):
        pathway = content.pathways.find(followed.pathway, followed.version)
        if pathway is not None:
            award_route(unit, content, base, person, pathway)


def _evidence(base: str, part: HeldBadge) -> Evidence:
    name = orjson.loads(part.document)["credentialSubject"]["achievement"]["name"]
    return Evidence(name=str(name)[:LONGEST_NAME], address=Addresses(base).credential(part.token))
