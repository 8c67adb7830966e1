"""Draws a message as Telegram shows it: words with entities, cards as numbered titles."""

from __future__ import annotations

from bot.conversation.messages import Card, Message, Rich, Text
from bot.handlers.entities import Styled, StyledText
from bot.handlers.links import Links
from content.words import Words


class Drawing:
    """Draws messages.

    Args:
        words: The words that only this channel adds.
        links: Which addresses may be links.
    """

    def __init__(self, words: Words, links: Links) -> None:
        self._words = words
        self._links = links

    def draw(self, message: Message, *, is_plain: bool = False) -> Styled:
        """Return the words of a message; `is_plain` leaves out every style and link."""
        styled = StyledText()
        if message.progress is not None:
            styled.add(f"{self._progress(message)}\n\n", "" if is_plain else "italic")
        self._add(styled, message.text, is_plain=is_plain)
        for number, card in enumerate(message.cards, 1):
            self._add_card(styled, number, card, is_plain=is_plain)
        for choice in message.choices:
            address = self._links.absolute(choice.url)
            if choice.url and (is_plain or not self._links.takes(address)):
                styled.add(f"\n\n{choice.label}: {address}")
        return styled.finish()

    def _progress(self, message: Message) -> str:
        done, total = message.progress or (0, 0)
        text = Text("telegram.progress", {"left": total - done})
        return self._words.plain(text, message.language)

    def _add_card(self, styled: StyledText, number: int, card: Card, *, is_plain: bool) -> None:
        styled.add("\n\n")
        title = "".join(span.text for span in card.title)
        address = self._address(card.url)
        if is_plain:
            styled.add(f"{number}. {title}")
        else:
            styled.add(f"{number}. ", "bold")
            styled.add(title, "bold", address)
        for fact in card.facts:
            styled.add("\n")
            self._add(styled, fact, is_plain=is_plain)

    def _add(self, styled: StyledText, rich: Rich, *, is_plain: bool) -> None:
        for span in rich:
            address = "" if is_plain else self._address(span.url)
            styled.add(span.text, "" if is_plain else span.style, address)
            if span.url and not address and span.url not in span.text:
                styled.add(f" ({self._links.absolute(span.url)})")

    def _address(self, url: str) -> str:
        address = self._links.absolute(url)
        return address if url and self._links.takes(address) else ""
