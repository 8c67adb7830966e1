"""Words about reminders reach them wherever they are typed, in every shipped language."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

import bot.courses.effects
import bot.flows
import bot.people.effects
import bot.reminders.effects
import bot.skills.effects
import bot.work.effects
import bot.work.reads
import bot.work.reminders
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.conversation.messages import Message
from bot.loading import collect_modules
from bot.reminders import Daily, NewReminder
from bot.work.effects import EFFECTS
from bot.work.reads import LOOKS
from content.load import Content
from storage import Database
from tests.work.conftest import House, make_house


@pytest.fixture
async def house(tmp_path: Path, content: Content) -> AsyncIterator[House]:
    for package in (bot.work.effects, bot.work.reads, bot.work.reminders):
        collect_modules(package)
    register_effects(
        bot.people.effects, bot.courses.effects, bot.skills.effects, bot.reminders.effects
    )
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url)
    made = make_house(database, content, collect_flows(bot.flows), EFFECTS, LOOKS)
    await made.catalogue.refresh(datetime.now(UTC))
    tasks = [asyncio.create_task(made.turns.run()), asyncio.create_task(made.sender.run())]
    yield made
    await made.turns.stop(2)
    await made.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.aclose()


def put(house: House, *called: str) -> str:
    """Let the person have reminders; return who they are."""
    person = house.database.read_now(lambda unit: unit.people.at("telegram", "7", "1"))
    assert person is not None
    rule = Daily(time(9), date(2027, 1, 1))
    wanted = [
        NewReminder(person.id, "manchester", "own", rule, "Europe/London", "telegram", words=words)
        for words in called
    ]
    house.database.write_now(lambda unit: [unit.reminders.put(one) for one in wanted])
    return person.id


def on(house: House, person: str) -> list[str]:
    return house.database.read_now(
        lambda unit: [one.words for one in unit.reminders.list_of(person)]
    )


async def last(house: House, before: int) -> Message:
    await house.replies(before + 1)
    await house.sender.settled()
    sent: Message = house.channel.sent[-1][1]
    return sent


async def typed(house: House, text: str) -> Message:
    before = len(house.channel.sent)
    await house.say(text)
    return await last(house, before)


@pytest.mark.parametrize(
    "words",
    [
        "stop reminders",
        "Stop my reminders!",
        "cancel my reminders",
        "turn off reminders",
        "no more reminders",
        "stop reminding me",
        "don't remind me any more",
        "stopiwch fy atgoffa",
        "diffodd fy nodiadau atgoffa",
        "یاد دہانیاں بند کریں",
        "reminders band karo",
    ],
)
@pytest.mark.parametrize("before", ["/menu", "/find", "/reminders", "remind me tomorrow at 5pm"])
async def test_a_stop_of_reminders_is_heard_anywhere(house: House, words: str, before: str) -> None:
    house.known()
    person = put(house, "walk")
    await typed(house, before)
    stopped = await typed(house, words)

    assert on(house, person) == []
    assert [one.id for one in stopped.choices][:2] == ["undo", "back"]
    so_far = len(house.channel.sent)
    await house.press(stopped, "undo")
    await last(house, so_far)
    assert on(house, person) == ["walk"]


async def test_several_are_asked_about(house: House) -> None:
    house.known()
    person = put(house, "walk", "read")
    await typed(house, "/find")
    asked = await typed(house, "cancel my reminders")
    assert [one.id for one in asked.choices][2:4] == ["all", "none"]
    assert on(house, person) == ["walk", "read"]
    so_far = len(house.channel.sent)
    await house.press(asked, "all")
    await last(house, so_far)
    assert on(house, person) == []


async def test_a_list_that_comes_up_again_tells_what_is_true(house: House) -> None:
    house.known()
    person = put(house, "walk")
    await typed(house, "/reminders")
    asked = await typed(house, "/stop")
    so_far = len(house.channel.sent)
    await house.press(asked, "messages")
    shown = await last(house, so_far)
    assert "on" in [one.id for one in shown.choices]
    states = house.database.read_now(
        lambda unit: [one.state for one in unit.reminders.list_of(person)]
    )
    assert states == ["muted"]


async def test_one_reminder_after_another_is_heard_where_a_button_is_asked_for(
    house: House,
) -> None:
    house.known()
    person = put(house)
    first = await typed(house, "remind me to read tomorrow at 5pm")
    instead = await typed(house, "remind me to read tomorrow at 7pm")
    assert first.text != instead.text
    so_far = len(house.channel.sent)
    await house.press(instead, "yes")
    await last(house, so_far)
    await typed(house, "remind me to walk every Monday morning")
    so_far = len(house.channel.sent)
    await house.press(house.channel.sent[-1][1], "yes")
    await last(house, so_far)

    assert sorted(on(house, person)) == ["read", "walk"]
