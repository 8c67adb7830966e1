"""What may stand on a card that is shared: a person's own few words, and nothing that misleads."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 90
SHORTEST: Final = 3
_ADDRESS = re.compile(
    r"https?:|www\.|@\w|t\.me|\b[\w-]{2,}\.(?:com|co|uk|org|net|io|info|ru|me|ly|gg|xyz|app|dev)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\d[ ()+./-]?){7,}")


def problem_of(words: str) -> str:
    """Return the id of the text that says why words cannot stand there; empty where they can."""
    plain = " ".join(words.split())
    if len(plain) < SHORTEST or not any(letter.isalpha() for letter in plain):
        return "pledge.too_short"
    if len(plain) > LONGEST:
        return "pledge.too_long"
    if _ADDRESS.search(plain):
        return "pledge.no_links"
    return "pledge.no_numbers" if _NUMBER.search(plain) else ""
