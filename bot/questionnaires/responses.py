"""A questionnaire as somebody fills it in, over weeks, and as it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.questionnaires.records import Filled

MOST_RESPONSES = 40
"""Of one person: more are no longer begun."""


class State(StrEnum):
    """How far a response is."""

    WORK = "work"
    SENT = "sent"
    REPLACED = "replaced"
    """Sent, and a newer one of the same person for the same team counts instead."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Response:
    """One filled questionnaire.

    Attributes:
        person: Who answers; empty once they are gone and the answers stay.
        audience: Of the questionnaire: employer, provider, learner or resident.
        organisation: Its id; empty where nobody answers for one.
        subject: What it is about: a course's id (learner), a provider's name (provider).
        team: For which team of the organisation.
        contact: Where the city may write, where no organisation is answered for.
        follows: The response whose answers it began with; empty for none.
    """

    id: str
    city: str
    person: str
    audience: str
    organisation: str
    subject: str
    filled: Filled
    state: State
    started_at: datetime
    changed_at: datetime
    sent_at: datetime | None = None
    team: str = ""
    contact: str = ""
    follows: str = ""
