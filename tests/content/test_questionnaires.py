"""Questionnaires as content: the shipped ones are whole, faults are named with their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.load import SHIPPED, Content, inspect
from content.problems import BadContent
from content.questionnairefiles import read_questionnaire
from content.reading_age import reading_age
from tests.content.folders import content_folder
from tests.questionnaires.asked import BODY, HEAD, LISTS, document


def test_four_are_shipped(shipped: Content) -> None:
    found = shipped.questionnaires.current
    audiences = {key: one.audience for key, one in found.items()}
    assert audiences == {
        "skills-needs": "employer",
        "quick-needs": "employer",
        "provision": "provider",
        "evaluation": "learner",
    }
    assert found["quick-needs"].minutes == 3
    assert len(found["quick-needs"].questions) <= 8


def test_the_skills_questionnaire_asks_what_a_need_is_made_of(shipped: Content) -> None:
    asked = shipped.questionnaires.current["skills-needs"]
    assert asked.section_of["people"].for_each == "roles"
    assert asked.questions["skills"].kind == "grid"
    wanted = {"people", "skills", "by", "aim", "delivery", "hours", "work-time", "price"}
    assert wanted | {"radius", "certificate", "languages", "tried", "contact-wanted"} <= set(
        asked.questions
    )


def test_every_text_is_there_and_plain(shipped: Content) -> None:
    for asked in shipped.questionnaires.current.values():
        assert asked.text_id("title") in shipped.texts
        for question in asked.questions.values():
            assert asked.text_id(f"{question.id}.ask") in shipped.texts
            assert all(option.text in shipped.texts for option in question.options)
            for words in (question.ask, question.help):
                age = reading_age(words) if words else None
                assert age is None or age <= 11, words


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("kind: place", "kind: palace", "sections.last.questions.place.kind", "Input should be"),
        (
            "size is large",
            "siz is large",
            "sections.first.questions.floors.when",
            "not asked before",
        ),
        ("size is large", "roles has cook", "sections.first.questions.floors.when", "not asked"),
        ("size is large", "size is huge", "sections.first.questions.floors.when", "not an option"),
        ("size is large", "size has large", "sections.first.questions.floors.when", 'say "is"'),
        ("size is large", "size > 3", "sections.first.questions.floors.when", "is no number"),
        ("floors > 3", "floors is many", "sections.first.questions.lift.when", "is no number"),
        ("for_each: roles", "for_each: size", "sections.role.for_each", "only several"),
        ("for_each: roles", "for_each: happy", "sections.role.for_each", "not asked before"),
        ("    for_each: roles\n", "", "sections.role.for_each", "stands for"),
        (
            "rows_from: roles",
            "rows_from: size",
            "sections.role.questions.skills.rows_from",
            "roles",
        ),
        ('digcomp3: ["1.1"', 'other: ["1.1"', "sections.last.questions.all.rows.other", "no fr"),
        ("kind: place}", "kind: place, colour: red}", "sections.last.questions.place.colour", ""),
        (
            "options_from: roles",
            "options_from: moons",
            "sections.first.questions.roles.options_f",
            "",
        ),
        ('low: "No"', 'low: "No", options: {a: "Aa"}', "sections.last.questions.happy", "no op"),
        ('least: "1", most: "5"', 'least: "1"', "sections.last.questions.happy", "a scale"),
        ('small: "Small"', 'small: "S"', "sections.first.questions.size.options.small", "2 char"),
        ('version: "2"', 'version: "two"', "version", "integer"),
        ("audience: employer", "audience: cats", "audience", "Input should be"),
        ("      place:", "      size:", "sections.last.questions.size", "given twice"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, field: str, reason: str
) -> None:
    text = HEAD + BODY
    assert old in text
    broken = text.replace(old, new, 1)
    with pytest.raises(BadContent) as error:
        read_questionnaire(document(tmp_path, broken), LISTS, "test")
    found = error.value.problems
    assert any(one.field.startswith(field) and reason in one.reason for one in found), found
    assert all(one.line > 0 for one in found)


def test_earlier_versions_are_kept_and_checked(tmp_path: Path) -> None:
    root = content_folder(tmp_path)
    for name in ("frameworks", "needs", "questionnaires"):
        shutil.copytree(SHIPPED / name, root / name)
    earlier = root / "questionnaires" / "earlier"
    earlier.mkdir(exist_ok=True)
    now = root / "questionnaires" / "evaluation.yaml"
    shutil.copy(now, earlier / "evaluation.1.yaml")
    now.write_text(now.read_text("utf-8").replace('version: "1"', 'version: "2"'), "utf-8")
    content, problems = inspect(root)
    assert [
        one for one in problems if "questionnaires" in one.file and one.severity == "error"
    ] == []
    old = content.questionnaires.get("evaluation", 1)
    assert old is not None
    assert old.text_id("finished.ask") in content.texts
    assert content.questionnaires.get("evaluation", 3) is None
    shutil.copy(now, earlier / "evaluation.3.yaml")
    _, problems = inspect(root)
    assert any("the name of the file says 3" in one.reason for one in problems)
    shutil.copy(now, earlier / "evaluation.2.yaml")
    _, problems = inspect(root)
    assert any("is not earlier than version 2" in one.reason for one in problems)


def test_two_files_of_one_questionnaire_are_told(tmp_path: Path) -> None:
    root = content_folder(tmp_path)
    folder = root / "questionnaires"
    folder.mkdir()
    text = HEAD + 'sections: {a: {questions: {b: {ask: "C?", kind: place}}}}\n'
    (folder / "one.yaml").write_text(text, "utf-8")
    rows = "section,question,kind,ask\n" + "".join(
        f",{name},,{value}\n"
        for name, value in (
            ("version", "1"), ("title", "T"), ("short", "Tt"), ("intro", "I"), ("thanks", "T"),
            ("minutes", "1"), ("audience", "learner"),
        )
    )  # fmt: skip
    (folder / "one.csv").write_text(rows + "a,b,place,C?\n", "utf-8")
    _, problems = inspect(root)
    assert [one.reason for one in problems] == ["there is another file of this questionnaire"]
