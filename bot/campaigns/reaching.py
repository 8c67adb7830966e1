"""Whom a run looks for, and why somebody of an audience is left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.campaigns.audience import Rule
from bot.campaigns.records import Reason
from bot.campaigns.schedule import Event
from bot.people.consent import Purpose


@dataclass(frozen=True, slots=True)
class Happened:
    """Something of each person's own that a relative schedule counts from, in a stretch of time.

    Attributes:
        about: For "badge" the id of an achievement; empty for any.
        courses: For "course_start" the ids of the courses that start then.
    """

    event: Event
    begin: datetime
    end: datetime
    about: str = ""
    courses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a run looks for.

    Attributes:
        rule: The audience, resolved.
        topic: What people must have agreed to; None for a service message.
        campaign: Whoever got this one is left out; empty for a plan that is not kept yet.
        again_since: Only who got it since then is left out; None leaves out all who ever did.
        cap: Campaign messages that anybody may get from `cap_since` on.
        happened: For a relative schedule.
        rival_share: How many in a hundred people get a second version; 0 where there is none.
    """

    city: str
    rule: Rule
    topic: Purpose | None
    now: datetime
    campaign: str = ""
    again_since: datetime | None = None
    cap: int = 0
    cap_since: datetime | None = None
    happened: Happened | None = None
    rival_share: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of an audience.

    Attributes:
        consent: The id of the consent that a message to them rests on; empty where there is none.
        reason: Why they are left out; None where they are written to.
    """

    person: str
    consent: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of an audience.

    Attributes:
        to: Where the next slice goes on.
        is_done: There is no next slice.
    """

    candidates: tuple[Candidate, ...]
    to: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Reached:
    """An audience in numbers.

    Attributes:
        matching: How many fit the rule, whatever they agreed to.
        excluded: How many of them are not written to, by reason.
    """

    matching: int = 0
    excluded: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many are written to."""
        return self.matching - sum(self.excluded.values())
