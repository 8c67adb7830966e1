"""What the pages of employers' reports need from the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.insights.comparing import Comparison
from bot.needs.overview import Overview


@dataclass(frozen=True, slots=True)
class ShownNeeds:
    """A report at its address.

    Attributes:
        compared: Competences beside sector and city, where enough organisations answered.
        at: When it was made: what is on offer changes every day.
    """

    token: str
    overview: Overview
    compared: tuple[Comparison, ...]
    at: datetime


class NeedsReports(Protocol):
    """Reports of organisations, by their secret addresses."""

    async def shared(self, token: str) -> ShownNeeds | None:
        """Return the report at an address; None where there is none, or it is off."""
        ...


class NoNeedsReports:
    """Holds none."""

    async def shared(self, token: str) -> ShownNeeds | None:
        """Return None."""
        del token
        return None
