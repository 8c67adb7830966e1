"""Sittings with their answers, and the results that follow from them, read from what is stored."""

from __future__ import annotations

from bot.skills.export import Json, export
from bot.skills.report import Report, Told, quick_report, report
from content.load import Content
from storage import Unit


def find_told(unit: Unit, person: str, sitting: str) -> Told | None:
    """Return a sitting of a person with its answers; None where it has gone."""
    found = unit.skills.find_sitting(person, sitting)
    if found is None:
        return None
    return Told(found, tuple(unit.skills.answers_of(person, sitting)))


def pairs_of(told: Told | None) -> list[tuple[str, int | None]]:
    """Return the answers of a sitting as an assessment takes them."""
    return [one.pair for one in told.answers] if told else []


def find_report(unit: Unit, content: Content, person: str, sitting: str) -> Report | None:
    """Work out a sitting's result with what is new since earlier ones; None where it has gone.

    It is read by the version of the framework with which it was made.
    """
    told = find_told(unit, person, sitting)
    framework = content.framework_at(told.sitting.framework, told.sitting.version) if told else None
    if told is None or framework is None:
        return None
    before = [
        Told(one, tuple(unit.skills.answers_of(person, one.id)))
        for one in unit.skills.list_sittings(person)
        if one.framework == framework.id and one.started_at < told.sitting.started_at
    ]
    return report(framework, [told], before)


def result_export(unit: Unit, content: Content, person: str, sitting: str) -> Json | None:
    """Return a sitting's result for other programs; None where it has gone."""
    found = find_report(unit, content, person, sitting)
    if found is not None:
        return export([found])
    told = find_told(unit, person, sitting)
    check = content.quick_check_at(told.sitting.framework, told.sitting.version) if told else None
    return export([], [quick_report(check, told)]) if told and check else None
