"""What staff had better look at before they let an employer invite people.

The list asks; it states no law. Where a rate or a rule matters it says who publishes it.
"""

from __future__ import annotations

from bot.talent.records import Details, Kind, Pay

MONEY = ("bitcoin", "crypto", "deposit", "gift card", "upfront", "up front", "whatsapp", "telegram")
"""Words that honest offers rarely need and dishonest ones often do."""
MANY_DIGITS = 7


def checks(details: Details) -> tuple[str, ...]:
    """Return what to look at, as the names of texts."""
    found = ["real", "fair"]
    if details.pay is Pay.PAID:
        found.append("pay")
    elif details.kind is Kind.APPRENTICESHIP:
        found.append("apprentice_unpaid")
    elif details.kind is Kind.PLACEMENT:
        found.append("placement_unpaid")
    if details.kind is Kind.VOLUNTEERING:
        found.append("volunteering")
    words = f"{details.title} {details.summary} {details.pay_words}".casefold()
    if _has_contact(words):
        found.append("contact")
    if any(one in words for one in MONEY):
        found.append("money")
    return tuple(found)


def _has_contact(words: str) -> bool:
    """Whether there is an address or a telephone number: answers should come through the bot."""
    digits = run = 0
    for one in words:
        run = run + 1 if one.isdecimal() else run if one in " -()+" else 0
        digits = max(digits, run)
    return digits >= MANY_DIGITS or any(one in words for one in ("@", "http", "www."))
