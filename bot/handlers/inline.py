"""Inline mode: whoever types the bot's name and some words in any chat gets courses to send there.

Nothing is stored and nothing personal is in a card. A query is worth answering only while its
words stand there, so a failed answer is never tried again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from bot.courses.lines import CourseLine
from bot.courses.phrases import Phrase
from bot.errors import DeliveryError
from bot.handlers.entities import StyledText
from bot.handlers.reading import clean, language_of
from bot.handlers.transport import Transport
from content.words import Words

log = logging.getLogger(__name__)

Find: TypeAlias = Callable[[str], Awaitable[Sequence[CourseLine] | None]]
"""Finds courses by words, the best first; None where nothing may leave."""

KEPT_SECONDS: Final = 60
LONGEST_QUERY: Final = 256
MOST_AT_ONCE: Final = 16
LONGEST_TITLE: Final = 120
TO_THE_BOT: Final = "find"


class InlineMode:
    """Answers inline queries, each on its own; more than it can do at once are let go.

    Args:
        transport: The way to the Bot API.
        words: The bot's words.
        find: Finds courses.
        username: The bot's name in links, empty until it is known.
    """

    def __init__(
        self,
        transport: Transport,
        words: Words,
        find: Find,
        username: Callable[[], str],
    ) -> None:
        self._transport = transport
        self._words = words
        self._find = find
        self._username = username
        self._answering: dict[int, asyncio.Task[None]] = {}

    def take(self, query: Mapping[str, Any]) -> None:
        """Answer a query in the background; a newer one of the same person takes its place."""
        asker = int(query["from"]["id"])
        before = self._answering.get(asker)
        if before is not None:
            before.cancel()
        elif len(self._answering) >= MOST_AT_ONCE:
            return
        words = clean(str(query.get("query") or ""))[:LONGEST_QUERY]
        language = language_of(query["from"])
        task = asyncio.create_task(self._answer(str(query["id"]), words, language), name="inline")
        self._answering[asker] = task
        task.add_done_callback(lambda done: self._forget(asker, done))

    async def close(self) -> None:
        """Let go of what is being answered."""
        going = list(self._answering.values())
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    def _forget(self, asker: int, done: asyncio.Task[None]) -> None:
        if self._answering.get(asker) is done:
            del self._answering[asker]
        if not done.cancelled() and (error := done.exception()) is not None:
            log.error("An inline query was not answered: %s", type(error).__name__)

    async def _answer(self, query: str, words: str, language: str) -> None:
        found = await self._find(words)
        if found is None:
            return
        spoken = language.partition("-")[0]
        language = spoken if spoken in self._words.languages else self._words.languages[0]
        label = "telegram.inline.more" if found else "telegram.inline.none"
        if not words:
            label = "telegram.inline.type"
        parameters = {
            "inline_query_id": query,
            "results": [self._result(one, language) for one in found],
            "cache_time": KEPT_SECONDS,
            # The words of a card are in the asker's language: nobody else is given them.
            "is_personal": True,
            "button": {"text": self._words.short(label, language), "start_parameter": TO_THE_BOT},
        }
        try:
            await self._transport.call("answerInlineQuery", parameters)
        except DeliveryError as error:
            log.info("An inline query was not answered: %s", type(error).__name__)

    def _result(self, line: CourseLine, language: str) -> dict[str, Any]:
        facts = [self._words.label(one, language) for one in line.facts]
        styled = StyledText()
        styled.add(line.title, "bold")
        styled.add("\n" + "\n".join(facts))
        told = styled.finish()
        label = self._words.short("telegram.inline.open.button", language)
        address = f"https://t.me/{self._username()}?start=course_{line.id}"
        described = self._words.label(
            Phrase("telegram.inline.line", {"city": line.city, "facts": line.facts}), language
        )
        return {
            "type": "article",
            "id": line.id[:64],
            "title": line.title[:LONGEST_TITLE],
            "description": described,
            "input_message_content": {
                "message_text": told.text,
                "entities": list(told.entities),
                "link_preview_options": {"is_disabled": True},
            },
            "reply_markup": {"inline_keyboard": [[{"text": label, "url": address}]]},
        }
