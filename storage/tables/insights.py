"""Figures about a city, and which answers were counted in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Retention, nobody


@nobody("sums over six organisations or more, as they stood when the cohort was formed")
class CohortRow(SQLModel, table=True):
    """Organisations that are told of together; `now` and `should` are thousandths of levels."""

    __tablename__ = "cohort"
    __table_args__ = (Index("ix_cohort_city", "city", "formed_on"),)

    id: str = Field(primary_key=True)
    city: str
    framework: str
    competence: str
    sector: str = ""
    organisations: int
    now: int
    should: int
    formed_on: str


@nobody("which of an organisation's answers were counted, without them; goes with the organisation")
class CohortAnswerRow(SQLModel, table=True):
    """An answer of an organisation that was counted in a cohort, which may be over by now."""

    __tablename__ = "cohort_answer"
    __table_args__ = (Index("ix_cohort_answer_city", "city", "organisation"),)

    organisation: str = Field(primary_key=True)
    framework: str = Field(primary_key=True)
    competence: str = Field(primary_key=True)
    city: str
    cohort: str
    answered_at: datetime = Field(sa_type=Instant)


@nobody("figures about a city, with what would tell of fewer than five left out")
class CityFiguresRow(SQLModel, table=True):
    """One kind of figures as they were rolled up last; earlier ones are not kept."""

    __tablename__ = "city_figures"

    city: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=Instant)
    body: bytes


@nobody(
    "what was told of a week or month: counts of five or more",
    Retention("starts_at", timedelta(days=1095)),
)
class ReleaseRow(SQLModel, table=True):
    """One sheet of figures of one period, told once and never changed.

    `starts_at` is the first moment of the period's first day in UTC; `body` is JSON.
    """

    __tablename__ = "insight_release"
    __table_args__ = (Index("ix_insight_release_starts", "starts_at"),)

    city: str = Field(primary_key=True)
    sheet: str = Field(primary_key=True)
    starts_at: datetime = Field(primary_key=True, sa_type=Instant)
    made_at: datetime = Field(sa_type=Instant)
    body: bytes
