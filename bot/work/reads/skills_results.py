"""What flows look up about a sitting's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.conversation import Text, text_to_json
from bot.skills.quickcheck import place
from bot.skills.report import AreaReport, Line, Report, Told, report
from bot.skills.sittings import Sitting
from bot.skills.summary import (
    asked_lowest_first,
    does_alone,
    is_telling,
    next_to_learn,
    range_of_mean,
)
from bot.work.reads import Context, look
from bot.work.reads.badges_earned import new_area_badges
from bot.work.reads.steps import led_on
from bot.work.told import find_report, find_told, pairs_of
from content.frameworks import Framework
from content.words import TextValue

Json = dict[str, Any]

MOST_SAID, MOST_NEW = 6, 5
MOST_HISTORY = 8
CHECKS = 5


def report_of(context: Context, sitting: str) -> Report | None:
    """Work out the result of one of the person's sittings; None where it has gone."""
    return find_report(context.unit, context.content, context.person.id, sitting)


def _told(context: Context, sitting: str) -> Told | None:
    return find_told(context.unit, context.person.id, sitting)


def read_by(context: Context, sitting: Sitting) -> Framework | None:
    """Return the framework by which a sitting is read: the version with which it was made."""
    return context.content.framework_at(sitting.framework, sitting.version)


@look("skills_result")
def skills_result(context: Context, sitting: str, area: str, state: str) -> Json | None:
    """Return a result: of one area by skill, or of all by area. None where the sitting has gone.

    Args:
        area: Of this area only; empty for the whole sitting.
        state: Stands for the answers, so that a changed answer makes a new result.
    """
    del state
    found = report_of(context, sitting)
    if found is None:
        return None
    told, framework = found.told[0], found.framework
    pairs = pairs_of(told)
    if not is_telling(pairs):
        return {"lines": []}
    chosen = area or (found.areas[0].area.code if len(found.areas) == 1 else "")
    return {
        "framework": framework.id,
        "mode": told.sitting.mode,
        "parts": list(told.sitting.parts),
        "area": chosen,
        "lines": _lines(context, found, chosen),
        "is_draft": framework.status == "draft",
        "count": len(pairs),
        "change": None if area else change_of(context, found),
        "checks": 0 if area else _checks_left(framework, told),
        "best": _best(context, found),
        "has_strengths": bool(does_alone(framework, pairs)),
        "has_badge": _has_badge(context, framework, chosen),
    }


def _best(context: Context, found: Report) -> str:
    """Return the skill to suggest a next step for: the lowest that a course here leads on from.

    Where there is none such it is the lowest of all, so that what the city lacks is heard.
    """
    lowest = asked_lowest_first(found)
    return next(iter(led_on(context, lowest) or lowest), "")


def _has_badge(context: Context, framework: Framework, area: str) -> bool:
    """Tell whether what was told gives a new badge of an area; of any area for none."""
    new = new_area_badges(context)
    return any(one[0] == framework.id and area in ("", one[1]) for one in new)


def _lines(context: Context, found: Report, chosen: str) -> list[Json]:
    if chosen:
        areas = [one for one in found.areas if one.area.code == chosen]
        return [_line(context, found.framework, line) for one in areas for line in one.lines]
    return [_area_line(context, found.framework, one) for one in found.areas]


def _line(context: Context, framework: Framework, line: Line) -> Json:
    code, at = line.competence.code, line.standing
    name = _name(context, f"framework.{framework.id}.skill.{code}.button", line.competence.short)
    return {"id": code, "name": name, "at": [at.low, at.high]} | _estimated(at.is_estimated)


def _area_line(context: Context, framework: Framework, one: AreaReport) -> Json:
    area = one.area
    name = _name(context, f"framework.{framework.id}.area.{area.code}.button", area.short)
    at = list(range_of_mean(one.mean, is_rough=one.is_rough))
    return {"id": area.code, "name": name, "at": at} | _estimated(one.is_estimated)


def _estimated(is_estimated: bool) -> Json:
    return {"is_estimated": True} if is_estimated else {}


def _name(context: Context, text_id: str, short: str) -> Any:
    """Return the text of a short name; the words themselves where an old version said others."""
    if context.content.words.still_says(text_id, short):
        return text_to_json(Text(text_id))
    return text_to_json(Text("name.button", {"name": short}))


def change_of(context: Context, found: Report) -> Json | None:
    """Return what is new since earlier as JSON, None where nothing was asked about twice.

    What fell is not in it: answers go up and down, and a lower one is no failure.
    """
    lines = [line for area in found.areas for line in area.lines]
    is_comparable = any(
        line.before and not line.before.is_estimated and not line.standing.is_estimated
        for line in lines
    )
    if found.before_at is None or not is_comparable:
        return None
    return {
        "since": _day(context, found.before_at),
        "is_today": _day(context, found.before_at) == context.now.date().isoformat(),
        "new": list(found.newly_said)[:MOST_NEW],
        "rises": [line.competence.code for line in lines if line.has_risen][:MOST_NEW],
        "areas": [one.area.code for one in found.areas if _is_stronger(one)],
    }


def _is_stronger(area: AreaReport) -> bool:
    """Tell whether an area rose by enough to say so; one skill alone speaks for itself."""
    both = [line for line in area.lines if line.before and not line.before.is_estimated]
    return len(both) > 1 and (area.trend or 0.0) > 0


def _checks_left(framework: Framework, told: Told) -> int:
    """Return how many knowledge checks to offer; none where there are none, or they were taken."""
    taken = any(framework.find_check(item) for item, _ in pairs_of(told))
    if taken or told.sitting.mode == "skills" or not framework.checks:
        return 0
    return CHECKS


@look("skills_said")
def skills_said(context: Context, sitting: str, area: str, state: str) -> list[str]:
    """List the items that the person does alone, the hardest first."""
    del state
    told = _told(context, sitting)
    framework = read_by(context, told.sitting) if told else None
    if framework is None:
        return []
    codes = [own.code for one in framework.areas for own in one.competences if one.code == area]
    return does_alone(framework, pairs_of(told), codes or None)[:MOST_SAID]


@look("skills_one")
def skills_one(context: Context, sitting: str, code: str, state: str) -> Json | None:
    """Return one skill of a result: where it stands, which answers led there, what comes next."""
    del state
    found = report_of(context, sitting)
    lines = [line for area in found.areas for line in area.lines] if found else []
    line = next((one for one in lines if one.competence.code == code), None)
    if found is None or line is None:
        return None
    return {
        "framework": found.framework.id,
        "line": _line(context, found.framework, line),
        "led_by": [list(pair) for pair in line.answers],
        "checks": _checked(found, code),
        "next": next_to_learn(found.framework, code, line.standing, pairs_of(found.told[0])),
    }


def _checked(found: Report, code: str) -> list[list[Any]]:
    answered = dict(pairs_of(found.told[0]))
    return [
        [check.id, answered[check.id] == check.right]
        for check in found.framework.checks
        if check.competence == code and answered.get(check.id) is not None
    ]


@look("skills_place")
def skills_place(context: Context, sitting: str, state: str) -> Json | None:
    """Return where the quick check places the person, and what stands before the next place."""
    del state
    told = _told(context, sitting)
    found = told and context.content.quick_check_at(told.sitting.framework, told.sitting.version)
    if not told or not found:
        return None
    placing = place(found, pairs_of(told))
    skills = {one.id: one.skill for one in found.tasks}
    near = {one.code: one.crosswalk for one in found.skills}
    codes = [code for task in placing.missing for code in near.get(skills[task], ())[:1]]
    return {
        "framework": found.id,
        "place": placing.place,
        "missing": list(placing.missing),
        "count": len(told.answers),
        "codes": list(dict.fromkeys(codes)),
    }


@look("skills_history")
def skills_history(context: Context) -> list[Json]:
    """List the newest sittings of the person, each with when its last answer was given.

    Of those that would read alike otherwise "at" says the time of the day.
    """
    sittings = context.unit.skills.list_sittings(context.person.id, MOST_HISTORY)
    listed = [_listed(context, one) for one in sittings]
    alike = Counter(map(_reads_as, listed))
    return [
        shown | ({"at": _time(context, one.updated_at)} if alike[_reads_as(shown)] > 1 else {})
        for one, shown in zip(sittings, listed, strict=True)
    ]


def _listed(context: Context, sitting: Sitting) -> Json:
    return {
        "id": sitting.id,
        "framework": sitting.framework,
        "mode": sitting.mode,
        "part": _part(context, sitting),
        "on": _day(context, sitting.updated_at),
        "count": sitting.count,
    }


def _reads_as(listed: Json) -> tuple[str, str, str]:
    """Return what a line of the list says: an area and a skill of one name read alike."""
    kind = "" if listed["mode"] in ("areas", "skills") else listed["mode"]
    return listed["on"], kind, listed["part"]


def _day(context: Context, moment: datetime) -> str:
    return moment.astimezone(context.now.tzinfo).date().isoformat()


def _time(context: Context, moment: datetime) -> str:
    return f"{moment.astimezone(context.now.tzinfo):%H:%M}"


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
    told: Sequence[Told | None] = (_told(context, sitting), _told(context, other))
    both = sorted((one for one in told if one), key=lambda one: one.sitting.started_at)
    if len(both) < len(told) or both[0].sitting.framework != both[1].sitting.framework:
        return None
    framework = read_by(context, both[1].sitting)
    return change_of(context, report(framework, both[1:], both[:1])) if framework else None
