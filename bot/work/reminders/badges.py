"""Badges that end: their holders hear of it while there is time to earn them anew."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.badges.held import HeldBadge
from bot.conversation.messages import Text
from bot.errors import NotFound
from bot.reminders import NewReminder, Once, Reminder
from bot.reminders.kinds import BADGE_EXPIRY
from bot.work.badge_words import said
from bot.work.reminders import Due, Lost, Opens, Told, remind

BEFORE = timedelta(days=30)
AT = time(10)


def before_the_end(badge: HeldBadge, zone: str, channel: str) -> NewReminder | None:
    """Return the reminder before a badge ends; None for one that is good for ever."""
    if badge.valid_until is None:
        return None
    day = (badge.valid_until - BEFORE).astimezone(ZoneInfo(zone)).date()
    rule = Once(day, AT)
    return NewReminder(
        badge.person, badge.city, BADGE_EXPIRY, rule, zone, channel, subject=badge.token
    )


def _held(due: Due) -> HeldBadge | None:
    try:
        return due.unit.badges.get(due.reminder.person, due.reminder.subject)
    except NotFound:
        return None


def _about(due: Due) -> Text:
    held = _held(due)
    return Text("my_badges.remind", {"name": said(held, due.content)} if held else {"name": ""})


def _open(reminder: Reminder) -> Opens:
    payload = f"badge_{reminder.subject}_again"
    return Opens("badges", {"payload": payload}, Text("my_badges.again.button"))


@remind(BADGE_EXPIRY, about=_about, opens=_open)
def badge_expiry(due: Due) -> Told | Lost:
    """Say which badge ends and when; one that counts no more needs no reminder."""
    held = _held(due)
    if held is None or held.valid_until is None or not held.counts_at(due.unit.now):
        return Lost()
    until = held.valid_until.astimezone(due.now.tzinfo).date()
    return Told(Text("my_badges.expires", {"name": said(held, due.content), "until": until}))
