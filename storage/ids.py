"""Keys that sort by time: UUID version 7 (RFC 9562), as 32 hex digits."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime

_COUNTER_BITS = 42
_COUNTER_MASK = (1 << _COUNTER_BITS) - 1
_RANDOM_BITS = 32


class Ids:
    """Makes ids that never go backwards within a process, even when its clock does.

    Layout: 48 bits of milliseconds, a counter of 42 bits that starts anew at a random value each
    millisecond, and 32 random bits. The version and variant bits are where the RFC puts them.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last_ms = 0
        self._counter = 0

    def new(self) -> str:
        """Return the next id."""
        now_ms = int(self._clock().timestamp() * 1000)
        with self._lock:
            if now_ms > self._last_ms:
                self._last_ms = now_ms
                self._counter = int.from_bytes(os.urandom(5), "big")
            else:
                self._counter += 1
                if self._counter > _COUNTER_MASK:
                    self._last_ms, self._counter = self._last_ms + 1, 0
            milliseconds, counter = self._last_ms, self._counter
        return _layout(milliseconds, counter, int.from_bytes(os.urandom(4), "big"))


def _layout(milliseconds: int, counter: int, tail: int) -> str:
    upper, lower = counter >> 30, counter & ((1 << 30) - 1)
    value = milliseconds << 80
    value |= 0x7 << 76
    value |= upper << 64
    value |= 0b10 << 62
    value |= lower << _RANDOM_BITS
    return f"{value | tail:032x}"
