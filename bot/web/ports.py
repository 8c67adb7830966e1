"""What the web needs from the rest of the program: small ports and plain records.

`bot.app` hands these in. `bot.web.stored` fills most of them from the database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol

from aiohttp.web import Request, StreamResponse

from bot.conversation.messages import Attachment, Incoming, Message
from bot.courses.records import Course, CourseInstance
from bot.people import Grant, Role, cities_of, may
from bot.skills.tagging import Tag
from bot.web.badge_port import Badges, NoBadges
from bot.web.campaign_port import Campaigns, Keyboard, Runs, one_a_row
from bot.web.catalogue_port import CatalogueDesks
from bot.web.class_port import Classes, NoClasses
from bot.web.confirm_port import Confirming, NoConfirming
from bot.web.cv_port import Cvs, NoCvs
from bot.web.desks import Desks
from bot.web.figure_port import FigureDesk, NoFigures
from bot.web.link_port import NoShortLinks, ShortLinks
from bot.web.needs_port import NeedsReports, NoNeedsReports
from bot.web.no_campaigns import NoCampaigns, NoRuns
from bot.web.offer_port import NoOfferDesk, OfferDesk
from bot.web.open_port import Opened
from bot.web.result_port import NoResults, Results
from bot.web.roster_port import NoRoster, Roster
from bot.web.tag_port import NoTagDesk, TagDesk
from content.load import Content

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


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
        trusted_proxies: Whose forwarded addresses are believed.
        turn_seconds: How long a POST without JavaScript waits for the reply.
        body_seconds: How long a client may take to send a body.
        requests_a_minute: Of one source, for pages, and as many again for what people send; a
            twenty-fourth of it for signing in and exports.
    """

    public_url: str
    secret_key: bytes
    bot: str = "web"
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    turn_seconds: float = 4.0
    body_seconds: float = 5.0
    requests_a_minute: int = 240


@dataclass(frozen=True, slots=True)
class Listing:
    """A course as it stands in the catalogue now, and what it teaches.

    Attributes:
        is_withdrawn: Nobody can find it, for whatever reason.
        is_hidden: Staff keep it off the list for now.
    """

    course: Course
    is_withdrawn: bool = False
    is_hidden: bool = False
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chat: what the bot wrote or what the person did, oldest first.

    Attributes:
        id: Unique within the chat and stable; [A-Za-z0-9-].
        at: When it was written or received.
        message: The bot's message, for what the bot wrote; None for what the person did.
        kind: Of what the person did: "text", "press", "location".
        text: What the person typed.
        nonce, option: What the person pressed.
        is_live: For a question: whether a press on it still changes the answer.
    """

    id: str
    at: datetime
    message: Message | None = None
    kind: str = ""
    text: str = ""
    nonce: str = ""
    option: str = ""
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Transcript:
    """A chat as it is stored.

    Attributes:
        entries: Its lines, oldest first.
        is_waiting: Whether something the person did has not been answered yet.
        language, city: The person's, empty where not known.
    """

    entries: tuple[Entry, ...] = ()
    is_waiting: bool = False
    language: str = ""
    city: str = ""


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

    async def count_apply(self, course: Course) -> None:
        """Count that somebody went on to where one applies for a course."""
        ...

    def calendar(self, course: Course, instances: Sequence[CourseInstance], url: str) -> bytes:
        """Return an iCalendar file with every session of some instances of a course."""
        ...


class ShownPicture(Protocol):
    """What a page says of a picture before the browser has it."""

    @property
    def alt(self) -> str:
        """The picture in words."""
        ...

    @property
    def width(self) -> int:
        """How wide it is shown at most, in the page's pixels."""
        ...

    @property
    def height(self) -> int:
        """How high it then is."""
        ...


class Pictures(Protocol):
    """The pictures of web chats, by the hashed address of a chat: each shows its holder's own."""

    async def show(self, address: str, attachment: Attachment) -> ShownPicture | None:
        """Return what a page says of a picture; None where it cannot be made."""
        ...

    async def png(self, address: str, attachment: Attachment) -> bytes | None:
        """Return the picture; None where it cannot be made."""
        ...


class NoPictures:
    """Makes no pictures: messages show their words alone."""

    async def show(self, address: str, attachment: Attachment) -> ShownPicture | None:
        """Return None."""
        del address, attachment
        return None

    async def png(self, address: str, attachment: Attachment) -> bytes | None:
        """Return None."""
        del address, attachment
        return None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who is signed in.

    Attributes:
        person: A reference, never a name.
        grants: Roles with the city that each is for.
        csrf: What the forms of this session carry.
        signed_in_at: When this session began; long ago where nobody says.
        city: Which city they chose in the chat; empty where they chose none.
    """

    person: str
    grants: frozenset[Grant]
    csrf: str
    signed_in_at: datetime = LONG_AGO
    city: str = ""

    def may(self, needed: Collection[Role], city: str) -> bool:
        """Say whether the member holds one of these roles in a city."""
        return may(self.grants, needed, city)

    def has_any(self, needed: Collection[Role]) -> bool:
        """Say whether the member holds one of these roles anywhere."""
        return bool(cities_of(self.grants, needed))


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One run of an import; `refused` says why a file was not taken."""

    city: str
    provider: str
    at: datetime
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    rejected: int
    is_stopped: bool = False
    is_running: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class UnmetWish:
    """Something that people looked for and did not find, and how many; nobody's name.

    `skill` is a competence with the level that was wanted, as "1.3:2"; `words` are empty then.
    """

    city: str
    words: str
    count: int
    last_at: datetime
    skill: str = ""


class Staff(Protocol):
    """Signing in, sessions and the desk of staff."""

    async def redeem_login(self, token: str) -> str | None:
        """Use a login link once and return a new session's secret; None if it cannot be used."""
        ...

    async def find_session(self, secret: str) -> StaffMember | None:
        """Return who is signed in and note the use; None after 30 idle minutes or 12 hours."""
        ...

    async def close_session(self, secret: str) -> None:
        """Sign out."""
        ...

    async def imports(self, cities: Sequence[str]) -> Sequence[ImportRun]:
        """Return the newest import runs."""
        ...

    async def unmet(self, cities: Sequence[str]) -> Sequence[UnmetWish]:
        """Return what was looked for and not found, most often first."""
        ...


class Readiness(Protocol):
    """Whether the program can serve, and what stops it, in plain words."""

    @property
    def is_ready(self) -> bool:
        """Whether it can serve."""
        ...

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, in plain words."""
        ...


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


@dataclass(frozen=True, slots=True)
class Ports:
    """All that `build_web` needs.

    `telegram_username` gives the bot's name there without "@", empty while it is not connected.
    `content` gives the content in use, which may be replaced while the program runs.
    """

    settings: WebSettings
    content: Callable[[], Content]
    intake: Intake
    wakeup: Wakeup
    chats: Chats
    catalogue: Catalogue
    staff: Staff
    health: Health
    first_screen: FirstScreen
    keeping: CatalogueDesks
    pictures: Pictures = field(default_factory=NoPictures)
    telegram_webhook: Handler | None = None
    telegram_username: Callable[[], str] = field(default=str)
    clock: Callable[[], datetime] = field(default=now)
    results: Results = field(default_factory=NoResults)
    tags: TagDesk = field(default_factory=NoTagDesk)
    badges: Badges = field(default_factory=NoBadges)
    confirming: Confirming = field(default_factory=NoConfirming)
    cvs: Cvs = field(default_factory=NoCvs)
    links: ShortLinks = field(default_factory=NoShortLinks)
    needs: NeedsReports = field(default_factory=NoNeedsReports)
    figures: FigureDesk = field(default_factory=NoFigures)
    offers: OfferDesk = field(default_factory=NoOfferDesk)
    classes: Classes = field(default_factory=NoClasses)
    roster: Roster = field(default_factory=NoRoster)
    campaigns: Campaigns = field(default_factory=NoCampaigns)
    runs: Runs = field(default_factory=NoRuns)
    keyboard: Keyboard = one_a_row
    desks: Desks = field(default_factory=Desks)
    opened: Opened = field(default_factory=Opened)
