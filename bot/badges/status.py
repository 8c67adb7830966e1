"""The list that says which credentials of an issuer were revoked, one bit each.

Everybody sees the list and nobody sees whose a bit is: indexes are drawn at random, so that they
tell nothing about the order of awards.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from openbadgeslib.ob3 import build_status_list_credential

from bot.badges.document import REVOCATION
from bot.badges.indexes import ENTRIES
from bot.badges.issuing import sign_plainly
from bot.badges.keys import KeyRing

GOOD_FOR = timedelta(days=7)
TTL = timedelta(minutes=5)


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
