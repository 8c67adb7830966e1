"""What flows look up about what a person told of their skills."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from bot.conversation.stack import Stack
from bot.skills.asking import Step, next_check, next_step, step_of_tasks
from bot.skills.sittings import Mode, Sitting
from bot.work.reads import Context, look
from bot.work.told import find_told, pairs_of
from content.frameworks import Framework, QuickCheck

Json = dict[str, Any]

MAIN = "digcomp3"
"""The framework that is offered first; another one where it is not there."""
GOES_ON_FOR = timedelta(days=30)
"""So long after its last answer a sitting can be gone on with; later much may have changed."""
ASKS_FEELING_AFTER = timedelta(days=7)
"""How somebody feels is not asked again so soon."""
TYPED = ("not_yet", "with_help", "alone", "could_show", "not_for_me", "mean", "enough")
MOST_TYPED = 200
LONGEST_WANTED = 40


@look("skills_home")
def skills_home(context: Context, wanted: str = "") -> Json:
    """Say what can be told about, what is unfinished, and what a link or command asked for."""
    offered = context.content.offered(context.city)
    main = MAIN if MAIN in offered else next(iter(offered), "")
    sittings = context.unit.skills.list_sittings(context.person.id)
    return {
        "main": main,
        "others": [key for key in offered if key != main],
        "tasks": list(context.content.quick_checks)[:1],
        "open": _open(context, sittings),
        "has_told": bool(sittings),
        "wanted": _wanted(context, offered, wanted[:LONGEST_WANTED]),
        "asks_feeling": not any(
            one.before.is_told and one.started_at > context.now - ASKS_FEELING_AFTER
            for one in sittings
        ),
    }


def _open(context: Context, sittings: Sequence[Sitting]) -> Json | None:
    """Return the newest sitting if it can be gone on with: it may have been enough for a day."""
    newest = sittings[0] if sittings else None
    if newest is None or newest.updated_at < context.now - GOES_ON_FOR:
        return None
    scope = {"framework": newest.framework, "mode": newest.mode, "parts": list(newest.parts)}
    if newest.finished_at and not skills_next(context, scope, newest.id)["item"]:
        return None
    session = _session_of(context, newest.id)
    return {"sitting": newest.id, "scope": scope, "count": newest.count, "session": session}


def _session_of(context: Context, sitting: str) -> str:
    """Return the talk in which a sitting was left, so that its answers can still be changed."""
    stack = Stack.from_json(context.person.memory.get("stack", {}))
    # The live ones with the one being talked in: the menu or this check anew will cover it.
    for entry in (*reversed(stack.live), *reversed(stack.parked)):
        state = context.unit.sessions.find(entry.session) if entry.flow == "skills" else None
        ledger = state.frame.get("ledger", {}) if state is not None else {}
        if any(sitting == done[2] for done in ledger.values()):
            return entry.session
    return ""


@look("skills_left")
def skills_left(context: Context) -> str:
    """Return the talk in which a sitting was left, to be gone on with; or nothing."""
    left = _open(context, context.unit.skills.list_sittings(context.person.id, 1))
    return str(left["session"]) if left else ""


def _wanted(context: Context, offered: dict[str, Framework], wanted: str) -> Json | None:
    """Return what a deep link such as "skills_1-1" or words such as "/skills safety" name."""
    bare = wanted.removeprefix("skills").lstrip("_ ").casefold()
    if not bare:
        return None
    coded = bare.replace("-", ".")  # a link has no dots
    if bare in context.content.quick_checks:
        return {"framework": bare, "mode": "tasks", "parts": []}
    for framework in offered.values():
        for area in framework.areas:
            if coded == area.code.casefold() or _is_named(bare, area.short, area.title):
                return {"framework": framework.id, "mode": "areas", "parts": [area.code]}
        for code, own in framework.competences.items():
            if coded == code.casefold() or _is_named(bare, own.short, own.title):
                return {"framework": framework.id, "mode": "skills", "parts": [code]}
    return None


def _is_named(said: str, *names: str) -> bool:
    """Tell whether words are a name, or whole words that one begins with."""
    return any(f"{name.casefold()} ".startswith(f"{said} ") for name in names)


@look("skills_parts")
def skills_parts(context: Context, framework: str, area: str = "") -> list[str]:
    """List the areas of a framework, or the competences of one area, by their codes."""
    found = context.content.frameworks.get(framework)
    if found is None:
        return []
    if not area:
        return [one.code for one in found.areas]
    return [own.code for one in found.areas if one.code == area for own in one.competences]


@look("skills_typed")
def skills_typed(context: Context, language: str) -> dict[str, list[str]]:
    """List how people type the answers, in their language."""
    words = context.content.words
    found: dict[str, list[str]] = {}
    for name in TYPED:
        phrases = words.phrases(f"typed.skills.{name}", language)
        kept: list[str] = []
        for phrase in phrases:
            if sum(map(len, kept)) + len(phrase) < MOST_TYPED:
                kept.append(phrase)
        found[name] = kept
    return found


@look("skills_next")
def skills_next(
    context: Context, scope: Json, sitting: str, skipped: Sequence[str] = (), checks: int = 0
) -> Json:
    """Return the next question of a sitting, by what is stored of it.

    Args:
        scope: The framework, the mode and the parts.
        sitting: Its id; empty before the first answer.
        skipped: Areas about which the person wants no more questions.
        checks: Ask knowledge checks only, so many in all.
    """
    told = find_told(context.unit, context.person.id, sitting) if sitting else None
    if sitting and told is None:
        return {"item": "", "is_gone": True}
    pairs = pairs_of(told)
    mode = cast("Mode", scope["mode"])
    if mode == "tasks":
        quick = context.content.quick_checks.get(scope["framework"])
        step = step_of_tasks(quick, pairs) if quick else None
        return _step(step, quick)
    framework = context.content.frameworks.get(scope["framework"])
    if framework is None:
        return {"item": "", "is_gone": True}
    if checks:
        step = next_check(framework, mode, scope["parts"], pairs, checks)
    else:
        step = next_step(framework, mode, scope["parts"], pairs, skipped)
    return _step(step, framework)


def _step(step: Step | None, framework: Framework | QuickCheck | None) -> Json:
    if step is None or framework is None:
        return {"item": "", "is_gone": framework is None}
    found = {
        "item": step.item,
        "at": [step.area, step.competence, step.level],
        "count": [step.done, step.left],
    }
    return found | ({"is_draft": True} if framework.status == "draft" else {})


@look("skills_check")
def skills_check(context: Context, framework: str, item: str) -> Json:
    """Return the right option of a knowledge check, counted from 0; -1 where it has gone."""
    found = context.content.frameworks.get(framework)
    check = found.find_check(item) if found else None
    return {"right": check.right if check else -1}
