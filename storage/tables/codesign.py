"""Rounds in which people comment on the descriptors of a framework."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody

TWO_YEARS = timedelta(days=730)


@nobody("which rounds there were, for as long as there is a framework that came of them")
class CodesignRoundRow(SQLModel, table=True):
    """A round; days are ISO dates in its city, `areas` are codes with spaces between."""

    __tablename__ = "codesign_round"
    __table_args__ = (
        Index("ix_codesign_round_token", "token", unique=True),
        Index("ix_codesign_round_city", "city", "closes_on"),
    )

    id: str = Field(primary_key=True)
    token: str
    city: str
    title: str
    framework: str
    version: str
    areas: str = ""
    opens_on: str
    closes_on: str
    share: int
    made_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("round", "kind"),
        retention=(Retention("joined_at", TWO_YEARS),),
    )
)
class CodesignPartRow(SQLModel, table=True):
    """Somebody who takes part, and whether what they say may stay when they go."""

    __tablename__ = "codesign_part"
    __table_args__ = (
        Index("ix_codesign_part_person", "person"),
        Index("ix_codesign_part_joined", "joined_at"),
    )

    round: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    kind: str
    keeps: bool = False
    joined_at: datetime = Field(sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("round", "kind", "item", "clear", "matters"),
        retention=(Retention("given_at", TWO_YEARS),),
    )
)
class CodesignCommentRow(SQLModel, table=True):
    """A descriptor that somebody was given; without a person where they went and let it stay."""

    __tablename__ = "codesign_comment"
    __table_args__ = (
        Index("ix_codesign_comment_person", "person", "round"),
        # All that is counted, so that giving out descriptors reads the index alone.
        Index(
            "ix_codesign_comment_round",
            "round",
            "item",
            "kind",
            "is_skipped",
            "answered_at",
            "given_at",
        ),
        Index("ix_codesign_comment_given", "given_at"),
    )

    id: str = Field(primary_key=True)
    round: str
    person: str
    kind: str
    item: str
    clear: str = ""
    matters: str = ""
    is_skipped: bool = False
    given_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("round", "kind", "item", "words", "verdict", "why"),
        retention=(Retention("said_at", TWO_YEARS),),
    )
)
class CodesignSuggestionRow(SQLModel, table=True):
    """Other words for a descriptor, or with no item what is missing; and what staff made of it."""

    __tablename__ = "codesign_suggestion"
    __table_args__ = (
        Index("ix_codesign_suggestion_person", "person", "round"),
        Index("ix_codesign_suggestion_round", "round", "item"),
        Index("ix_codesign_suggestion_said", "said_at"),
    )

    id: str = Field(primary_key=True)
    round: str
    person: str
    kind: str
    item: str = ""
    words: str
    may_stay: bool = False
    is_open: bool = False
    verdict: str = ""
    why: str = ""
    said_at: datetime = Field(sa_type=Instant)


@nobody("what staff decided for the next draft, which says it too")
class CodesignChangeRow(SQLModel, table=True):
    """One change of the next draft; `suggestions` are ids with spaces between."""

    __tablename__ = "codesign_change"

    round: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    act: str
    competence: str
    level: int
    words: str = ""
    why: str
    suggestions: str = ""
    changed_at: datetime = Field(sa_type=Instant)
