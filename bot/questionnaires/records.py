"""What is answered to a questionnaire, and the steps by which it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

from content.questionnaires import GridRow, Question, Section

OTHER: Final = "="
"""Before words that somebody typed instead of choosing an option."""


class Skip(Enum):
    """A question that somebody did not want to answer."""

    SKIPPED = "skipped"


SKIPPED: Final = Skip.SKIPPED


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """A question, and for what it was asked where its section is repeated ("care-worker")."""

    question: str
    item: str = ""


@dataclass(frozen=True, slots=True, order=True)
class GridCell:
    """Levels (0 to 4) of one row of a grid: now, and where people should be."""

    row: str
    now: int
    should: int


Value: TypeAlias = "str | Decimal | tuple[str, ...] | tuple[GridCell, ...] | Skip"
"""A choice or text, a number, chosen options, a grid's cells, or nothing on purpose."""

Answers: TypeAlias = Mapping[Key, Value]


@dataclass(frozen=True, slots=True)
class Step:
    """One question in its turn.

    Attributes:
        item: The option for which its section is repeated; empty where it is not.
        rows: Of a grid; empty for others.
    """

    section: Section
    question: Question
    item: str = ""
    rows: tuple[GridRow, ...] = ()

    @property
    def key(self) -> Key:
        """Under what its answer is kept."""
        return Key(self.question.id, self.item)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is: steps done, and of about how many."""

    done: int
    about: int

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to ask."""
        return self.done >= self.about


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire as somebody answered it, under the version that they saw."""

    questionnaire: str
    version: int
    answers: Answers = field(default_factory=dict)
