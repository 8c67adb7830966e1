"""What becomes of an outgoing message when its sending does not succeed: the rules alone.

A reply or a reminder in doubt is sent once more, because a second copy harms less than silence.
A campaign message in doubt never is. What was certainly not accepted is tried again, ever more
slowly, for four hours.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Literal, TypeAlias

from bot.errors import InDoubt, RecipientGone, RetryLater, Undeliverable

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
GIVE_UP_AFTER = timedelta(hours=4)


class Lane(IntEnum):
    """Which messages go first."""

    REPLY = 0
    REMINDER = 1
    CAMPAIGN = 2
    PAID = 3
    """A campaign's message that Telegram is paid for; in the outbox it is never."""


Outcome: TypeAlias = Literal["sent", "gone", "failed", "in_doubt"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """How often and since when one message was tried."""

    lane: Lane
    first_at: datetime
    attempts: int = 1
    doubts: int = 0
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """Try once more after `after` seconds.

    Attributes:
        is_doubt: The last try may have arrived: this must be stored before the next one.
        is_plain: The next try carries plain words alone.
    """

    after: float
    is_doubt: bool = False
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The message is at its end; `reason` is for the staff, and holds no words of the message."""

    outcome: Outcome
    reason: str


def after_failure(attempt: Attempt, error: Exception, now: datetime) -> Again | End:
    """What to do after `error`."""
    if isinstance(error, RecipientGone):
        return End("gone", "the person blocked the bot or left")
    if isinstance(error, InDoubt):
        if attempt.lane is Lane.CAMPAIGN or attempt.doubts:
            return End("in_doubt", "the request left and no answer came")
        return Again(_pause(attempt.attempts), is_doubt=True, is_plain=attempt.is_plain)
    if isinstance(error, RetryLater):
        if now - attempt.first_at >= GIVE_UP_AFTER:
            return End("failed", "not accepted for four hours")
        # The first pause that a channel asks for is kept exactly; repeated ones grow.
        grown = _pause(attempt.attempts) if attempt.attempts > 1 else 0.0
        return Again(max(error.after, grown), is_plain=attempt.is_plain)
    if isinstance(error, Undeliverable):
        if attempt.is_plain:
            return End("failed", str(error)[:200])
        return Again(0.0, is_plain=True)
    return End("failed", f"internal: {type(error).__name__}")


def _pause(attempts: int) -> float:
    """Seconds to wait: doubling, with jitter so that many waiting messages do not march in step."""
    full: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts - 1, 16))
    return full * random.uniform(0.5, 1.0)  # noqa: S311
