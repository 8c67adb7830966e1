"""Telling one's skills through inbox, turn and outbox, on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

import bot.courses.effects
import bot.flows
import bot.people.effects
import bot.skills.effects
import bot.skills.page_effects
import bot.work.effects
import bot.work.pictures
import bot.work.reads
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.conversation.messages import Attachment, Message
from bot.loading import collect_modules
from bot.program import utc_now
from bot.skills.sittings import Sitting
from bot.work.effects import EFFECTS
from bot.work.files import Files
from bot.work.pictures.making import Pictures
from bot.work.reads import LOOKS
from bot.work.reads.standing import where_they_stand
from content.load import load
from storage import Database
from tests.support.png import png_size
from tests.work.conftest import House, make_house


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


SHIPPED = load(cities=frozenset({"manchester"}))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    for package in (bot.work.effects, bot.work.reads, bot.work.pictures):
        collect_modules(package)
    register_effects(
        bot.people.effects, bot.courses.effects, bot.skills.effects, bot.skills.page_effects
    )
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url)
    made = make_house(database, SHIPPED, collect_flows(bot.flows), EFFECTS, LOOKS)
    tasks = [asyncio.create_task(made.turns.run()), asyncio.create_task(made.sender.run())]
    made.known()
    yield made
    await made.turns.stop(2)
    await made.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.aclose()


async def typed(house: House, text: str) -> list[Message]:
    before = len(house.channel.sent)
    await house.say(text)
    await house.replies(before + 1)
    await house.sender.settled()
    return [message for _, message, _ in house.channel.sent][before:]


async def pressed(house: House, message: Message, option: str) -> list[Message]:
    before = len(house.channel.sent)
    await house.press(message, option)
    await house.replies(before + 1)
    await house.sender.settled()
    return [message for _, message, _ in house.channel.sent][before:]


def person_of(house: House) -> str:
    person = house.database.read_now(lambda unit: unit.people.at("telegram", "7", "1"))
    assert person is not None
    return person.id


def newest(house: House) -> Sitting:
    person = person_of(house)
    return house.database.read_now(lambda unit: unit.skills.list_sittings(person))[0]


async def tell(house: House, link: str, *answers: str) -> list[Message]:
    """Begin with a link and answer; return what was said last."""
    shown = await typed(house, f"/start {link}")
    if any(choice.id == "skip" for choice in shown[-1].choices):
        shown = await pressed(house, shown[-1], "skip")
    for answer in answers:
        shown = await pressed(house, shown[-1], answer)
    return shown


async def test_a_whole_sitting_is_stored_shown_and_read_back(house: House) -> None:
    shown = await tell(house, "skills_1")
    questions = []
    while not shown[0].attachments:
        questions.append(shown[-1])
        shown = await pressed(house, shown[-1], "alone")
    sitting, person = newest(house), person_of(house)
    given = house.database.read_now(lambda unit: unit.skills.answers_of(person, sitting.id))
    assert len(given) == len(questions) == sitting.count
    assert {one.answer for one in given} == {2}
    assert sitting.finished_at is not None

    await house.press(questions[0], "not_yet")
    await typed(house, "/menu")  # answered after the press, which itself may change no word
    changed = house.database.read_now(lambda unit: unit.skills.answers_of(person, sitting.id))
    assert [one.item for one in changed] == [one.item for one in given]
    assert [one.answer for one in changed] == [0, *[2] * (len(given) - 1)]


async def test_where_they_stand_counts_all_sittings_together(house: House) -> None:
    person = person_of(house)
    assert house.database.read_now(lambda unit: where_they_stand(unit, person, SHIPPED)) == {}
    await tell(house, "skills_1-1", *["could_show"] * 3, "enough")
    await tell(house, "skills_data-care", "not_yet", "not_yet", "enough")
    found = house.database.read_now(lambda unit: where_they_stand(unit, person, SHIPPED))
    assert found["1.1"].level >= 3
    assert not found["1.1"].is_estimated
    assert found["data.care"].level <= 1
    assert found["2.1"].is_estimated


async def test_what_was_told_is_in_the_export_and_gone_after_erasure(house: House) -> None:
    await tell(house, "skills_1-1", "alone", "with_help", "enough")
    person = person_of(house)
    exported = house.database.read_now(lambda unit: unit.privacy.export(person))
    assert [row["answer"] for row in exported["sitting_answer"]] == ["2", "1"]
    assert exported["sitting"][0]["framework"] == "digcomp3"
    await house.database.erase(person)
    held = house.database.read_now(lambda unit: unit.skills.list_answers(person))
    assert held == []


async def test_a_result_has_its_picture_and_its_file(house: House) -> None:
    shown = await tell(house, "skills_1-1", "alone", "could_show", "enough")
    person, sitting = person_of(house), newest(house).id
    [attached] = shown[0].attachments
    pictures = Pictures(house.database, lambda: SHIPPED)
    png = await pictures.png(attached, person)
    assert png is not None
    assert png_size(png)[0] >= 320
    card = Attachment("picture", {"source": "skills_share", "sitting": sitting})
    assert await pictures.png(card, person) is not None
    assert await pictures.png(attached, "somebody else") is None

    files = Files(house.database, lambda: SHIPPED, "http://x", utc_now, pictures)
    values = {"source": "skills", "sitting": sitting, "person": person}
    file = await files.make(Attachment("document", values))
    assert file is not None
    [told] = orjson.loads(file.content)["results"]
    assert [one["answer"] for one in told["sittings"][0]["answers"]] == [2, 3]
    others = {**values, "person": "somebody else"}
    assert await files.make(Attachment("document", others)) is None


async def test_a_picture_of_a_deleted_sitting_is_gone(house: House) -> None:
    shown = await tell(house, "skills_1-1", "alone", "enough")
    person, sitting = person_of(house), newest(house).id
    house.database.write_now(lambda unit: unit.skills.delete(person, sitting))
    pictures = Pictures(house.database, lambda: SHIPPED)
    assert await pictures.png(shown[0].attachments[0], person) is None


async def test_the_menu_goes_on_with_the_talk_that_was_left(house: House) -> None:
    left = await tell(house, "skills_1", "alone", "with_help")
    menu = await typed(house, "/menu")
    carry = carried(menu[-1])
    assert len(carry) == 1
    shown = await pressed(house, menu[-1], carry[0])
    assert words(shown[-1]) == words(left[-1])
    home = await typed(house, "/skills")
    assert home[-1].choices[0].id == "open"
    shown = await pressed(house, home[-1], "open")
    assert words(shown[-1]) == words(left[-1])


def carried(message: Message) -> list[str]:
    return [choice.id for choice in message.choices if choice.id.startswith("carry.")]


async def test_the_menu_goes_on_after_enough_for_now_and_not_after_done_for_today(
    house: House,
) -> None:
    left = await tell(house, "skills_1", "alone", "enough")
    menu = await typed(house, "/menu")
    shown = await pressed(house, menu[-1], *carried(menu[-1]))
    assert words(shown[-1]) == words(left[-1])
    menu = await pressed(house, shown[-1], "done")
    assert not carried(menu[-1])
    assert not carried((await typed(house, "/menu"))[-1])
    assert (await typed(house, "/skills"))[-1].choices[0].id == "open"


async def test_a_talk_that_is_gone_goes_on_from_what_is_stored(house: House) -> None:
    left = await tell(house, "skills_1", "alone", "with_help")
    person = person_of(house)

    for state in house.database.read_now(lambda unit: unit.sessions.load(person)):
        house.database.write_now(lambda unit, key=state.id: unit.sessions.drop(key))  # type: ignore[misc]
    home = await typed(house, "/skills")
    assert home[-1].choices[0].id == "open"
    shown = await pressed(house, home[-1], "open")
    assert words(shown[-1]) == words(left[-1])
    assert newest(house).updated_at <= datetime.now(UTC) + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("said", "asked"),
    [("skills", "What shall we look at?"), ("My results", "Here is your picture")],
)
async def test_the_words_of_it_are_heard_in_the_middle_of_anything(
    house: House, said: str, asked: str
) -> None:
    await tell(house, "skills_1-1", "alone", "enough")
    await typed(house, "excel in the evening")
    shown = await typed(house, said)
    assert any(asked in words(message) for message in shown)
