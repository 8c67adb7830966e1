"""What staff see of campaigns and runs on their pages, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.campaigns.comparison import Compared
from bot.campaigns.composing import Fault
from bot.campaigns.progress import Progress
from bot.campaigns.reaching import Reached
from bot.campaigns.records import Approval, Broadcast, Campaign, Delivery, Version
from bot.people.roles import Grant, Role, may

SENDERS: frozenset[Role] = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMIN})
"""Who may write, watch and stop what the city sends unasked."""


@dataclass(frozen=True, slots=True)
class Masked:
    """Somebody of an audience, so that nobody can tell who it is.

    Attributes:
        language: Theirs.
        seen_within: Days within which they were here, rounded up; 0 for longer ago.
    """

    language: str
    seen_within: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a run would come to now.

    Attributes:
        reached: In numbers.
        sample: A few of those who would be written to.
    """

    reached: Reached
    sample: tuple[Masked, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign in the list.

    Attributes:
        run: The newest run that was no test; None where there is none.
        counts: Of that run, by state.
    """

    campaign: Campaign
    run: Broadcast | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whole:
    """A campaign with all that is known of it.

    Attributes:
        approval: The decision about exactly this version.
        approved: The version that was approved last, whatever was edited since.
        runs: The newest first, tests among them.
        faults: What has to be put right before it can go out.
        is_own: Whoever looks wrote it, and so cannot approve it.
    """

    campaign: Campaign
    version: Version
    approval: Approval | None
    approved: Version | None
    approvals: tuple[Approval, ...]
    runs: tuple[Broadcast, ...]
    faults: tuple[Fault, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """A run as it is now.

    Attributes:
        counts: How many of its rows are in each state; they add up to its size.
        reasons: By state, how many ended so for which reason.
        ends_at: When it is likely to be over; None where it does not go on by itself.
        in_doubt: Some of those about whom staff have to decide.
        undecided: How many of these there are in all.
        is_late: Whatever would be sent from now on is left out, as it comes too late.
    """

    run: Broadcast
    campaign: Campaign
    counts: Mapping[str, int]
    reasons: Mapping[str, Mapping[str, int]]
    progress: Progress
    rate: float
    ends_at: datetime | None
    in_doubt: tuple[Delivery, ...] = ()
    undecided: int = 0
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What came of a run, in people, rounded so that nobody can be told; None for too few.

    Attributes:
        people: How many did something with the message, by kind.
        by_part: The same by kind and button, without those of too few.
        answers: How many gave each answer, without those of too few.
        answered: How many answered at all.
        after: What they did within the days after it: "saved" and "badges".
        compared: The two versions beside each other; None where there is one alone.
        stars: What it has cost at most so far, in Telegram's Stars; 0 where it costs nothing.
    """

    people: Mapping[str, int | None]
    by_part: Mapping[tuple[str, str], int]
    answers: Mapping[str, int]
    answered: int | None
    after: Mapping[str, int | None]
    compared: Compared | None = None
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever is signed in, as campaigns are kept from others by.

    Attributes:
        person: A reference, never a name.
    """

    person: str
    grants: frozenset[Grant]

    def may(self, city: str) -> bool:
        """Tell whether they may do anything with what a city sends."""
        return may(self.grants, SENDERS, city)

    def roles_in(self, city: str) -> frozenset[Role]:
        """Return the roles that they hold in a city."""
        return frozenset(one.role for one in self.grants if one.covers(city))
