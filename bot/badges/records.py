"""What badges are made of: achievements that can be earned, awards and signed credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

Json: TypeAlias = dict[str, Any]

SAMPLE = "SAMPLE: "
"""How the name of a credential begins that is only for trying out."""

AchievementType: TypeAlias = Literal[
    "Assessment",
    "Badge",
    "CertificateOfCompletion",
    "CommunityService",
    "Competency",
    "Course",
    "LearningProgram",
    "MicroCredential",
]
"""Those of the official closed list that we use."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who awards.

    Attributes:
        did: The DID of the city that awards, or of whoever endorses.
        name: What people read.
        address: A page about it; empty where there is none.
    """

    did: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """One level of one competence that an achievement stands for.

    Attributes:
        framework, competence: Its framework's id and its code there.
        level: The band, 1 to 4.
        name: The competence's title and the level's name, as people read them.
        framework_name: The framework's title.
        address: Where the framework is published.
        description: What the level means.
    """

    framework: str
    competence: str
    level: int
    name: str
    framework_name: str
    address: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """What can be earned, in one language and one version.

    Attributes:
        id: Its address, which shows the criteria; never reused for something else.
        key: Its id in content, with what it is about ("attendance:course-17").
        version: Of its words, criteria and alignments together.
        language: BCP 47 code of its words.
        kind: Of Open Badges' closed list.
        name, description: What people read.
        criteria: What had to be done, in Markdown.
        image: Address of its picture.
        caption: What the picture shows.
        alignments: Levels of competences.
        tags: Free words.
        others: The same achievement in other languages: (address, language).
    """

    id: str
    key: str
    version: str
    language: str
    kind: AchievementType
    name: str
    description: str
    criteria: str
    image: str
    caption: str
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HashedEmail:
    """A person's e-mail address as backpacks look for it, never the address itself.

    Attributes:
        digest: "sha256$" and the hash of the lower-case address and the salt, in hexadecimal.
        salt: At least 16 random characters, made anew for each award.
    """

    digest: str
    salt: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that shows how an achievement was earned.

    Attributes:
        address: Where it is; empty where it is told in words alone.
        name: What it is.
        narrative: In the person's words; only by their choice.
    """

    address: str = ""
    name: str = ""
    narrative: str = ""


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """The bit that says whether a credential was revoked.

    Attributes:
        list_address: Where the list is served.
        index: Which bit of it, counted from 0.
    """

    list_address: str
    index: int


@dataclass(frozen=True, slots=True)
class Award:
    """One person's achievement, before it is signed. It says nothing about who the person is.

    Attributes:
        id: Address of the credential; holds 128 random bits.
        issuer: Who awards.
        achievement: What was earned.
        subject: A `urn:uuid:` made for this award alone.
        status: Its bit in the list of revoked ones.
        valid_from: When this copy was made; a later one replaces an earlier one of the same id.
        awarded_at: When it was first awarded.
        valid_until: When it expires; None for never.
        email: Hashed, only where the person gave an address for a backpack.
        evidence: What shows it.
        endorsements: Endorsements of others, each a compact JWS.
        is_sample: Whether it is only for trying out: it says so in its name.
    """

    id: str
    issuer: Issuer
    achievement: Achievement
    subject: str
    status: StatusEntry
    valid_from: datetime
    awarded_at: datetime
    valid_until: datetime | None = None
    email: HashedEmail | None = None
    evidence: tuple[Evidence, ...] = ()
    endorsements: tuple[str, ...] = ()
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A credential in its two signed forms, checked, ready to be stored and handed out.

    Attributes:
        document: The JSON with its embedded proof, as UTF-8.
        jws: The same claims as a compact JWS.
        keys: Name of the pair of keys that signed, such as "2026-1".
    """

    document: bytes
    jws: str
    keys: str


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Somebody with a name confirms what a person declared.

    Attributes:
        id: A `urn:uuid:`.
        endorser: Who confirms.
        about: The address of the credential that is confirmed.
        comment: What they confirm, in Markdown.
        at: When.
    """

    id: str
    endorser: Issuer
    about: str
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """A text that people read: its id in content, and its values."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
