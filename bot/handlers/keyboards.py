"""Choices as rows of buttons under a message."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from bot.conversation.messages import Card, Choice, Message, Press
from bot.errors import Undeliverable
from bot.handlers import callbacks
from bot.handlers.links import Links

WIDEST_BY_COUNT: Final = {1: 10_000, 2: 15, 3: 9, 4: 6, 5: 3}
"""How wide labels may be when so many buttons share a row, on the narrowest phone."""
MOST_BUTTONS: Final = 100
LONGEST_LABEL: Final = 64

OPENS: Final = "opens a card"
CHOOSES: Final = "answers the question"
NAVIGATES: Final = "leaves the question, such as Back and Menu, whose ids begin with a dash"

Button = dict[str, Any]


def inline_keyboard(message: Message, links: Links, *, is_plain: bool) -> dict[str, Any] | None:
    """Return the inline keyboard of a message, or None where it has no buttons.

    Args:
        message: The message.
        links: Which addresses a button may open.
        is_plain: Leave out the buttons that open addresses.

    Raises:
        Undeliverable: If a choice cannot be packed.
    """
    layout = _Rows()
    openers = card_numbers(message.cards)
    for choice in _choices(message)[:MOST_BUTTONS]:
        button = _button(choice, message.nonce, links, is_plain=is_plain)
        if button is not None:
            group = (
                OPENS if choice.id in openers else NAVIGATES if choice.id[:1] == "-" else CHOOSES
            )
            layout.add(button, group, is_alone=choice.is_main)
    return {"inline_keyboard": layout.rows} if layout.rows else None


class _Rows:
    """Fills rows: as many buttons in each as their labels allow, and only of one group."""

    def __init__(self) -> None:
        self.rows: list[list[Button]] = []
        self._width = 0
        self._group = ""

    def add(self, button: Button, group: str, *, is_alone: bool) -> None:
        width = label_width(button["text"])
        widest = max(self._width, width)
        if (
            not self.rows
            or is_alone
            or group != self._group
            or widest > WIDEST_BY_COUNT.get(len(self.rows[-1]) + 1, 0)
        ):
            self.rows.append([])
            widest = width
        self.rows[-1].append(button)
        self._width = WIDEST_BY_COUNT[1] if is_alone else widest
        self._group = group


def card_numbers(cards: Iterable[Card]) -> dict[str, int]:
    """Return the number that each card's choice is known by."""
    return {card.choice: number for number, card in enumerate(cards, 1) if card.choice}


def label_width(label: str) -> int:
    """Return about how many letters wide a label is drawn."""
    if label.isascii():
        return len(label)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in label
    )


def _choices(message: Message) -> list[Choice]:
    if not message.cards:
        return list(message.choices)
    numbers = card_numbers(message.cards)
    known = {choice.id for choice in message.choices}
    openers = [
        Choice(card.choice, "".join(span.text for span in card.title))
        for card in message.cards
        if card.choice and card.choice not in known
    ]
    return [_numbered(choice, numbers) for choice in (*openers, *message.choices)]


def _numbered(choice: Choice, numbers: dict[str, int]) -> Choice:
    number = numbers.get(choice.id)
    if number is None or choice.label[:1].isdigit():
        return choice
    return Choice(choice.id, f"{number}. {choice.label}", choice.url, choice.is_main)


def _button(choice: Choice, nonce: str, links: Links, *, is_plain: bool) -> Button | None:
    button: Button = {"text": _cut(choice.label)}
    if choice.url:
        address = links.absolute(choice.url)
        if is_plain or not links.takes(address):
            return None
        button["url"] = address
    else:
        try:
            button["callback_data"] = callbacks.pack(Press(nonce, choice.id))
        except ValueError as error:
            raise Undeliverable(f"a button cannot be packed: {error}") from None
    return button


def _cut(label: str) -> str:
    label = label.strip() or "…"
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
