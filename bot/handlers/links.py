"""Addresses that Telegram takes in links and buttons."""

from __future__ import annotations

from urllib.parse import urlsplit

_SCHEMES = frozenset({"http", "https"})


class Links:
    """Completes our own addresses and keeps out what Telegram would refuse.

    Args:
        public_url: Where our web pages are, for addresses that begin with a slash.
    """

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url.rstrip("/")

    def absolute(self, url: str) -> str:
        """Return the whole address."""
        return f"{self._public_url}{url}" if url.startswith("/") else url

    def takes(self, url: str) -> bool:
        """Whether Telegram takes this whole address: one bad button loses the whole message."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme == "tg":
            return True
        return parts.scheme in _SCHEMES and "." in host.strip(".") and url.isprintable()
