"""Making and switching off the page of a result, as a conversation does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.errors import Refused
from bot.skills.effects import (
    BringSittingBack,
    DeleteSitting,
    FinishSitting,
    KeepAnswer,
    StartSitting,
)
from bot.skills.page_effects import CloseResultPage, OpenResultPage
from bot.work.context import Context, Surroundings
from bot.work.effects.result_pages import close_result_page, open_result_page
from bot.work.effects.skills import (
    bring_sitting_back,
    delete_sitting,
    finish_sitting,
    keep_answer,
    start_sitting,
)
from bot.work.places import Places
from bot.work.reads.result_pages import result_page
from bot.work.told import find_report
from storage import Database, Unit
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.told_skills import shipped

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

ADDRESS = "https://bot.example/results/"
Act = Callable[..., Any]


class Someone:
    """A person on a channel, whose looks and effects run in units of their own."""

    def __init__(self, database: Database, chat: str, channel: str = "telegram") -> None:
        self.database, self.chat, self.channel = database, chat, channel

    def does(self, act: Act, *values: object) -> Any:
        return self.database.write_now(lambda unit: act(self._context(unit), *values))

    def tells(self) -> str:
        def tell(unit: Unit) -> str:
            person = self._context(unit).person.id
            made = unit.skills.start(person, "manchester", "digcomp3", "3.0-1", "v", "whole")
            unit.skills.record(person, made.id, "1.1.2a", 2, "v")
            return made.id

        return self.database.write_now(tell)

    def _context(self, unit: Unit) -> Context:
        content = shipped()
        catalogue: Any = None  # neither looks nor effects on pages ask it
        around = Surroundings(content, catalogue, Places(content.cities), "https://bot.example")
        person = unit.people.ensure(self.channel, "bot", self.chat, city="manchester")
        now = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
        return Context(
            person, "manchester", "en", self.channel, "bot", self.chat, now, unit, around
        )


@pytest.fixture
def anna(sqlite_database: Database) -> Someone:
    return Someone(sqlite_database, "anna")


def opened(who: Someone, sitting: str = "") -> str:
    return str(who.does(open_result_page, OpenResultPage(sitting))["link"])


def test_the_same_result_keeps_its_address(anna: Someone) -> None:
    sitting = anna.tells()

    first = opened(anna, sitting)

    assert first.startswith(ADDRESS)
    assert len(first.removeprefix(ADDRESS)) >= 22
    assert opened(anna, sitting) == first
    assert opened(anna) != first, "where one stands now has an address of its own"
    assert anna.does(result_page, sitting)["link"] == first


def test_switched_off_it_is_not_there_and_comes_back_elsewhere(anna: Someone) -> None:
    sitting = anna.tells()
    first = opened(anna, sitting)

    assert anna.does(close_result_page, CloseResultPage(sitting)) == {"was_open": True}
    assert anna.does(close_result_page, CloseResultPage(sitting)) == {"was_open": False}
    assert anna.does(result_page, sitting)["link"] == ""
    assert opened(anna, sitting) != first


def test_a_deleted_sitting_comes_back_without_its_page(anna: Someone) -> None:
    sitting = anna.tells()
    opened(anna, sitting)

    assert anna.does(delete_sitting, DeleteSitting(sitting)) == "deleted"
    assert anna.does(delete_sitting, DeleteSitting(sitting)) == "gone"
    assert anna.does(keep_answer, KeepAnswer(sitting, "1.1.2a", 1)) == "gone"
    assert anna.does(finish_sitting, FinishSitting(sitting)) == "gone"
    assert anna.does(bring_sitting_back, BringSittingBack(sitting)) == "back"
    assert anna.does(result_page, sitting)["link"] == ""


def test_a_result_is_compared_within_its_own_framework(
    anna: Someone, sqlite_database: Database, clock: MovedClock
) -> None:
    def compared(unit: Unit, framework: str) -> bool:
        person = unit.people.ensure(anna.channel, "bot", anna.chat, city="manchester").id
        made = unit.skills.start(person, "manchester", framework, "1", "v", "whole")
        item = next(one.id for _, _, one in shipped().frameworks[framework].sentences())
        unit.skills.record(person, made.id, item, 2, "v")
        found = find_report(unit, shipped(), person, made.id)
        return found is not None and found.before_at is not None

    found = []
    for framework in ("digcomp3", "sectors-draft", "digcomp3"):
        found.append(sqlite_database.write_now(lambda unit, f=framework: compared(unit, f)))  # type: ignore[misc]
        clock.move(days=1)
    assert found == [False, False, True]


@pytest.mark.parametrize(
    ("framework", "mode"),
    [("gone", "whole"), ("digcomp3", "tasks"), ("digcomp3", "all"), ("eds", "whole")],
)
def test_no_sitting_begins_against_what_is_not_there(
    anna: Someone, framework: str, mode: str
) -> None:
    with pytest.raises(Refused):
        anna.does(start_sitting, StartSitting(framework, mode))


@pytest.mark.parametrize("answer", [-1, 4])
def test_no_other_answer_is_kept(anna: Someone, answer: int) -> None:
    sitting = anna.tells()
    with pytest.raises(Refused):
        anna.does(keep_answer, KeepAnswer(sitting, "1.1.2b", answer))


@pytest.mark.parametrize("sitting", ["", "0" * 32])
def test_without_a_result_there_is_no_page(anna: Someone, sitting: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(anna, sitting)

    assert refused.value.text_id == "results.page.none"
    assert shipped().words.has("results.page.none")


def test_nobody_opens_somebody_elses_result(anna: Someone, sqlite_database: Database) -> None:
    sitting = anna.tells()
    ben = Someone(sqlite_database, "ben")
    ben.tells()

    with pytest.raises(Refused):
        opened(ben, sitting)
    opened(anna, sitting)
    assert ben.does(close_result_page, CloseResultPage(sitting)) == {"was_open": False}
    assert anna.does(result_page, sitting)["link"]


def test_a_browser_has_an_address_without_switching_anything_on(
    sqlite_database: Database,
) -> None:
    browser = Someone(sqlite_database, "b" * 64, "web")
    sitting = browser.tells()

    assert browser.does(result_page, sitting) == {"link": "", "own": f"{ADDRESS}own/{sitting}"}
    assert browser.does(result_page)["own"] == f"{ADDRESS}own/now"


def test_telegram_has_no_such_address(anna: Someone) -> None:
    assert anna.does(result_page)["own"] == ""
