"""How people speak in these tests: as they do in the real program."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reminders.reading import Heard, read_reminder
from bot.work.reads.reminders import speech_of

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2027, 1, 4, 9, 30, tzinfo=LONDON)


def heard(typed: str, language: str = "en", now: datetime = MONDAY) -> Heard:
    """Read words as they would be read on a Monday morning."""
    return read_reminder(typed, now, speech_of(language))
