"""What a provider tells of one course, event or drop-in, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

from bot.courses.records import Delivery, Kind, Level, Point, Support, Taught
from bot.people import Role, Teacher, may, organisation_key

KINDS = (Kind.COURSE, Kind.EVENT, Kind.DROP_IN)
KEEPERS: frozenset[Role] = frozenset({Role.EDITOR, Role.LIAISON})
"""Staff who keep the listings right: they change any offer of their city, and decide on it."""
OFFERING: frozenset[Role] = KEEPERS | {Role.PROVIDER}
MOST_OPEN = 100
"""Drafts, and offers that wait, of one organisation."""
LONGEST_REASON, LONGEST_PROVIDER = 500, 80
PLACES = (Delivery.IN_PERSON, Delivery.ONLINE, Delivery.BLENDED)


class Timing(StrEnum):
    """When something is on."""

    ONCE = "once"
    WEEKLY = "weekly"
    OPEN = "open"
    LATER = "later"


class Price(StrEnum):
    """What it costs."""

    FREE = "free"
    AMOUNT = "amount"
    ASK = "ask"


class Joining(StrEnum):
    """How somebody comes to take part."""

    LINK = "link"
    CONTACT = "contact"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider tells. Empty and None mean that nothing was said about it.

    Attributes:
        timing: Which of the dates, days and hours below count.
        start_date: The day, or the first day; None for what runs already.
        end_date: The last day of what is on every week; None where no end is known.
        postcode: Where the venue is: a postcode, or a place of the city by its name.
        point: Where that is; None where nobody knows the place.
        price_words: Who pays less or nothing.
        level: None for everybody.
        for_beginners: Nothing has to be known before.
        contact: A phone number or an e-mail address of the provider.
        language: BCP 47 code of the language that it is taught in.
        teaches: Skills that the provider confirmed; empty leaves it to be told by the words.
    """

    kind: Kind = Kind.COURSE
    title: str = ""
    summary: str = ""
    timing: Timing | None = None
    start_date: date | None = None
    end_date: date | None = None
    weekdays: tuple[int, ...] = ()
    start_time: time | None = None
    end_time: time | None = None
    place: Delivery | None = None
    venue: str = ""
    address: str = ""
    postcode: str = ""
    point: Point | None = None
    price: Price | None = None
    cost: Decimal | None = None
    price_words: str = ""
    who_for: str = ""
    level: Level | None = None
    for_beginners: bool = False
    joining: Joining | None = None
    link: str = ""
    contact: str = ""
    support: frozenset[Support] = frozenset()
    language: str = ""
    teaches: tuple[Taught, ...] = ()


class Stage(StrEnum):
    """How far what is being written has come."""

    NONE = ""
    DRAFT = "draft"
    SENT = "sent"
    DECLINED = "declined"


class Showing(StrEnum):
    """Whether residents see it."""

    NEVER = ""
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a provider offers without a feed.

    Attributes:
        course: The id under which it stands in the catalogue once it is published.
        provider: The provider's name as it is shown.
        made_by: Who wrote it; empty where that person is gone.
        number: Of its newest version; every sending makes one.
        draft: What is being written, sent or was declined; None where nothing is.
        live: What residents see, or saw last; None where nothing was published yet.
        reason: Why staff declined what was sent.
        change: Counted with every change, so that nobody overwrites what they have not seen.
    """

    id: str
    city: str
    provider: str
    course: str
    made_by: str
    number: int
    stage: Stage
    showing: Showing
    draft: Told | None
    live: Told | None
    reason: str
    change: int
    changed_at: datetime
    sent_at: datetime | None = None
    decided_at: datetime | None = None

    @property
    def told(self) -> Told:
        """What was told last."""
        return self.draft or self.live or Told()

    @property
    def state(self) -> str:
        """Where it stands, in one word; what changes a published one ends in "_change"."""
        if self.showing is Showing.WITHDRAWN and self.stage is Stage.NONE:
            return "withdrawn"
        if self.stage is Stage.NONE:
            return "published"
        return f"{self.stage}_change" if self.showing is Showing.PUBLISHED else str(self.stage)

    def is_of(self, who: Teacher) -> bool:
        """Say whether somebody may see and change it; every page and every act asks this first."""
        return may_offer(who, self.city, self.provider)


@dataclass(frozen=True, slots=True)
class Version:
    """What was once sent to staff, and what became of it.

    Attributes:
        state: "sent", "published", "declined" or "taken_back".
        sent_by, decided_by: References as in the audit log.
    """

    number: int
    told: Told
    state: str
    sent_at: datetime
    sent_by: str = ""
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""


def may_publish(who: Teacher, city: str) -> bool:
    """Say whether somebody decides in a city what is listed."""
    return may(who.grants, KEEPERS, city)


def may_offer(who: Teacher, city: str, provider: str) -> bool:
    """Say whether somebody speaks for a provider in a city: for their own, or as a keeper."""
    key = organisation_key(provider)
    return bool(key) and (may_publish(who, city) or key in who.organisations(city))


def source_of(provider: str) -> str:
    """Return the catalogue's name for a provider's offers, apart from what it imports.

    An import compares with what came from its own source alone: no feed withdraws an offer.
    """
    return "offers:" + organisation_key(provider)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be taken as it was written.

    Attributes:
        name: Of the field of the form.
        text: The id of the words that say what to do.
    """

    name: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
