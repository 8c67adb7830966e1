"""What flows look up about a sitting's result."""

from __future__ import annotations

from typing import Any

from bot.conversation import Text, text_to_json
from bot.skills.quickcheck import place
from bot.skills.results import Standing, standings
from bot.skills.sittings import Sitting, assessment_of, merged
from bot.skills.summary import (
    AreaStanding,
    Change,
    areas_of,
    change_between,
    does_alone,
    is_telling,
    next_to_learn,
)
from bot.work.reads import Context, look
from bot.work.reads.skills import Told, find_told
from content.frameworks import Framework
from content.words import TextValue

Json = dict[str, Any]

MOST_SAID, MOST_NEW = 6, 5
MOST_HISTORY = 8
CHECKS = 5


@look("skills_result")
def skills_result(context: Context, sitting: str, area: str, state: str) -> Json | None:
    """Return a result: of one area by skill, or of all by area. None where the sitting has gone.

    Args:
        area: Of this area only; empty for the whole sitting.
        state: Stands for the answers, so that a changed answer makes a new result.
    """
    del state
    told = find_told(context, sitting)
    framework = read_by(context, told.sitting) if told else None
    if told is None or framework is None:
        return None
    if not is_telling(told.pairs):
        return {"lines": [], "is_told": False, "change": None, "checks": 0}
    found = _standings(framework, told)
    areas = areas_of(framework, found)
    chosen = area or (areas[0].area if len(areas) == 1 else "")
    if chosen:
        codes = [one.code for a in framework.areas if a.code == chosen for one in a.competences]
        lines = [_line(context, framework, found[code]) for code in codes if code in found]
    else:
        lines = [_area_line(context, framework, one) for one in areas]
    return {
        "framework": framework.id,
        "mode": told.sitting.mode,
        "parts": list(told.sitting.parts),
        "area": chosen,
        "lines": lines,
        "is_told": True,
        "is_draft": framework.status == "draft",
        "count": len(told.pairs),
        "change": None if area else _change(context, framework, told),
        "checks": 0 if area else _checks_left(framework, told),
        "best": _best(found),
    }


def read_by(context: Context, sitting: Sitting) -> Framework | None:
    """Return the framework by which a sitting is read: the version with which it was made."""
    return context.content.framework_at(sitting.framework, sitting.version)


def _standings(framework: Framework, told: Told) -> dict[str, Standing]:
    assessment = assessment_of(framework, told.sitting.mode, told.sitting.parts, told.pairs)
    return standings(assessment, told.pairs)


def _line(context: Context, framework: Framework, one: Standing) -> Json:
    name = _name(context, framework, f"skill.{one.competence}", one.competence)
    return {"id": one.competence, "name": name, "at": [one.low, one.high, one.level]} | (
        {"is_estimated": True} if one.is_estimated else {}
    )


def _area_line(context: Context, framework: Framework, one: AreaStanding) -> Json:
    name = _name(context, framework, f"area.{one.area}", one.area)
    at = [round(one.low), round(one.high), round(one.level)]
    return {"id": one.area, "name": name, "at": at} | (
        {"is_estimated": True} if one.is_estimated else {}
    )


def _name(context: Context, framework: Framework, key: str, code: str) -> Any:
    """Return the text of a short name; the words themselves where only an old version has them."""
    text_id = f"framework.{framework.id}.{key}.button"
    if context.content.words.has(text_id):
        return text_to_json(Text(text_id))
    own = framework.competences.get(code)
    short = own.short if own else next((a.short for a in framework.areas if a.code == code), code)
    return text_to_json(Text("name.button", {"name": short}))


def _change(context: Context, framework: Framework, told: Told) -> Json | None:
    """Return what is new since the earlier sittings; None where there is nothing to compare."""
    person, started = context.person.id, told.sitting.started_at
    sittings = [
        one
        for one in context.unit.skills.list_sittings(person)
        if one.framework == framework.id and one.started_at < started
    ]
    if not sittings:
        return None
    earlier = {one.id for one in sittings}
    given = [one for one in context.unit.skills.list_answers(person) if one.sitting in earlier]
    return change_json(framework, told, merged(given), sittings[0])


def change_json(
    framework: Framework, told: Told, before: list[tuple[str, int | None]], since: Sitting
) -> Json | None:
    """Return what changed since another sitting as JSON; None where nothing was asked twice."""
    assessment = assessment_of(framework, told.sitting.mode, told.sitting.parts, told.pairs)
    change: Change = change_between(framework, assessment, before, told.pairs)
    if not change.is_comparable:
        return None
    return {
        "since": since.started_at.date().isoformat(),
        "new": list(change.newly_said)[:MOST_NEW],
        "rises": list(change.rises)[:MOST_NEW],
        "areas": list(change.areas),
    }


def _checks_left(framework: Framework, told: Told) -> int:
    """Return how many knowledge checks to offer; none where there are none, or they were taken."""
    taken = sum(framework.find_check(item) is not None for item, _ in told.pairs)
    if taken or told.sitting.mode == "skills":
        return 0
    return CHECKS if framework.checks else 0


def _best(found: dict[str, Standing]) -> str:
    """Return the skill to suggest a next step for: asked about, and the lowest of these."""
    asked = [one for one in found.values() if not one.is_estimated] or list(found.values())
    lowest = min(asked, key=lambda one: (one.level, -one.chance), default=None)
    return lowest.competence if lowest else ""


@look("skills_said")
def skills_said(context: Context, sitting: str, area: str, state: str) -> list[str]:
    """List the items that the person does alone, the hardest first."""
    del state
    told = find_told(context, sitting)
    framework = read_by(context, told.sitting) if told else None
    if told is None or framework is None:
        return []
    codes = [own.code for one in framework.areas for own in one.competences if one.code == area]
    return does_alone(framework, told.pairs, codes or None)[:MOST_SAID]


@look("skills_one")
def skills_one(context: Context, sitting: str, code: str, state: str) -> Json | None:
    """Return one skill of a result: where it stands, which answers led there, what comes next."""
    del state
    told = find_told(context, sitting)
    framework = read_by(context, told.sitting) if told else None
    one = _standings(framework, told).get(code) if told and framework else None
    if told is None or framework is None or one is None:
        return None
    answered = dict(told.pairs)
    checks = [
        [check.id, int(answered[check.id] == check.right)]
        for check in framework.checks
        if check.competence == code and answered.get(check.id) is not None
    ]
    return {
        "framework": framework.id,
        "line": _line(context, framework, one),
        "led_by": [[item, answered[item]] for item in one.led_by],
        "checks": checks,
        "next": next_to_learn(framework, code, one),
        "level": one.level,
    }


@look("skills_place")
def skills_place(context: Context, sitting: str, state: str) -> Json | None:
    """Return where the quick check places the person, and what stands before the next place."""
    del state
    told = find_told(context, sitting)
    found = told and context.content.quick_check_at(told.sitting.framework, told.sitting.version)
    if not told or not found:
        return None
    placing = place(found, told.pairs)
    skills = {one.id: one.skill for one in found.tasks}
    near = {one.code: one.crosswalk for one in found.skills}
    codes = [code for task in placing.missing for code in near.get(skills[task], ())[:1]]
    return {
        "framework": found.id,
        "place": placing.place,
        "missing": list(placing.missing),
        "count": len(told.pairs),
        "codes": list(dict.fromkeys(codes)),
    }


@look("skills_history")
def skills_history(context: Context) -> list[Json]:
    """List the newest sittings of the person."""
    return [
        {
            "id": one.id,
            "framework": one.framework,
            "mode": one.mode,
            "part": _part(context, one),
            "on": one.started_at.date().isoformat(),
            "count": one.count,
            "is_finished": one.finished_at is not None,
        }
        for one in context.unit.skills.list_sittings(context.person.id, MOST_HISTORY)
    ]


def _part(context: Context, sitting: Sitting) -> str:
    """Name what a sitting was about, in the words of the person's language."""
    framework = read_by(context, sitting)
    if framework is None or len(sitting.parts) != 1:
        return ""
    part = sitting.parts[0]
    kind = "area" if sitting.mode == "areas" else "skill"
    text_id = f"framework.{framework.id}.{kind}.{part}.button"
    if not context.content.words.has(text_id):
        return part
    return context.content.words.plain(TextValue(text_id), context.language)


@look("skills_compared")
def skills_compared(context: Context, sitting: str, other: str) -> Json | None:
    """Return what is new in the later of two sittings; None where they cannot be compared."""
    one, two = find_told(context, sitting), find_told(context, other)
    if one is None or two is None or one.sitting.framework != two.sitting.framework:
        return None
    earlier, later = sorted((one, two), key=lambda told: told.sitting.started_at)
    framework = read_by(context, later.sitting)
    if framework is None:
        return None
    return change_json(framework, later, earlier.pairs, earlier.sitting)
