"""What the page of whoever confirms somebody's learning needs from the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from bot.badges.held import EndorsementRequest

Outcome: TypeAlias = Literal["given", "refused", "taken", "own", "closed"]
"""Confirmed; not confirmed; taken back; asked of whoever declared it themselves; nothing is asked
any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What whoever has the link says.

    Attributes:
        called: The name with which they confirm; empty for the one that they were called.
        comment: What they saw, in their words.
    """

    is_given: bool
    called: str = ""
    comment: str = ""


class Confirming(Protocol):
    """Requests to confirm, by the token of their link."""

    async def find(self, token: str) -> EndorsementRequest | None:
        """Return what is asked, or what was confirmed; None where nothing is asked any more."""
        ...

    async def answer(self, token: str, address: str, reply: Reply) -> Outcome:
        """Take an answer, once; `address` is the chat of the browser, where it has one."""
        ...

    async def take_back(self, token: str, reason: str) -> Outcome:
        """Take a confirmation back; `reason` is the id of the text that says why."""
        ...


class NoConfirming:
    """Nobody is asked anything."""

    async def find(self, token: str) -> EndorsementRequest | None:  # noqa: ARG002
        """Return nothing."""
        return None

    async def answer(self, token: str, address: str, reply: Reply) -> Outcome:  # noqa: ARG002
        """Take nothing."""
        return "closed"

    async def take_back(self, token: str, reason: str) -> Outcome:  # noqa: ARG002
        """Take nothing back."""
        return "closed"
