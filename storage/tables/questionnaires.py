"""Questionnaires as people fill them in."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds

UNFINISHED_FOR = timedelta(days=180)
WITHDRAWN_FOR = timedelta(days=30)
WITH_THE_PERSON_FOR = timedelta(days=365)
THREE_YEARS = timedelta(days=1095)


@holds(
    Holding(
        "person",
        person="person",
        personal=("organisation", "subject", "team", "questionnaire", "answers", "contact"),
        retention=(
            Retention("changed_at", UNFINISHED_FOR, only={"state": ("work",)}),
            Retention("changed_at", WITHDRAWN_FOR, only={"state": ("withdrawn",)}),
            Retention(
                "sent_at",
                WITH_THE_PERSON_FOR,
                scrub={"person": ""},
                only={"audience": ("learner",)},
            ),
            Retention("sent_at", THREE_YEARS),
        ),
    )
)
class ResponseRow(SQLModel, table=True):
    """A filled questionnaire; `answers` are JSON under the questionnaire's version.

    What was sent for an organisation stays with it when its person leaves, without the person.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_person", "person", "state"),
        Index("ix_response_organisation", "organisation", "state"),
        Index("ix_response_city", "city", "audience", "state", "id"),
        Index("ix_response_changed", "changed_at"),
        Index("ix_response_sent", "sent_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    audience: str
    organisation: str = ""
    subject: str = ""
    team: str = ""
    questionnaire: str
    version: int
    answers: bytes
    state: str = "work"
    contact: str = ""
    follows: str = ""
    started_at: datetime = Field(sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
