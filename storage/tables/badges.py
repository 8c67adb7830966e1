"""Badges: what people hold, what was published about them, and how they are claimed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Field, Index, SQLModel

from storage.instants import Instant
from storage.privacy.holdings import Holding, Retention, holds, nobody

THIRTEEN_MONTHS = timedelta(days=395)
HALF_A_YEAR = timedelta(days=180)
_SIGNED_FOR_EVER = "as long as badges that name it may be verified"


@holds(
    Holding(
        "person",
        person="person",
        personal=(
            "token",
            "plan",
            "about",
            "achievement",
            "version",
            "language",
            "wish",
            "pair",
            "document",
            "jws",
            "problem",
            "shown_as",
        ),
        forever="as long as the person: erasure takes the badge back and leaves nothing of theirs",
    )
)
class BadgeRow(SQLModel, table=True):
    """A person's badge. `wish` is what signing it takes; the rest is what came of it.

    `renewed_at` is when it was last to be signed anew after its holder had it; `taken_told_at` is
    when its holder was told that it was taken back.
    """

    __tablename__ = "badge"
    __table_args__ = (
        Index("ix_badge_token", "token", unique=True),
        Index("ix_badge_person", "person", "id"),
        Index("ix_badge_state", "state", "leased_until"),
        Index("ix_badge_pair", "city", "pair"),
        Index("ix_badge_until", "valid_until"),
        Index("ix_badge_untold", "told_at", "state"),
        Index("ix_badge_taken", "taken_told_at", "revoked_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    token: str
    plan: str
    about: str
    wish: str
    state: str = "waiting"
    subject: str
    achievement: str = ""
    version: str = ""
    language: str = "en"
    list_number: int | None = None
    list_index: int | None = None
    pair: str = ""
    document: bytes = b""
    jws: str = ""
    awarded_at: datetime = Field(sa_type=Instant)
    signed_at: datetime | None = Field(default=None, sa_type=Instant)
    valid_until: datetime | None = Field(default=None, sa_type=Instant)
    leased_until: datetime | None = Field(default=None, sa_type=Instant)
    tries: int = 0
    problem: str = ""
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    reason: str = ""
    told_at: datetime | None = Field(default=None, sa_type=Instant)
    renewed_at: datetime | None = Field(default=None, sa_type=Instant)
    taken_told_at: datetime | None = Field(default=None, sa_type=Instant)
    is_sample: bool = False
    is_shown: bool = False
    shown_as: str = ""


@holds(
    Holding(
        "person",
        person="person",
        personal=("badge", "token", "digest", "salt"),
        forever="until its holder takes the badge out of backpacks, or it is erased",
    )
)
class BadgeTwinRow(SQLModel, table=True):
    """A badge's address for older backpacks, under the hash of an e-mail address.

    The address itself was used once, to make the hash.
    """

    __tablename__ = "badge_twin"
    __table_args__ = (
        Index("ix_badge_twin_person", "person"),
        Index("ix_badge_twin_token", "token", unique=True),
    )

    badge: str = Field(primary_key=True)
    person: str
    token: str
    digest: str
    salt: str
    made_at: datetime = Field(sa_type=Instant)


@nobody("so that the address of an erased badge answers that it is gone; a hash, of nobody")
class GoneBadgeRow(SQLModel, table=True):
    """Where a badge was that was erased."""

    __tablename__ = "badge_gone"

    token_hash: str = Field(primary_key=True)
    gone_at: datetime = Field(sa_type=Instant)


@nobody(_SIGNED_FOR_EVER)
class StatusEntryRow(SQLModel, table=True):
    """A bit of a list of revoked badges that is taken; whose, only the badge says."""

    __tablename__ = "badge_status"
    __table_args__ = (Index("ix_badge_status_revoked", "city", "number", "revoked_at"),)

    city: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    entry: int = Field(primary_key=True)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody(_SIGNED_FOR_EVER)
class StatusListRow(SQLModel, table=True):
    """A list of revoked badges as it is handed out."""

    __tablename__ = "badge_status_list"

    city: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    entries: int = 0
    document: bytes = b""
    changed_at: datetime = Field(sa_type=Instant)
    signed_at: datetime | None = Field(default=None, sa_type=Instant)


@nobody(_SIGNED_FOR_EVER)
class AchievementRow(SQLModel, table=True):
    """An achievement as the badges that name it say it."""

    __tablename__ = "badge_achievement"

    city: str = Field(primary_key=True)
    achievement: str = Field(primary_key=True)
    version: str = Field(primary_key=True)
    language: str = Field(primary_key=True)
    plan: str
    document: str
    art: str
    made_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="made_by",
        personal=("plan", "course", "instance", "organisation", "about", "words", "token"),
        retention=(Retention("expires_at", THIRTEEN_MONTHS),),
    )
)
class ClassCodeRow(SQLModel, table=True):
    """A code of a provider with which people in a room claim a badge.

    `organisation` is the key of whose course it is for; empty in rows from before it was kept.
    """

    __tablename__ = "badge_code"
    __table_args__ = (
        Index("ix_badge_code_words", "city", "words", unique=True),
        Index("ix_badge_code_token", "token", unique=True),
        Index("ix_badge_code_maker", "made_by"),
        Index("ix_badge_code_organisation", "city", "organisation"),
        Index("ix_badge_code_expires", "expires_at"),
    )

    id: str = Field(primary_key=True)
    city: str
    made_by: str
    plan: str
    course: str
    instance: str
    organisation: str = ""
    about: str
    words: str
    token: str
    most_uses: int | None = None
    uses: int = 0
    needs_approval: bool = True
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("code", "plan", "course", "instance", "about", "called", "credential"),
        secret=("token_hash",),
        retention=(Retention("asked_at", THIRTEEN_MONTHS),),
    )
)
class ClaimRow(SQLModel, table=True):
    """Somebody says that they were there, or a link with which one person may say so.

    `noticed_at` is when the maker of the code was told of it, or decided on it; `told_at` is when
    its learner was told that it was refused, or not answered.
    """

    __tablename__ = "badge_claim"
    __table_args__ = (
        Index("ix_badge_claim_code", "code", "state"),
        Index("ix_badge_claim_person", "person", "code"),
        Index("ix_badge_claim_due", "state", "credential"),
        Index("ix_badge_claim_token", "token_hash", unique=True),
        Index("ix_badge_claim_asked", "asked_at"),
        Index("ix_badge_claim_unnoticed", "state", "noticed_at"),
        Index("ix_badge_claim_untold", "told_at", "state"),
    )

    id: str = Field(primary_key=True)
    city: str
    code: str
    person: str | None = None
    token_hash: str | None = None
    plan: str
    course: str
    instance: str
    about: str
    called: str = ""
    state: str
    credential: str = ""
    asked_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    noticed_at: datetime | None = Field(default=None, sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("label",),
        retention=(Retention("expires_at", timedelta(0)),),
    )
)
class ClaimLabelRow(SQLModel, table=True):
    """What whoever made a link calls the person that it is for, while it can be used.

    `person` is who wrote the label; of whom it speaks nothing else is kept.
    """

    __tablename__ = "claim_label"
    __table_args__ = (
        Index("ix_claim_label_person", "person"),
        Index("ix_claim_label_expires", "expires_at"),
    )

    claim: str = Field(primary_key=True)
    person: str
    label: str
    expires_at: datetime = Field(sa_type=Instant)


@holds(
    Holding(
        "person",
        person="person",
        personal=("plan", "about", "language", "endorser", "called", "narrative", "comment"),
        secret=("token_hash",),
        retention=(Retention("asked_at", HALF_A_YEAR),),
    )
)
class EndorsementRow(SQLModel, table=True):
    """Somebody was asked to confirm what a person declared.

    `told_at` is when the person was told that it came to nothing; a badge tells of itself.
    """

    __tablename__ = "badge_endorsement"
    __table_args__ = (
        Index("ix_badge_endorsement_person", "person"),
        Index("ix_badge_endorsement_token", "token_hash", unique=True),
        Index("ix_badge_endorsement_asked", "asked_at"),
        Index("ix_badge_endorsement_told", "told_at", "state"),
    )

    id: str = Field(primary_key=True)
    city: str
    person: str
    plan: str
    about: str
    language: str = "en"
    endorser: str
    called: str
    narrative: str
    comment: str = ""
    token_hash: str
    state: str = "asked"
    asked_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)
    told_at: datetime | None = Field(default=None, sa_type=Instant)
