"""Links and ways to reach a provider: only what can be opened safely."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bot.courses.importing.fields.text import clean_line

MAX_LINK = 1_500
_HOST = re.compile(r"^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$", re.UNICODE)
_BARE = re.compile(r"^www\.[^\s/]{3,200}")
_EMAIL = re.compile(r"^[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}$")
_PHONE = re.compile(r"^\+?[\d ()./-]{7,24}(?: ?(?:ext|x)\.? ?\d{1,6})?$")


def read_link(raw: object, base: str = "") -> str:
    """Return an http or https address, or nothing.

    Args:
        raw: The address; "www..." gets https; a relative one is resolved against the base.
        base: Where the file came from.
    """
    text = raw.strip() if isinstance(raw, str) else ""
    if not text or len(text) > MAX_LINK or any(c.isspace() or not c.isprintable() for c in text):
        return ""
    if _BARE.match(text):
        text = f"https://{text}"
    try:
        if base and "://" not in text[:12]:
            text = urljoin(base, text)
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or parts.username is not None:
        return ""
    return text if _HOST.match(host) and not set(text) & set('<>"`\\{}|^') else ""


def read_contact(*parts: object) -> str:
    """Return the phone numbers and e-mail addresses among the parts, separated by commas."""
    found = []
    for part in parts:
        text = clean_line(part, 120)
        if _EMAIL.match(text) or (_PHONE.match(text) and _is_real_phone(text)):
            found.append(text)
    return ", ".join(dict.fromkeys(found))


def _is_real_phone(text: str) -> bool:
    digits = [char for char in text if char.isdigit()]
    return len(digits) >= 7 and len(set(digits)) > 2
