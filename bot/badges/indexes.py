"""Bits of the lists of revoked badges: how many there are, and which one is free."""

from __future__ import annotations

import secrets
from collections.abc import Container

from bot.errors import Conflict

ENTRIES = 131_072
"""The least that the standard allows: a badge hides among so many."""
FULL = ENTRIES * 3 // 4
"""So many entries in use, and the next list is begun: an index is found in a few draws."""
_MOST_DRAWS = 200


def draw_index(used: Container[int]) -> int:
    """Return a random index that is not in use.

    Raises:
        Conflict: The list is as good as full: begin another.
    """
    for _ in range(_MOST_DRAWS):
        index = secrets.randbelow(ENTRIES)
        if index not in used:
            return index
    raise Conflict("The status list is full.")
