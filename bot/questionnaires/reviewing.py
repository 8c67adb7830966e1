"""Everything that was answered, as lines to look through before sending and to read years later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.courses.phrases import Phrase
from bot.questionnaires.records import OTHER, SKIPPED, Answers, Filled, GridCell, Key, Value
from bot.questionnaires.walking import Profiles, steps
from content.questionnairefiles import Questionnaires
from content.questionnaires import Question, Questionnaire

Told = Phrase | str | Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One answer.

    Attributes:
        ask: The question, as a text id; in words where its version was not kept.
        item: For what it was asked: an option, or what was typed; None where it was asked once.
        told: The answer: options as texts, numbers, words; empty where nothing was answered.
        cells: Of a grid.
        is_skipped: Left out on purpose.
    """

    key: Key
    ask: Told
    item: Told | None
    told: tuple[Told, ...]
    cells: tuple[GridCell, ...] = ()
    is_skipped: bool = False


def review(
    questionnaire: Questionnaire, answers: Answers, profiles: Profiles | None = None
) -> tuple[Line, ...]:
    """Return a line for each question that applies, answered or not, in order."""
    return tuple(
        _line(questionnaire, step.key, answers.get(step.key))
        for step in steps(questionnaire, answers, profiles)
    )


def read_back(filled: Filled, questionnaires: Questionnaires) -> tuple[Line, ...]:
    """Return what was answered in the words of the version under which it was answered.

    Where that version was not kept the ids stand for the words: nothing is lost or read as
    something else.
    """
    known = questionnaires.get(filled.questionnaire, filled.version)
    keys = list(filled.answers)
    if known is None:
        return tuple(_bare(key, filled.answers[key]) for key in sorted(keys))
    places = {key: at for at, key in enumerate(known.questions)}
    keys.sort(key=lambda key: (places.get(key.question, len(places)), key))
    return tuple(_line(known, key, filled.answers[key]) for key in keys)


def _line(questionnaire: Questionnaire, key: Key, value: Value | None) -> Line:
    question = questionnaire.questions.get(key.question)
    if question is None:
        return _bare(key, value)
    section = questionnaire.section_of[key.question]
    source = questionnaire.questions.get(section.for_each) if section.for_each else None
    item = _option(source, key.item) if source and key.item else None
    return Line(
        key,
        Phrase(questionnaire.text_id(f"{question.id}.ask")),
        item,
        tuple(_told(question, value)),
        _cells(value),
        value is SKIPPED,
    )


def _bare(key: Key, value: Value | None) -> Line:
    told = tuple(_told(None, value))
    return Line(key, key.question, key.item or None, told, _cells(value), value is SKIPPED)


def _told(question: Question | None, value: Value | None) -> Iterator[Told]:
    if isinstance(value, str):
        yield _option(question, value)
    elif isinstance(value, Decimal):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            if isinstance(one, str):
                yield _option(question, one)


def _option(question: Question | None, chosen: str) -> Told:
    if question is not None:
        for option in question.options:
            if option.id == chosen:
                return Phrase(option.text)
        if not question.options:
            return chosen
    return chosen.removeprefix(OTHER)


def _cells(value: Value | None) -> tuple[GridCell, ...]:
    cells = value if isinstance(value, tuple) else ()
    return tuple(one for one in cells if isinstance(one, GridCell))
