"""Keeping one person's flood of messages from everyone else."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

BURST = 20
PER_SECOND = 2.0
NOTICE_EVERY = 60.0
REMEMBERED = 50_000


class Verdict(Enum):
    """What to do with a message."""

    TAKE = "take"
    NOTICE = "notice"
    DROP = "drop"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float
    noticed_at: float = float("-inf")


class FloodControl:
    """A bucket of tokens for each chat: short bursts pass, a flood gets one notice.

    Args:
        burst: Messages that may come at once.
        per_second: Messages a second that may go on for ever.
    """

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = float(burst)
        self._per_second = per_second
        self._buckets: OrderedDict[tuple[str, str, str], _Bucket] = OrderedDict()

    def judge(self, chat: tuple[str, str, str], now: float) -> Verdict:
        """Count one message of `chat` at `now` (monotonic seconds)."""
        bucket = self._buckets.get(chat)
        if bucket is None:
            bucket = self._buckets[chat] = _Bucket(self._burst, now)
            if len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(chat)
            gained = (now - bucket.filled_at) * self._per_second
            bucket.tokens = min(self._burst, bucket.tokens + gained)
            bucket.filled_at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return Verdict.TAKE
        if now - bucket.noticed_at >= NOTICE_EVERY:
            bucket.noticed_at = now
            return Verdict.NOTICE
        return Verdict.DROP
