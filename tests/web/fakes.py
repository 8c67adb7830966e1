"""The web's ports in memory: a tiny conversation, a few courses, a staff desk."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache

from bot.conversation.messages import Attachment, Card, Choice, Incoming, Message, Span
from bot.courses import Course, CourseInstance, Delivery, Kind, Level, Pattern, Support, Venue
from bot.errors import DatabaseBusy
from bot.people import Grant
from bot.skills.tagging import Origin, Tag
from bot.web.ports import (
    Entry,
    ImportRun,
    Listing,
    Ports,
    StaffMember,
    Transcript,
    UnmetWish,
    WebSettings,
)
from bot.work.wakeup import Wakeup, chat_topic
from content.load import Content, load
from tests.web.fake_badges import FakeBadges
from tests.web.fake_campaigns import FakeCampaigns, FakeRuns
from tests.web.fake_catalogue import fake_keeping
from tests.web.fake_classes import FakeClasses
from tests.web.fake_cvs import FakeCvs
from tests.web.fake_desks import fake_desks
from tests.web.fake_offers import FakeOffers
from tests.web.fake_results import FakeResults
from tests.web.fake_roster import FakeRoster
from tests.web.fake_tags import FakeTagDesk
from tests.web.needs import FakeFigures, FakeNeeds

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
EVENING = CourseInstance(
    id="evening1",
    start_date=date(2027, 1, 12),
    end_date=date(2027, 3, 16),
    weekdays=(1,),
    start_time=time(18, 30),
    end_time=time(20, 30),
    duration=10,
    duration_unit="weeks",
    patterns=frozenset({Pattern.EVENING}),
    delivery=Delivery.IN_PERSON,
    cost=Decimal(45),
    concessions="Free if you get Universal Credit",
    venue=Venue("Moss Side Learning Centre", "140 Moss Lane East", "Manchester", "M15 5DD"),
    places_left=4,
    apply_by=date(2027, 1, 5),
    apply_url="https://college.example/apply",
)
EXCEL = Course(
    id="excel",
    provider="Moss Side College",
    title="Excel for beginners",
    city="manchester",
    summary="Learn to make lists, add up numbers and draw a chart. Bring nothing.",
    description="Week by week you make a budget.\nNo exam.",
    entry_requirements="You can use a mouse and a keyboard.",
    leads_to="Excel level 2",
    level=Level.LEVEL_1,
    support=frozenset({Support.BEGINNERS, Support.STEP_FREE}),
    contact="0161 496 0000",
    url="https://college.example/excel",
    is_sample=False,
    instances=(EVENING, replace(EVENING, id="online1", delivery=Delivery.ONLINE, cost=None)),
)
SAMPLE = replace(
    EXCEL,
    id="cooking",
    title="Cooking on a budget <script>alert(1)</script>",
    is_sample=True,
    kind=Kind.DROP_IN,
    instances=(),
)
GONE = replace(EXCEL, id="gone", title="A course that went")
BELFAST = replace(EXCEL, id="maths", title="Maths for parents", city="belfast")


TAGS = (
    Tag("1.3", 2, reason=("excel", "lists")),
    Tag("3.1", 1, False, (), Origin.PROVIDER),
    Tag("5.2", 3, False, (), Origin.STAFF),
)


@cache
def content() -> Content:
    return load()


def words(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def first_screen(language: str, city: str) -> Sequence[Message]:
    choices = (
        Choice("en", "English", is_main=True),
        Choice("cy", "Cymraeg"),
        Choice("ur", "اردو"),
        Choice("more", "Read more first"),
    )
    hello = content().words.short("start.hello_any", "en", kept="I keep your language and city.")
    return (Message(words(hello), kind="question", key="language", choices=choices),)


@dataclass
class FakeTalk:
    """Intake, turns and transcripts at once: each act is answered by a tiny script."""

    wakeup: Wakeup
    seen: list[Incoming] = field(default_factory=list)
    chats: dict[str, list[Entry]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False
    is_silent: bool = False
    saved: set[str] = field(default_factory=set)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def receive(self, incoming: Sequence[Incoming]) -> None:
        if self.is_busy:
            raise DatabaseBusy
        for one in incoming:
            known = {(past.chat, past.update_id) for past in self.seen}
            if (one.chat, one.update_id) in known:
                continue
            self.seen.append(one)
            self._note(one)
            if not self.is_silent:
                for message in self._answer(one):
                    self.write(one.chat, message)

    def write(self, chat: str, message: Message) -> None:
        self.chats[chat].append(Entry(self._id(), NOW, message=message))
        self.wakeup.notify(chat_topic("web", chat))

    def _id(self) -> str:
        return f"{next(self._ids):032x}"

    def _note(self, one: Incoming) -> None:
        press = one.press
        self.chats.setdefault(one.chat, []).append(
            Entry(
                self._id(),
                NOW,
                kind=one.kind,
                text=one.text,
                nonce=press.nonce if press else "",
                option=press.option if press else "",
            )
        )

    def _answer(self, one: Incoming) -> list[Message]:
        option = one.press.option if one.press else ""
        if one.text.startswith("/start"):
            return [self._asked(first_screen("en", "")[0])]
        if option == "ur":
            self.languages[one.chat] = "ur"
            return [Message(words("آپ کیا سیکھنا چاہتے ہیں؟"), language="ur", wants="text")]
        if option in {"en", "cy"}:
            return [self._asked(Message(words("What would you like to learn?"), wants="text"))]
        if option == "c-excel":
            return [self._course()]
        if option == "save":
            self.saved.add(one.chat)
            return [Message(words("Saved: Excel for beginners. Find it with /saved."))]
        if one.place or one.text == "near me":
            return [self._asked(Message(words("Where are you?"), wants="location"))]
        return [self._results()]

    def _asked(self, message: Message) -> Message:
        return replace(message, kind="question", nonce=f"n{next(self._ids):09x}")

    def _results(self) -> Message:
        facts = (
            words("Moss Side College"),
            words("Tuesdays, 6:30pm to 8:30pm, from 12 January for 10 weeks"),
            words("Moss Side Learning Centre, about 1.2 miles"),
            words("£45"),
        )
        cards = (
            Card(words("Excel for beginners"), facts, choice="c-excel", url="/courses/excel"),
            Card(words("Cooking on a budget"), facts[:2], choice="c-cook", url="/courses/cooking"),
        )
        choices = (
            Choice("c-excel", "1. Excel for beginners"),
            Choice("c-cook", "2. Cooking on a budget"),
            Choice("more", "Show more"),
            Choice("-back", "Back"),
            Choice("-menu", "Menu"),
        )
        text = (Span("Excel, evenings, near Moss Side", "bold"), Span("\nI found 2."))
        return self._asked(Message(text, cards=cards, choices=choices, progress=(2, 4)))

    def _course(self) -> Message:
        attachments = (
            Attachment("calendar", {"course": "excel", "instance": "evening1"}),
            Attachment(
                "venue",
                {"title": "Moss Side", "address": "M15 5DD", "lat": "53.46", "lon": "-2.25"},
            ),
        )
        choices = (
            Choice("save", "Save it", is_main=True),
            Choice("apply", "Apply or ask", url="https://college.example/apply"),
            Choice("-back", "Back"),
            Choice("-menu", "Menu"),
        )
        text = (
            Span("Excel for beginners", "bold"),
            Span("\n\n- Tuesdays, 6:30pm to 8:30pm\n- £45\n\nDoes it suit you?"),
        )
        return self._asked(Message(text, choices=choices, attachments=attachments))

    async def transcript(self, address: str, limit: int = 200) -> Transcript | None:
        entries = self.chats.get(address)
        if entries is None:
            return None
        language = self.languages.get(address, "en")
        is_waiting = bool(entries) and entries[-1].message is None
        return Transcript(tuple(entries[-limit:]), is_waiting, language, "manchester")

    async def export(self, address: str) -> Mapping[str, object] | None:
        if address not in self.chats:
            return None
        return {
            "person": [{"id": address[:8], "city": "manchester"}],
            "saved": [],
            "odd": [{"a": {"b": number}} for number in range(5)],
        }


class FakeCatalogue:
    def __init__(self) -> None:
        self.listings = {one.id: Listing(one) for one in (EXCEL, SAMPLE, BELFAST)}
        self.listings["excel"] = Listing(EXCEL, tags=TAGS)
        self.applied: list[str] = []
        self.listings["gone"] = Listing(GONE, is_withdrawn=True)

    async def course(self, course_id: str) -> Listing | None:
        return self.listings.get(course_id)

    async def courses_of(self, city: str, limit: int = 60) -> Sequence[Course]:
        active = (one.course for one in self.listings.values() if not one.is_withdrawn)
        return [one for one in active if one.city == city][:limit]

    async def count_apply(self, course: Course) -> None:
        self.applied.append(course.id)

    def calendar(self, course: Course, instances: Sequence[CourseInstance], url: str) -> bytes:
        return b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@dataclass
class FakeStaff:
    logins: dict[str, frozenset[Grant]] = field(default_factory=dict)
    sessions: dict[str, StaffMember] = field(default_factory=dict)

    def sign_in(self, secret: str, *grants: Grant) -> StaffMember:
        member = StaffMember(f"person-{secret}", frozenset(grants), f"csrf-{secret}", NOW)
        self.sessions[secret] = member
        return member

    async def redeem_login(self, token: str) -> str | None:
        grants = self.logins.pop(token, None)
        if grants is None:
            return None
        secret = f"session-of-{token}"
        self.sign_in(secret, *grants)
        return secret

    async def find_session(self, secret: str) -> StaffMember | None:
        return self.sessions.get(secret)

    async def close_session(self, secret: str) -> None:
        self.sessions.pop(secret, None)

    async def imports(self, cities: Sequence[str]) -> Sequence[ImportRun]:
        run = ImportRun("manchester", "Moss Side College", NOW, 120, 4, 300, 2, 1)
        return [run] if "manchester" in cities else []

    async def unmet(self, cities: Sequence[str]) -> Sequence[UnmetWish]:
        wishes = [
            UnmetWish("manchester", "welding in Hulme", 7, NOW),
            UnmetWish("belfast", "Irish at night", 3, NOW),
        ]
        return [one for one in wishes if one.city in cities]


@dataclass(frozen=True)
class Looked:
    is_ready: bool
    problems: tuple[str, ...]


@dataclass
class FakeHealth:
    problems: tuple[str, ...] = ()

    async def readiness(self) -> Looked:
        return Looked(not self.problems, self.problems)

    def metrics(self) -> bytes:
        return b"turns_total 1\n"


@dataclass
class World:
    """The ports and what stands behind them."""

    talk: FakeTalk
    catalogue: FakeCatalogue
    staff: FakeStaff
    health: FakeHealth
    ports: Ports
    results: FakeResults
    tags: FakeTagDesk
    badges: FakeBadges
    cvs: FakeCvs
    classes: FakeClasses
    offers: FakeOffers

    @property
    def roster(self) -> FakeRoster:
        """Who was invited to which role."""
        assert isinstance(self.ports.roster, FakeRoster)
        return self.ports.roster


def make_world(public_url: str = "http://127.0.0.1:8080", **settings: object) -> World:
    wakeup = Wakeup()
    talk, catalogue, staff, health = FakeTalk(wakeup), FakeCatalogue(), FakeStaff(), FakeHealth()
    results = FakeResults()
    tags = FakeTagDesk({one.id: one for one in (EXCEL, SAMPLE, BELFAST)}, {"excel": TAGS})
    badges = FakeBadges(public_url, NOW)
    cvs = FakeCvs()
    classes = FakeClasses()
    offers = FakeOffers(content)
    acts: list[str] = []
    base = WebSettings(
        public_url=public_url,
        secret_key=b"k" * 32,
        turn_seconds=0.3,
        body_seconds=0.3,
        requests_a_minute=60_000,
    )
    ports = Ports(
        settings=replace(base, **settings),  # type: ignore[arg-type]
        content=content,
        intake=talk,
        wakeup=wakeup,
        chats=talk,
        catalogue=catalogue,
        staff=staff,
        health=health,
        first_screen=first_screen,
        telegram_username=lambda: "LearningCityBot",
        clock=lambda: NOW,
        results=results,
        tags=tags,
        badges=badges,
        cvs=cvs,
        needs=FakeNeeds(),
        figures=FakeFigures(),
        classes=classes,
        roster=FakeRoster(),
        offers=offers.desk,
        campaigns=FakeCampaigns(acts),
        runs=FakeRuns(acts),
        desks=fake_desks(),
        keeping=fake_keeping({one.id: one for one in (EXCEL, SAMPLE, BELFAST)}),
    )
    return World(talk, catalogue, staff, health, ports, results, tags, badges, cvs, classes, offers)
