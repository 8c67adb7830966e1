"""A reminder as a message: its words, and one press to snooze, change or stop it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.messages import Choice, Message, Text
from bot.conversation.screen import Option, Say
from bot.reminders.kinds import HOW_WAS_IT
from bot.work.reminders import Due, Opens, Told
from bot.work.reminders.nonces import nonce_of
from bot.work.rendering import Renderer

HOW_IT_WAS = ("well", "badly", "missed")


def letter(due: Due, told: Told, opens: Opens | None, *, comes_again: bool) -> Message:
    """Return the message of a reminder.

    Args:
        comes_again: Its rule has a next time, so that it can be stopped.
    """
    words = due.content.words
    renderer = Renderer(words, due.person.language, due.person.id, due.public_url)
    said = renderer.say(Say(told.text, told.attachments, links=told.links))
    options = _options(due, told, opens, comes_again=comes_again)
    choices = tuple(
        Choice(one.id, words.label(one.text, due.person.language), is_main=one.is_main)
        for one in options
    )
    return replace(
        said,
        kind="question",
        key="reminder",
        nonce=nonce_of(due.reminder),
        choices=(*said.choices, *choices),
    )


def _options(due: Due, told: Told, opens: Opens | None, *, comes_again: bool) -> tuple[Option, ...]:
    names = [] if told.is_over else ["snooze", "change", *(["stop"] if comes_again else [])]
    if due.reminder.kind == HOW_WAS_IT and not told.is_over:
        return tuple(Option(one, Text(f"reminders.{one}.button")) for one in HOW_IT_WAS)
    first = (Option("open", opens.button, is_main=True),) if opens else ()
    return (*first, *(Option(one, Text(f"reminders.{one}.button")) for one in names))
