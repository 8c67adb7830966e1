"""What the short addresses of campaigns need from the rest of the program."""

from __future__ import annotations

from typing import Protocol


class ShortLinks(Protocol):
    """Our own short addresses, by the code in them."""

    async def follow(self, code: str, *, is_counted: bool) -> str:
        """Return where an address leads, and count who follows it; empty where it never was."""
        ...


class NoShortLinks:
    """Leads nowhere."""

    async def follow(self, code: str, *, is_counted: bool) -> str:
        """Know no address."""
        del code, is_counted
        return ""
