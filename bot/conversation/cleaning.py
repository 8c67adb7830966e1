"""Cleaning what people type: hostile text becomes plain text of a bounded length."""

from __future__ import annotations

import unicodedata

MOST_UNITS = 4_096
MOST_MARKS = 4

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_KEPT_CONTROLS = "\n\t"


def clean(text: str, most: int = MOST_UNITS) -> str:
    """Return the text in NFC without NUL, controls, lone surrogates, bidi controls or piles.

    Args:
        text: Anything at all.
        most: The length kept, in UTF-16 units as Telegram counts.
    """
    if text.isascii() and text.isprintable() and len(text) <= most:
        return text.strip()
    text = text[: most * 2]
    kept = "".join(char for char in text if _is_kept(char))
    return cap(_cap_piles(unicodedata.normalize("NFC", kept)).strip(), most)


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def cap(text: str, most: int) -> str:
    """Return the beginning of the text that has at most that many UTF-16 units."""
    if utf16_length(text) <= most:
        return text
    encoded = text.encode("utf-16-le")[: most * 2]
    return encoded.decode("utf-16-le", "ignore").rstrip()


def _is_kept(char: str) -> bool:
    if char in _BIDI:
        return False
    category = unicodedata.category(char)
    return category not in ("Cc", "Cs", "Co") or char in _KEPT_CONTROLS


def _cap_piles(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
