"""What the web needs from the rest of the program: small ports and plain records.

`bot.app` hands these in. `bot.web.stored` fills most of them from the database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Literal, Protocol

from aiohttp.web import Request, StreamResponse

from bot.conversation.messages import Incoming, Message
from bot.courses.records import Course, CourseInstance


def now() -> datetime:
    """Return the time of the computer's clock, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Values of settings that the web reads.

    Attributes:
        public_url: Where people reach the server, without a slash at the end.
        secret_key: Signs forms; at least 32 bytes.
        bot: Which bot of the channel "web" receives what people type here.
        telegram_username: Without "@"; empty where Telegram is not connected.
        trusted_proxies: Whose forwarded addresses are believed.
        turn_seconds: How long a POST without JavaScript waits for the reply.
        body_seconds: How long a client may take to send a body.
        requests_a_minute: Of one source, pages and all; acts are limited to a quarter of it.
    """

    public_url: str
    secret_key: bytes
    bot: str = "web"
    telegram_username: str = ""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    turn_seconds: float = 4.0
    body_seconds: float = 5.0
    requests_a_minute: int = 240


@dataclass(frozen=True, slots=True)
class PublicCity:
    """A city as its page and the chat's header show it.

    `name` is its name, `title` what it calls itself as a learning city, both in its own words.
    `accent` is a colour as "#rrggbb" for white words on it; `accent_dark` for dark pages.
    """

    id: str
    name: str
    title: str = ""
    about: str = ""
    accent: str = "#1d5c4d"
    accent_dark: str = "#7fd1b9"
    languages: tuple[str, ...] = ("en",)
    network_url: str = ""
    time_zone: str = "Europe/London"


@dataclass(frozen=True, slots=True)
class PublicSource:
    """A set of facts that we use, with what its licence asks us to say."""

    title: str
    licence: str
    attribution: str
    url: str = ""
    licence_url: str = ""
    version: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A course as it stands in the catalogue now."""

    course: Course
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chat: what the bot wrote or what the person did, oldest first.

    Attributes:
        id: Unique within the chat and stable; [A-Za-z0-9-].
        at: When it was written or received.
        message: The bot's message, for what the bot wrote.
        incoming: What the person did, for what the person did.
        is_live: For a question: whether a press on it still changes the answer.
    """

    id: str
    at: datetime
    message: Message | None = None
    incoming: Incoming | None = None
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Transcript:
    """A chat as it is stored: its lines, and whether a turn is still to be taken."""

    entries: tuple[Entry, ...] = ()
    is_waiting: bool = False
    language: str = ""
    city: str = ""


class Words(Protocol):
    """The words of content (content.words.Words fits)."""

    @property
    def languages(self) -> Sequence[str]:
        """Return the shipped languages, English first."""
        ...

    def plain(self, text_id: str, language: str, **values: object) -> str:
        """Return the words of a text id, without styles and links."""
        ...


class Intake(Protocol):
    """The durable way in (bot.work.intake.Intake)."""

    async def receive(self, incoming: Sequence[Incoming]) -> None:
        """Store what came in; durable when it returns. Raises DatabaseBusy."""
        ...


class Subscription(Protocol):
    """What waits for a chat to change."""

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109
        """Wait up to `timeout` seconds; say whether something changed."""
        ...


class Wakeup(Protocol):
    """Says that a chat changed (bot.work.wakeup.Wakeup); topics are "chat:web:<address>"."""

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[Subscription]:
        """Listen to a topic while the context lasts."""
        ...


class Chats(Protocol):
    """The transcripts of web chats, by the hashed address of a chat."""

    async def transcript(self, address: str, limit: int = 200) -> Transcript | None:
        """Return the newest `limit` lines; None for a chat that was never heard of."""
        ...

    async def has_room(self, address: str) -> bool:
        """Say whether the chat has fewer acts waiting than one person may pile up."""
        ...

    async def offer_join(self, address: str) -> str:
        """Make a single-use token that joins another channel's chat to this person."""
        ...

    async def export(self, address: str) -> Mapping[str, object] | None:
        """Return everything held about the person, JSON-able; None for nobody."""
        ...


class Catalogue(Protocol):
    """What is on offer, for public pages."""

    async def course(self, course_id: str) -> Listing | None:
        """Return a course, withdrawn ones too; None where there never was one."""
        ...

    async def courses_of(self, city: str, limit: int = 60) -> Sequence[Course]:
        """Return courses of a city that can still be taken, soonest first."""
        ...

    def calendar(self, course: Course, instance: CourseInstance, url: str) -> bytes:
        """Return an iCalendar file with every session of a course instance."""
        ...


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who is signed in: a reference, roles, and cities (empty: every city)."""

    person: str
    roles: frozenset[str]
    cities: frozenset[str]
    session: str


@dataclass(frozen=True, slots=True)
class ReportedListing:
    """What somebody says is wrong with a course."""

    id: str
    course_id: str
    course_title: str
    city: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One run of an import."""

    city: str
    provider: str
    at: datetime
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    rejected: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnmetWish:
    """Something that people looked for and did not find: a subject and an area, nobody's name."""

    city: str
    subject: str
    area: str
    count: int
    last_at: datetime


class Staff(Protocol):
    """Signing in, sessions and the desk of staff. Only hashes of secrets are handed in."""

    async def login_is_open(self, token_hash: str) -> bool:
        """Say whether a login link can still be used, without using it."""
        ...

    async def redeem_login(self, token_hash: str, session_hash: str) -> StaffMember | None:
        """Use a login link once and open a session; None if used, expired or unknown."""
        ...

    async def find_session(self, session_hash: str) -> StaffMember | None:
        """Return who is signed in and note the use; None after 30 idle minutes or 12 hours."""
        ...

    async def close_session(self, session_hash: str) -> None:
        """Sign out."""
        ...

    async def reports(self, cities: frozenset[str]) -> Sequence[ReportedListing]:
        """Return open reports about listings of these cities (empty: every city)."""
        ...

    async def resolve_report(self, member: StaffMember, report_id: str) -> bool:
        """Close a report and note it in the audit log; False if it is not within their cities."""
        ...

    async def imports(self, cities: frozenset[str]) -> Sequence[ImportReport]:
        """Return the newest import runs."""
        ...

    async def unmet(self, cities: frozenset[str]) -> Sequence[UnmetWish]:
        """Return what was looked for and not found, most often first."""
        ...


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the program can serve, and what stops it, in plain words."""

    is_ready: bool
    problems: tuple[str, ...] = ()


class Health(Protocol):
    """How the program is doing."""

    async def readiness(self) -> Readiness:
        """Look at the database, the intake and the outbox."""
        ...

    def metrics(self) -> bytes:
        """Return the figures in the Prometheus text format."""
        ...


Handler = Callable[[Request], Awaitable[StreamResponse]]
FirstScreen = Callable[[str, str], Sequence[Message]]
"""Draws the first screen of the start flow for (language, city), storing nothing."""

Role = Literal["editor", "approver", "analyst", "liaison", "admin"]


@dataclass(frozen=True, slots=True)
class Ports:
    """All that `build_web` needs."""

    settings: WebSettings
    words: Words
    cities: Mapping[str, PublicCity]
    sources: Sequence[PublicSource]
    intake: Intake
    wakeup: Wakeup
    chats: Chats
    catalogue: Catalogue
    staff: Staff
    health: Health
    first_screen: FirstScreen
    telegram_webhook: Handler | None = None
    clock: Callable[[], datetime] = field(default=now)
