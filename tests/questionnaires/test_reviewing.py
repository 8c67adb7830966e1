"""What was answered is shown before it is sent, and read in its own words years later."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bot.courses.phrases import Phrase
from bot.questionnaires import SKIPPED, Filled, GridCell, Key, Value, read_back, review
from content.questionnairefiles import Questionnaires
from tests.questionnaires.asked import PROFILES, questionnaire

ANSWERS: dict[Key, Value] = {
    Key("size"): "small",
    Key("roles"): ("cook", "=Baker"),
    Key("people", "cook"): Decimal(3),
    Key("skills", "cook"): (GridCell("digcomp3:1.3", 0, 2),),
    Key("happy"): SKIPPED,
}


def test_every_question_has_its_line(tmp_path: Path) -> None:
    lines = {line.key: line for line in review(questionnaire(tmp_path), ANSWERS, PROFILES)}
    assert lines[Key("size")].ask == Phrase("questionnaire.test.size.ask")
    assert lines[Key("size")].told == (Phrase("questionnaire.test.size.button.small"),)
    assert lines[Key("roles")].told == (Phrase("needs.role.cook.button"), "Baker")
    assert lines[Key("people", "cook")].item == Phrase("needs.role.cook.button")
    assert lines[Key("people", "cook")].told == (Decimal(3),)
    assert lines[Key("people", "=Baker")].item == "Baker"
    assert lines[Key("people", "=Baker")].told == ()
    assert lines[Key("skills", "cook")].cells == (GridCell("digcomp3:1.3", 0, 2),)
    assert lines[Key("happy")].is_skipped


def test_an_answer_keeps_the_words_of_its_version(tmp_path: Path) -> None:
    old = questionnaire(tmp_path).model_copy(update={"is_earlier": True})
    changed = {'version: "2"': 'version: "3"', 'small: "Small"': 'small: "Tiny"'}
    new = questionnaire(tmp_path, changed)
    known = Questionnaires({"test": new}, {("test", 2): old})
    line, *_ = read_back(Filled("test", 2, ANSWERS), known)
    assert line.ask == Phrase("questionnaire.test.2.size.ask")
    line, *_ = read_back(Filled("test", 3, {Key("size"): "small"}), known)
    assert line.ask == Phrase("questionnaire.test.size.ask")


def test_a_version_that_was_not_kept_loses_nothing() -> None:
    lines = read_back(Filled("test", 1, ANSWERS), Questionnaires())
    assert len(lines) == len(ANSWERS)
    told = {line.key: line.told for line in lines}
    assert told[Key("size")] == ("small",)
    assert told[Key("roles")] == ("cook", "Baker")


def test_a_question_that_is_gone_is_shown_by_its_id(tmp_path: Path) -> None:
    asked = questionnaire(tmp_path)
    filled = Filled("test", 2, {Key("gone"): "x", Key("size"): "odd"})
    first, last = read_back(filled, Questionnaires({"test": asked}))
    assert first.told == ("odd",)
    assert last.ask == "gone"
