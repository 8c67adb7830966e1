"""How many messages of campaigns are under way at once, learnt from how long they take.

So many that none waits long after its claim, since a person who leaves meanwhile must not be
written to a second later.
"""

from __future__ import annotations

from dataclasses import dataclass

AT_LEAST, AT_FIRST, AT_MOST = 4, 16, 128
QUICK, SLOW = 0.2, 0.4
"""Seconds that a message takes, below and above which there may be more, or fewer, of them."""
LONGEST_HOLD = 60.0


@dataclass(slots=True)
class Pace:
    """How many messages may be under way, learnt from how long they take."""

    window: int = AT_FIRST
    under_way: int = 0
    held_until: float = 0.0
    refusals: int = 0

    @property
    def room(self) -> int:
        """How many more may be begun."""
        return self.window - self.under_way

    def took(self, seconds: float) -> None:
        """Learn from a message that went out."""
        self.refusals = 0
        if seconds > SLOW:
            self.window = max(AT_LEAST, self.window - 1)
        elif seconds < QUICK:
            self.window = min(AT_MOST, self.window + 1)

    def refused(self, after: float, now: float) -> None:
        """Hold everything back for a while, longer each time in a row."""
        if now < self.held_until:
            return
        self.refusals += 1
        self.window = max(AT_LEAST, self.window // 2)
        self.held_until = now + min(LONGEST_HOLD, max(after, 0.25 * 2 ** min(self.refusals, 8)))
