"""Open Badges 2.0: a badge as hosted JSON, for backpacks that know nothing newer.

Nothing is signed: a backpack believes what it reads at the badge's own address. Only the holder
has such an address made, because it stands under a hash of an e-mail address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.badges.addresses import Addresses
from bot.badges.document import dump, moment
from bot.badges.held import HeldBadge, PublishedAchievement
from bot.badges.records import SAMPLE, HashedEmail, Issuer, Json

CONTEXT = "https://w3id.org/openbadges/v2"
_TARGETS = ("targetName", "targetUrl", "targetCode", "targetFramework", "targetDescription")


@dataclass(frozen=True, slots=True)
class Twin:
    """A badge's place in older backpacks.

    Attributes:
        token: Of its own address, which does not lead to the badge's page.
        badge: Id of the badge.
        email: Whose it is, as backpacks look for it.
    """

    token: str
    badge: str
    email: HashedEmail
    made_at: datetime


def assertion(addresses: Addresses, held: HeldBadge, twin: Twin) -> Json:
    """Return what a person was given, in as few words as the standard takes."""
    about = (held.city, held.achievement, held.version, held.language)
    found: Json = {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": addresses.hosted(twin.token),
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": twin.email.salt,
            "identity": twin.email.digest,
        },
        "badge": addresses.badge_class(addresses.achievement(*about)),
        "verification": {"type": "hosted"},
        "issuedOn": moment(held.awarded_at),
    }
    if held.valid_until is not None:
        found["expires"] = moment(held.valid_until)
    return found


def baked_assertion(addresses: Addresses, held: HeldBadge, twin: Twin | None) -> str:
    """Return what a picture carries beside the newer form; empty for nothing."""
    if twin is None or held.revoked_at is not None or not held.achievement:
        return ""
    return dump(assertion(addresses, held, twin)).decode()


def gone(address: str, reason: str) -> Json:
    """Return what is answered at the address of an assertion that counts no more."""
    return {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": address,
        "revoked": True,
        "revocationReason": reason,
    }


def badge_class(
    addresses: Addresses, published: PublishedAchievement, *, is_sample: bool = False
) -> Json:
    """Return what a badge is given for."""
    document = published.document
    name = str(document["name"])
    found: Json = {
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": addresses.badge_class(document["id"]),
        "name": f"{SAMPLE}{name}" if is_sample else name,
        "description": document["description"],
        "image": {"id": document["image"]["id"], "caption": document["image"].get("caption", name)},
        "criteria": dict(document["criteria"]),
        "issuer": addresses.older_issuer(published.city),
        "@language": published.language,
        "version": published.version,
    }
    if alignments := [_alignment(one) for one in document.get("alignment", ())]:
        found["alignment"] = alignments
    if tags := list(document.get("tag", ())):
        found["tags"] = tags
    return found


def issuer_profile(addresses: Addresses, city: str, issuer: Issuer, email: str = "") -> Json:
    """Return who gives badges.

    Args:
        email: Where people write to; empty where the city says none.
    """
    found: Json = {
        "@context": CONTEXT,
        "type": "Issuer",
        "id": addresses.older_issuer(city),
        "name": issuer.name,
        "url": issuer.address,
        "verification": {"type": "hosted", "startsWith": [addresses.hosted("")]},
    }
    if email:
        found["email"] = email
    return found


def _alignment(one: Mapping[str, Any]) -> Json:
    return {name: one[name] for name in _TARGETS if one.get(name)}
