"""How each kind of reminder is told: one function a kind.

A function is registered for a kind of `bot.reminders.KINDS`::

    @remind("badge_expiry")
    def badge_expiry(due: Due) -> Told | Lost:
        credential = due.unit.credentials.find(due.reminder.person, due.reminder.subject)
        return Lost() if credential is None else Told(Text("badges.expires", {...}))

It runs in the transaction that sends the reminder, so it reads what it needs through `due.unit`,
quickly, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.conversation.messages import Attachment, Text
from bot.conversation.screen import Link
from bot.errors import FlowDefinitionError
from bot.people import Person
from bot.reminders import Event, Reminder
from bot.reminders.kinds import WORDED
from content.load import Content
from storage import Unit

__all__ = [
    "REMINDERS",
    "Dates",
    "Due",
    "Lost",
    "Opens",
    "ReminderRegistry",
    "Telling",
    "Told",
    "remind",
    "usual_text",
]


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come, and what may be used to tell it.

    Attributes:
        now: In the person's zone.
        public_url: The bot's address without a slash at its end.
    """

    reminder: Reminder
    person: Person
    unit: Unit
    content: Content
    now: datetime
    public_url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What to say. Buttons to snooze, change and stop are added.

    Attributes:
        is_over: The reminder came to its end, so there is nothing to snooze.
    """

    text: Text
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The reason is gone: the reminder ends, and `text`, where there is one, says why."""

    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """What a relative rule is reckoned from.

    Attributes:
        events: In order.
        moved: Says that they moved, where somebody has seen others; None to say nothing.
    """

    events: tuple[Event, ...]
    moved: Text | None = None


@dataclass(frozen=True, slots=True)
class Opens:
    """The flow that a reminder leads to, with the button that says so."""

    flow: str
    args: Mapping[str, Any]
    button: Text


Tell: TypeAlias = Callable[[Due], "Told | Lost"]


def _no_dates(due: Due) -> Dates | Lost:  # noqa: ARG001 - for most kinds nothing has a date
    return Dates(())


def usual_text(what: str, reminder: Reminder) -> Text:
    """Return a text of a reminder's kind with, where a kind takes them, the person's words.

    Args:
        what: "about" names it, "tell" says it.
    """
    bare = "_bare" if reminder.kind in WORDED and not reminder.words else ""
    return Text(f"reminders.{what}.{reminder.kind}{bare}", {"words": reminder.words})


def _usual_about(due: Due) -> Text:
    return usual_text("about", due.reminder)


def _opens_nothing(reminder: Reminder) -> Opens | None:  # noqa: ARG001 - for most kinds
    return None


@dataclass(frozen=True, slots=True)
class Telling:
    """How a kind is told.

    Attributes:
        tell: Says it when it is due.
        dates: What it is reckoned from; Lost where that is gone.
        about: Names it in a list.
        opens: Where it leads.
    """

    tell: Tell
    dates: Callable[[Due], Dates | Lost] = _no_dates
    about: Callable[[Due], Text] = _usual_about
    opens: Callable[[Reminder], Opens | None] = _opens_nothing


class ReminderRegistry:
    """Ways of telling by the kind of the reminder."""

    def __init__(self) -> None:
        self._tellings: dict[str, Telling] = {}

    def register(self, kind: str, telling: Telling) -> None:
        """Say how a kind is told.

        Raises:
            FlowDefinitionError: There is another way for it.
        """
        if self._tellings.setdefault(kind, telling).tell is not telling.tell:
            raise FlowDefinitionError(f"the reminder {kind!r} is told in two ways")

    def find(self, kind: str) -> Telling | None:
        """Return how a kind is told; None where nobody says."""
        return self._tellings.get(kind)

    def events(self, due: Due) -> Sequence[Event]:
        """Return what a reminder's rule is reckoned from."""
        telling = self.find(due.reminder.kind)
        dates = telling.dates(due) if telling else None
        return dates.events if isinstance(dates, Dates) else ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that can be told."""
        return tuple(self._tellings)


REMINDERS = ReminderRegistry()
"""What the modules of this package declare."""


def remind(
    kind: str,
    *,
    dates: Callable[[Due], Dates | Lost] = _no_dates,
    about: Callable[[Due], Text] = _usual_about,
    opens: Callable[[Reminder], Opens | None] = _opens_nothing,
) -> Callable[[Tell], Tell]:
    """Declare the function that tells reminders of a kind."""

    def declare(tell: Tell) -> Tell:
        REMINDERS.register(kind, Telling(tell, dates, about, opens))
        return tell

    return declare
