"""The accessibility statement says when it is old, and names only what there is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from content.accessibility import Issue, Method, Statement, read_statement
from content.load import load
from content.problems import Problem

TODAY = date(2027, 1, 10)
TESTS = Path(__file__).parent.parent
PROOF = {
    "axe": ("browser/test_accessibility.py", "axe.run("),
    "keyboard": ("browser/test_keyboard_only.py", "keyboard.press"),
    "no_script": ("browser/test_insight.py", "java_script_enabled=False"),
}
"""Where that is done which the statement says is done."""


def test_what_is_said_to_be_tested_is_tested() -> None:
    statement = load(cities={"derby"}).accessibility

    assert {one.key for one in statement.methods} == set(PROOF)
    for path, words in PROOF.values():
        assert words in (TESTS / path).read_text("utf-8"), path


def test_a_statement_of_this_year_has_nothing_overdue() -> None:
    made = Statement(
        reviewed=TODAY - timedelta(days=365),
        methods=(Method(key="axe", on=TODAY),),
        issues=(Issue(key="maps", found=TODAY, planned=TODAY), Issue(key="other", found=TODAY)),
    )
    assert list(made.overdue(TODAY)) == []


def test_what_is_old_or_late_is_named() -> None:
    old = TODAY - timedelta(days=366)
    made = Statement(
        reviewed=old,
        methods=(Method(key="axe", on=old),),
        issues=(Issue(key="maps", found=old, planned=TODAY - timedelta(days=1)),),
    )
    assert [one.partition(" 20")[0] for one in made.overdue(TODAY)] == [
        "was last looked over on",
        "says that axe was last tested on",
        "says that maps will be mended by",
    ]


def test_drafts_are_an_issue_for_as_long_as_there_are_any() -> None:
    made = Statement(issues=(Issue(key="drafts", found=TODAY), Issue(key="maps", found=TODAY)))

    assert [one.key for one in made.shown_issues(has_drafts=False)] == ["maps"]
    assert len(made.shown_issues(has_drafts=True)) == 2


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("reviewed: yesterday\n", "date"),
        ('reviewed: "2026-11-22"\nissues:\n  - {key: new, found: "2026-11-22"}\n', "no such text"),
        ('reviewed: "2026-11-22"\nmethods:\n  - {key: "Axe!", on: "2026-11-22"}\n', "pattern"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, written: str, reason: str) -> None:
    (tmp_path / "accessibility.yaml").write_text(written, "utf-8")
    problems: list[Problem] = []
    read_statement(tmp_path, set(), problems)

    assert len(problems) == 1
    assert reason in problems[0].reason
