"""What both channels let a person do, and how what they show is made comparable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Protocol

from tests.support.png import png_size
from tests.transcripts.format import Heard
from tests.transcripts.house import PUBLIC
from tests.transcripts.page import INVISIBLE

_TOKEN = re.compile(
    r"(claim_|codesign_|join_|employers_|/join/|invite_|/staff/login/|/results/own/|/results/|/needs/"
    r"|/cv/)"
    r"([A-Za-z0-9_-]{16,})"
)
_REFERENCE = re.compile(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b|\bC-[2-9A-Z]{6}\b")
"""What people read out to staff: their own, and a complaint's."""
_CODE_WORDS = re.compile(r"\b[a-z]+-[a-z]+-[1-9][0-9]\b")
"""What people in a room type, such as "maple-otter-47"."""
ICS = ("SUMMARY", "DTSTART")
SMALLEST_PICTURE = 320
"""Pixels of a side: less than a phone is wide would be no picture to read."""


class NotShownError(AssertionError):
    """A person looked for something that the chat does not show."""


class Side(Protocol):
    """A person at one channel."""

    async def begin(self) -> None:
        """Look at the chat before anything was done."""

    async def type(self, text: str) -> None:
        """Write words."""

    async def press(self, label: str, under: str = "", times: int = 1) -> None:
        """Press the newest button with a label, or that of the newest message with some words."""

    async def share(self, latitude: float, longitude: float) -> None:
        """Share where they are."""

    async def edit(self, old: str, new: str) -> None:
        """Change words that were written before."""

    async def block(self, is_blocked: bool) -> None:
        """Block the bot, or let it write again."""

    async def heard(self) -> list[Heard]:
        """Return what was shown since the last time."""


class Tokens:
    """Gives each random token of a play a name: TOKEN1, TOKEN2 and so on."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, token: str, name: str = "") -> str:
        number = sum(one.startswith("TOKEN") for one in self._names.values()) + 1
        return self._names.setdefault(token, name or f"TOKEN{number}")

    def hidden(self, text: str) -> str:
        """Put names in the place of tokens."""
        shown = _CODE_WORDS.sub("CODE-WORDS", text)
        shown = _REFERENCE.sub(lambda found: self.name(found[0]), shown)
        return _TOKEN.sub(lambda found: found[1] + self.name(found[2]), shown)

    def revealed(self, text: str) -> str:
        """Put tokens in the place of their names."""
        for token, name in self._names.items():
            text = text.replace(name, token)
        return text


def comparable(kind: str, lines: Iterable[str], tokens: Tokens) -> Heard:
    """Leave out what a reader does not see and what differs from play to play."""
    plain = (
        tokens.hidden(line.translate(INVISIBLE).replace(PUBLIC, "")).rstrip() for line in lines
    )
    return Heard(kind, tuple(line for line in plain if line))


def described(file: bytes) -> str:
    """Return in one line what a file holds: a picture, sittings of a calendar, tables of an export.

    How large a picture is depends on how it is drawn, so a talk does not tell it.
    """
    if file.startswith(b"\x89PNG"):
        return "picture" if min(png_size(file)) >= SMALLEST_PICTURE else "picture, too small"
    if file.startswith(b"BEGIN:VCALENDAR"):
        titles, starts = (re.findall(rf"(?m)^{name}[:;](.+?)\r?$", file.decode()) for name in ICS)
        return f"calendar file: {titles[-1]}, {len(titles)} x, {starts[-1]}"
    tables = {name: len(rows) for name, rows in json.loads(file).items() if isinstance(rows, list)}
    return "data file: " + ", ".join(f"{name} {rows}" for name, rows in tables.items() if rows)
