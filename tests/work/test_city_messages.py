"""Messages from the city through inbox, turn and database: leaving them, and answering."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot.campaigns.effects
import bot.courses.effects
import bot.flows
import bot.people.effects
import bot.skills.effects
import bot.work.effects
import bot.work.reads
from bot.campaigns.content import Button
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.conversation.messages import Message, Press
from bot.loading import collect_modules
from bot.people import Purpose
from bot.people.consent import TOPICS
from bot.work.campaigns.letters import message_of, numbered
from bot.work.effects import EFFECTS
from bot.work.reads import LOOKS
from bot.work.samples import Samples
from content.load import Content
from storage import Database, Unit
from storage.tables.campaigns import DeliveryRow
from tests.support.run_campaigns import begin, plan
from tests.work.conftest import BOT, House, make_house

PLAN = plan("Come along.", Button("yes", "poll"), Button("no", "poll"))


@pytest.fixture
async def house(tmp_path: Path, content: Content) -> AsyncIterator[House]:
    for package in (bot.work.effects, bot.work.reads):
        collect_modules(package)
    register_effects(
        bot.people.effects, bot.courses.effects, bot.skills.effects, bot.campaigns.effects
    )
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url)
    made = make_house(database, content, collect_flows(bot.flows), EFFECTS, LOOKS)
    tasks = [asyncio.create_task(made.turns.run()), asyncio.create_task(made.sender.run())]
    made.known()
    yield made
    await made.turns.stop(2)
    await made.sender.stop(2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await database.aclose()


def person(unit: Unit) -> str:
    found = unit.people.at("telegram", BOT, "1")
    assert found is not None
    return found.id


def on(house: House) -> set[Purpose]:
    def read(unit: Unit) -> set[Purpose]:
        standing = unit.people.consents(person(unit))
        return {key[0] for key, one in standing.items() if one.is_given and key[0] in TOPICS}

    return house.database.read_now(read)


def write(house: House, content: Content) -> Message:
    """Let the person agree, and the city write to them; return what they were sent."""

    def work(unit: Unit) -> str:
        for topic in (Purpose.NEWS, Purpose.SURVEYS):
            unit.people.record_consent(person(unit), topic, True, "telegram", "v1")
        run = begin(unit, PLAN)
        unit.orm.add(
            DeliveryRow(
                broadcast=run.id, number=1, campaign=run.campaign, city="manchester",
                person=person(unit), consent="c", state="in_doubt", channel="telegram",
                not_before=unit.now, cut_at=unit.now, claimed_at=unit.now, settled_at=unit.now,
            )
        )  # fmt: skip
        return run.id

    run = house.database.write_now(work)
    message = message_of(content, content.cities["manchester"], PLAN, "en")
    return numbered(message, run, 1, {})


async def heard(house: House, before: int = 0) -> list[str]:
    await house.replies(before + 1)
    await house.sender.settled()
    return [
        "".join(span.text for span in message.text) for _, message, _ in house.channel.sent[before:]
    ]


async def test_one_press_on_a_message_leaves_its_topic(house: House, content: Content) -> None:
    message = write(house, content)

    await house.press(message, "off")

    assert (await heard(house))[0].startswith("OK. No more messages about")
    assert on(house) == {Purpose.SURVEYS}
    run = message.nonce.split(".")[2]
    acts = house.database.read_now(lambda unit: unit.campaign_acts.people(run))
    assert acts == {"opt_out": 1}
    delivery = house.database.read_now(lambda unit: unit.broadcasts.delivery(run, 1))
    assert delivery is not None
    assert delivery.state == "sent"  # whoever presses a button was sent it


@pytest.mark.parametrize("word", ["Stop!", "/stop", "stopio"])
async def test_the_word_stop_right_under_a_message_turns_everything_off(
    house: House, content: Content, word: str
) -> None:
    message = write(house, content)

    await house.say(word)

    assert (await heard(house))[0].startswith("OK. The city writes to you no more.")
    assert on(house) == set()
    run = message.nonce.split(".")[2]
    assert house.database.read_now(lambda unit: unit.campaign_acts.people(run)) == {"opt_out": 1}
    reminders = house.database.read_now(lambda unit: unit.people.consents(person(unit)))
    assert (Purpose.REMINDERS, "telegram") not in reminders


async def test_stop_after_another_message_asks_what_to_stop(house: House, content: Content) -> None:
    write(house, content)

    await house.say("/menu")
    before = len(await heard(house))
    await house.say("stop")

    assert "What shall I stop?" in (await heard(house, before))[-1]
    assert on(house) == {Purpose.NEWS, Purpose.SURVEYS}


async def test_stopping_all_messages_turns_every_topic_off(house: House, content: Content) -> None:
    write(house, content)

    await house.say("/menu")
    before = len(await heard(house))
    await house.say("/stop")
    asked = len(await heard(house, before)) + before
    await house.press(house.channel.sent[-1][1], "messages")
    await heard(house, asked)

    assert on(house) == set()


async def test_answers_are_counted_by_person_and_can_change(house: House, content: Content) -> None:
    message = write(house, content)
    run = message.nonce.split(".")[2]

    before = 0
    for answer in ("yes", "no", "no"):
        await house.press(message, answer)
        before += len(await heard(house, before))

    assert house.database.read_now(lambda unit: unit.campaign_acts.answers(run)) == {"no": 1}


async def test_a_button_of_somebody_elses_message_does_nothing(
    house: House, content: Content
) -> None:
    message = write(house, content)
    house.known("2")
    run = message.nonce.split(".")[2]

    press = house.incoming(chat="2", press=Press(message.nonce, "off"))
    await house.intake.receive([press])

    assert "That message is not there any more" in (await heard(house))[0]
    assert on(house) == {Purpose.NEWS, Purpose.SURVEYS}
    assert house.database.read_now(lambda unit: unit.campaign_acts.people(run)) == {}


async def test_what_somebody_has_watched_is_noted_and_forgotten_with_it(
    house: House, content: Content
) -> None:
    samples = Samples(house.database, lambda: content, "on", lambda: datetime.now(UTC))
    await samples.bring_up_to_date()
    await house.catalogue.refresh(datetime.now(UTC))
    await house.say("/find underwater welding near Hulme")
    before = len(await heard(house))
    await house.press(house.channel.sent[-1][1], "watch")
    await heard(house, before)

    def read(unit: Unit) -> tuple[set[str], set[str]]:
        who = person(unit)
        return set(unit.traits.of(who, "searched")), set(unit.traits.of(who, "place"))

    searched, wards = house.database.read_now(read)
    assert any("welding" in one for one in searched)
    assert wards == {"hulme"}

    def forget(unit: Unit) -> None:
        while not unit.privacy.erase(person(unit)):
            pass

    who = house.database.read_now(person)
    house.database.write_now(forget)
    assert house.database.read_now(lambda unit: unit.traits.of(who, "searched")) == {}
