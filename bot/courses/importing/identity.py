"""Names for courses and runs that stay the same from one import to the next."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b

ID_LENGTH = 16


def course_id(city: str, provider: str, reference: str) -> str:
    """Return 16 characters of [a-z2-7] for a provider's own identifier of a course.

    They fit a public address, a key, and a deep link. Case and spacing of the provider's name
    and of the identifier do not matter.
    """
    return _short(ID_LENGTH, city, _key(provider), _key(reference))


def text_reference(title: str, text: str) -> str:
    """Return an identifier for a course that has none of its own, from what it says."""
    return "text-" + _short(ID_LENGTH, _key(title), _key(text))


def instance_id(*facts: object) -> str:
    """Return 8 characters of [a-z2-7] that tell a run from the others of its course."""
    return _short(8, *(str(fact) for fact in facts))


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _short(length: int, *parts: str) -> str:
    digest = blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).digest()
    return b32encode(digest).decode("ascii").lower()[:length]
