"""Reminders as frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from bot.reminders.rules import Rule

State: TypeAlias = Literal["active", "muted", "parked", "ended", "stopped"]
"""Active ones come; muted ones wait until messages are wanted again, parked ones until the person
can be reached; ended ones came for the last time; stopped ones were stopped by the person."""

LONGEST_WORDS = 200
MOST_REMINDERS = 40
"""That one person may have at a time."""


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A reminder that somebody asked for.

    Attributes:
        kind: One of `bot.reminders.kinds.KINDS`.
        subject: The id of what it is about, by its kind: a course, a pathway, a credential.
        part: A part of that: the run of a course, the step of a pathway.
        words: What they want to be told, in their own words; empty where the kind says it.
        zone: Time zone in which the rule is meant.
        channel: Where they asked for it.
        is_set_by_person: They chose the hour themselves, so it is kept also at night.
        seen: What the dates were when this was reckoned, to notice that they moved.
    """

    person: str
    city: str
    kind: str
    rule: Rule
    zone: str
    channel: str
    subject: str = ""
    part: str = ""
    words: str = ""
    is_set_by_person: bool = False
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder as it is kept.

    Attributes:
        next_at: When it comes next; None where it does not.
        last_on: The local date on which it came last.
        is_snoozed: It comes once more at `next_at`, and then by its rule again.
    """

    id: str
    person: str
    city: str
    kind: str
    rule: Rule
    zone: str
    channel: str
    subject: str = ""
    part: str = ""
    words: str = ""
    is_set_by_person: bool = False
    seen: str = ""
    state: State = "active"
    next_at: datetime | None = None
    last_on: date | None = None
    is_snoozed: bool = False
    created_at: datetime | None = None

    @property
    def is_nudge(self) -> bool:
        """Whether the hour is ours, so that it must lie in the daytime."""
        return not self.is_set_by_person
