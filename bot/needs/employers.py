"""Organisations that answer, the people who answer for them, and what they ask of others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_MEMBERS, MOST_OF_A_PERSON, MOST_ASKS = 50, 10, 50
INVITATION_LASTS = timedelta(days=14)
INVITATION_USES = 20
LONGEST_NAME, LONGEST_TEAM, LONGEST_WORDS = 120, 60, 600


class Part(StrEnum):
    """What a person is in an organisation."""

    LEAD = "lead"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class Member:
    """A person who answers for an organisation.

    Attributes:
        team: For which team; empty for all.
        contact: Where the city's skills team may write; empty where it may not.
    """

    organisation: str
    person: str
    part: Part
    team: str
    contact: str
    joined_at: datetime

    @property
    def may_be_contacted(self) -> bool:
        """Whether they agreed to be written to."""
        return bool(self.contact)


@dataclass(frozen=True, slots=True)
class ColleagueLink:
    """A link with which colleagues join; whoever has it may, until it is over.

    Attributes:
        uses: How many joined with it.
    """

    id: str
    organisation: str
    team: str
    uses: int
    expires_at: datetime
    is_open: bool


class AskKind(StrEnum):
    """Whom an employer asks for something."""

    PROVIDERS = "providers"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that an employer asks providers for, or that it wants to talk about with the city.

    Attributes:
        person: Who asked; empty once they are gone.
        provider: Of the course, as the catalogue names it; empty for the city's skills team.
        course: The course that it is about; empty for none.
        skill: "digcomp3:1.3" and the level that is needed ("digcomp3:1.3:2"); empty for all.
        people: How many it is about; 0 where nobody said.
        by: When it is needed, as a date in ISO; empty for no date.
        words: In the employer's own words.
        contact: Where to answer; empty where they do not want to be written to.
        settled_at: When somebody saw to it.
    """

    id: str
    city: str
    organisation: str
    person: str
    kind: AskKind
    at: datetime
    provider: str = ""
    course: str = ""
    skill: str = ""
    people: int = 0
    by: str = ""
    words: str = ""
    contact: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """The private address of an organisation's report.

    Attributes:
        token: 128 random bits, as they stand in the address.
    """

    token: str
    organisation: str
    city: str
    opened_at: datetime
