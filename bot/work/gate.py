"""The emergency stop: while it holds, nothing leaves this program, whatever wanted to send it.

The stop is a row, so that it survives a restart and holds for every replica; each looks at it once
a second. What is refused meanwhile waits in its own table.
"""

from __future__ import annotations

from typing import Final

from bot.campaigns.records import EmergencyStop
from bot.conversation.messages import Message
from bot.errors import RetryLater
from bot.work.ports import Channel, Sent
from storage import Database

LOOK_EVERY: Final = 1.0
HELD_BACK: Final = 5.0
"""Seconds after which what was refused may be tried again."""


class Gate:
    """Whether anything may leave.

    Attributes:
        stop: The stop that holds, as it was when somebody looked last; None where all may leave.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.stop: EmergencyStop | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything may leave, as it was when somebody looked last."""
        return self.stop is None

    async def look(self) -> bool:
        """Read whether anything may leave."""
        self.stop = await self._database.read(lambda unit: unit.campaigns.stopped())
        return self.is_open

    def pass_through(self) -> None:
        """Let a call leave.

        Raises:
            RetryLater: Everything is stopped.
        """
        if not self.is_open:
            raise RetryLater(HELD_BACK, "all that goes out is stopped")


class GatedChannel:
    """A channel behind the gate."""

    def __init__(self, channel: Channel, gate: Gate) -> None:
        self._channel = channel
        self._gate = gate

    @property
    def name(self) -> str:
        """The channel's name."""
        return self._channel.name

    @property
    def bot(self) -> str:
        """Which bot of the channel it is."""
        return self._channel.bot

    async def send(self, address: str, message: Message, *, lane: int, is_plain: bool) -> Sent:
        """Send a message, if anything may leave."""
        self._gate.pass_through()
        return await self._channel.send(address, message, lane=lane, is_plain=is_plain)

    async def edit(self, address: str, message_id: str, message: Message) -> Sent | None:
        """Replace a message, if anything may leave."""
        self._gate.pass_through()
        return await self._channel.edit(address, message_id, message)

    async def acknowledge(self, callback_id: str) -> None:
        """Stop the waiting sign of a pressed button, which says nothing to anybody."""
        await self._channel.acknowledge(callback_id)

    async def typing(self, address: str) -> None:
        """Show that an answer is being made, if anything may leave."""
        self._gate.pass_through()
        await self._channel.typing(address)
