"""Who somebody is to the bot: a few facts and no name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.people.age import AgeBand


@dataclass(frozen=True, slots=True)
class Person:
    """A person, known by an id that means nothing outside this installation.

    Attributes:
        id: UUIDv7 as 32 hex digits.
        city: The id of their city; empty until they chose one.
        language: BCP 47 code of the language they are spoken to in.
        version: Rises with every turn; guards against two turns at once.
        notice_version: The privacy notice they accepted; None before that.
        age_band: None where nothing asked for it yet.
        memory: Small JSON facts that the turn pipeline keeps between turns.
        seen_at: Their last turn.
    """

    id: str
    city: str = ""
    language: str = "en"
    version: int = 0
    notice_version: str | None = None
    notice_at: datetime | None = None
    age_band: AgeBand | None = None
    memory: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    seen_at: datetime | None = None

    @property
    def has_accepted(self) -> bool:
        """Whether they accepted a privacy notice, so that anything may be kept."""
        return self.notice_version is not None


@dataclass(frozen=True, slots=True)
class Contact:
    """An address at which a person is reached: one chat of one bot of one channel."""

    channel: str
    bot: str
    chat: str
    person: str
    is_reachable: bool = True
    seen_at: datetime | None = None
