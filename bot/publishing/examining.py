"""Whether content may go live: all of it is read and checked, and held against what is in use.

Beyond what `content check` refuses, this refuses what only shows beside the content in use: answers
and ids that would come to mean something else, values that nothing fills in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.questionnaires.shelf import meanings as meanings_of_answers
from bot.skills.shelf import meanings as meanings_of_items
from content.check import look_over
from content.frameworkfiles import read_frameworks
from content.load import Content
from content.pathways import Pathway
from content.problems import Problem


def examine(live: Path, root: Path) -> list[Problem]:
    """Return what is wrong with a content folder, errors first.

    Args:
        live: The folder in use; warnings that it has already are left out.
        root: The folder that is to take its place.
    """
    after, problems = look_over(root)
    if live != root:
        before, old = look_over(live)
        known = {_said(one) for one in old}
        problems = [one for one in problems if one.severity == "error" or _said(one) not in known]
        problems += [*_answers(before, after), *_items(live, root), *_routes(before, after)]
        problems += [*_values(before, after), *_zones(before, after)]
    return sorted(set(problems), key=lambda one: (one.severity != "error", one))


def _said(problem: Problem) -> tuple[str, str, str]:
    return problem.file, problem.field, problem.reason


def _answers(before: Content, after: Content) -> Iterator[Problem]:
    for key, was in before.questionnaires.current.items():
        will = after.questionnaires.current.get(key)
        if will is not None:
            yield from meanings_of_answers(was, will, f"questionnaires/{key}")


def _items(live: Path, root: Path) -> Iterator[Problem]:
    yield from meanings_of_items(read_frameworks(live, []), read_frameworks(root, []))


def _routes(before: Content, after: Content) -> Iterator[Problem]:
    for key, was in before.pathways.current.items():
        will = after.pathways.current.get(key)
        if will is not None and was.version == will.version and _steps(was) != _steps(will):
            reason = f"steps differ from those of version {was.version}: make it higher"
            yield Problem(f"pathways/{key}.yaml", 0, "version", reason)


def _steps(one: Pathway) -> dict[str, dict[str, int]]:
    return {step.id: {code: int(level) for code, level in step.needs.items()} for step in one.steps}


def _values(before: Content, after: Content) -> Iterator[Problem]:
    """Yield values that nothing fills in: who says a text gives it what it has now."""
    for text_id, text in after.texts.items():
        was = before.texts.get(text_id)
        if was is None or not text.file.startswith(("text/", "cities/")):
            continue
        if strange := sorted(text.names - was.names):
            known = ", ".join(f"{{{name}}}" for name in sorted(was.names)) or "none"
            shown = ", ".join(f"{{{name}}}" for name in strange)
            reason = f"{shown}: nothing fills it in here; there are {known}"
            yield Problem(text.file, text.line, text_id, reason)


def _zones(before: Content, after: Content) -> Iterator[Problem]:
    for key, was in before.cities.items():
        will = after.cities.get(key)
        if will is not None and will.zone != was.zone:
            reason = f"{was.zone} cannot be changed here: reminders and dates count by it"
            yield Problem(f"cities/{key}/city.yaml", 0, "zone", reason)
