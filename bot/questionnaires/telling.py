"""A condition in words, for the people who write questionnaires."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from content.conditions import AllOf, Clause, Condition
from content.questionnaires import Question, Questionnaire

Say = Callable[..., str]
"""Returns a text by its id, with values by name."""

_TESTS = {
    "is": "is",
    "is not": "is_not",
    "has": "has",
    "has not": "has_not",
    "<": "less",
    "<=": "at_most",
    ">": "more",
    ">=": "at_least",
    "answered": "answered",
    "open": "open",
}


def told(condition: Condition, questionnaire: Questionnaire, say: Say) -> str:
    """Return when a question is asked, with the words of the questions and options it names."""
    if isinstance(condition, Clause):
        return _clause(condition, questionnaire, say)
    joined = "both" if isinstance(condition, AllOf) else "either"
    parts = [_part(one, questionnaire, say) for one in condition.parts]
    words = parts[0]
    for part in parts[1:]:
        words = say(f"preview.test.{joined}", one=words, other=part)
    return words


def _part(condition: Condition, questionnaire: Questionnaire, say: Say) -> str:
    words = told(condition, questionnaire, say)
    if isinstance(condition, Clause):
        return words
    return say("preview.test.group", words=words)


def _clause(clause: Clause, questionnaire: Questionnaire, say: Say) -> str:
    question = questionnaire.questions.get(clause.name)
    values: dict[str, Any] = {"ask": clause.name, "value": clause.value}
    if question is not None:
        values["ask"] = say(questionnaire.text_id(f"{question.id}.ask"))
        values["value"] = _value(question, clause.value, say)
    return say(f"preview.test.{_TESTS[clause.test]}", **values)


def _value(question: Question, value: str, say: Say) -> str:
    text = next((option.text for option in question.options if option.id == value), "")
    return say(text) if text else value
