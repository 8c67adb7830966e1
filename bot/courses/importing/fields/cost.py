"""What a course costs: a number only where the words say exactly one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.courses.importing.fields.text import clean_text

_AMOUNT = r"(?:£|gbp)?\s?(\d{1,3}(?:,\d{3}){1,2}|\d{1,7})(\.\d{1,4})?\s?(?:gbp|pounds?)?"
_NEGATIVE = re.compile(rf"^[-−]\s?{_AMOUNT}$")
_PLAIN = re.compile(rf"^{_AMOUNT}$")
_TAILED = re.compile(
    rf"^{_AMOUNT} (?:per person|per learner|per student|each|in total|total|full fee|full price|"
    r"for the (?:whole )?course|for the full course)\.?$"
)
_WITH_NOTE = re.compile(rf"^{_AMOUNT}\s?\((.{{1,200}})\)\.?$")
_UK_PART = re.compile(rf"^uk(?: fee)?\s?:\s?{_AMOUNT}$")
_FREE = re.compile(
    r"^(?:free|free of charge|no charge|no cost|no fees?|nothing|completely free|totally free|"
    r"free to attend|free to join|free entry|free admission|free event|free course|"
    r"(?:this|the) (?:course|event|session|class|workshop) is free|it is free|it's free)"
    r"(?:$|\s?[.,;:!(–—-]|\s-)"
)
_UNLESS = re.compile(
    r"\d|£|\bif\b|\bunless\b|\botherwise\b|\bconcession|\beligib|\bonly for\b|\bdeposit\b|\bfee\b"
)
_NOTE_IS_CONCESSION = re.compile(
    r"concession|conc\b|unwaged|benefit|student|senior|over 60|discount|universal credit"
)


@dataclass(frozen=True, slots=True)
class Cost:
    """A price.

    Attributes:
        amount: Pounds; 0 only where it is known to be free; None where not known.
        words: What the provider says beyond the number, whole.
        concessions: The part of the words that says who pays less.
        is_ambiguous: A bare zero that may mean "nothing entered", or a price below zero.
    """

    amount: Decimal | None = None
    words: str = ""
    concessions: str = ""
    is_ambiguous: bool = False


NO_PRICE = Cost()


def read_cost(raw: object, description: object = "", *, zero_is_free: bool) -> Cost:
    """Read a price and what is said about it.

    Args:
        raw: The price field: a number, "free" or prose.
        description: Further words on the price.
        zero_is_free: A person or a typed offer wrote the zero; elsewhere a zero counts as
            unknown unless the words say free.
    """
    price, words = clean_text(raw, 1_000), clean_text(description, 1_000)
    if _NEGATIVE.match(price):
        return Cost(None, words, "", is_ambiguous=True)
    amount = _number(price)
    if amount is None:
        said = "\n".join(part for part in (price, words) if part)
        found, concessions = _from_words(price or words)
        return Cost(found, "" if _is_only_free(said) else said, concessions)
    if amount > 0:
        return Cost(amount, words)
    if zero_is_free or "£" in price or says_free(words):
        return Cost(Decimal(0), "" if _is_only_free(words) else words)
    return Cost(None, words, "", not words)


def says_free(words: str) -> bool:
    """Tell whether the words say that it is free for everybody."""
    lower = words.casefold().strip()
    match = _FREE.match(lower)
    return match is not None and not _UNLESS.search(lower[match.end() :])


def _is_only_free(words: str) -> bool:
    return words.casefold().strip(" .!") in {"free", "free of charge", "no charge", "no cost"}


def _number(text: str) -> Decimal | None:
    match = _PLAIN.match(text.lower())
    return _decimal(match) if match else None


def _decimal(match: re.Match[str]) -> Decimal | None:
    try:
        return Decimal(match[1].replace(",", "") + (match[2] or "")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _from_words(text: str) -> tuple[Decimal | None, str]:
    """Return the one amount that prose states for everybody, and its note on concessions."""
    lower = text.lower()
    if says_free(lower):
        return Decimal(0), ""
    if match := _TAILED.match(lower):
        return _decimal(match), ""
    if match := _WITH_NOTE.match(lower):
        note = text[match.start(3) : match.end(3)]
        if _NOTE_IS_CONCESSION.search(match[3]):
            return _decimal(match), note
        return None, ""
    return _uk_part(lower), ""


def _uk_part(lower: str) -> Decimal | None:
    if "per unit" in lower or "per stage" in lower or "per module" in lower:
        return None
    for part in lower.split(";"):
        if match := _UK_PART.match(part.strip(" .\n")):
            return _decimal(match)
    return None
