"""What the buttons of a reminder carry: a press begins the flow `reminders` at that reminder."""

from __future__ import annotations

from bot.conversation.routing import STARTS
from bot.reminders import Reminder


def nonce_of(reminder: Reminder) -> str:
    """Return the nonce of one coming of a reminder: "go.remind.<id>.<minute>"."""
    minute = int(reminder.next_at.timestamp()) // 60 if reminder.next_at else 0
    return f"{STARTS}remind.{reminder.id}.{minute:x}"
