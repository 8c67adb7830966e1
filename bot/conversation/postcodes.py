"""Finding a British postcode in what people type."""

from __future__ import annotations

from bot.conversation.tokens import words_of

_INWARD_NEVER = frozenset("CIKMOV")
_AS_DIGIT = {"O": "0", "I": "1", "L": "1", "S": "5"}
_INWARD = 3


def find_postcode(text: str) -> str | None:
    """Return the first full postcode in a text, as in "M14 5RX"; None where there is none."""
    words = [word.upper() for word in words_of(text)]
    for position, word in enumerate(words):
        whole = _read(word) or _read("".join(words[position : position + 2]))
        if whole:
            return whole
    return None


def _read(joined: str) -> str | None:
    has_digit = any(char.isdigit() for char in joined)
    if not joined.isascii() or not has_digit or not 5 <= len(joined) <= 7:
        return None
    outward, inward = joined[:-_INWARD], joined[-_INWARD:]
    inward = _AS_DIGIT.get(inward[0], inward[0]) + inward[1:]
    if not inward[0].isdigit() or not inward[1:].isalpha() or _INWARD_NEVER & set(inward[1:]):
        return None
    for written in (outward, _mended(outward)):
        if _is_outward(written):
            return f"{written} {inward}"
    return None


def _is_outward(code: str) -> bool:
    letters = 2 if code[1:2].isalpha() else 1
    head, tail = code[:letters], code[letters:]
    if not head.isalpha() or not 1 <= len(tail) <= 2 or not tail[0].isdigit():
        return False
    return len(tail) == 1 or tail[1].isalnum()


def _mended(code: str) -> str:
    """Return the code with a letter typed for a digit behind its first letter mended."""
    return code[:1] + "".join(_AS_DIGIT.get(char, char) for char in code[1:])
