"""Rounds on the database: staff make, read and decide; whoever took part is told once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from bot.codesign.records import Act, Change, Kind, NewRound, Round, Verdict
from bot.errors import NotFound
from bot.work.codesign_desk import SLICE, CodesignDesk
from bot.work.context import Surroundings
from content.load import Content
from storage import Database, Unit
from tests.support.databases import (
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITIES, OTHERS = ("manchester",), ("derby",)
NEW = NewRound(
    "manchester", "Spring", "sectors-draft", "0.1", ("data",), date(2027, 1, 1),
    date(2027, 1, 31), 5,
)  # fmt: skip
CHANGE = Change("data.prepare.1a", Act.REWORD, "data.prepare", 1, "Put facts in a sheet", "Short")
PEOPLE = SLICE + 3


class Town:
    """A desk, and what it told."""

    def __init__(self, database: Database, content: Content) -> None:
        self.database = database
        self.told: list[tuple[str, str]] = []
        around = Surroundings(content, None, None)  # type: ignore[arg-type]  # words alone are needed
        self.desk = CodesignDesk(database, lambda: around, self._tell)

    def _tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def join(self, found: Round) -> None:
        """Let people take part, each in a chat of their own."""

        def act(unit: Unit) -> None:
            for number in range(PEOPLE):
                person = unit.people.ensure("telegram", "1", str(number), city="manchester")
                part = unit.comments.join(found.id, person.id, Kind.RESIDENT, keeps=False)
                unit.comments.say_missing(part, f"Skill {number}")

        self.database.write_now(act)

    def actions(self) -> list[str]:
        latest = self.database.read_now(lambda unit: unit.audit.list_latest())
        return [one.action for one in reversed(latest)]


@pytest.fixture
def town(sqlite_database: Database, content: Content) -> Town:
    return Town(sqlite_database, content)


async def test_a_round_goes_its_way_and_each_act_is_audited(town: Town) -> None:
    found = await town.desk.make(NEW, "sam")
    town.join(found)
    sheet = await town.desk.sheet(found.id, CITIES)
    assert sheet is not None
    assert [one.people for one in await town.desk.listed(CITIES)] == [PEOPLE]
    idea = sheet.suggestions[0].id
    await town.desk.mark(found.id, CITIES, idea, Verdict.TAKEN, "Good", "sam", is_open=True)
    await town.desk.decide(found.id, CITIES, CHANGE, "sam")
    await town.desk.end(found.id, CITIES, "sam")
    await town.desk.move(found.id, CITIES, NEW.opens_on, date(2027, 2, 1), "sam")
    now = await town.desk.sheet(found.id, CITIES)
    assert now is not None
    draft = town.desk.draft(now)

    assert (now.suggestions[0].verdict, now.changes) == (Verdict.TAKEN, (CHANGE,))
    assert now.round.new.closes_on == date(2027, 2, 1)
    assert draft is not None
    assert [one.now for one in draft.revisions] == ["Put facts in a sheet"]
    await town.desk.keep(found.id, CITIES, CHANGE.item, "sam")
    await town.desk.exported(found, "sam")
    assert town.actions() == [
        "codesign.round_made",
        "codesign.suggestion_marked",
        "codesign.decided",
        "codesign.round_ended",
        "codesign.round_moved",
        "codesign.kept",
        "codesign.exported",
    ]


async def test_everybody_who_took_part_is_told_once(town: Town) -> None:
    found = await town.desk.make(NEW, "sam")
    town.join(found)

    assert await town.desk.tell(found.id, CITIES, "sam") == PEOPLE
    assert sorted(town.told) == sorted(("telegram", str(number)) for number in range(PEOPLE))
    assert await town.desk.tell(found.id, CITIES, "sam") == 0
    assert len(town.told) == PEOPLE
    person = town.database.write_now(lambda unit: unit.people.ensure("telegram", "1", "0")).id
    rows = town.database.read_now(lambda unit: unit.transcripts.read(person))
    (words,) = ["".join(span.text for span in row.message.text) for row in rows if row.message]
    assert 'What came of "Spring"' in words
    assert "/codesign" in words


async def test_what_is_of_another_city_is_not_there(town: Town) -> None:
    found = await town.desk.make(NEW, "sam")
    town.join(found)
    sheet = await town.desk.sheet(found.id, CITIES)
    assert sheet is not None
    idea = sheet.suggestions[0].id

    assert await town.desk.sheet(found.id, OTHERS) is None
    assert await town.desk.listed(OTHERS) == []
    for act in (
        town.desk.end(found.id, OTHERS, "eve"),
        town.desk.move(found.id, OTHERS, NEW.opens_on, NEW.closes_on, "eve"),
        town.desk.mark(found.id, OTHERS, idea, Verdict.HIDDEN, "", "eve", is_open=False),
        town.desk.decide(found.id, OTHERS, CHANGE, "eve"),
        town.desk.keep(found.id, OTHERS, CHANGE.item, "eve"),
        town.desk.tell(found.id, OTHERS, "eve"),
    ):
        with pytest.raises(NotFound):
            await act
    assert await town.desk.sheet(found.id, CITIES) == sheet
    assert town.actions() == ["codesign.round_made"]
