"""A stored transcript turned into the lines that a page shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.messages import Attachment, Card, Choice, Message
from bot.web.ports import Entry

Side = Literal["bot", "person"]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with the button that opens it, where the question still offers that."""

    card: Card
    choice: Choice | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chat as it is shown.

    Attributes:
        message: What the bot wrote; None for what the person did.
        words: What the person typed, or the words of the button that they pressed.
        kind: Of what the person did.
        is_open: The question waits for an answer: its buttons are in plain view.
        is_changeable: It was answered, and a press still changes the answer.
        chosen: The option that was pressed last.
    """

    id: str
    side: Side
    at: str = ""
    message: Message | None = None
    words: str = ""
    kind: str = ""
    is_open: bool = False
    is_changeable: bool = False
    chosen: str = ""

    @property
    def cards(self) -> tuple[ShownCard, ...]:
        """Cards, each with its button while the question is open."""
        if self.message is None:
            return ()
        choices = {choice.id: choice for choice in self.message.choices}
        return tuple(
            ShownCard(card, choices.get(card.choice) if self.is_open else None)
            for card in self.message.cards
        )

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Buttons that stand below, not on a card."""
        if self.message is None:
            return ()
        on_cards = {card.choice for card in self.message.cards} if self.is_open else set()
        return tuple(choice for choice in self.message.choices if choice.id not in on_cards)

    @property
    def topic(self) -> str:
        """In a few words what an answered question was about: its answer, else its first line."""
        if self.message is None:
            return ""
        words = "".join(span.text for span in self.message.text).strip()
        return _label(self.message, self.chosen) or words.partition("\n")[0]

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Things sent beside the words."""
        return self.message.attachments if self.message else ()

    @property
    def version(self) -> str:
        """Return what differs whenever the line would be drawn differently."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:10]


def shown_lines(entries: Sequence[Entry], *, is_waiting: bool = False) -> tuple[Line, ...]:
    """Return the lines of a chat, oldest first.

    The newest question is open; earlier ones fold their buttons away behind "Change".
    """
    asked = {m.nonce: m for entry in entries if (m := entry.message) and _is_question(m)}
    newest = next((e.id for e in reversed(entries) if e.message and _is_question(e.message)), "")
    chosen = {entry.nonce: entry.option for entry in entries if entry.kind == "press"}
    return tuple(
        replace(line, is_open=True, is_changeable=False)
        if line.id == newest and not (is_waiting and line.chosen)
        else line
        for line in _lines(entries, asked, chosen)
    )


def _is_question(message: Message) -> bool:
    return message.kind == "question"


def _label(message: Message | None, option: str) -> str:
    choices = message.choices if message else ()
    return next((choice.label for choice in choices if choice.id == option), "")


def _lines(
    entries: Sequence[Entry], asked: dict[str, Message], chosen: dict[str, str]
) -> Iterator[Line]:
    for entry in entries:
        at = entry.at.isoformat(timespec="minutes")
        if entry.message is not None:
            nonce = entry.message.nonce
            is_question = entry.message.kind == "question" and bool(nonce)
            yield Line(
                entry.id,
                "bot",
                at,
                message=entry.message,
                is_changeable=is_question and entry.is_live and bool(entry.message.choices),
                chosen=chosen.get(nonce, "") if nonce else "",
            )
        elif entry.kind == "press":
            if label := _label(asked.get(entry.nonce), entry.option):
                yield Line(entry.id, "person", at, words=label, kind="press")
        elif entry.kind == "location" or (entry.text and not entry.text.startswith("/")):
            yield Line(entry.id, "person", at, words=entry.text, kind=entry.kind)
