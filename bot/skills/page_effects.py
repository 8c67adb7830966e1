"""What a conversation can do about the page of a person's own result. Both are calls."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenResultPage:
    """Give a result an address that whoever has it can read. Returns {"link": the address}.

    Attributes:
        sitting: Empty for where the person stands by all their sittings.
    """

    sitting: str = ""


@dataclass(frozen=True, slots=True)
class CloseResultPage:
    """Switch the address off, for good and at once. Returns {"was_open": whether it was on}."""

    sitting: str = ""
