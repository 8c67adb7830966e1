"""Who wrote an offer hears what became of it; staff hear that something waits."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from sqlmodel import select

from bot.conversation.messages import Message
from bot.people import Purpose, Role
from bot.skills.tagging import shipped_rules
from bot.work.catalogue import Catalogue, indexer
from bot.work.context import Surroundings
from bot.work.offer_news import OfferNews
from bot.work.places import Places
from content.load import Content, load
from storage import Database, Unit
from storage.messages import load_message
from storage.records import SavedCourse
from storage.tables.delivery import OutboxRow
from tests.courses.offers.filled import told
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]
CITY = "manchester"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


class Desk:
    """A provider on Telegram and an editor, with what they are told."""

    def __init__(self, database: Database, content: Content) -> None:
        self.database, self.told = database, list[tuple[str, str]]()
        around = Surroundings(content, None, Places(content.cities))  # type: ignore[arg-type]  # no courses here
        self.news = OfferNews(database, lambda: around, self._tell)
        self.ann = database.write_now(lambda unit: self._person(unit, "ann"))
        self.sam = database.write_now(lambda unit: self._person(unit, "sam"))
        database.write_now(
            lambda unit: unit.staff.grant(self.sam, Role.EDITOR, [CITY], channel="telegram")
        )

    def _person(self, unit: Unit, chat: str) -> str:
        person = unit.people.ensure("telegram", "7", chat, city=CITY).id
        unit.people.accept_notice(person, "1", "telegram")
        return person

    def _tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def sent(self, title: str = "Tea and tablets") -> str:
        def act(unit: Unit) -> str:
            made = unit.offers.begin(self.ann, CITY, "The Tea Room", told(title=title))
            return unit.offers.send(made.id, self.ann).id

        return self.database.write_now(act)

    def publish(self, key: str, number: int = 1) -> None:
        rules = shipped_rules()
        self.database.write_now(lambda unit: unit.offers.publish(key, number, self.sam, rules))

    def saved(self) -> list[SavedCourse]:
        return self.database.read_now(lambda unit: unit.saved.list_saved(self.sam))

    def out(self) -> list[Message]:
        def read(unit: Unit) -> list[Message]:
            rows = unit.orm.exec(select(OutboxRow).order_by(OutboxRow.id)).all()
            return [load_message(row.message) for row in rows]

        return self.database.read_now(read)


@pytest.fixture
def desk(sqlite_database: Database, content: Content) -> Desk:
    return Desk(sqlite_database, content)


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


async def test_what_is_published_is_found_and_what_is_withdrawn_is_not(
    desk: Desk, content: Content, clock: MovedClock
) -> None:
    catalogue = Catalogue(desk.database, {CITY: "Europe/London"}, indexer(lambda: content))
    key = desk.sent()
    await catalogue.refresh(clock())
    assert catalogue.named(CITY, "tea and tablets") == []
    desk.publish(key)
    await catalogue.refresh(clock())
    (found,) = catalogue.named(CITY, "tea and tablets")
    assert found.provider == "The Tea Room"
    index = catalogue.index(CITY)
    assert index is not None
    assert list(index.teaching("2.2")) == [found.id]
    desk.database.write_now(lambda unit: unit.offers.withdraw(key, desk.ann))
    await catalogue.refresh(clock())
    assert catalogue.named(CITY, "tea and tablets") == []


async def test_who_saved_it_is_told_that_its_date_moved(desk: Desk) -> None:
    key = desk.sent()
    desk.publish(key)

    def save(unit: Unit) -> str:
        offer = unit.offers.find(key)
        assert offer is not None
        unit.saved.add(desk.sam, offer.course)
        unit.offers.write(key, told(start_date="2027-02-02"), desk.ann)
        return offer.course

    course = desk.database.write_now(save)
    assert [one.is_changed for one in desk.saved()] == [False], "a draft tells nobody"
    desk.database.write_now(lambda unit: unit.offers.send(key, desk.ann))
    desk.publish(key, 2)
    (saved,) = desk.saved()
    assert (saved.course.id, saved.is_changed) == (course, True)
    before, after = saved.was.instances[0], saved.course.instances[0]
    assert (before.id, str(before.start_date)) == (after.id, "2027-01-12")
    assert str(after.start_date) == "2027-02-02"


async def test_who_wrote_it_is_told_once_that_it_is_published(desk: Desk) -> None:
    key = desk.sent()
    desk.publish(key)
    assert await desk.news.send_due() == 1
    assert await desk.news.send_due() == 0
    (message,) = desk.out()
    assert "Tea and tablets" in words(message)
    assert message.nonce == f"go.offer.{key}"
    assert [one.id for one in message.choices] == ["open"]
    assert desk.told == [("telegram", "ann")]


async def test_who_wrote_it_is_told_why_it_came_back(desk: Desk) -> None:
    first, second = desk.sent(), desk.sent("Tea and phones")

    def decline(unit: Unit) -> None:
        unit.offers.decline(first, 1, "offers.reason.dates", desk.sam)
        unit.offers.decline(second, 1, "Which door is it?", desk.sam)

    desk.database.write_now(decline)
    assert await desk.news.send_due() == 2
    said = " ".join(map(words, desk.out()))
    assert "The dates or times are not right." in said
    assert "Which door is it?" in said


async def test_who_wants_no_messages_gets_none_and_nobody_waits_for_it(desk: Desk) -> None:
    key = desk.sent()

    def refuse(unit: Unit) -> None:
        unit.people.record_consent(desk.ann, Purpose.REMINDERS, False, "telegram", "1")
        unit.offers.decline(key, 1, "offers.reason.dates", desk.sam)

    desk.database.write_now(refuse)
    assert await desk.news.send_due() == 0
    assert desk.out() == []
    assert desk.database.read_now(lambda unit: unit.offers.list_news(9)) == []


async def test_staff_hear_once_a_day_that_something_waits(desk: Desk, clock: MovedClock) -> None:
    assert await desk.news.remind_staff() == 0
    desk.sent()
    assert await desk.news.remind_staff() == 1
    desk.sent("Tea and phones")
    assert await desk.news.remind_staff() == 0
    (message,) = desk.out()
    assert message.nonce == "go.offers"
    assert desk.told == [("telegram", "sam")]
    clock.move(days=1)
    assert await desk.news.remind_staff() == 1
    assert "2 offers" in words(desk.out()[-1])


async def test_nobody_is_told_at_night(desk: Desk, clock: MovedClock) -> None:
    desk.sent()
    clock.at = clock.at.replace(hour=23)
    assert await desk.news.remind_staff() == 0
