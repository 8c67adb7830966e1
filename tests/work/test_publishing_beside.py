"""The bench as a process of its own, and conversations that go on while content is replaced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

import bot.flows
import bot.work.effects
import bot.work.reads
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.loading import collect_modules
from bot.people import effects as people_effects
from bot.work.effects import EFFECTS
from bot.work.publishing.office import ContentOffice
from bot.work.publishing.publication import Publication, begin
from bot.work.publishing.workshop import Workshop
from bot.work.reads import LOOKS
from content.load import LiveContent, load
from storage import Database
from tests.support.databases import *  # noqa: F403
from tests.support.here_workshop import HereWorkshop
from tests.support.program import ROOT
from tests.support.small_content import small_content
from tests.work.conftest import House, make_house

MENU, CAMPAIGN = "text/menu.yaml", "campaigns/enrolment-week.yaml"


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_content(tmp_path_factory.mktemp("beside") / "base")


def _office(database: Database, workshop: Workshop) -> tuple[ContentOffice, LiveContent]:
    start = begin(database, workshop, load, partial(load, workshop.base))
    live = LiveContent(start.content)
    return ContentOffice(Publication(database, workshop, load, live, start.number)), live


def _person(database: Database) -> str:
    return database.write_now(lambda unit: unit.people.ensure("web", "web", "anna")).id


async def test_files_that_no_reader_survives_end_the_bench_alone(
    sqlite_database: Database, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    workshop = Workshop(base)
    office, live = _office(sqlite_database, workshop)
    by = _person(sqlite_database)
    deep = await office.take(by, MENU, b"menu.ask: " + b"[" * 1_000_000)
    assert (deep.paths, deep.refused) == ((), "publishing.refused.unreadable")
    assert await office.review(by) is None, "nothing of it is kept"
    assert await office.groups(by, "live"), "the next question is answered"
    assert live.current.words.short("menu.ask") == "What would you like to do?"
    await workshop.close()


@pytest.fixture
async def talking(
    sqlite_database: Database, base: Path
) -> AsyncIterator[tuple[House, ContentOffice]]:
    """A bot whose content staff may replace."""
    collect_modules(bot.work.effects)
    collect_modules(bot.work.reads)
    register_effects(people_effects)
    workshop = HereWorkshop(base)
    office, live = _office(sqlite_database, workshop)
    flows = collect_flows(bot.flows)
    house = make_house(sqlite_database, live.current, flows, EFFECTS, LOOKS, live=live)
    tasks = [asyncio.create_task(house.turns.run()), asyncio.create_task(house.sender.run())]
    yield house, office
    await house.turns.stop(2)
    await house.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await workshop.close()


async def test_a_conversation_goes_on_while_its_words_are_replaced(
    talking: tuple[House, ContentOffice], sqlite_database: Database
) -> None:
    house, office = talking
    house.known()
    await house.say("/menu")
    asked = (await house.replies(1))[-1]
    by = _person(sqlite_database)
    await office.take(by, MENU, b'menu.ask: "And now?"\nmenu.find.button: "Look for it"\n')
    await office.publish(by, "Plainer", 0)

    find = next(choice for choice in asked.choices if choice.label == "Find something to learn")
    await house.press(asked, find.id)
    await house.replies(2)
    await house.say("/menu")
    messages = await house.replies(3)
    shown = ["".join(span.text for span in message.text) for message in messages]
    assert "And now?" in shown[-1]
    assert not any("went wrong" in words for words in shown)
    labels = [choice.label for choice in messages[-1].choices]
    assert "Look for it" in labels
