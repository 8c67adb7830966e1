"""What a turn shows: says and a question, held as text ids and values, compared by content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.conversation.messages import Attachment, Drawn, Text, Wants

Explained: TypeAlias = Literal["", "again", "examples", "way_out", "which", "wish", "gone"]
"""How an answer was not taken: unread for the first, second, third time; open to several readings;
a wish in the place of a choice; an option that is no longer there."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen.

    Attributes:
        id: [a-z0-9._-]{1,40}, not beginning with "-" (those are the engine's).
        words: Other words by which people call it, beside its text.
        url: An address that it opens; such an option answers nothing.
        changes: The key of an earlier question; choosing it opens that question again.
    """

    id: str
    text: Text
    words: tuple[str, ...] = ()
    is_main: bool = False
    url: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A result before rendering: a title, facts in rows, the choice that opens it, its page.

    A page without a scheme is one of the bot's own, such as "/courses/ab12".
    """

    title: Text
    facts: tuple[Text | Drawn, ...] = ()
    choice: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that open an address."""

    text: Text
    url: str


@dataclass(frozen=True, slots=True)
class Say:
    """One message that asks nothing."""

    text: Text
    attachments: tuple[Attachment, ...] = ()
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The open question, ready to be rendered.

    Attributes:
        options: What the flow offers, or the readings of an unclear answer.
        extras: What the engine adds, always after the options: done, skip, Back, Menu.
        picked: The option ids chosen so far where many may be chosen.
        hint: Said above the question because the answer was not taken.
        wants: What the composer should ask for besides a press.
        can_go_back: Whether Back is among the extras.
        is_change: An earlier question, opened again by "Change".
    """

    key: str
    nonce: str
    text: Text
    options: tuple[Option, ...] = ()
    extras: tuple[Option, ...] = ()
    cards: tuple[Card, ...] = ()
    picked: tuple[str, ...] = ()
    hint: Text | None = None
    wants: Wants = ""
    progress: tuple[int, int] | None = None
    can_go_back: bool = False
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """What the person sees now: the says since the last answer, then the question, if any."""

    says: tuple[Say, ...] = ()
    question: AskedQuestion | None = None

    @property
    def text_ids(self) -> tuple[str, ...]:
        """The text ids from top to bottom."""
        ids = tuple(say.text.id for say in self.says)
        return (*ids, self.question.text.id) if self.question else ids


@dataclass(frozen=True, slots=True)
class Answered:
    """An answered question, to be edited to its answer and one Change button.

    Attributes:
        text: The question.
        shown: The answer in words.
        change: The Change button; its press opens the question again. None where the talk is
            over, so that nothing can be changed any more.
    """

    key: str
    nonce: str
    text: Text
    shown: Text
    change: Option | None = field(
        default_factory=lambda: Option("-change", Text("choice.change")),
    )
