"""The messages of runs: what is the same for many is made once a run, language and version."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.campaigns.links import ShortLink
from bot.campaigns.records import Broadcast, Plan
from bot.conversation.messages import Message
from bot.work.campaigns.letters import addresses_of, links_of, message_of, numbered
from bot.work.context import Surroundings
from content.load import Content
from storage import Database, Unit
from storage.repositories.deliveries import Claimed

MOST_RUNS = 8


@dataclass(slots=True)
class _Run:
    """What the messages of a run are made from."""

    content: Content
    plan: Plan
    links: Mapping[str, ShortLink]
    messages: dict[tuple[str, str], Message] = field(default_factory=dict)


class Mail:
    """Makes the message of each recipient.

    Args:
        database: Where plans and short addresses are.
        around: Returns the content and the bot's address.
    """

    def __init__(self, database: Database, around: Callable[[], Surroundings]) -> None:
        self._database = database
        self._around = around
        self._runs: OrderedDict[str, _Run] = OrderedDict()
        self._lock = asyncio.Lock()

    async def letter(self, run: Broadcast, to: Claimed) -> Message:
        """Return the message of one recipient, in their language."""
        around = self._around()
        kept = self._runs.get(run.id)
        if kept is None or kept.content is not around.content:
            async with self._lock:
                kept = self._runs.get(run.id)
                if kept is None or kept.content is not around.content:
                    kept = await self._load(run, around.content)
        message = kept.messages.get((to.language, to.variant))
        if message is None:
            city = around.content.cities[run.city]
            message = message_of(around.content, city, kept.plan, to.language, to.variant)
            kept.messages[to.language, to.variant] = message
        addresses = addresses_of(kept.links, around.public_url, to.number)
        return numbered(message, run.id, to.number, addresses, to.person)

    async def _load(self, run: Broadcast, content: Content) -> _Run:
        def load(unit: Unit) -> _Run:
            plan = unit.campaigns.version(run.campaign, run.number).plan
            return _Run(content, plan, links_of(unit, run, plan))

        loaded = await self._database.write(load)
        self._runs[run.id] = loaded
        self._runs.move_to_end(run.id)
        while len(self._runs) > MOST_RUNS:
            self._runs.popitem(last=False)
        return loaded
