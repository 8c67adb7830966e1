"""Hashing an e-mail address for backpacks that find badges by it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from bot.badges.records import HashedEmail

SALT_BYTES = 16
_DIGEST = re.compile(r"sha256\$[0-9a-f]{64}")


def hash_email(address: str, salt: str = "") -> HashedEmail:
    """Hash an address, lower-cased, with a salt that is made anew where none is given."""
    salt = salt or secrets.token_urlsafe(SALT_BYTES)
    digest = hashlib.sha256((address.strip().lower() + salt).encode()).hexdigest()
    return HashedEmail(f"sha256${digest}", salt)


def is_hash(hashed: HashedEmail) -> bool:
    """Whether this is a hash as `hash_email` makes it, with a salt that is long enough."""
    return bool(_DIGEST.fullmatch(hashed.digest)) and len(hashed.salt) >= SALT_BYTES


def is_email(hashed: HashedEmail, address: str) -> bool:
    """Whether a hash is that of an address."""
    return hmac.compare_digest(hash_email(address, hashed.salt).digest, hashed.digest)
