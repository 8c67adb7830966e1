"""How people become staff and sign in: tokens that work once and are kept only as hashes."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.people.roles import Role

INVITATION_LASTS = timedelta(days=7)
LOGIN_LASTS = timedelta(minutes=10)
JOIN_LASTS = timedelta(minutes=30)
SESSION_IDLE = timedelta(minutes=30)
SESSION_LASTS = timedelta(hours=12)


def new_token() -> str:
    """Return a secret of 192 bits that fits a deep link (32 characters, A-Z a-z 0-9 _ -)."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """Return what is stored in a token's place. Its entropy makes a plain hash enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Invitation:
    """An offer of a role, open to the first who accepts it; a provider's names an organisation."""

    id: str
    role: Role
    cities: tuple[str, ...]
    invited_by: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    provider: str = ""


@dataclass(frozen=True, slots=True)
class WebSession:
    """A signed-in member of staff in one browser.

    Attributes:
        token: The secret for the cookie; empty when read back, as only its hash is kept.
        csrf: What every form must carry.
    """

    token: str
    person: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
