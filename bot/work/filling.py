"""A response beside the questionnaire that it answers, as looks and effects need both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bot.questionnaires import (
    Refused,
    accept,
    find_step,
    kept,
    needed,
    next_step,
    progress,
    skip,
    steps,
)
from bot.questionnaires.answering import Raw
from bot.questionnaires.records import OTHER, Answers, Filled, GridCell, Key, Progress, Step, Value
from bot.questionnaires.responses import Response, State
from bot.work.context import Context
from content.load import Content
from content.questionnaires import GridRow, Questionnaire

USUAL = 6
"""Skills that are asked about for a role that somebody typed."""


@dataclass(frozen=True)
class Filling:
    """A response, and what it says under a questionnaire that can be gone on with.

    Attributes:
        questionnaire: The version that was begun, or the one in use where that is no longer kept.
        answers: What fits it.
        has_changed: It is another version than the one that was begun.
    """

    response: Response
    questionnaire: Questionnaire
    answers: Answers
    has_changed: bool
    content: Content

    @cached_property
    def profiles(self) -> Mapping[str, tuple[GridRow, ...]]:
        """The rows of each role that was chosen."""
        named = {
            one
            for value in self.answers.values()
            if isinstance(value, tuple)
            for one in value
            if isinstance(one, str)
        }
        return profiles_of(self.content, named)

    @property
    def filled(self) -> Filled:
        """The answers under the version of the questionnaire."""
        return Filled(self.questionnaire.id, self.questionnaire.version, self.answers)

    @property
    def sendable(self) -> Filled:
        """What counts of the answers."""
        counting = kept(self.questionnaire, self.answers, self.profiles)
        return Filled(self.questionnaire.id, self.questionnaire.version, counting)

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return progress(self.questionnaire, self.answers, self.profiles)

    def next(self) -> Step | None:
        """Return the first question that was neither answered nor left out."""
        return next_step(self.questionnaire, self.answers, self.profiles)

    def step(self, key: Key) -> Step | None:
        """Return a question that applies, by its key."""
        return find_step(self.questionnaire, self.answers, key, self.profiles)

    def missing(self) -> tuple[Step, ...]:
        """Return what has to be answered before it is sent."""
        return needed(self.questionnaire, self.answers, self.profiles)

    def with_answer(self, key: Key, value: Value) -> Filled:
        """Return the answers with one more."""
        answers = {**self.answers, key: value}
        return Filled(self.questionnaire.id, self.questionnaire.version, answers)


def opened(response: Response, content: Content) -> Filling | None:
    """Return a response to be gone on with; None where no such questionnaire is left.

    Answers under a version that the content no longer has are taken over as far as they fit the
    one in use: everything is looked through before it is sent.
    """
    filled, every = response.filled, content.questionnaires
    same = every.get(filled.questionnaire, filled.version)
    if same is not None:
        return Filling(response, same, filled.answers, False, content)
    now = every.current.get(filled.questionnaire)
    if now is None:
        return None
    taken = taken_over(filled.answers, now, content)
    return Filling(response, now, taken, True, content)


def taken_over(answers: Answers, questionnaire: Questionnaire, content: Content) -> Answers:
    """Return the answers that a questionnaire would take, in the order of its questions.

    Question by question, because what is asked depends on what was answered before.
    """
    typed = (
        one
        for value in answers.values()
        if isinstance(value, tuple)
        for one in value
        if isinstance(one, str)
    )
    profiles = profiles_of(content, typed)
    taken: dict[Key, Value] = {}
    seen: set[Key] = set()
    while True:
        asked = steps(questionnaire, taken, profiles)
        step = next((one for one in asked if one.key not in seen), None)
        if step is None:
            return taken
        seen.add(step.key)
        value = answers.get(step.key)
        if value is not None and _fits(step, value):
            taken[step.key] = value


def raw_of(value: Value) -> Raw | None:
    """Return a value as it could be given again; None for what was left out."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(value, tuple):
        return None
    cells = [one for one in value if isinstance(one, GridCell)]
    if cells:
        return {one.row: [one.now, one.should] for one in cells}
    return [one for one in value if isinstance(one, str)]


def profiles_of(content: Content, named: Iterable[str]) -> dict[str, tuple[GridRow, ...]]:
    """Return the competences of roles; for one that somebody typed, what most roles need."""
    roles = content.needs.roles
    return {
        one: _rows(roles[one].levels() if one in roles else _usual(content))
        for one in named
        if one in roles or one.startswith(OTHER)
    }


def _rows(levels: Iterable[tuple[str, str, int]]) -> tuple[GridRow, ...]:
    return tuple(GridRow(framework=key, competence=code) for key, code, _ in levels)


def _usual(content: Content) -> Iterator[tuple[str, str, int]]:
    """Yield what most roles need, the commonest first."""
    roles = content.needs.roles.values()
    counted = Counter((key, code) for role in roles for key, code, _ in role.levels())
    for (key, code), _ in counted.most_common(USUAL):
        yield key, code, 0


def find_filling(context: Context, response: str) -> Filling | None:
    """Return a response of the person's own that is not sent; None where there is none."""
    found = context.unit.responses.find(context.person.id, response)
    if found is None or found.state is not State.WORK or found.city != context.city:
        return None
    return opened(found, context.content)


def _fits(step: Step, value: Value) -> bool:
    raw = raw_of(value)
    try:
        return skip(step) is value if raw is None else accept(step, raw) is not None
    except Refused:
        return False
