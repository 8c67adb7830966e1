"""What employers say is read into competences; the sayings were written before the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.needs.problems import MOST, ProblemReader, as_meant
from content.load import SHIPPED, Content
from content.reading import read_yaml

HERE = Path(__file__).parent
RIGHT, CLEAN = 0.95, 0.9


@pytest.fixture(scope="module")
def reader(shipped: Content) -> ProblemReader:
    return ProblemReader(shipped.needs.problems)


def sayings() -> list[dict[str, Any]]:
    document: Any = read_yaml(HERE / "sayings.yaml", HERE).value
    found: list[dict[str, Any]] = document["sayings"]
    return found


def codes(reader: ProblemReader, saying: str) -> set[str]:
    return {target.competence for one in reader.read(saying) for target in one.targets}


def test_sayings_lead_to_what_a_person_reads_from_them(reader: ProblemReader) -> None:
    asked = [one for one in sayings() if "any" in one]
    wrong = [one["say"] for one in asked if not codes(reader, one["say"]) & set(one["any"])]
    assert len(wrong) <= (1 - RIGHT) * len(asked), wrong


def test_little_is_read_that_was_not_meant(reader: ProblemReader) -> None:
    asked = [one for one in sayings() if "any" in one]
    wrong = [
        one["say"]
        for one in asked
        if codes(reader, one["say"]) - set(one["any"]) - set(one.get("fine", []))
    ]
    assert len(wrong) <= (1 - CLEAN) * len(asked), wrong


def test_talk_about_something_else_leads_nowhere(reader: ProblemReader) -> None:
    assert [one["say"] for one in sayings() if "none" in one and reader.read(one["say"])] == []


def test_the_reason_is_shown(reader: ProblemReader, shipped: Content) -> None:
    first, *_ = reader.read("Staff keep falling for scam e-mails!!")
    assert first.problem == "scams"
    assert first.said == ("scam",)
    assert first.is_sure
    assert first.title.id in shipped.texts
    assert first.because.id in shipped.texts


@pytest.mark.parametrize(
    "saying",
    ["PHISHING", "phising", "phishng mails", "our spredsheets", "paswords written on notes"],
)
def test_slips_are_forgiven(reader: ProblemReader, saying: str) -> None:
    assert reader.read(saying)


@pytest.mark.parametrize("saying", ["manual handling", "window blinds", "until Friday", "", "🙂"])
def test_words_of_another_meaning_lead_nowhere(reader: ProblemReader, saying: str) -> None:
    assert reader.read(saying) == ()


def test_what_only_resembles_a_problem_is_said_to(reader: ProblemReader) -> None:
    first, *_ = reader.read("our people are scared of the computer")
    assert first.problem == "never-used-computers"
    assert not first.is_sure


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=2_000))
def test_nothing_that_is_said_breaks_it(reader: ProblemReader, saying: str) -> None:
    assert len(reader.read(saying)) <= MOST


def test_long_words_leave_room_for_what_they_mean(reader: ProblemReader, shipped: Content) -> None:
    scams = shipped.needs.problems["scams"]
    words = as_meant("x" * 600, scams, 600)
    assert len(words) == 600
    assert [one.problem for one in reader.read(words)] == ["scams"]


@pytest.mark.parametrize(
    ("saying", "problem"),
    [
        ("Mae ein staff yn cwympo am e-byst ffug", "scams"),
        ("Does neb yn gallu defnyddio taenlenni", "spreadsheets"),
        ("Rydym eisiau defnyddio deallusrwydd artiffisial yn ddiogel", "ai-safely"),
        ("Mae angen mwy o gwsmeriaid arnom", "found-online"),
        ("ہمارا عملہ جعلی ای میلز کے دھوکے میں آ جاتا ہے", "scams"),
        ("کوئی ایکسل استعمال نہیں کر سکتا", "spreadsheets"),
        ("ہم مصنوعی ذہانت محفوظ طریقے سے استعمال کرنا چاہتے ہیں", "ai-safely"),
        ("ہماری فائلیں نہیں ملتیں", "lost-files"),
    ],
)
def test_problems_are_read_in_welsh_and_urdu_too(
    reader: ProblemReader, saying: str, problem: str
) -> None:
    [found] = reader.read(saying)
    assert (found.problem, found.is_sure) == (problem, True)


def test_every_problem_can_be_said_in_each_language(shipped: Content) -> None:
    problems = shipped.needs.problems
    for path in sorted((SHIPPED / "needs" / "said").glob("*.yaml")):
        document: Any = read_yaml(path, SHIPPED).value
        assert document.keys() == problems.keys()
        for key, said in document.items():
            assert set(said["say"]) <= set(problems[key].elsewhere)
