"""The list that says which credentials of an issuer were revoked, one bit each.

Everybody sees the list and nobody sees whose a bit is: indexes are drawn at random, so that they
tell nothing about the order of awards.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Container
from datetime import datetime, timedelta

from openbadgeslib.ob3 import build_status_list_credential
from openbadgeslib.ob3.status_list import DEFAULT_SIZE_BITS

from bot.badges.document import REVOCATION
from bot.badges.issuing import sign_plainly
from bot.badges.keys import KeyRing
from bot.errors import Conflict

ENTRIES = DEFAULT_SIZE_BITS
"""131,072: a badge hides among so many."""
FULL = ENTRIES * 3 // 4
"""So many entries in use, and the next list is begun: an index is found in a few draws."""
GOOD_FOR = timedelta(days=7)
TTL = timedelta(minutes=5)
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


def status_list(address: str, revoked: Collection[int], ring: KeyRing, now: datetime) -> bytes:
    """Return the signed list; good for a week, so that an old copy cannot hide a revocation."""
    document = build_status_list_credential(
        ring.did,
        address,
        REVOCATION,
        sorted(revoked),
        ENTRIES,
        issued=now,
        valid_until=now + GOOD_FOR,
        ttl=int(TTL.total_seconds() * 1000),
    )
    return sign_plainly(document, ring, now)
