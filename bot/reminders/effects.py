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

    def undo(self, result: Any) -> StopReminder | None:
        """Stop it again."""
        known = result.get("id") if isinstance(result, Mapping) else None
        return StopReminder(str(known)) if known else None


@dataclass(frozen=True, slots=True)
class RemindOfCourse:
    """Remind of a course's start and of its last day to apply; returns {"outcome", ...}."""

    course: str
    kinds: tuple[str, ...] = ("course_start", "apply_by")


@dataclass(frozen=True, slots=True)
class ChangeReminder:
    """Give a reminder another rule; returns what `SetReminder` does, with the rule before."""

    reminder: str
    rule: Mapping[str, Any]

    def undo(self, result: Any) -> ChangeReminder | None:
        """Give it the rule that it had."""
        before = result.get("before") if isinstance(result, Mapping) else None
        return ChangeReminder(self.reminder, before) if before else None


@dataclass(frozen=True, slots=True)
class SnoozeReminder:
    """Have a reminder come once more later; its rule stays.

    Attributes:
        length: One of `bot.reminders.snoozing.LENGTHS`.
    """

    reminder: str
    length: str

    def undo(self, result: Any) -> UnsnoozeReminder | None:
        """Let it come by its rule."""
        is_done = isinstance(result, Mapping) and result.get("outcome") == "snoozed"
        return UnsnoozeReminder(self.reminder) if is_done else None


@dataclass(frozen=True, slots=True)
class UnsnoozeReminder:
    """Let a reminder come by its rule again."""

    reminder: str


@dataclass(frozen=True, slots=True)
class StopReminder:
    """Stop a reminder; it can be brought back."""

    reminder: str

    def undo(self) -> BringReminderBack:
        """Bring it back."""
        return BringReminderBack(self.reminder)


@dataclass(frozen=True, slots=True)
class BringReminderBack:
    """Let a stopped reminder come again."""

    reminder: str


@dataclass(frozen=True, slots=True)
class StopAllReminders:
    """Stop every reminder."""

    def undo(self, result: Any) -> BringAllBack | None:
        """Bring those back that were stopped."""
        return BringAllBack(tuple(result)) if isinstance(result, (list, tuple)) else None


@dataclass(frozen=True, slots=True)
class BringAllBack:
    """Let these reminders come again."""

    reminders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantReminders:
    """Agree to be reminded, after messages were stopped."""
