"""What an employer offers, to whom it goes, and what people share who say yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from bot.people.consent import Purpose
from bot.people.roles import Role

DECIDERS: Final = frozenset({Role.LIAISON, Role.ADMIN})
"""The staff who approve, refuse and stop opportunities, and who deal with reports of misuse."""
MOST_OPEN: Final = 10
"""Opportunities of one organisation that are not over."""
MOST_CHOSEN: Final = 12
"""Skills that one person lets themselves be found by."""
LONGEST_REASON: Final = 300
LONGEST_NAME: Final = 60
LONGEST_CONTACT: Final = 80
LONGEST_WORDS: Final = 600
"""Of the one message that an employer may write to somebody who said yes."""


class Kind(StrEnum):
    """What people are invited to; each is agreed to by itself."""

    JOB = "job"
    PLACEMENT = "placement"
    APPRENTICESHIP = "apprenticeship"
    VOLUNTEERING = "volunteering"


PURPOSES: Final[Mapping[Kind, Purpose]] = {
    Kind.JOB: Purpose.WORK_JOB,
    Kind.PLACEMENT: Purpose.WORK_PLACEMENT,
    Kind.APPRENTICESHIP: Purpose.WORK_APPRENTICESHIP,
    Kind.VOLUNTEERING: Purpose.WORK_VOLUNTEERING,
}


class Pay(StrEnum):
    """What people get for it."""

    PAID = "paid"
    EXPENSES = "expenses"
    UNPAID = "unpaid"


class Pace(StrEnum):
    """How much of a week it takes."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    FEW_HOURS = "few-hours"
    FLEXIBLE = "flexible"


class Setting(StrEnum):
    """Where it is done."""

    THERE = "there"
    HOME = "home"
    BOTH = "both"


class State(StrEnum):
    """Where an opportunity stands; only a running one invites anybody."""

    DRAFT = "draft"
    SENT = "sent"
    DECLINED = "declined"
    RUNNING = "running"
    CLOSED = "closed"
    STOPPED = "stopped"

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done with it any more but to copy it."""
        return self in (State.CLOSED, State.STOPPED)


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """A skill, and the level that somebody needs at least (1 to 4)."""

    framework: str
    competence: str
    level: int

    @property
    def code(self) -> str:
        """It in one word: "digcomp3:1.3:2"."""
        return f"{self.framework}:{self.competence}:{self.level}"

    @classmethod
    def from_code(cls, code: str) -> Wanted | None:
        """Read `code`; None where it is none."""
        framework, _, rest = code.partition(":")
        competence, _, level = rest.rpartition(":")
        if not (framework and competence and level in ("1", "2", "3", "4")):
            return None
        return cls(framework, competence, int(level))


@dataclass(frozen=True, slots=True)
class Details:
    """What an employer told of an opportunity; what is None or empty was not told yet.

    Attributes:
        skills: All of them are needed.
        place: Where it is, as the city knows it; empty where it is done from home.
        pay_words: What is paid, or which costs are paid back, in the employer's words.
        starts: The first day; None for "when you can".
        until: The last day on which people can say yes.
        people: How many are looked for.
    """

    kind: Kind | None = None
    title: str = ""
    summary: str = ""
    skills: tuple[Wanted, ...] = ()
    setting: Setting | None = None
    place: str = ""
    pace: Pace | None = None
    pay: Pay | None = None
    pay_words: str = ""
    starts: date | None = None
    until: date | None = None
    people: int = 0


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An opportunity of an organisation.

    Attributes:
        organisation: Its id; `named` is what it was called when this was last written.
        made_by: Who wrote it; empty where they are gone.
        number: Of the version that was last sent to staff.
        draft: What the employer wrote last.
        live: What staff approved last, which is what residents see; None before.
        reason: Why staff sent it back or stopped it.
        token: Of the page with those who said yes; empty while it is off.
        change: Counts changes, so that nobody decides on what they did not see.
    """

    id: str
    city: str
    organisation: str
    named: str
    made_by: str
    number: int
    state: State
    draft: Details
    live: Details | None
    reason: str
    token: str
    change: int
    changed_at: datetime
    sent_at: datetime | None = None
    decided_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def shown(self) -> Details:
        """What residents see, or would see."""
        return self.live or self.draft

    def is_open(self, today: date) -> bool:
        """Whether people can say yes to it."""
        until = self.live.until if self.live else None
        return self.state is State.RUNNING and until is not None and until >= today


class Answer(StrEnum):
    """What somebody made of an invitation. An employer sees only those who shared."""

    NONE = ""
    LATER = "later"
    NO = "no"
    SHARED = "shared"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True)
class Shared:
    """What somebody lets one employer see.

    Attributes:
        token: Of the address under which this employer alone finds what is shared.
        parts: "cv" or "badges", or neither.
        name: Empty where they would rather not say it.
        contact: How to reach them; empty where the bot passes messages on.
        message: What the employer wrote to them through the bot; empty before.
    """

    token: str
    parts: tuple[str, ...]
    name: str = ""
    contact: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation of one person.

    Attributes:
        because: Why they were invited, as `bot.talent.matching` writes reasons.
        shared: What they share; None unless they said yes.
        until: The last day on which they can say yes.
    """

    id: str
    opportunity: str
    city: str
    person: str
    answer: Answer
    because: str
    sent_at: datetime
    answered_at: datetime | None = None
    shared: Shared | None = None
