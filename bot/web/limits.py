"""How often one source may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Rate = Literal["pages", "acts", "strict", "unlimited"]
_MOST_BUCKETS = 50_000


@dataclass(slots=True)
class Buckets:
    """Token buckets by key, the longest unused forgotten first.

    Attributes:
        burst: How many a key may ask at once.
        a_second: How many it gets back each second.
    """

    burst: float
    a_second: float
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, key: str) -> float:
        """Take one token; return 0.0, or how many seconds to wait where none is left."""
        now = self.clock()
        left, at = self._left.get(key, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.a_second)
        wait = 0.0 if left >= 1 else (1 - left) / self.a_second
        self._left[key] = (left - 1 if left >= 1 else left, now)
        self._left.move_to_end(key)
        if len(self._left) > _MOST_BUCKETS:
            self._left.popitem(last=False)
        return wait


class Limits:
    """The buckets of every rate: pages, acts (what people send), strict (sign in, export).

    A library's or a college's people share one address, and a check of skills is a press every few
    seconds: twenty of them at once have to fit, and each press may be one act and one page.
    """

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        a_second = a_minute / 60
        self._buckets: dict[Rate, Buckets] = {
            "pages": Buckets(a_minute / 2, a_second, clock),
            "acts": Buckets(max(5, a_minute / 2), a_second, clock),
            "strict": Buckets(max(3, a_minute / 24), a_second / 24, clock),
        }

    def wait_for(self, rate: Rate, key: str) -> float:
        """Return how many seconds a source must wait, 0.0 for none."""
        if rate == "unlimited":
            return 0.0
        return self._buckets[rate].take(key)
