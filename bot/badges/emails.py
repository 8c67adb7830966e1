"""Hashing an e-mail address for backpacks that find badges by it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from bot.badges.records import HashedEmail

SALT_BYTES = 16


def hash_email(address: str, salt: str = "") -> HashedEmail:
    """Hash an address, lower-cased, with a salt that is made anew where none is given."""
    salt = salt or secrets.token_urlsafe(SALT_BYTES)
    digest = hashlib.sha256((address.strip().lower() + salt).encode()).hexdigest()
    return HashedEmail(f"sha256${digest}", salt)


def is_email(hashed: HashedEmail, address: str) -> bool:
    """Whether a hash is that of an address."""
    return hmac.compare_digest(hash_email(address, hashed.salt).digest, hashed.digest)
