"""Which question comes next, how far one is, and which answers still count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bot.questionnaires.records import SKIPPED, Answers, GridCell, Key, Progress, Step, Value
from content.conditions import Value as Answered
from content.conditions import holds
from content.questionnaires import GridRow, Question, Questionnaire, Section

Profiles = Mapping[str, Sequence[GridRow]]
"""The competences of each role: the rows of a grid that takes them from there."""


def steps(
    questionnaire: Questionnaire, answers: Answers, profiles: Profiles | None = None
) -> tuple[Step, ...]:
    """Return all questions that apply, in order, with those of repeated sections for each item.

    What was answered to a question that no longer applies counts for nothing.
    """
    found: dict[Key, Step] = {}
    for section in questionnaire.sections:
        for item in _items(section, answers, found):
            for question in section.questions:
                step = Step(section, question, item, _rows(question, item, answers, profiles or {}))
                if _applies(step, questionnaire, answers, found):
                    found[step.key] = step
    return tuple(found.values())


def next_step(
    questionnaire: Questionnaire, answers: Answers, profiles: Profiles | None = None
) -> Step | None:
    """Return the first question that was neither answered nor skipped; None when all were."""
    every = steps(questionnaire, answers, profiles)
    return next((step for step in every if step.key not in answers), None)


def step_before(
    questionnaire: Questionnaire, answers: Answers, key: Key, profiles: Profiles | None = None
) -> Step | None:
    """Return the question before one, for "back"; None at the start and for one not asked."""
    every = steps(questionnaire, answers, profiles)
    places = [at for at, step in enumerate(every) if step.key == key]
    return every[places[0] - 1] if places and places[0] else None


def find_step(
    questionnaire: Questionnaire, answers: Answers, key: Key, profiles: Profiles | None = None
) -> Step | None:
    """Return a question by its key, to change an answer; None where it does not apply."""
    every = steps(questionnaire, answers, profiles)
    return next((step for step in every if step.key == key), None)


def progress(
    questionnaire: Questionnaire, answers: Answers, profiles: Profiles | None = None
) -> Progress:
    """Return how far somebody is; a repeated section that is still to come counts once."""
    every = steps(questionnaire, answers, profiles)
    done = sum(step.key in answers for step in every)
    asked = {step.key for step in every}
    coming = sum(
        len([one for one in section.questions if one.when is None])
        for section in questionnaire.sections
        if section.for_each and Key(section.for_each) in asked - answers.keys()
    )
    return Progress(done, len(every) + coming)


def kept(
    questionnaire: Questionnaire, answers: Answers, profiles: Profiles | None = None
) -> dict[Key, Value]:
    """Return the answers that count, in the order of the questions: what is sent and stored."""
    every = steps(questionnaire, answers, profiles)
    return {step.key: answers[step.key] for step in every if step.key in answers}


def needed(
    questionnaire: Questionnaire, answers: Answers, profiles: Profiles | None = None
) -> tuple[Step, ...]:
    """Return what has to be answered before anything is sent."""
    return tuple(
        step
        for step in steps(questionnaire, answers, profiles)
        if step.question.needed and answers.get(step.key, SKIPPED) is SKIPPED
    )


def _items(section: Section, answers: Answers, found: Mapping[Key, Step]) -> Iterator[str]:
    if not section.for_each:
        yield ""
        return
    key = Key(section.for_each)
    chosen = answers.get(key) if key in found else None
    if isinstance(chosen, tuple):
        yield from dict.fromkeys(one for one in chosen if isinstance(one, str))


def _applies(
    step: Step, questionnaire: Questionnaire, answers: Answers, found: Mapping[Key, Step]
) -> bool:
    if step.question.kind == "grid" and not step.rows:
        return False
    if step.question.when is None:
        return True

    def answer(name: str) -> Answered:
        home = questionnaire.section_of.get(name)
        key = Key(name, step.item if home is not None and home.for_each else "")
        return compared(answers.get(key)) if key in found else None

    return holds(step.question.when, answer)


def compared(value: Value | None) -> Answered:
    """Return a value as conditions compare it; None where there is nothing to compare."""
    if value is None or value is SKIPPED:
        return None
    if isinstance(value, str | Decimal):
        return value
    return tuple(one.row if isinstance(one, GridCell) else one for one in value)


def _rows(
    question: Question, item: str, answers: Answers, profiles: Profiles
) -> tuple[GridRow, ...]:
    if not question.rows_from:
        return question.rows
    chosen = answers.get(Key(question.rows_from))
    sources = (item,) if item else chosen if isinstance(chosen, tuple) else (chosen,)
    rows = [row for one in sources if isinstance(one, str) for row in profiles.get(one, ())]
    return (*question.rows, *dict.fromkeys(row for row in rows if row not in question.rows))
