"""Phrases of the subjects as texts."""

from __future__ import annotations

from typing import Any

from bot.conversation.messages import Text
from bot.courses.phrases import Phrase


def text_of(phrase: Phrase | Text) -> Text:
    """Return a phrase, with the phrases in it, as a text."""
    return Text(phrase.id, {name: _value(value) for name, value in phrase.values.items()})


def _value(value: Any) -> Any:
    if isinstance(value, Phrase | Text):
        return text_of(value)
    if isinstance(value, tuple):
        return tuple(_value(one) for one in value)
    return value
