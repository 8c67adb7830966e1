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
TakeBack: TypeAlias = Callable[[Unit, str, str], str]
"""Takes a confirmation back, and the badge with it."""


class StoredConfirming:
    """Requests to confirm, by the token of their link.

    Args:
        bot: Which bot of the channel "web" the chats are with.
        take: Takes an answer in a unit.
        undo: Takes a confirmation back in a unit.
    """

    def __init__(self, database: Database, bot: str, take: Take, undo: TakeBack) -> None:
        self._database = database
        self._bot = bot
        self._take = take
        self._undo = undo

    async def find(self, token: str) -> EndorsementRequest | None:
        """Return what is asked, or what was confirmed."""
        return await self._database.read(
            lambda unit: unit.endorsements.find(token) or unit.endorsements.find_answered(token)
        )

    async def answer(self, token: str, address: str, reply: Reply) -> Outcome:
        """Take an answer, once; nobody confirms what they declared themselves."""
        return await self._database.write(lambda unit: self._answer(unit, token, address, reply))

    async def take_back(self, token: str, reason: str) -> Outcome:
        """Take a confirmation back; once more changes nothing."""
        return await self._database.write(lambda unit: self._take_back(unit, token, reason))

    def _take_back(self, unit: Unit, token: str, reason: str) -> Outcome:
        try:
            self._undo(unit, token, reason)
        except Refused:
            return "closed"
        return "taken"

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
