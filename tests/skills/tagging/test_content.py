"""The words that staff edit, and what they are told when something is wrong."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from bot.courses.records import Course
from bot.skills.tagging import infer_tags
from bot.skills.tagging.inferring import Rules
from content.frameworkfiles import read_framework
from content.load import SHIPPED
from content.tagging import LABELS_FILE, LEVELS, RULES_FILE, check_tagging, read_tagging
from tests.support.shared import shared_data

Edit = Callable[[str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("skills", "frameworks/digcomp3"):
        copytree(SHIPPED / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Edit:
    def change(old: str, new: str) -> None:
        path = folder / RULES_FILE
        text = path.read_text("utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


def test_the_shipped_words_are_right_and_leave_no_competence_out() -> None:
    assert check_tagging(SHIPPED) == []
    framework = read_framework(SHIPPED / "frameworks" / "digcomp3", SHIPPED)
    tagging = read_tagging(SHIPPED)
    assert {rule.competence for rule in tagging.rules.rules} == set(framework.competences)
    assert tuple(level.id for level in framework.levels) == LEVELS


@pytest.mark.shared_data
def test_every_shipped_label_is_one_of_the_source() -> None:
    known = set()
    for name in ("digitalSkills", "digCompSkills"):
        path = shared_data(f"skills/esco_1.2.0_{name}Collection_en.csv")
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for label in (row["preferredLabel"], *row["altLabels"].split(" | ")):
                    bare = re.sub(r"\([^)]*\)", "", label).lower()
                    known.add(" ".join(bare.split()))
    skills = read_tagging(SHIPPED).labels.skills
    assert {label for one in skills for label in one.labels} <= known


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("usual: intermediate", "usual: middling", "usual", "'basic', 'intermediate'"),
        ("only_digital: yes", "only_digtal: yes", "only_digtal", "not permitted"),
        ("fake news", "... fake news", "say.0", "between two words"),
        ("fake news", "fa* news", "say.0", "3 letters before the star"),
        ("fake news", "a b c d e f g h i", "say.0", "more than 8 words"),
        ("id: searching-tasks", "id: searching", "rules.1.id", "given already on line"),
        ("at_most: intermediate", "at_least: advanced\n    at_most: basic", "at_least", "above"),
        ("framework: digcomp3", "framework: lost", "framework", "no folder frameworks/lost"),
        ('competence: "1.1"', 'competence: "9.9"', "rules.0.competence", "9.9 is not a comp"),
    ],
)
def test_a_fault_is_told_with_file_line_and_field(
    folder: Path, edit: Edit, old: str, new: str, field: str, reason: str
) -> None:
    line = (folder / RULES_FILE).read_text("utf-8").split(old, 1)[0].count("\n") + 1
    edit(old, new)
    [problem] = check_tagging(folder)
    assert problem.file == RULES_FILE
    assert field in problem.field
    assert reason in problem.reason
    assert not problem.line or abs(problem.line - line) <= 2


def test_every_wrong_rule_is_told(folder: Path, edit: Edit) -> None:
    edit("fake news", "fa* news")
    edit("only_digital: yes", "only_digtal: yes")
    assert len(check_tagging(folder)) == 2


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / LABELS_FILE).unlink()
    [problem] = check_tagging(folder)
    assert problem.file == LABELS_FILE


def test_what_staff_write_counts(folder: Path, edit: Edit) -> None:
    edit("fake news", "pineapple pizza")
    edit("only_digital: yes", "only_digital: no")
    rules = Rules(read_tagging(folder))
    course = Course("c", "p", "Pineapple pizza on a computer")
    assert [tag.competence for tag in infer_tags(course, rules)] == ["1.2"]
    assert infer_tags(course) == ()


def test_the_order_of_rules_changes_nothing() -> None:
    tagging = read_tagging(SHIPPED)
    turned = tagging.rules.model_copy(update={"rules": tagging.rules.rules[::-1]})
    other = Rules(type(tagging)(turned, tagging.labels))
    for title in ("Excel, Python and staying safe online", "Film editing", "Digital skills"):
        course = Course("c", "p", title)
        assert infer_tags(course) == infer_tags(course, other) != ()
