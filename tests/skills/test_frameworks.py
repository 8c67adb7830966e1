"""The shipped frameworks are whole, sourced and easy to read; faults name file, line and field."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.skills import Assessment
from bot.skills.results import mean_level
from bot.skills.sheets import rows_of
from content.descriptorrows import COLUMNS
from content.frameworkfiles import Frameworks, read_framework, read_frameworks
from content.frameworks import Framework
from content.load import SHIPPED, inspect
from content.problems import BadContent, Problem
from content.reading_age import reading_age
from tests.support.shared import shared_data

MAX_READING_AGE = 11.0


def read_shipped() -> tuple[Frameworks, list[Problem]]:
    problems: list[Problem] = []
    return read_frameworks(SHIPPED, problems), problems


FOUND, PROBLEMS = read_shipped()
DIGCOMP = FOUND.frameworks["digcomp3"]
EVERY = [pytest.param(framework, id=key) for key, framework in FOUND.frameworks.items()]


def test_nothing_is_wrong_with_them() -> None:
    assert PROBLEMS == []


def test_digcomp_has_its_areas_competences_and_sentences() -> None:
    assert [len(area.competences) for area in DIGCOMP.areas] == [3, 6, 4, 4, 4]
    assert [level.id for level in DIGCOMP.levels] == [
        "basic",
        "intermediate",
        "advanced",
        "highly-advanced",
    ]
    for competence in DIGCOMP.competences.values():
        for rung in competence.rungs:
            assert len(rung.sentences) >= 2
            assert all(sentence.rests_on for sentence in rung.sentences)


def test_digcomp_has_knowledge_checks_in_every_area() -> None:
    checks = DIGCOMP.checks
    assert len(checks) >= 30
    for area in DIGCOMP.areas:
        codes = {own.code for own in area.competences}
        assert sum(check.competence in codes for check in checks) >= 2
    places = [check.right for check in checks]
    assert {places.count(place) for place in range(4)} <= {len(checks) // 4, len(checks) // 4 + 1}


def test_checks_are_easy_to_read_and_do_not_give_themselves_away() -> None:
    longest = 0
    for check in DIGCOMP.checks:
        for text in (check.question, check.explanation):
            assert (reading_age(text) or 0.0) <= MAX_READING_AGE, text
        lengths = [len(option) for option in check.options]
        longest += lengths[check.right] == max(lengths)
    assert longest <= len(DIGCOMP.checks) * 0.4


def test_the_draft_has_nine_strands_and_is_labelled_as_a_draft() -> None:
    draft = FOUND.frameworks["sectors-draft"]
    assert draft.status == "draft"
    assert "not the city's" in draft.label
    assert len(draft.areas) == 9
    assert all(3 <= len(area.competences) <= 5 for area in draft.areas)
    assert all(own.crosswalk for own in draft.competences.values())


@pytest.mark.parametrize("framework", EVERY)
def test_every_framework_says_whose_it_is(framework: Framework) -> None:
    source = framework.source
    assert framework.version
    assert framework.changes
    assert source.licence
    assert source.attribution
    assert source.publisher
    assert framework.status == "published" or "draft" in framework.label.casefold()


@pytest.mark.parametrize("framework", EVERY)
def test_no_two_buttons_and_no_two_sentences_are_the_same(framework: Framework) -> None:
    for names in (
        [own.short for own in framework.competences.values()],
        [area.short for area in framework.areas],
        [sentence.can.casefold() for _, _, sentence in framework.sentences()],
    ):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("framework", EVERY)
def test_sentences_and_examples_are_easy_to_read(framework: Framework) -> None:
    hard = []
    for code, competence in framework.competences.items():
        for level, rung in enumerate(competence.rungs, 1):
            said = ". ".join(f"I can {sentence.can}" for sentence in rung.sentences) + "."
            ages = {text: reading_age(text) or 0.0 for text in (said, rung.example)}
            hard += [(code, level, text) for text, age in ages.items() if age > MAX_READING_AGE]
    assert hard == []


@pytest.mark.parametrize("framework", EVERY)
def test_a_whole_competence_is_easy_to_read(framework: Framework) -> None:
    for competence in framework.competences.values():
        said = [f"I can {one.can}." for rung in competence.rungs for one in rung.sentences]
        assert (reading_age(" ".join(said)) or 0.0) <= MAX_READING_AGE
        assert (reading_age(competence.use) or 0.0) <= MAX_READING_AGE


@pytest.mark.parametrize("framework", EVERY)
def test_sentences_end_without_a_full_stop_and_examples_with_one(framework: Framework) -> None:
    assert not [one.can for _, _, one in framework.sentences() if one.can.endswith(".")]
    for competence in framework.competences.values():
        assert all(rung.example.endswith((".", "!", "?")) for rung in competence.rungs)


@pytest.mark.shared_data
def test_titles_and_statements_are_those_of_the_source() -> None:
    folder = shared_data("frameworks")
    core: dict[str, Any] = json.loads((folder / "digcomp30_core.json").read_text("utf-8"))
    assert {area.code: area.title for area in DIGCOMP.areas} == {
        area["code"]: area["name"] for area in core["areas"]
    }
    assert {code: own.title for code, own in DIGCOMP.competences.items()} == {
        one["code"]: one["name"] for one in core["competences"]
    }
    written = json.loads((folder / "digcomp30_statements.json").read_text("utf-8"))["statements"]
    assert {key: one.text for key, one in DIGCOMP.statements.items()} == {
        one["id"]: one["text"] for one in written
    }


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A content folder that holds DigComp alone."""
    shutil.copytree(SHIPPED / "frameworks" / "digcomp3", tmp_path / "frameworks" / "digcomp3")
    return tmp_path


def change(root: Path, name: str, old: str, new: str) -> list[Problem]:
    path = root / "frameworks" / "digcomp3" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problems: list[Problem] = []
    read_frameworks(root, problems)
    return problems


AREA_1 = "areas/1-information.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "reason"),
    [
        ("framework.yaml", 'version: "3.0-1"', "", "version", "Field required"),
        ("framework.yaml", 'licence: "CC BY 4.0"', "", "source.licence", "Field required"),
        ("framework.yaml", "  basic:\\n", "  middle:\\n", "1.1.1a", "another competence or level"),
        (AREA_1, "[CS1.1.04]", "[CS9.9.99]", "1.1.1a", "not in statements.csv"),
        (AREA_1, "[CS1.1.04]", "[CS1.1.05]", "1.1.1a", "another competence or level"),
        (
            AREA_1,
            'short: "Check information"',
            'short: "Search"',
            "Search",
            "this short name is given twice",
        ),
        (AREA_1, '"1.2":', '"1.1":', "competences.1.1", "given twice"),
        (
            AREA_1,
            "Type a few words",
            "I type a few words",
            "competences.1.1.levels.1.sentences.a.can",
            "begin with what a person does",
        ),
        (
            AREA_1,
            "Type a few words",
            "Type " + "very " * 30 + "many words",
            "competences.1.1.levels.1.sentences.a.can",
            "at most 120",
        ),
    ],
)
def test_a_fault_names_file_and_field(
    copied: Path, name: str, old: str, new: str, field: str, reason: str
) -> None:
    found = change(copied, name, old.replace("\\n", "\n"), new.replace("\\n", "\n"))
    assert any(problem.field == field and reason in problem.reason for problem in found), found
    assert all(problem.file.startswith("frameworks/digcomp3/") for problem in found)


def test_what_is_hard_to_read_is_a_warning(copied: Path) -> None:
    hard = (
        "Conceptualise interdisciplinary methodologies for institutional transformation processes"
    )
    (problem,) = change(copied, AREA_1, "Type a few words to look something up online", hard)
    assert (problem.severity, problem.field) == ("warning", "1.1.1")


def test_words_are_found_by_item() -> None:
    found = DIGCOMP.find_sentence("1.1.1a")
    assert found is not None
    assert found.can == "Type a few words to look something up online"
    check = DIGCOMP.find_check(DIGCOMP.checks[3].id)
    assert check == DIGCOMP.checks[3]
    assert DIGCOMP.find_sentence("9.9.9z") is None
    assert DIGCOMP.find_check("9.9.9z") is None


def test_older_titles_are_kept() -> None:
    assert DIGCOMP.competences["2.5"].older_titles == ("Netiquette",)


def test_a_fault_names_its_line(copied: Path) -> None:
    path = copied / "frameworks" / "digcomp3" / AREA_1
    lines = path.read_text("utf-8").splitlines()
    (problem,) = change(copied, AREA_1, "Type a few words", "Know a few words")
    assert "Type a few words" in lines[problem.line - 1]


def as_rows(framework: Framework) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows_of(framework)]


def write_rows(root: Path, rows: list[dict[str, str]]) -> Path:
    folder = root / "frameworks" / "digcomp3"
    shutil.rmtree(folder / "areas", ignore_errors=True)
    with (folder / "descriptors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_a_spreadsheet_says_the_same_as_the_files(copied: Path) -> None:
    folder = write_rows(copied, as_rows(DIGCOMP))
    assert read_framework(folder, copied) == DIGCOMP


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"can": ""}, "can", "is empty"),
        ({"level": "A 1"}, "level", "must match"),
        ({"sentence": "a"}, "sentence", "given twice"),
        ({"can": "Know this well"}, "competences.1.1.levels.1.sentences.b.can", "begin"),
    ],
)
def test_a_fault_in_a_spreadsheet_names_its_row(
    copied: Path, cells: dict[str, str], field: str, reason: str
) -> None:
    rows = as_rows(DIGCOMP)
    rows[1] |= cells
    with pytest.raises(BadContent) as caught:
        read_framework(write_rows(copied, rows), copied)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.field) == (
        "frameworks/digcomp3/descriptors.csv",
        3,
        field,
    )
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("column", "other", "of"),
    [
        ("area_title", "Another title", "area 1"),
        ("area_short", "Another", "area 1"),
        ("title", "Another title", "1.1"),
        ("short", "Another", "1.1"),
        ("use", "Another use of it.", "1.1"),
        ("older_titles", "First name; Second name", "1.1"),
        ("crosswalk", "data.prepare data.tell", "1.1"),
        ("example", "Another example of it.", "level 1 of 1.1"),
    ],
)
def test_what_rows_share_must_be_the_same_in_all_of_them(
    copied: Path, column: str, other: str, of: str
) -> None:
    rows = as_rows(DIGCOMP)
    rows[0] |= {"older_titles": "Looking", "crosswalk": "data.tell"}
    for row in rows[1:]:
        row |= {"older_titles": "", "crosswalk": ""}
    rows[1][column] = other
    for row in rows[2:]:
        row[column] = ""

    with pytest.raises(BadContent) as caught:
        read_framework(write_rows(copied, rows), copied)

    fault = next(one for one in caught.value.problems if one.field == column)
    assert (fault.file, fault.line) == ("frameworks/digcomp3/descriptors.csv", 3)
    assert "and line 2 says" in fault.reason
    assert f"in all rows of {of}, or leave it empty" in fault.reason


def test_what_rows_share_may_be_left_out_after_the_first_or_spaced_otherwise(copied: Path) -> None:
    rows = as_rows(DIGCOMP)
    rows[1] |= {"area_title": "", "title": f" {rows[0]['title']} ", "example": " "}

    assert read_framework(write_rows(copied, rows), copied) == DIGCOMP


def test_they_are_part_of_the_content_and_of_its_check() -> None:
    content, problems = inspect(SHIPPED, cities=())
    assert problems == []
    assert set(content.frameworks) == {"digcomp3", "sectors-draft"}
    assert set(content.quick_checks) == {"eds"}


@pytest.mark.parametrize("framework", EVERY)
def test_every_area_can_be_assessed_alone(framework: Framework) -> None:
    for area in framework.areas:
        assessment = Assessment(framework, areas=[area.code])
        answers: list[tuple[str, int | None]] = []
        while (item := assessment.next(answers)) is not None:
            assert framework.find_sentence(item.id) is not None
            answers.append((item.id, 4 - item.level))
        estimate = assessment.estimate(answers)
        assert 1.5 < mean_level(estimate, list(estimate)) < 2.5
