"""Random secrets, their hashes and signatures."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,128}\Z")


def new_secret() -> str:
    """Return 128 random bits, safe in cookies, forms and addresses."""
    return secrets.token_urlsafe(16)


def is_secret(text: str) -> bool:
    """Say whether a text could be one of our secrets, so that rubbish is never looked up."""
    return _SECRET.match(text) is not None


def hash_of(purpose: str, secret: str) -> str:
    """Return what is stored in place of a secret; differs from purpose to purpose."""
    return hashlib.sha256(f"{purpose}\0{secret}".encode()).hexdigest()


def signature(key: bytes, purpose: str, *parts: str) -> str:
    """Sign parts for one purpose."""
    signed = "\0".join((purpose, *parts)).encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()


def is_signed(given: str, key: bytes, purpose: str, *parts: str) -> bool:
    """Compare a signature in constant time."""
    return is_same(given, signature(key, purpose, *parts))


def is_same(given: str, expected: str) -> bool:
    """Compare two secrets in constant time; an empty one is never the same."""
    equal = hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
    return equal and bool(expected)
