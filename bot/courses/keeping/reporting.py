"""What people say is wrong with a listing: which reasons there are, how often, and no contacts."""

from __future__ import annotations

import re
from datetime import timedelta

REASONS = ("closed", "date", "price", "place", "link", "other")
MOST_WORDS = 300
MOST_A_DAY = 10
"""Reports of one person."""
A_DAY = timedelta(days=1)
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")
_NUMBER = re.compile(r"\+?\d[\d ().-]{8,24}\d")
LEAST_DIGITS = 10
"""A phone number has as many; a date has fewer."""


def without_contacts(words: str) -> str:
    """Return words with e-mail addresses and phone numbers taken out, cut to what is kept."""
    plain = _MAIL.sub("\u2026", words.strip())
    return _NUMBER.sub(_without_number, plain)[:MOST_WORDS]


def _without_number(found: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in found[0])
    return "\u2026" if digits >= LEAST_DIGITS else found[0]
