"""Pictures of people: made for who looks, away from the loop, never at the cost of words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from bot.conversation import Text
from bot.conversation.messages import Attachment
from bot.conversation.screen import Say
from bot.errors import DatabaseBusy, FlowDefinitionError, PictureFailed
from bot.pictures import Drawing, RouteLine, RouteStep, draw_route
from bot.pictures.png import to_png
from bot.work.files import Files
from bot.work.pictures import PICTURES, Picture, PictureContext, PictureRegistry, making
from bot.work.pictures.making import ChatPictures, Pictures
from bot.work.rendering import Renderer
from content.load import Content
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.png import png_size

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

ROUTE = Attachment("picture", {"source": "route", "pathway": "office"})


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
def seen() -> list[PictureContext]:
    return []


@pytest.fixture
def registry(seen: list[PictureContext]) -> PictureRegistry:
    """One picture that shows what it was told, and one for each way to fail."""
    found = PictureRegistry()

    def route(context: PictureContext) -> Picture | None:
        seen.append(context)
        if context.values.get("pathway") == "gone":
            return None
        name = context.words("common.yes")
        step = RouteStep(context.values["pathway"], "next", name)
        alt = Text("web.chat.title_city", {"city": context.values["pathway"]})
        return Picture(draw_route(RouteLine(name, (step,)), context.look), alt)

    def broken(context: PictureContext) -> Picture | None:
        raise ValueError("a bug")

    found.register("route", route)
    found.register("broken", broken)
    return found


@pytest.fixture
def pictures(
    database: Database, content: Content, registry: PictureRegistry, painter: CountingPainter
) -> Pictures:
    return Pictures(database, lambda: content, registry, painter)


@dataclass
class CountingPainter:
    """Paints, and remembers how wide."""

    widths: list[int] = field(default_factory=list)

    def __call__(self, drawing: Drawing, width: int) -> bytes:
        self.widths.append(width)
        return to_png(drawing, width)


@pytest.fixture
def painter() -> CountingPainter:
    return CountingPainter()


def add(database: Database, chat: str = "1", city: str = "manchester") -> str:
    def write(unit: Unit) -> str:
        return unit.people.ensure("web", "web", chat, city=city, language="cy").id

    return database.write_now(write)


async def test_a_picture_is_made_for_its_person(
    database: Database, content: Content, pictures: Pictures, seen: list[PictureContext]
) -> None:
    person = add(database)
    shown = await pictures.show(ROUTE, person)
    png = await pictures.png(ROUTE, person)

    assert shown is not None
    assert png is not None
    assert "office" in shown.alt
    assert shown.width == 480
    assert png_size(png)[0] == 960
    assert png_size(png)[1] == pytest.approx(shown.height * 2, abs=1)
    assert (seen[0].person, seen[0].language) == (person, "cy")
    assert seen[0].look.accent == content.cities["manchester"].accent.light
    assert seen[0].values == ROUTE.values


async def test_a_message_s_language_is_its_picture_s(
    database: Database, pictures: Pictures, seen: list[PictureContext]
) -> None:
    person = add(database, city="")
    await pictures.show(replace(ROUTE, values={**ROUTE.values, "language": "ur"}), person)
    assert (seen[0].language, seen[0].look.is_right_to_left, seen[0].city) == ("ur", True, None)


@pytest.mark.parametrize(
    "values",
    [
        {"source": "route", "pathway": "gone"},
        {"source": "broken"},
        {"source": "unheard of"},
        {"source": "route"},
        {},
    ],
)
async def test_what_cannot_be_made_is_none(
    database: Database, pictures: Pictures, values: dict[str, str]
) -> None:
    person = add(database)
    assert await pictures.show(Attachment("picture", values), person) is None
    assert await pictures.png(Attachment("picture", values), person) is None


@pytest.mark.parametrize("person", ["", "0" * 32])
async def test_nobody_has_no_picture(pictures: Pictures, person: str) -> None:
    assert await pictures.png(ROUTE, person) is None


async def test_a_busy_database_or_a_failing_painter_costs_no_words(
    database: Database,
    content: Content,
    registry: PictureRegistry,
    pictures: Pictures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = add(database)

    def fail(drawing: Drawing, width: int) -> bytes:
        raise PictureFailed

    failing = Pictures(database, lambda: content, registry, fail)
    assert await failing.png(ROUTE, person) is None

    async def busy(read: object) -> object:
        raise DatabaseBusy

    monkeypatch.setattr(database, "read", busy)
    assert await pictures.png(ROUTE, person) is None


async def test_the_same_picture_is_painted_once_and_a_changed_one_anew(
    database: Database, pictures: Pictures, painter: CountingPainter
) -> None:
    person = add(database)
    other = replace(ROUTE, values={**ROUTE.values, "pathway": "care"})
    first = await pictures.png(ROUTE, person)
    assert await pictures.png(ROUTE, person) == first
    assert painter.widths == [960]
    assert await pictures.png(other, person) != first
    assert painter.widths == [960, 960]


async def test_few_bytes_are_kept(
    database: Database,
    pictures: Pictures,
    painter: CountingPainter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "KEPT_BYTES", 1)
    person = add(database)
    for name in ("one", "two", "one"):
        await pictures.png(Attachment("picture", {"source": "route", "pathway": name}), person)
    assert len(painter.widths) == 3


async def test_painting_does_not_hold_the_loop(
    database: Database, content: Content, registry: PictureRegistry
) -> None:
    loop, started, may_end = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()

    def paint(drawing: Drawing, width: int) -> bytes:
        loop.call_soon_threadsafe(started.set)
        asyncio.run_coroutine_threadsafe(may_end.wait(), loop).result(10)
        return b"png"

    pictures = Pictures(database, lambda: content, registry, paint)
    person = add(database)
    painting = asyncio.create_task(pictures.png(ROUTE, person))
    await started.wait()
    assert await pictures.show(ROUTE, person) is not None
    may_end.set()
    assert await painting == b"png"


async def test_a_very_long_picture_is_painted_narrower(
    database: Database, pictures: Pictures, registry: PictureRegistry, painter: CountingPainter
) -> None:
    def long(context: PictureContext) -> Picture | None:
        steps = tuple(RouteStep("step " * 20, "later", "Later", "x " * 30) for _ in range(30))
        return Picture(draw_route(RouteLine("Long", steps), context.look), Text("common.yes"))

    registry.register("long", long)
    png = await pictures.png(Attachment("picture", {"source": "long"}), add(database))
    assert png is not None
    width, height = png_size(png)
    assert width < 960
    assert 4900 < height <= 5000


async def test_a_chat_shows_its_holder_s_own_and_no_other(
    database: Database, pictures: Pictures, seen: list[PictureContext]
) -> None:
    mine, theirs = add(database, "a"), add(database, "b")
    chats = ChatPictures(database, pictures, "web", "web")
    forged = replace(ROUTE, values={**ROUTE.values, "person": theirs})
    assert await chats.png("a", forged) is not None
    assert await chats.show("a", forged) is not None
    assert {one.person for one in seen} == {mine}
    assert await chats.png("nobody", forged) is None
    assert await chats.show("nobody", forged) is None


async def test_a_flow_names_nobody_else(content: Content) -> None:
    say = Say(Text("common.yes"), attachments=(
        Attachment("picture", {"source": "route", "person": "them", "language": "en"}),
    ))  # fmt: skip
    message = Renderer(content.words, "ur", person="me").say(say)
    (attachment,) = message.attachments
    assert attachment.values == {"source": "route", "person": "me", "language": "ur"}


async def test_a_picture_is_a_file_to_send(
    database: Database, content: Content, pictures: Pictures
) -> None:
    def at() -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)

    files = Files(database, lambda: content, "https://bot.example", at, pictures)
    values = {**ROUTE.values, "person": add(database), "language": "en"}
    made = await files.make(Attachment("picture", values))
    assert made is not None
    assert (made.name, made.media_type) == ("picture.png", "image/png")
    assert png_size(made.content)[0] == 960
    assert await files.make(ROUTE) is None
    without = Files(database, lambda: content, "https://bot.example", at)
    assert await without.make(Attachment("picture", values)) is None


def test_names_are_given_once(registry: PictureRegistry) -> None:
    draw = registry.find("route")
    assert draw is not None
    registry.register("route", draw)
    with pytest.raises(FlowDefinitionError, match="two pictures"):
        registry.register("route", lambda context: None)
    assert registry.names == ("route", "broken")
    assert PICTURES.find("route of nobody") is None
