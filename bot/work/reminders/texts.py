"""Phrases of the subjects as texts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.conversation.messages import Text
from bot.courses.phrases import Phrase
from bot.reminders.wording import moment_words


def text_of(phrase: Phrase | Text) -> Text:
    """Return a phrase, with the phrases in it, as a text."""
    return Text(phrase.id, {name: _value(value) for name, value in phrase.values.items()})


def moment_text(moment: datetime, now: datetime) -> Text:
    """Say an aware moment as people do, on the clocks by which it is now."""
    return text_of(moment_words(moment.astimezone(now.tzinfo), now.date()))


def _value(value: Any) -> Any:
    if isinstance(value, Phrase | Text):
        return text_of(value)
    if isinstance(value, tuple):
        return tuple(_value(one) for one in value)
    return value
