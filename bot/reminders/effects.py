"""What a person can have done about reminders. Applied by the turn that asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Remind the person; returns {"outcome", "id", ...}.

    Attributes:
        kind: One of `bot.reminders.kinds.KINDS`.
        rule: As `rule_to_json` gives it.
        words: What to say, in the person's words; empty where the kind says it.
        is_set_by_person: They chose the hour, so it is kept at night too.
    """

    kind: str
    rule: Mapping[str, Any]
    subject: str = ""
    part: str = ""
    words: str = ""
    is_set_by_person: bool = True


@dataclass(frozen=True, slots=True)
class RemindOfCourse:
    """Remind of a course at the usual times; returns {"outcome", "ids", "next"}."""

    course: str
    kinds: tuple[str, ...] = ("course_start", "apply_by")


@dataclass(frozen=True, slots=True)
class ChangeReminder:
    """Give a reminder another rule; returns what `SetReminder` does, with the rule before."""

    reminder: str
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SnoozeReminder:
    """Have a reminder come once more later; its rule stays.

    Attributes:
        length: One of `bot.reminders.snoozing.LENGTHS`.
    """

    reminder: str
    length: str


@dataclass(frozen=True, slots=True)
class UnsnoozeReminder:
    """Let a reminder come by its rule again."""

    reminder: str


@dataclass(frozen=True, slots=True)
class StopReminders:
    """Stop reminders; for 30 days they can be brought back. Returns the ids of those stopped.

    Attributes:
        reminders: Their ids; empty for all that the person has.
    """

    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeReminderBack:
    """Take a reminder back that was just set: nothing of it is left to turn on again."""

    reminder: str


@dataclass(frozen=True, slots=True)
class BringRemindersBack:
    """Let reminders come again that were stopped, or kept back; returns {"outcome", ...}."""

    reminders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantReminders:
    """Agree to be reminded, after messages were stopped."""
