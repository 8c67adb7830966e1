"""Requests to confirm somebody's learning, over the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.badges.held import EndorsementRequest
from bot.errors import Refused
from bot.web.confirm_port import Outcome, Reply
from storage import Database, Unit

CHANNEL = "web"
Take: TypeAlias = Callable[[Unit, str, Reply], str]
"""Takes an answer and gives the badge that follows from it (bot.work.confirming)."""


class StoredConfirming:
    """Requests to confirm, by the token of their link.

    Args:
        bot: Which bot of the channel "web" the chats are with.
        take: Takes an answer in a unit.
    """

    def __init__(self, database: Database, bot: str, take: Take) -> None:
        self._database = database
        self._bot = bot
        self._take = take

    async def find(self, token: str) -> EndorsementRequest | None:
        """Return what is asked."""
        return await self._database.read(lambda unit: unit.endorsements.find(token))

    async def answer(self, token: str, address: str, reply: Reply) -> Outcome:
        """Take an answer, once; nobody confirms what they declared themselves."""
        return await self._database.write(lambda unit: self._answer(unit, token, address, reply))

    def _answer(self, unit: Unit, token: str, address: str, reply: Reply) -> Outcome:
        request = unit.endorsements.find(token)
        if request is None:
            return "closed"
        person = unit.people.at(CHANNEL, self._bot, address) if address else None
        if person is not None and person.id == request.person:
            return "own"
        try:
            return "given" if self._take(unit, token, reply) == "given" else "refused"
        except Refused:
            return "closed"
