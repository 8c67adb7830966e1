"""Bringing one message of a campaign to one recipient."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from bot.campaigns.records import Broadcast
from bot.conversation.messages import Message
from bot.errors import BotError, ChatBusy, RetryLater, StorageError
from bot.work import faults
from bot.work.campaigns.pacing import Pace
from bot.work.delivery import Attempt, End, Lane, after_failure
from bot.work.ports import Channel, Sent
from bot.work.sending import make_unreachable
from storage import Database, Unit
from storage.records import NewOutgoing
from storage.repositories.deliveries import Claimed, Settled
from storage.repositories.outbox import READ_FROM_HERE

STALE = 0.4
"""Seconds from claim to channel after which a claim is given back unused. With the patience of the
channel that is under a second from the look at what people agreed to, to the message."""

REMEMBERED = 1000
"""Recipients of whom it is known since when they were refused; others begin anew."""
FORGOTTEN_AFTER = timedelta(hours=1)
"""A refusal so long after the last one, as after a night, counts as the first."""

Letters: TypeAlias = Callable[[Broadcast, Claimed], Awaitable[Message]]
"""Makes the message of one recipient."""

log = structlog.get_logger()


class Poster:
    """Brings messages to recipients.

    Args:
        database: Where it is noted that somebody cannot be reached, or moved.
        channels: The channels that are sent through, by name and bot.
        letters: Makes each recipient's message.
        pace: Told how long messages take.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[tuple[str, str], Channel],
        letters: Letters,
        pace: Pace,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._channels = channels
        self._letters = letters
        self._pace = pace
        self._clock = clock
        self._refused: OrderedDict[tuple[str, int], tuple[Attempt, datetime]] = OrderedDict()

    async def post(self, run: Broadcast, to: Claimed, claimed_at: float) -> Settled:
        """Bring a message to its recipient and return how that ended.

        Args:
            claimed_at: When the claim was made, on the event loop's clock.
        """
        if _is_stale(claimed_at):
            self._pace.took(_now() - claimed_at)
            return Settled(to.number, "queued")
        try:
            message = await self._letters(run, to)
        except StorageError:
            return Settled(to.number, "queued")
        except Exception as error:
            log.exception("broadcasting.no_letter", broadcast=run.id)
            return Settled(to.number, "failed", f"internal: {type(error).__name__}")
        if to.channel in READ_FROM_HERE:
            return Settled(
                to.number, "sent", channel=to.channel, outgoing=_outgoing(run, to, message)
            )
        channel = self._channels.get((to.channel, to.bot))
        if channel is None:
            return Settled(to.number, "failed", "no such channel runs here", to.channel)
        settled = await self._sent(channel, run, to, message, claimed_at)
        if settled.state != "queued":
            self._refused.pop((run.id, to.number), None)
        return settled

    async def _sent(
        self, channel: Channel, run: Broadcast, to: Claimed, message: Message, claimed_at: float
    ) -> Settled:
        is_plain = self._was_plain(run, to)
        lane = Lane.PAID if run.stars else Lane.CAMPAIGN
        while True:
            begun = _now()
            try:
                faults.point("broadcast.before")
                sent = await channel.send(to.chat, message, lane=int(lane), is_plain=is_plain)
                faults.point("broadcast.after")
            except Exception as error:  # noqa: BLE001 - one message never stops the others
                now = self._clock()
                attempt = self._attempt(run, to, now, is_plain=is_plain)
                step = after_failure(attempt, error, now)
                if isinstance(step, End):
                    return await self._at_its_end(to, step)
                if step.is_plain and not is_plain and step.after == 0:
                    is_plain = True
                    if not _is_stale(claimed_at):
                        continue
                    # What they agreed to is looked at anew before a try that begins so late.
                    attempt = replace(attempt, is_plain=True)
                if isinstance(error, RetryLater) and not isinstance(error, ChatBusy):
                    self._pace.refused(error.after, _now())
                self._refused[run.id, to.number] = (attempt, now)
                again = now + timedelta(seconds=step.after)
                return Settled(to.number, "queued", not_before=again)
            self._pace.took(_now() - begun)
            await self._follow(to, sent)
            return Settled(to.number, "sent", channel=to.channel, message_id=sent.message_id)

    def _was_plain(self, run: Broadcast, to: Claimed) -> bool:
        before, _ = self._refused.get((run.id, to.number), (None, None))
        return before is not None and before.is_plain

    def _attempt(self, run: Broadcast, to: Claimed, now: datetime, *, is_plain: bool) -> Attempt:
        """Return how often and since when a recipient was refused, with this time."""
        while len(self._refused) > REMEMBERED:
            self._refused.popitem(last=False)
        before, last_at = self._refused.get((run.id, to.number), (None, now))
        if before is None or now - last_at > FORGOTTEN_AFTER:
            return Attempt(Lane.CAMPAIGN, now, is_plain=is_plain)
        return replace(before, attempts=before.attempts + 1, is_plain=is_plain)

    async def _follow(self, to: Claimed, sent: Sent) -> None:
        if sent.moved_to:
            await self._quietly(
                lambda unit: unit.contacts.move(to.channel, to.bot, to.chat, sent.moved_to)
            )

    async def _at_its_end(self, to: Claimed, end: End) -> Settled:
        if end.outcome == "gone":
            await self._quietly(lambda unit: make_unreachable(unit, to.channel, to.bot, to.chat))
            return Settled(to.number, "blocked", end.reason, to.channel)
        if end.outcome == "in_doubt":
            return Settled(to.number, "in_doubt", end.reason, to.channel)
        return Settled(to.number, "failed", end.reason, to.channel)

    async def _quietly(self, work: Callable[[Unit], object]) -> None:
        """Note something beside: not being able to must not send a message again."""
        try:
            await self._database.write(work)
        except BotError as error:
            log.warning("broadcasting.not_noted", error=type(error).__name__)


def _outgoing(run: Broadcast, to: Claimed, message: Message) -> NewOutgoing:
    return NewOutgoing(
        person=to.person,
        city=to.city,
        channel=to.channel,
        bot=to.bot,
        chat=to.chat,
        message=message,
        dedupe_key=f"campaign.{run.id}.{to.number}",
        lane=int(Lane.CAMPAIGN),  # type: ignore[arg-type]  # a lane is a number there
        nonce=message.nonce,
    )


def _is_stale(claimed_at: float) -> bool:
    return _now() - claimed_at > STALE


def _now() -> float:
    return asyncio.get_running_loop().time()
