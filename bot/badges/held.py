"""Badges as they are kept: asked for, signed, revoked, gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.badges.planning import About
from bot.badges.records import Evidence, HashedEmail, Json, Signed

State: TypeAlias = Literal["waiting", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class Endorser:
    """Somebody who confirmed.

    Attributes:
        id: A token from which their DID follows.
        called: The name of the library, group or employer.
        comment: What they confirm.
        at: When.
    """

    id: str
    called: str
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewAward:
    """A badge that somebody is to be given.

    Attributes:
        plan: Id of its plan in content.
        about: What it is about.
        language: In which it is signed, where its words are there in it.
        months: How long it is good; 0 for ever.
        evidence: What shows how it was earned; narratives only by the person's choice.
        email: Hashed, only where they gave one for a backpack.
        endorsers: Who confirmed it.
    """

    person: str
    city: str
    plan: str
    about: About
    language: str = "en"
    months: int = 0
    evidence: tuple[Evidence, ...] = ()
    email: HashedEmail | None = None
    endorsers: tuple[Endorser, ...] = ()

    def to_json(self) -> Json:
        """Return what signing needs, for storing."""
        return {
            "about": self.about.to_json(),
            "evidence": [[one.address, one.name, one.narrative] for one in self.evidence],
            "email": [self.email.digest, self.email.salt] if self.email else None,
            "endorsers": [
                [one.id, one.called, one.comment, one.at.isoformat()] for one in self.endorsers
            ],
        }


@dataclass(frozen=True, slots=True)
class SigningJob:
    """A badge that is to be signed, for the first time or again.

    Attributes:
        id: Of its row.
        token, subject: Its own; they stay when it is signed again.
        awarded_at: When it was first asked for.
        list_number, list_index: Its bit in the city's lists.
    """

    id: str
    city: str
    token: str
    subject: str
    plan: str
    language: str
    awarded_at: datetime
    valid_until: datetime | None
    list_number: int
    list_index: int
    about: About
    evidence: tuple[Evidence, ...]
    email: HashedEmail | None
    endorsers: tuple[Endorser, ...]


@dataclass(frozen=True, slots=True)
class SignedBadge:
    """What came of a `SigningJob`.

    Attributes:
        id: Of its row.
        achievement, version, language: Of the achievement in it.
        is_sample: Whether it is only for trying out.
    """

    id: str
    signed: Signed
    achievement: str
    version: str
    language: str
    is_sample: bool


def read_wish(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of a `SigningJob` that `NewAward.to_json` gave."""
    return {
        "about": About.from_json(value["about"]),
        "evidence": tuple(Evidence(*one) for one in value["evidence"]),
        "email": HashedEmail(*value["email"]) if value["email"] else None,
        "endorsers": tuple(
            Endorser(key, called, comment, datetime.fromisoformat(at))
            for key, called, comment, at in value["endorsers"]
        ),
    }


@dataclass(frozen=True, slots=True)
class HeldBadge:
    """One person's badge.

    Attributes:
        token: Of its address.
        about: The key of what it is about.
        what: The same with its words and what it stands for.
        achievement, version, language: Of what is shown under its criteria; empty until signed.
        document, jws: Its signed forms; empty until signed.
        pair: The keys that signed.
        revoked_at, reason: When it was taken back, and the id of the text that says why.
        told_at: When its holder was told that it is there, as it is signed now.
        renewed_at: When it was last to be signed anew after its holder had it.
        is_shown: Whether its holder lets everybody with the address see its page.
        shown_as: The name that its holder chose to show there; empty for none.
        endorsers: Who confirmed it by link.
    """

    id: str
    city: str
    person: str
    token: str
    plan: str
    about: str
    state: State
    awarded_at: datetime
    achievement: str = ""
    version: str = ""
    language: str = "en"
    document: bytes = b""
    jws: str = ""
    pair: str = ""
    valid_until: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""
    told_at: datetime | None = None
    renewed_at: datetime | None = None
    is_sample: bool = False
    is_shown: bool = False
    shown_as: str = ""
    what: About = field(default_factory=About)
    endorsers: tuple[Endorser, ...] = ()

    @property
    def is_signed(self) -> bool:
        """Whether it can be handed out."""
        return bool(self.document)

    @property
    def is_known(self) -> bool:
        """Whether its holder was ever told that it is there."""
        return self.told_at is not None or self.renewed_at is not None

    def counts_at(self, now: datetime) -> bool:
        """Whether it is held and good: signed, not taken back, not expired."""
        is_over = self.valid_until is not None and self.valid_until <= now
        return self.is_signed and self.revoked_at is None and not is_over


@dataclass(frozen=True, slots=True)
class PublishedAchievement:
    """An achievement as its address shows it for ever.

    Attributes:
        document: As it stands in credentials.
        art: What its picture shows: the values of `bot.pictures.badge.BadgeArt`.
    """

    city: str
    achievement: str
    version: str
    language: str
    plan: str
    document: Json
    art: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListJob:
    """A list of revoked badges that is to be signed anew."""

    city: str
    number: int
    revoked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClassCode:
    """A code with which people in a room claim a badge.

    Attributes:
        words: What they type, such as "maple-otter-47".
        token: What a QR code or a link holds.
        organisation: The key of whose course it is for (`bot.people.organisation_key`).
        most_uses: How many may use it; None for as many as come.
        needs_approval: Whether the provider looks at each claim first.
    """

    id: str
    city: str
    made_by: str
    plan: str
    course: str
    instance: str
    about: About
    words: str
    token: str
    expires_at: datetime
    most_uses: int | None = None
    uses: int = 0
    needs_approval: bool = True
    revoked_at: datetime | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that they were there.

    Attributes:
        person: Who; empty for a link that nobody has used yet.
        called: The name by which they want the provider to know them; may be empty.
        credential: Address token of the badge that came of it.
        decided_at: When somebody said yes or no.
    """

    id: str
    city: str
    code: str
    plan: str
    course: str
    instance: str
    about: About
    state: Literal["offered", "waiting", "approved", "refused"]
    asked_at: datetime
    person: str = ""
    called: str = ""
    credential: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that gives one person a badge and was not used yet.

    Attributes:
        label: What whoever made it calls the person that it is for; may be empty.
        token: What the link holds; empty where it was told once and is not known any more.
    """

    id: str
    label: str
    expires_at: datetime
    token: str = ""


@dataclass(frozen=True, slots=True)
class Untold:
    """What happened with a code that its maker was not told of yet.

    Attributes:
        count: How many claimed.
        waiting: How many of them wait for the maker's word.
    """

    code: str
    about: About
    count: int
    waiting: int


@dataclass(frozen=True, slots=True)
class EndorsementRequest:
    """Somebody is asked to confirm what a person declared.

    Attributes:
        endorser: The token from which their DID follows.
        called: What the person calls them: a library, a group, an employer.
        narrative: What the person says they learned and did.
        state: "taken" where whoever confirmed it took that back.
        decided_at: When it was answered last.
    """

    id: str
    city: str
    person: str
    plan: str
    about: About
    language: str
    endorser: str
    called: str
    narrative: str
    state: Literal["asked", "given", "refused", "taken"]
    asked_at: datetime
    expires_at: datetime
    comment: str = ""
    decided_at: datetime | None = None

    def came_to_nothing_at(self, now: datetime) -> bool:
        """Whether somebody said no, took their yes back, or did not answer in time."""
        is_over = self.state == "asked" and self.expires_at <= now
        return self.state in ("refused", "taken") or is_over
