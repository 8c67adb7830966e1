"""What co-designing a framework is made of: rounds, who takes part, comments, suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

SMALLEST_SHARE: Final = 3
LARGEST_SHARE: Final = 10
USUAL_SHARE: Final = 5
LONGEST_TITLE: Final = 80
LONGEST_WORDS: Final = 300
LONGEST_WHY: Final = 300
LONGEST_ROUND: Final = 366
"""Days."""
MOST_MISSING: Final = 20
"""Of what one person says is missing in one round."""
HELD_FOR: Final = timedelta(days=2)
"""A descriptor that was given to somebody counts as commented on so long, then as dropped."""


class Kind(StrEnum):
    """As whom somebody takes part."""

    RESIDENT = "resident"
    EMPLOYER = "employer"
    PROVIDER = "provider"
    OTHER = "other"


class Clear(StrEnum):
    """Whether a descriptor is clear."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Matters(StrEnum):
    """How much what it describes matters to whoever is asked."""

    LOT = "lot"
    LITTLE = "little"
    NOT = "not"


class Stage(StrEnum):
    """Where a round stands on a day."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


class Verdict(StrEnum):
    """What staff made of a suggestion."""

    TAKEN = "taken"
    PARTLY = "partly"
    NO = "no"
    HIDDEN = "hidden"
    """Its words are deleted: they name somebody or insult."""


class Act(StrEnum):
    """What happens to a descriptor in the next draft."""

    REWORD = "reword"
    REPLACE = "replace"
    """Other words that mean something else: the sentence gets a new id."""
    DROP = "drop"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round as staff fill it in.

    Attributes:
        framework, version: Whose descriptors; a later version does not change a round.
        areas: Codes of its areas; empty for all of them.
        opens_on, closes_on: The first and the last day, in the city.
        share: How many descriptors somebody is given at a time.
    """

    city: str
    title: str
    framework: str
    version: str
    areas: tuple[str, ...]
    opens_on: date
    closes_on: date
    share: int = USUAL_SHARE


@dataclass(frozen=True, slots=True)
class Round:
    """A round of comments.

    Attributes:
        token: What the open link carries.
        ended_at: When staff closed it before its last day.
    """

    id: str
    token: str
    new: NewRound
    made_at: datetime
    ended_at: datetime | None = None

    def stage(self, today: date) -> Stage:
        """Return where it stands.

        Args:
            today: The day that it is in its city.
        """
        if self.ended_at is not None or today > self.new.closes_on:
            return Stage.OVER
        return Stage.EARLY if today < self.new.opens_on else Stage.OPEN


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who takes part in a round.

    Attributes:
        keeps: Their comments may stay, without a link to them, when they have their data deleted.
        is_told: Staff told them what came of it.
    """

    round: str
    person: str
    kind: Kind
    keeps: bool
    joined_at: datetime
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A descriptor of a round: a can-do sentence by its id, and where it stands.

    Attributes:
        level: 1 to 4.
    """

    id: str
    area: str
    competence: str
    level: int


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of one descriptor that they were given; nothing yet, or on purpose.

    Attributes:
        words: What they would say instead; empty for nothing.
    """

    item: str
    given_at: datetime
    answered_at: datetime | None = None
    is_skipped: bool = False
    clear: Clear | None = None
    matters: Matters | None = None
    words: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it was given and neither commented on nor skipped."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that somebody would say instead, or what they miss.

    Attributes:
        item: The descriptor; empty for what is missing.
        kind: As whom they took part.
        may_stay: They agreed that it stays, without a link to them.
        is_open: Staff let others read it.
        why: What staff say about the verdict.
    """

    id: str
    item: str
    kind: Kind
    words: str
    said_at: datetime
    may_stay: bool = False
    is_open: bool = False
    verdict: Verdict | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What staff decided for the next draft.

    Attributes:
        item: The sentence; for what is added a name of its own within the round.
        competence, level: Where the sentence stands.
        words: The new words; empty where it is dropped.
        suggestions: Ids of those that led to it.
    """

    item: str
    act: Act
    competence: str
    level: int
    words: str
    why: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tallied:
    """How many people of a kind said the same of a descriptor."""

    item: str
    kind: Kind
    clear: Clear | None
    matters: Matters | None
    count: int


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in a list, with how many people took part and how many comments they made."""

    round: Round
    people: int = 0
    comments: int = 0


@dataclass(frozen=True, slots=True)
class RoundSheet:
    """All that staff see of a round.

    Attributes:
        joined: How many people take part, by kind.
        waiting: How many of the descriptors that were given out are waiting for a comment.
        skipped: How many people passed over a descriptor, by its id.
        untold: How many people who took part were not told yet what came of it.
    """

    round: Round
    joined: Mapping[Kind, int] = field(default_factory=dict)
    tallies: tuple[Tallied, ...] = ()
    waiting: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    changes: tuple[Change, ...] = ()
    untold: int = 0
