"""The records that a skills framework is made of, checked when they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from content.frameworkrevisions import Revision
from content.schema import Key, Record, Source, Words

LEVELS = 4
MAX_SENTENCE, MAX_SHORT_NAME = 120, 24

Short: TypeAlias = Annotated[str, Field(min_length=2, max_length=MAX_SHORT_NAME)]
LevelNumber: TypeAlias = Annotated[int, Field(ge=1, le=LEVELS)]
Version: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
"""It names a folder when a newer one takes its place."""

NOT_DEEDS = frozenset(
    {"a", "an", "am", "are", "be", "can", "have", "i", "know", "my", "recognise", "see", "the"}
    | {"understand", "we", "you", "your"}
)
"""Words with which a can-do sentence must not begin: it begins with what somebody does."""


def _deed(sentence: str) -> str:
    first = sentence.split(maxsplit=1)[0].casefold()
    if first in NOT_DEEDS or not sentence[0].isupper():
        raise ValueError(f'begins with "{first}"; begin with what a person does, such as "Find"')
    return sentence


Sentence: TypeAlias = Annotated[
    str, Field(min_length=10, max_length=MAX_SENTENCE), AfterValidator(_deed)
]


class CanDo(Record):
    """One can-do sentence.

    Attributes:
        id: Stays when the words change a little; a sentence that means something else has a new id.
        can: What a person does, read after "I can:".
        rests_on: Ids of the statements of the source that it puts into plain words.
    """

    id: Key
    can: Sentence
    rests_on: tuple[str, ...] = ()


class Rung(Record):
    """What one level of a competence means.

    Attributes:
        example: From everyday life, for "what does this mean?".
        sentences: At least one.
    """

    example: Annotated[str, Field(min_length=10, max_length=240)]
    sentences: tuple[CanDo, ...] = Field(min_length=1)


class Competence(Record):
    """One thing that people can be able to do.

    Attributes:
        code: What courses, badges, needs and routes refer to.
        title: The official one, or ours where the framework is ours.
        short: Ours, for buttons and charts.
        use: What it is good for in everyday life.
        rungs: The four levels, lowest first.
        crosswalk: Codes of competences of another framework near to it: a hint, no equivalence.
        older_titles: What it was called before, so that older courses and badges are understood.
    """

    code: Key
    title: Words
    short: Short
    use: Words
    rungs: tuple[Rung, ...] = Field(min_length=LEVELS, max_length=LEVELS)
    crosswalk: tuple[Key, ...] = ()
    older_titles: tuple[Words, ...] = ()


class Area(Record):
    """Competences that belong together."""

    code: Key
    title: Words
    short: Short
    competences: tuple[Competence, ...] = Field(min_length=1)


class Level(Record):
    """One of the four bands.

    Attributes:
        id: Such as "basic".
        name: What people read.
        meaning: In plain words.
        course_levels: Levels of courses where a next step may be found: a hint, no equivalence.
    """

    id: Key
    name: Words
    meaning: Words
    course_levels: tuple[Key, ...] = ()


class Check(Record):
    """A knowledge check: one question with four options, of which one is right.

    Attributes:
        right: The right option, counted from 0.
        explanation: Why, told after the answer.
    """

    id: Key
    competence: Key
    level: LevelNumber
    question: Words
    options: tuple[Annotated[str, Field(min_length=1, max_length=80)], ...] = Field(
        min_length=4, max_length=4
    )
    right: Annotated[int, Field(ge=0, le=3)]
    explanation: Words

    @model_validator(mode="after")
    def _has_four_answers(self) -> Check:
        if len(set(self.options)) != len(self.options):
            raise ValueError("two options are the same")
        return self


class Framework(Record):
    """A set of descriptors by which people describe what they can do.

    Attributes:
        id: The name of its folder.
        title, short: What it is called.
        version: Of this file; results keep the version with which they were made.
        status: "published", or "draft": shown wherever it is shown.
        label: What has to be said beside it, such as that it is a draft.
        source: Where its facts come from and on which terms.
        changes: What we changed against the source.
        levels: The four bands, lowest first.
        areas: In the order in which they are asked.
        checks: Optional knowledge checks.
        crosswalk_to: Id of the framework that its crosswalks name; empty where there are none.
        statements: The source's own statements by id, for reference.
        revisions: What changed since the version before, and why, where that is known.
    """

    id: Key
    title: Words
    short: Short
    version: Version
    status: Literal["published", "draft"]
    label: Words
    source: Source
    changes: Words
    levels: tuple[Level, ...] = Field(min_length=LEVELS, max_length=LEVELS)
    areas: tuple[Area, ...] = Field(min_length=1)
    checks: tuple[Check, ...] = ()
    crosswalk_to: str = ""
    statements: Mapping[str, Statement] = Field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()

    @cached_property
    def competences(self) -> Mapping[str, Competence]:
        """Every competence by its code."""
        return {own.code: own for area in self.areas for own in area.competences}

    def sentences(self) -> Iterator[tuple[str, int, CanDo]]:
        """Yield every sentence with its competence's code and its level, 1 to 4."""
        for code, competence in self.competences.items():
            for level, rung in enumerate(competence.rungs, 1):
                for sentence in rung.sentences:
                    yield code, level, sentence

    def find_sentence(self, item_id: str) -> CanDo | None:
        """Return a can-do sentence by its id."""
        return self._sentences.get(item_id)

    def find_check(self, item_id: str) -> Check | None:
        """Return a knowledge check by its id."""
        return next((check for check in self.checks if check.id == item_id), None)

    @cached_property
    def _sentences(self) -> Mapping[str, CanDo]:
        return {sentence.id: sentence for _, _, sentence in self.sentences()}


class Statement(Record):
    """A statement of the source, as it is written there."""

    id: str
    competence: Key
    level: Key
    text: Words


class QuickTask(Record):
    """A task of the quick check, which a person does alone or not."""

    id: Key
    tier: Literal["foundation", "life", "work"]
    skill: Key = ""
    can: Sentence
    example: Words

    @model_validator(mode="after")
    def _has_a_skill(self) -> QuickTask:
        if (self.tier == "foundation") == bool(self.skill):
            raise ValueError("a task for life or work has a skill, a foundation task has none")
        return self


class Skill(Record):
    """One of the five skills of the quick check, and the competences near to it."""

    code: Key
    title: Words
    short: Short
    crosswalk: tuple[Key, ...] = ()


class Place(Record):
    """A result of the quick check.

    Attributes:
        id: "start", "foundation", "entry-3" or "level-1".
        name, meaning: What people read.
        course_levels: Where a next step may be found: a hint.
    """

    id: Literal["start", "foundation", "entry-3", "level-1"]
    name: Words
    meaning: Words
    course_levels: tuple[Key, ...] = ()


class QuickCheck(Record):
    """A short list of tasks with a published rule that places people by them."""

    id: Key
    title: Words
    short: Short
    version: Version
    status: Literal["published", "draft"]
    label: Words
    source: Source
    rule: Words
    changes: Words
    crosswalk_to: Key
    skills: tuple[Skill, ...] = Field(min_length=1)
    tasks: tuple[QuickTask, ...] = Field(min_length=1)
    places: tuple[Place, ...] = Field(min_length=4, max_length=4)

    def tasks_of(self, tier: Literal["foundation", "life", "work"]) -> tuple[QuickTask, ...]:
        """Return the tasks of one tier."""
        return tuple(task for task in self.tasks if task.tier == tier)


class Slot(Record):
    """The place kept for a framework that somebody has yet to publish.

    Attributes:
        id: The name of its folder, and the framework's id once it is there.
        title: What it will be.
        provider: Who has to publish it.
        note: What people read while the place is empty.
        city: The city whose it is; empty for all.
        takes_place_of: Id of the draft that is offered there until then; empty where there is none.
        is_filled: Whether the framework is there.
    """

    id: Key
    title: Words
    provider: Words
    note: Words
    city: str = Field(default="", pattern=r"^[a-z0-9._-]{0,64}$")
    takes_place_of: str = ""
    is_filled: bool = False
