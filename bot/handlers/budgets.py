"""How much may be sent, to whom and when: the rules alone, on a clock that is passed in.

Telegram publishes no exact limits and may answer 429 at any time, so these budgets only keep
clear of the usual ones. Replies spend from the overall budget but never wait for it; reminders
and campaigns wait. A 429 is a deadline: it passes with time, and another request's success does
not lift it (python-telegram-bot#5338).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

CHAT_PER_SECOND: Final = 1.0
CHAT_BURST: Final = 5.0
GROUP_PER_SECOND: Final = 20 / 60
GROUP_BURST: Final = 20.0
BULK_PER_SECOND: Final = 28.0
BULK_BURST: Final = 28.0
PAID_PER_SECOND: Final = 900.0
"""Below the thousand that Telegram lets a bot send for Stars."""
DEEPEST_DEBT: Final = 28.0
"""How far replies may overdraw the overall budget: bulk then waits at most about two seconds."""
REMEMBERED_CHATS: Final = 20_000


@dataclass(slots=True)
class Bucket:
    """Tokens that come back with time.

    Attributes:
        per_second: How many come back a second.
        most: How many there are at most.
        tokens: How many there were at `at`.
    """

    per_second: float
    most: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until there is a token; 0 if there is one."""
        self.tokens = min(self.most, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        # A token counts as whole a hair early, or a wait that is cut short by rounding never ends.
        return max(0.0, (1.0 - self.tokens) / self.per_second) if self.tokens < 0.999999 else 0.0

    def take(self, lowest: float = 0.0) -> None:
        """Take a token, not below `lowest`."""
        self.tokens = max(lowest, self.tokens - 1.0)


class Budgets:
    """The budgets of one bot: overall, and of each chat."""

    def __init__(self, now: float) -> None:
        self._overall = Bucket(BULK_PER_SECOND, BULK_BURST, BULK_BURST, now)
        self._paid = Bucket(PAID_PER_SECOND, BULK_BURST, BULK_BURST, now)
        self._chats: OrderedDict[int, Bucket] = OrderedDict()
        self._paused_chats: dict[int, float] = {}
        self._bulk_paused_until = 0.0
        self._all_paused_until = 0.0

    def chat_wait(self, chat: int, now: float) -> float:
        """Seconds until something may be sent to this chat, by its own budget."""
        return self._bucket(chat, now).wait(now)

    def pause(self, chat: int, now: float, *, is_bulk: bool) -> float:
        """Seconds until no 429 forbids sending to this chat any more."""
        until = self._all_paused_until
        if is_bulk:
            until = max(until, self._bulk_paused_until)
        if self._paused_chats:
            until = max(until, self._paused_chats.get(chat, 0.0))
        return max(0.0, until - now)

    def overall_wait(self, now: float) -> float:
        """Seconds until a reminder or campaign message may be sent."""
        return self._overall.wait(now)

    def take(self, chat: int, now: float) -> None:
        """Count a message to this chat."""
        bucket = self._bucket(chat, now)
        bucket.wait(now)
        bucket.take()
        self._overall.wait(now)
        self._overall.take(-DEEPEST_DEBT)

    def paid_wait(self, now: float) -> float:
        """Seconds until a message that is paid for may be sent."""
        return self._paid.wait(now)

    def take_paid(self, chat: int, now: float) -> None:
        """Count a message to this chat that is paid for: the free ones are not fewer for it."""
        bucket = self._bucket(chat, now)
        bucket.wait(now)
        bucket.take()
        self._paid.wait(now)
        self._paid.take()

    def refused(self, chat: int, seconds: float, now: float) -> None:
        """Remember a 429 about this chat: the chat waits, and so does all bulk.

        If another chat is being held back already, the limit is the bot's: everything waits.
        """
        until = now + seconds
        self._paused_chats = {c: t for c, t in self._paused_chats.items() if t > now}
        if any(other != chat for other in self._paused_chats):
            self._all_paused_until = max(self._all_paused_until, until)
        self._paused_chats[chat] = max(until, self._paused_chats.get(chat, 0.0))
        self._bulk_paused_until = max(self._bulk_paused_until, until)

    def _bucket(self, chat: int, now: float) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is not None:
            return bucket
        if chat < 0:
            bucket = Bucket(GROUP_PER_SECOND, GROUP_BURST, GROUP_BURST, now)
        else:
            bucket = Bucket(CHAT_PER_SECOND, CHAT_BURST, CHAT_BURST, now)
        self._chats[chat] = bucket
        if len(self._chats) > REMEMBERED_CHATS:
            self._chats.popitem(last=False)
        return bucket
