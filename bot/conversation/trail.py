"""Keys for loops: named by the way that led there, so that another way finds other keys."""

from __future__ import annotations

from hashlib import blake2s

_BYTES = 4


def onward(trail: str, answer: object) -> str:
    """Return the trail behind an answer.

    In a loop whose rounds depend on each other, a key that carries the trail keeps answers apart
    that were given on different ways: after an edit, what was answered behind it sleeps instead
    of being taken for an answer to something else.

    Args:
        trail: The trail so far; empty at the start.
        answer: What was answered; its text form stands for it.

    Returns:
        Digits, so that keys of all rounds look alike but for their numbers.
    """
    digest = blake2s(f"{trail} {answer}".encode("utf-8", "replace"), digest_size=_BYTES).digest()
    return str(int.from_bytes(digest))
