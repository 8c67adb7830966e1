"""Handing a badge on to other people's sites."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from bot.badges.held import HeldBadge

LINKED_IN = "https://www.linkedin.com/profile/add"


def linked_in_address(badge: HeldBadge, name: str, issuer: str, page: str, now: datetime) -> str:
    """Return the address that opens LinkedIn's form with everything filled in.

    Args:
        name: The badge's, in the language in which it is signed.
        issuer: Who gives it.
        page: Its public address, which LinkedIn shows and does not check.
        now: The zone of the dates.
    """
    awarded = badge.awarded_at.astimezone(now.tzinfo)
    values = {
        "startTask": "CERTIFICATION_NAME",
        "name": name,
        "organizationName": issuer,
        "issueYear": awarded.year,
        "issueMonth": awarded.month,
    }
    if badge.valid_until is not None:
        until = badge.valid_until.astimezone(now.tzinfo)
        values |= {"expirationYear": until.year, "expirationMonth": until.month}
    values |= {"certUrl": page, "certId": badge.token}
    return f"{LINKED_IN}?{urlencode(values)}"
