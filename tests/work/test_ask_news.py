"""Who teaches hears, once on a day, that employers asked something of them."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from sqlmodel import select

from bot.conversation.messages import Message
from bot.needs.employers import Ask, AskKind
from bot.people import Role
from bot.work.ask_news import AskNews
from bot.work.context import Surroundings
from content.load import Content
from storage import Database, Unit
from storage.messages import load_message
from storage.tables.delivery import OutboxRow
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]
CITY = "manchester"


class Town:
    """A provider on Telegram, an employer, and what goes out."""

    def __init__(self, database: Database, content: Content) -> None:
        self.database, self.told = database, list[tuple[str, str]]()
        around = Surroundings(content, None, None)  # type: ignore[arg-type]  # words alone are needed
        self.news = AskNews(database, lambda: around, self._tell)
        self.ann = self._person("ann")
        self.database.write_now(
            lambda unit: unit.staff.grant(
                self.ann, Role.PROVIDER, [CITY], channel="telegram", provider="Adult College"
            )
        )

    def _person(self, chat: str) -> str:
        def make(unit: Unit) -> str:
            person = unit.people.ensure("telegram", "7", chat, city=CITY).id
            unit.people.accept_notice(person, "1", "telegram")
            return person

        return self.database.write_now(make)

    def _tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def ask(self, provider: str = "ADULT college", kind: AskKind = AskKind.PROVIDERS) -> str:
        def act(unit: Unit) -> str:
            made = unit.employers.add(self._eve(unit), CITY, {"name": "Care Ltd"})
            ask = Ask("", CITY, made.id, "eve", kind, unit.now, provider=provider, skill="a:1.3:2")
            return unit.asks.add(ask).id

        return self.database.write_now(act)

    @staticmethod
    def _eve(unit: Unit) -> str:
        return unit.people.ensure("telegram", "7", "eve", city=CITY).id

    def out(self) -> list[Message]:
        def read(unit: Unit) -> list[Message]:
            rows = unit.orm.exec(select(OutboxRow).order_by(OutboxRow.id)).all()
            return [load_message(row.message) for row in rows]

        return self.database.read_now(read)


@pytest.fixture
def town(sqlite_database: Database, content: Content) -> Town:
    return Town(sqlite_database, content)


async def test_a_provider_is_told_once_of_all_that_is_asked(town: Town) -> None:
    town.ask()
    town.ask()
    assert await town.news.send_due() == 1
    [message] = town.out()
    assert "Employers ask 2 things of you" in "".join(span.text for span in message.text)
    assert [one.id for one in message.choices] == ["look"]
    assert message.nonce == "go.asks"
    assert town.told == [("telegram", "ann")]
    assert await town.news.send_due() == 0


async def test_what_comes_later_is_told_the_next_day(town: Town, clock: MovedClock) -> None:
    town.ask()
    await town.news.send_due()
    clock.move(hours=1)
    town.ask()
    assert await town.news.send_due() == 0
    clock.move(days=1)
    assert await town.news.send_due() == 1
    clock.move(days=1)
    assert await town.news.send_due() == 0, "nothing new was asked"


async def test_nobody_is_told_at_night_nor_of_what_is_asked_of_others(
    town: Town, clock: MovedClock
) -> None:
    town.ask("Other College")
    town.ask("", AskKind.TALK)
    assert await town.news.send_due() == 0
    assert town.out() == []
    clock.move(days=1)
    clock.at = clock.at.replace(hour=3)
    town.ask()
    assert await town.news.send_due() == 0
