"""What `bot.work` needs from the channels and from the rest of the program."""

from __future__ import annotations

from typing import Protocol

from bot.conversation.messages import Message


class Sent(Protocol):
    """What a channel says about a message that it accepted."""

    @property
    def message_id(self) -> str:
        """The channel's id of the message."""
        ...

    @property
    def moved_to(self) -> str:
        """The person's new address where the channel moved the chat; else empty."""
        ...


class Channel(Protocol):
    """One bot of one channel: how words reach a person.

    Every method may raise a `bot.errors.DeliveryError`: RecipientGone, RetryLater (with the
    seconds to wait), Undeliverable, or InDoubt where the request left and no answer came.
    Budgets and pauses are the channel's own: a call waits there for at most a few seconds.
    """

    @property
    def name(self) -> str:
        """The channel's name."""
        ...

    @property
    def bot(self) -> str:
        """Which bot of the channel it is."""
        ...

    async def send(self, address: str, message: Message, *, lane: int, is_plain: bool) -> Sent:
        """Send a message with what it names.

        Args:
            address: The chat.
            message: What to send.
            lane: 0 goes before 1 (reminders) and 2 (campaigns); 3 is paid for and waits for none.
            is_plain: Leave out all styles, links and files.
        """
        ...

    async def edit(self, address: str, message_id: str, message: Message) -> Sent | None:
        """Replace a message; where it is gone a new one is sent, and returned."""
        ...

    async def acknowledge(self, callback_id: str) -> None:
        """Stop the waiting sign of a pressed button."""
        ...

    async def typing(self, address: str) -> None:
        """Show that an answer is being made."""
        ...
