"""Competences that providers name, in every format that can hold them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.courses.bodies import dump_course, load_course
from bot.courses.importing import Origin
from bot.courses.importing.fields.skills import read_taught
from bot.courses.records import Course, Taught
from tests.courses.importing.support import read_text

KNOWN = Origin("manchester", "Hub", competences={"1.3", "3.1", "3.4", "data.prepare"})
HEADER = "reference,title,summary,level,subjects,keywords,teaches\n"


@pytest.mark.parametrize(
    ("words", "taught"),
    [
        ("1.3 basic", Taught("1.3", 1)),
        ("1.3 Foundation", Taught("1.3", 1)),
        ("1.3: 2", Taught("1.3", 2)),
        ("1.3 level 3", Taught("1.3", 3)),
        ("1.3 (Highly advanced)", Taught("1.3", 4)),
        ("1.3 highly specialised", Taught("1.3", 4)),
        ("1.3 Managing information - intermediate", Taught("1.3", 2)),
        ("DigComp 1.3 advanced", Taught("1.3", 3)),
        ("DigComp 2.2: 1.3 advanced", Taught("1.3", 3)),
        ("digcomp 2.1 basic", Taught("2.1", 1)),
        ("DATA.PREPARE basic", Taught("data.prepare", 1)),
        ("1.3", Taught("1.3")),
        ("1.3 level 7", Taught("1.3")),
        ("1.3 for 12 people", Taught("1.3")),
        ("1.3 \u0662", Taught("1.3")),
    ],
)
def test_a_code_and_its_level_are_read(words: str, taught: Taught) -> None:
    assert read_taught([words]).taught == (taught,)


@pytest.mark.parametrize(
    "words", ["Excel", "13", "1.3.2 basic", "10.3", "", "basic", "1,3", "\x00"]
)
def test_what_is_no_code_is_none(words: str) -> None:
    assert read_taught([words]).taught == ()


def test_each_competence_counts_once_and_there_is_an_end() -> None:
    found = read_taught(["1.3 basic", "1.3 advanced", *(f"ab.c{n:02}x" for n in range(60))])
    assert found.taught[0] == Taught("1.3", 1)
    assert len(found.taught) == 30


def test_a_bad_code_has_a_message_and_loses_nothing(tmp_path: Path) -> None:
    rows = "A,Excel,Learn it,Level 1,IT,lists,3.1 intermediate; 9.9 basic; 1.3\nB,Word,Too,,,,\n"
    found = read_text(tmp_path, HEADER + rows, origin=KNOWN)

    excel = next(one for one in found.courses if one.title == "Excel")
    assert excel.teaches == (Taught("3.1", 2), Taught("1.3"))
    assert (excel.subjects, excel.keywords) == (("IT",), ("lists",))
    assert found.rejected == []
    assert found.warned() == [
        ("row 2", "teaches", "unknown_skill"),
        ("row 2", "teaches", "no_skill_level"),
    ]
    assert [one.reason.values["words"] for one in found.warnings] == ["9.9 basic", "1.3"]


def test_rows_of_one_course_name_its_skills_together(tmp_path: Path) -> None:
    rows = "A,Excel,Learn it,,,,3.1 basic\nA,,,,,,1.3 basic\n"
    found = read_text(tmp_path, HEADER + rows, origin=KNOWN)
    assert found.courses[0].teaches == (Taught("3.1", 1), Taught("1.3", 1))


TERM = {"@type": "DefinedTerm", "termCode": "3.4", "name": "Programming"}
SAID: dict[str, dict[str, Any]] = {
    "text": {"teaches": "3.4 advanced"},
    "several texts": {"teaches": ["You will love it.", "3.4 advanced"]},
    "term": {"teaches": TERM | {"educationalLevel": "Advanced"}},
    "alignment": {
        "educationalAlignment": {
            "@type": "AlignmentObject", "alignmentType": "teaches",
            "educationalFramework": "DigComp 3.0", "targetName": "3.4 Programming",
            "educationalLevel": "advanced",
        }
    },
    "what the award asks": {
        "educationalCredentialAwarded": {"name": "Badge", "competencyRequired": "3.4 advanced"}
    },
}  # fmt: skip


@pytest.mark.parametrize("shape", SAID)
def test_linked_data_names_skills(tmp_path: Path, shape: str) -> None:
    course = {"@type": "Course", "@id": "https://e.org/1", "name": "Code", "description": "Text."}
    found = read_text(tmp_path, json.dumps(course | SAID[shape]), "feed.json", origin=KNOWN)
    assert found.courses[0].teaches == (Taught("3.4", 3),)
    assert found.warnings == []


def test_sentences_under_teaches_stay_text_and_are_no_fault(tmp_path: Path) -> None:
    course: dict[str, Any] = {"@type": "Course", "@id": "https://e.org/1", "name": "Code"}
    course |= {"description": "Text.", "teaches": ["How to write programs", "9.9 basic"]}
    course["educationalAlignment"] = {"alignmentType": "requires", "targetName": "1.3 basic"}
    found = read_text(tmp_path, json.dumps(course), "feed.json", origin=KNOWN)
    assert found.courses[0].teaches == ()
    assert "How to write programs" in found.courses[0].description
    assert [one[2] for one in found.warned()] == ["unknown_skill"]


def test_xcri_names_skills_in_subjects_that_are_marked(tmp_path: Path) -> None:
    xml = """<catalog xmlns="http://xcri.org/profiles/1.2/catalog"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><provider><dc:title>Hub</dc:title><course>
      <dc:title>Code</dc:title><dc:description>Write programs.</dc:description>
      <dc:subject type="digcomp" identifier="3.4">Programming, advanced</dc:subject>
      <dc:subject>Computing</dc:subject></course></provider></catalog>"""
    found = read_text(tmp_path, xml, "feed.xml", origin=KNOWN)
    (course,) = found.courses
    assert (course.teaches, course.subjects) == ((Taught("3.4", 3),), ("Computing",))


def test_a_body_without_skills_is_what_it_was_before_there_were_any() -> None:
    plain = Course("c1", "Hub", "Excel", "manchester")
    assert b"teaches" not in dump_course(plain)
    assert load_course(dump_course(plain)) == plain
    taught = replace(plain, teaches=(Taught("3.4", 3), Taught("1.3")))
    assert load_course(dump_course(taught)) == taught
    odd = replace(plain, title='x","teaches":[]}')
    assert load_course(dump_course(odd)) == odd
