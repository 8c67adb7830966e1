"""A result as JSON that other programs may rely on; docs/interfaces.md says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.skills.report import Line, QuickReport, Report, Told
from bot.skills.results import Standing
from content.frameworks import Framework, QuickCheck
from content.schema import Source

FORMAT, FORMAT_VERSION = "learning-city-bot/result", 1
KIND = "told by the person themselves; not a test"

Json = dict[str, Any]


def export(reports: Sequence[Report], quick: Sequence[QuickReport] = ()) -> Json:
    """Return a result; every item is named by its id, so that it can be read without our words."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "kind": KIND,
        "results": [_report(one) for one in reports],
        "quick_checks": [_quick(one) for one in quick],
    }


def _report(report: Report) -> Json:
    lines = [line for area in report.areas for line in area.lines]
    levels = [level.id for level in report.framework.levels]
    past = [line for line in lines if line.before is not None]
    before = None
    if report.before_at is not None:
        stood = [_standing(line, line.before, levels) for line in past if line.before]
        before = {"at": report.before_at.isoformat(), "standings": stood}
    return {
        "framework": _about(report.framework),
        "at": report.at.isoformat(),
        "sittings": [_sitting(told, report.framework) for told in report.told],
        "standings": [_standing(line, line.standing, levels) for line in lines],
        "before": before,
        "risen": [line.competence.code for line in lines if line.has_risen],
        "newly_said": list(report.newly_said),
    }


def _quick(report: QuickReport) -> Json:
    return {
        "quick_check": _about(report.check),
        "at": report.at.isoformat(),
        "answers": [{"item": key, "answer": one} for key, one in report.answers.items()],
        "place": report.placing.place,
        "missing": list(report.placing.missing),
    }


def _about(framework: Framework | QuickCheck) -> Json:
    source: Source = framework.source
    return {
        "id": framework.id,
        "version": framework.version,
        "title": framework.title,
        "status": framework.status,
        "label": framework.label,
        "source": source.title,
        "licence": source.licence,
        "attribution": source.attribution,
    }


def _sitting(told: Told, framework: Framework) -> Json:
    sitting = told.sitting
    return {
        "id": sitting.id,
        "started_at": sitting.started_at.isoformat(),
        "finished_at": sitting.finished_at.isoformat() if sitting.finished_at else None,
        "framework_version": sitting.version,
        "asked": sitting.mode,
        "parts": list(sitting.parts),
        "answers": [
            {"item": one.item, "answer": one.answer, "at": one.at.isoformat()}
            | _check_of(framework, one.item, one.answer)
            for one in told.answers
        ],
    }


def _check_of(framework: Framework, item: str, answer: int | None) -> Json:
    check = framework.find_check(item)
    if check is None:
        return {}
    return {"is_check": True, "is_right": None if answer is None else answer == check.right}


def _standing(line: Line, standing: Standing, levels: Sequence[str]) -> Json:
    return {
        "competence": line.competence.code,
        "title": line.competence.title,
        "level": standing.level,
        "level_id": levels[standing.level - 1] if standing.level else "not-yet",
        "low": standing.low,
        "high": standing.high,
        "chance": round(standing.chance, 3),
        "is_estimated": standing.is_estimated,
        "led_by": list(standing.led_by),
    }
