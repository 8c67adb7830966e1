"""The JSON of a result: its names are a promise, written down in docs/interfaces.md."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.skills.export import export
from bot.skills.report import Told, quick_report, report, reports_of
from content.load import load
from tests.support.sittings import STARTED, answered, steady, tell

MANUAL = (Path(__file__).parents[2] / "docs" / "interfaces.md").read_text(encoding="utf-8")
CONTENT = load(cities=["manchester"])
DIGCOMP = CONTENT.frameworks["digcomp3"]


def exported() -> dict[str, object]:
    first = tell(DIGCOMP, steady(1), at=STARTED - timedelta(days=30))
    second = tell(DIGCOMP, steady(3), number=2)
    check = DIGCOMP.checks[0]
    passed = replace(second.answers[0], item=check.id, answer=check.right)
    told = Told(second.sitting, (*second.answers, passed))
    eds = CONTENT.quick_checks["eds"]
    quick = answered(DIGCOMP, {eds.tasks[0].id: 2}, number=3, mode="tasks")
    reports = [report(DIGCOMP, [told], [first])]
    return json.loads(json.dumps(export(reports, [quick_report(eds, quick)])))  # type: ignore[no-any-return]


def names(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(names(one) for one in value.values()))
    if isinstance(value, list):
        return set().union(*(names(one) for one in value))
    return set()


def test_every_name_in_it_is_in_the_manual() -> None:
    section = MANUAL.split("## A result as JSON")[1]
    documented = set(re.findall(r"`([a-z_]+)`", section))

    assert names(exported()) <= documented


def test_names_and_meanings_stay() -> None:
    told = exported()
    assert (told["format"], told["format_version"]) == ("learning-city-bot/result", 1)
    result = told["results"][0]  # type: ignore[index]
    assert set(result) == {
        *("framework", "at", "sittings", "standings", "before", "risen", "newly_said"),
    }
    assert set(result["standings"][0]) == {
        *("competence", "title", "level", "level_id", "low", "high", "chance"),
        *("is_estimated", "led_by"),
    }
    assert set(result["before"]) == {"at", "standings"}


def test_items_are_named_by_ids_that_outlive_their_words() -> None:
    result = exported()["results"][0]  # type: ignore[index]

    answers = result["sittings"][0]["answers"]
    assert all(DIGCOMP.find_sentence(one["item"]) for one in answers[:-1])
    assert answers[-1]["is_check"]
    assert answers[-1]["is_right"]
    for standing in result["standings"]:
        assert set(standing["led_by"]) <= {one["item"] for one in answers}
        assert standing["low"] <= standing["level"] <= standing["high"]


def test_a_result_of_what_is_gone_is_left_out_and_the_rest_is_told() -> None:
    kept = tell(DIGCOMP, steady(2))
    gone = Told(replace(kept.sitting, framework="gone", id="9" * 32), kept.answers)

    reports, quick = reports_of(CONTENT, [gone, kept])

    assert [one.framework.id for one in reports] == ["digcomp3"]
    assert quick == []
