"""Our own short addresses: who follows one is counted once, and nobody else learns of it.

The code in an address names the button of a run and the delivery that carried it, and is signed,
so that numbers cannot be tried: `TOKEN.NUMBER.MARK`.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

_MARK = 8
LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A short address.

    Attributes:
        token: Names it.
        part: The button.
        target: Where it leads.
        secret: Signs the deliveries that carry it.
    """

    token: str
    broadcast: str
    part: str
    target: str
    secret: str


def code_of(link: ShortLink, number: int) -> str:
    """Return the code that one delivery carries."""
    return f"{link.token}.{number}.{_mark(link, number)}"


def token_of(code: str) -> str:
    """Return the token of a code; something that names no link where it is none."""
    return code[:LONGEST_CODE].partition(".")[0]


def number_of(link: ShortLink, code: str) -> int | None:
    """Return the delivery that a code was made for; None where it was not made by us."""
    token, _, rest = code[:LONGEST_CODE].partition(".")
    number, _, mark = rest.partition(".")
    if token != link.token or not (number.isascii() and number.isdigit()):
        return None
    is_ours = hmac.compare_digest(mark.encode(), _mark(link, int(number)).encode())
    return int(number) if is_ours else None


def _mark(link: ShortLink, number: int) -> str:
    signed = hmac.new(link.secret.encode(), f"{link.token}.{number}".encode(), hashlib.sha256)
    return urlsafe_b64encode(signed.digest()).decode()[:_MARK]
