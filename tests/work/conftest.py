from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Chat, Flow, Option, Pick, Registry, Text, flow
from bot.conversation.messages import Incoming, Message, Press
from bot.courses import CourseIndex, Skills
from bot.work.catalogue import Catalogue, Taught
from bot.work.context import Surroundings
from bot.work.effects import EffectRegistry
from bot.work.flood import FloodControl
from bot.work.intake import Intake
from bot.work.metrics import Metrics
from bot.work.outlet import Outlet
from bot.work.places import Places
from bot.work.reads import LookRegistry
from bot.work.reads.badges import said_link
from bot.work.sending import Sender
from bot.work.tagging import frameworks_of
from bot.work.turn import Flows, Player
from bot.work.turns import Turns
from bot.work.wakeup import Wakeup
from content.load import Content, LiveContent, load
from storage import Database

BOT = "7"
PATIENCE = 60.0
"""Seconds until a test gives up; far more than a busy machine takes."""


@dataclass
class Sent:
    message_id: str
    moved_to: str = ""


@dataclass
class RecordingChannel:
    """A channel that keeps what is sent, and fails as it is told."""

    name: str = "telegram"
    bot: str = BOT
    sent: list[tuple[str, Message, bool]] = field(default_factory=list)
    edits: list[tuple[str, str, Message]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, address: str, message: Message, *, lane: int, is_plain: bool) -> Sent:
        self.arrived.set()
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address, message, is_plain))
        return Sent(str(len(self.sent)))

    async def edit(self, address: str, message_id: str, message: Message) -> None:
        self.edits.append((address, message_id, message))
        self.arrived.set()

    async def acknowledge(self, callback_id: str) -> None:
        self.acknowledged.append(callback_id)

    async def typing(self, address: str) -> None:
        pass


@flow("start", version=1)
async def start(chat: Chat, wish: str = "", payload: str = "") -> None:
    await chat.ask("hello", Pick(Text("t.hello"), (Option("yes", Text("t.yes")),)))


@flow("echo", version=1, commands=("echo",), takes_wish=True)
async def echo(chat: Chat, wish: str = "") -> None:
    options = (Option("yes", Text("t.yes")), Option("no", Text("t.no")))
    answer = await chat.ask("first", Pick(Text("t.first"), options))
    chat.say(Text("t.said", {"answer": str(answer)}))
    await chat.ask("second", Pick(Text("t.second"), options))


@flow("broken", version=1, commands=("broken",))
async def broken(chat: Chat) -> None:
    raise ValueError("broken on purpose")


@flow("poison", version=1, commands=("poison",))
async def poison(chat: Chat) -> None:
    await chat.call("bad", Explosion())
    chat.say(Text("t.never"))


@flow("stuck", version=1, commands=("stuck",))
async def stuck(chat: Chat) -> None:
    await chat.look("hang", "hang")


@dataclass(frozen=True)
class Explosion:
    """An effect that nothing can apply."""


@dataclass
class House:
    """The turn pipeline of one process over a real database, with a recorded channel."""

    database: Database
    channel: RecordingChannel
    intake: Intake
    turns: Turns
    sender: Sender
    metrics: Metrics
    catalogue: Catalogue
    looks: LookRegistry
    updates: Any = field(default_factory=lambda: count(1))

    def incoming(self, text: str = "", chat: str = "1", **values: Any) -> Incoming:
        kind = "press" if "press" in values else "text"
        given = {"kind": kind, "update_id": str(next(self.updates)), **values}
        return Incoming("telegram", BOT, chat=chat, at=datetime.now(UTC), text=text, **given)

    async def say(self, text: str, chat: str = "1") -> None:
        await self.intake.receive([self.incoming(text, chat)])

    async def press(self, message: Message, option: str, **values: Any) -> None:
        press = Press(message.nonce, option)
        await self.intake.receive([self.incoming(press=press, **values)])

    async def until(self, is_done: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_done():
                self.channel.arrived.clear()
                if not is_done():
                    await self.channel.arrived.wait()

    async def replies(self, number: int) -> list[Message]:
        await self.until(lambda: len(self.channel.sent) >= number)
        return [message for _, message, _ in self.channel.sent]

    def known(self, chat: str = "1") -> None:
        """Make somebody who has accepted the notice."""

        def make(unit: Any) -> None:
            person = unit.people.ensure("telegram", BOT, chat, city="manchester")
            unit.people.accept_notice(person.id, "1", "telegram")

        self.database.write_now(make)


@pytest.fixture(scope="session")
def content() -> Content:
    return load(cities={"manchester"}, shows_missing=True)


@pytest.fixture
def registry() -> Registry:
    flows: list[Flow] = [start, echo, broken, poison, stuck]
    return Registry(flows)


@pytest.fixture
async def house(tmp_path: Path, content: Content, registry: Registry) -> AsyncIterator[House]:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url)
    made = make_house(database, content, registry)
    tasks = [asyncio.create_task(made.turns.run()), asyncio.create_task(made.sender.run())]
    yield made
    await made.turns.stop(2)
    await made.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.aclose()


def make_house(
    database: Database,
    content: Content,
    registry: Registry,
    effects: EffectRegistry | None = None,
    looks: LookRegistry | None = None,
    holder: str = "here",
    live: LiveContent | None = None,
) -> House:
    def clock() -> datetime:
        return datetime.now(UTC)

    def around() -> Surroundings:
        used = live.current if live else content
        return Surroundings(used, catalogue, places, "https://bot.example")

    def index(city: str, courses: Any, today: date, taught: Taught) -> CourseIndex:
        return CourseIndex.build(courses, now=today, skills=Skills(taught, frameworks_of(content)))

    channel, metrics = RecordingChannel(), Metrics()
    channels = {("telegram", BOT): channel}
    catalogue = Catalogue(database, {"manchester": "Europe/London"}, index)
    places = Places(content.cities)
    looks = looks or LookRegistry()
    looks.register("said_link", said_link)  # the engine itself asks it
    flows = Flows(registry, effects or EffectRegistry(), looks)
    player = Player(flows, around, holder=holder, clock=clock)
    sender = Sender(database, channels, holder=holder, metrics=metrics, clock=clock)
    turns = Turns(
        database, player, Outlet(sender, channels, Wakeup()), holder=holder, metrics=metrics
    )
    intake = Intake(
        database,
        turns,
        channels,
        player.notice_flood,
        holder=holder,
        flood=FloodControl(),
        metrics=metrics,
    )
    return House(database, channel, intake, turns, sender, metrics, catalogue, looks)
