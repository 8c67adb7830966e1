"""What flows look up on the way from a skill to courses: which skills, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.courses import Chip, CourseIndex, SearchRequest
from bot.skills.pathways import Known
from bot.skills.recommending import TOP, Advice, Aim, Offer, Pick, State, aim_for, recommend
from bot.work.reads import Context, look
from bot.work.reads.catalogue import card_of, phrase_json
from bot.work.reads.pathways import framework_of, known_of

Json = dict[str, Any]

SUGGESTED = 4
MOST_CHIPS = 6


@look("skills_to_choose")
def skills_to_choose(context: Context) -> Json:
    """Suggest skills: those that the person said most needs learning, first what has a course."""
    known = known_of(context.unit, context.person.id, context.content)
    told = [one for one in known.standings.values() if not one.is_estimated and one.level < TOP]
    ranked = [one.competence for one in sorted(told, key=lambda one: (one.level, one.competence))]
    taught = led_on(context, ranked)
    rest = [code for code in ranked if code not in taught]
    offered = context.content.offered(context.city)
    return {
        "suggested": [
            {"code": code, "framework": framework.id}
            for code in (*taught, *rest)[:SUGGESTED]
            if (framework := framework_of(context, code)) is not None
        ],
        "frameworks": list(offered),
        "has_told": bool(known.standings),
    }


@look("skill_named")
def skill_named(context: Context, competence: str) -> str:
    """Return the id of the framework in which a competence stands; empty for an unknown code."""
    framework = framework_of(context, competence)
    return framework.id if framework else ""


@look("recommended")
def recommended(context: Context, competence: str, level: int, request: Json) -> Json:
    """Recommend two or three courses for the next level of a skill, each with its reasons.

    Args:
        level: A level to get to in the end; 0 for simply the next one.
        request: The person's wishes, as `SearchRequest.to_json` gives them.
    """
    index = context.catalogue.index(context.city)
    aim = _aim(context, competence, level)
    asked = replace(SearchRequest.from_json(request), city=context.city, now=context.now.date())
    advice = advise(index, aim, asked) if index else Advice(State.NONE)
    understood = index.understand(asked.text, asked) if index else None
    chips = understood.chips if understood else ()
    return {
        "aim": aim.level,
        "is_known": aim.is_known,
        "is_estimated": aim.is_estimated,
        "state": advice.state.value,
        "is_unmet": advice.is_unmet,
        "cards": [_card(pick) for pick in advice.picks],
        "wishes": [phrase_json(chip.phrase) for chip in chips[:MOST_CHIPS]],
        "chips": [{"id": chip.id, "kind": chip.kind} for chip in chips[:MOST_CHIPS]],
        "left_out": [phrase_json(chip.phrase) for chip in _missed(chips, advice)],
        "needs_place": bool(understood and understood.needs_place),
    }


def led_on(context: Context, competences: Sequence[str]) -> list[str]:
    """Return those of some skills that a course of the city leads on from where the person is."""
    index = context.catalogue.index(context.city)
    if index is None:
        return []
    known = known_of(context.unit, context.person.id, context.content)
    aims = [_aim_from(known, competence, 0) for competence in competences]
    return [aim.competence for aim in aims if _fitting(index.teaching(aim.competence), aim)]


def advise(index: CourseIndex, aim: Aim, asked: SearchRequest) -> Advice:
    """Recommend from a city's courses; only those at the right level are judged."""
    if aim.is_held:
        return Advice(State.HELD)
    levels = index.teaching(aim.competence)
    fitting = _fitting(levels, aim)
    offers = [Offer(hit, levels[hit.course.id]) for hit in index.judge(asked, fitting)]
    return recommend(offers, aim, today=asked.now or index.now)


def _fitting(levels: Mapping[str, int], aim: Aim) -> list[str]:
    """Return the courses whose level is still worth showing."""
    if aim.is_held:
        return []
    return [course for course, level in levels.items() if aim.held < level <= aim.furthest]


def _aim(context: Context, competence: str, level: int) -> Aim:
    known = known_of(context.unit, context.person.id, context.content)
    return _aim_from(known, competence, level)


def _aim_from(known: Known, competence: str, level: int) -> Aim:
    reached = max(known.said.get(competence, 0), known.badges.get(competence, 0))
    standing = known.standings.get(competence)
    return aim_for(competence, standing, level, known.answered.get(competence), reached)


def _missed(chips: tuple[Chip, ...], advice: Advice) -> list[Chip]:
    return [chip for chip in chips if chip.id in advice.missed]


def _card(pick: Pick) -> Json:
    hit = pick.offer.hit
    return {
        **card_of(hit.course, hit.instance, hit.distance_km),
        "level": pick.offer.level,
        "why": [phrase_json(one) for one in pick.why],
    }
