"""What becomes of a reminder that is due: sent now, sent as late, put off, or left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.reminders.kinds import kind_of
from bot.reminders.records import Reminder
from bot.reminders.zones import instant_of, is_daytime, next_morning, zone_of

TOO_LATE = timedelta(days=7)
"""Nobody wants to hear of it after that, whatever it was."""

What: TypeAlias = Literal["send", "send_late", "wait", "leave_out"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do.

    Attributes:
        until: When to look again, where it waits.
    """

    what: What
    until: datetime | None = None


def decide(reminder: Reminder, now: datetime, *, had_one: bool = False) -> Decision:
    """Say what becomes of a due reminder.

    A time that the person set is kept. What is late lost its time: like a nudge it waits for
    the day.

    Args:
        had_one: The person got today's nudge of those that can wait.
    """
    due_at = reminder.next_at or now
    lateness = now - due_at
    kind = kind_of(reminder.kind)
    if lateness > TOO_LATE:
        return Decision("leave_out")
    is_late = lateness > kind.late_after
    if is_late and kind.when_late == "drop":
        return Decision("leave_out")
    zone = zone_of(reminder.zone)
    if (is_late or reminder.is_nudge) and not is_daytime(now, zone):
        return Decision("wait", next_morning(now, zone))
    if had_one and counts_as_nudge(reminder):
        local = now.astimezone(zone)
        tomorrow = instant_of(local.date() + timedelta(days=1), local.time(), zone)
        return Decision("wait", tomorrow or now + timedelta(days=1))
    return Decision("send_late" if is_late and kind.when_late == "say" else "send")


def counts_as_nudge(reminder: Reminder) -> bool:
    """Tell whether a person gets one like it a day: nobody set its time, and it can wait."""
    return reminder.is_nudge and not reminder.is_snoozed and kind_of(reminder.kind).can_wait
