"""Every flow that a person can start, through inbox, turn and outbox, with the real looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot.courses.effects
import bot.flows
import bot.people.effects
import bot.skills.effects
import bot.work.effects
import bot.work.reads
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.conversation.messages import Message
from bot.loading import collect_modules
from bot.work.effects import EFFECTS
from bot.work.reads import LOOKS
from bot.work.samples import Samples
from content.load import Content, load
from storage import Database, Unit
from tests.work.conftest import House, make_house

TROUBLE = ("Sorry, something went wrong", "[", "…")


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


@pytest.fixture
async def house(tmp_path: Path, content: Content) -> AsyncIterator[House]:
    async with _house(tmp_path, content) as made:
        yield made


@pytest.fixture
async def cities(tmp_path: Path) -> AsyncIterator[House]:
    """A bot of two cities, so that it has to ask."""
    async with _house(tmp_path, load(cities={"manchester", "derby"})) as made:
        yield made


@asynccontextmanager
async def _house(tmp_path: Path, content: Content) -> AsyncIterator[House]:
    collect_modules(bot.work.effects)
    collect_modules(bot.work.reads)
    register_effects(bot.people.effects, bot.courses.effects, bot.skills.effects)
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url)
    made = make_house(database, content, collect_flows(bot.flows), EFFECTS, LOOKS)
    await Samples(database, lambda: content, "on", lambda: datetime.now(UTC)).bring_up_to_date()
    await made.catalogue.refresh(datetime.now(UTC))
    tasks = [asyncio.create_task(made.turns.run()), asyncio.create_task(made.sender.run())]
    yield made
    await made.turns.stop(2)
    await made.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.aclose()


async def said(house: House, before: int = 0) -> list[Message]:
    """Return what the bot said since there were `before` messages, once it has finished."""
    await house.replies(before + 1)
    await house.sender.settled()
    return [message for _, message, _ in house.channel.sent][before:]


def is_well(messages: list[Message]) -> bool:
    return not any(trouble in words(message) for message in messages for trouble in TROUBLE)


COMMANDS = [
    command for flow in collect_flows(bot.flows) for command in flow.commands if command != "start"
]


@pytest.mark.parametrize("command", sorted(COMMANDS))
async def test_every_command_is_answered(house: House, command: str) -> None:
    house.known()
    await house.say(f"/{command}")

    messages = await said(house)
    assert is_well(messages)
    assert messages[-1].choices or messages[-1].wants


@pytest.mark.parametrize(
    ("typed", "is_led"),
    [
        ("I am an employer", True),
        ("I'm an employer and my staff fall for scam e-mails", True),
        ("I run a business", True),
        ("employer engagement course", False),
    ],
)
async def test_whoever_says_that_they_are_an_employer_is_led_there(
    house: House, typed: str, is_led: bool
) -> None:
    await house.say(typed)
    hello = await said(house)
    await house.press(hello[-1], "english")
    first = (await said(house, len(hello)))[-1]
    so_far = len(house.channel.sent)
    await house.say("/menu")
    so_far += len(await said(house, so_far))
    await house.say(typed)
    again = (await said(house, so_far))[-1]
    for message in (first, again):
        assert ({"yes", "no"} <= {one.id for one in message.choices}) is is_led


@pytest.mark.parametrize("language", ["english", "welsh", "urdu"])
async def test_a_stranger_finds_opens_and_saves_a_course(house: House, language: str) -> None:
    await house.say("excel")
    hello = await said(house)
    await house.press(hello[-1], language)
    results = await said(house, len(hello))
    opens = next(choice.id for choice in results[-1].choices if choice.id.startswith("open"))
    so_far = len(house.channel.sent)
    await house.press(results[-1], opens)
    card = await said(house, so_far)
    so_far = len(house.channel.sent)
    await house.press(card[-1], "save")
    saved = await said(house, so_far)

    assert is_well([*hello, *results, *card, *saved])
    person = house.database.read_now(lambda unit: unit.people.at("telegram", "7", "1"))
    assert person is not None
    assert person.language == {"english": "en", "welsh": "cy", "urdu": "ur"}[language]
    assert results[-1].language == person.language
    rows = house.database.read_now(lambda unit: unit.saved.list_saved(person.id))
    assert len(rows) == 1


async def test_a_search_that_was_left_is_named_by_its_subject(house: House) -> None:
    await house.say("excel")
    hello = await said(house)
    await house.press(hello[-1], "english")
    so_far = len(hello) + len(await said(house, len(hello)))
    for typed in ("/find i would like to learn excel in the evening", "/menu"):
        await house.say(typed)
        shown = await said(house, so_far)
        so_far += len(shown)

    labels = [one.label for one in shown[-1].choices if one.id.startswith("carry.")]
    assert labels[0] == "Go on: excel"


async def test_deleting_everything_can_be_undone_for_five_minutes(house: House) -> None:
    house.known()
    await house.say("/forget")
    (asked,) = await said(house)
    await house.press(asked, "yes")
    due = (await said(house, 1))[-1]
    person = house.database.read_now(lambda unit: unit.people.at("telegram", "7", "1"))
    assert person is not None
    assert house.database.read_now(lambda unit: unit.privacy.erasure_due_at(person.id))
    so_far = len(house.channel.sent)
    await house.press(due, "undo")
    undone = await said(house, so_far)

    assert is_well(undone)
    assert not house.database.read_now(lambda unit: unit.privacy.erasure_due_at(person.id))


async def test_an_invited_person_becomes_staff_and_gets_a_link(house: House) -> None:
    from bot.people import Role

    house.known()
    token = house.database.write_now(lambda unit: unit.staff.invite(Role.EDITOR, ("manchester",)))
    await house.say(f"/start invite_{token}")
    (asked,) = await said(house)
    await house.press(asked, "yes")
    welcome = await said(house, 1)
    so_far = len(house.channel.sent)
    await house.say("/staff")
    link = await said(house, so_far)

    assert is_well([asked, *welcome, *link])
    assert any(
        "https://bot.example/staff/login/" in choice.url for m in link for choice in m.choices
    )


async def test_a_strangers_invitation_is_named_first(house: House) -> None:
    from bot.people import Role

    token = house.database.write_now(
        lambda unit: unit.staff.invite(Role.PROVIDER, ("manchester",), provider="Our College")
    )
    await house.say(f"/start invite_{token}")
    hello = await said(house)
    assert "a provider for Our College" in words(hello[0])
    await house.press(hello[-1], "english")
    (asked,) = (await said(house, len(hello)))[-1:]

    assert {"yes", "no"} <= {one.id for one in asked.choices}


async def test_back_takes_the_place_of_the_message_that_was_pressed(house: House) -> None:
    house.known()
    await house.say("/find excel")
    (results,) = await said(house)
    opens = next(choice.id for choice in results.choices if choice.id.startswith("open"))
    await house.press(results, opens, message_id="1")
    card = (await said(house, 1))[-1]
    sent = len(house.channel.sent)
    edits = len(house.channel.edits)
    await house.press(card, "-back", message_id="2")
    await house.until(lambda: len(house.channel.edits) > edits)

    assert house.channel.edits[-1][1] == "2"
    assert len(house.channel.sent) == sent


async def test_joining_keeps_the_older_person_and_goes_on_talking(house: House) -> None:
    def make(unit: Unit) -> tuple[str, str]:
        older = unit.people.ensure("web", "web", "abc", city="manchester")
        unit.people.accept_notice(older.id, "1", "web")
        return older.id, unit.joins.offer(older.id, "web", "web", "abc")

    older, token = house.database.write_now(make)
    house.known()
    await house.say("/find yoga")
    await said(house)
    so_far = len(house.channel.sent)
    await house.say(f"/start join_{token}")
    asked = await said(house, so_far)
    so_far = len(house.channel.sent)
    await house.press(asked[-1], "yes")
    joined = await said(house, so_far)
    so_far = len(house.channel.sent)
    await house.say("/saved")
    after = await said(house, so_far)

    assert is_well([*asked, *joined, *after])
    person = house.database.read_now(lambda unit: unit.people.at("telegram", "7", "1"))
    assert person is not None
    assert person.id == older


@pytest.mark.parametrize("instead", ["skills", "my results", "/find", "/menu", "/start"])
async def test_nothing_gets_past_the_question_for_a_city(cities: House, instead: str) -> None:
    await cities.say("hello")
    hello = await said(cities)
    await cities.press(hello[-1], "english")
    asked = await said(cities, len(hello))
    so_far = len(cities.channel.sent)
    await cities.say(instead)
    again = await said(cities, so_far)
    assert [one.id for one in again[-1].choices[:2]] == [one.id for one in asked[-1].choices[:2]]
    so_far = len(cities.channel.sent)
    await cities.say("derby")
    await said(cities, so_far)

    person = cities.database.read_now(lambda unit: unit.people.at("telegram", "7", "1"))
    assert person is not None
    assert person.city == "derby"


@pytest.mark.parametrize("instead", ["help", "/privacy", "/language"])
async def test_help_and_privacy_need_no_city(cities: House, instead: str) -> None:
    await cities.say("hello")
    hello = await said(cities)
    await cities.press(hello[-1], "english")
    asked = await said(cities, len(hello))
    so_far = len(cities.channel.sent)
    await cities.say(instead)
    told = await said(cities, so_far)

    assert is_well(told)
    assert words(told[-1]) != words(asked[-1])
