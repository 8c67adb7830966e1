"""What a turn notes of itself: failures with what was told, and what nobody understood."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import AskNumber, Chat, Text, flow
from bot.conversation.messages import Message
from bot.conversation.registry import Registry
from storage import Unit
from tests.work.conftest import House, broken, echo, poison, start


@flow("counting", version=1, commands=("counting",))
async def counting(chat: Chat) -> None:
    number = await chat.ask("many.17", AskNumber(Text("t.many")))
    chat.say(Text("t.said", {"answer": str(number)}))


@pytest.fixture
def registry() -> Registry:
    return Registry([start, echo, broken, poison, counting])


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


def unread(house: House) -> list[tuple[Any, ...]]:
    def look(unit: Unit) -> list[tuple[Any, ...]]:
        rows = unit.connection.exec_driver_sql("SELECT city, flow, step, words FROM unread_answer")
        return [tuple(row) for row in rows]

    return house.database.read_now(look)


async def test_a_failure_is_found_by_what_the_person_was_told(house: House) -> None:
    house.known()
    await house.say("/broken")
    [told] = await house.replies(1)
    [fault] = house.database.read_now(lambda unit: unit.stops.list_faults(["manchester"]))

    assert (fault.flow, fault.kind, fault.chats) == ("broken", "ValueError", 1)
    assert fault.references[0] in words(told)
    assert "on purpose" not in repr(fault), "an error's words may hold somebody's"


async def test_a_message_that_was_given_up_is_a_fault_too(house: House) -> None:
    house.known()
    await house.say("/poison")
    [told] = await house.replies(1)
    faults = house.database.read_now(lambda unit: unit.stops.list_faults(["manchester"]))

    assert [one.flow for one in faults] == [""]
    assert faults[0].references[0] in words(told)


async def test_an_answer_that_is_not_understood_is_noted_with_a_few_plain_words(
    house: House,
) -> None:
    house.known()
    await house.say("/counting")
    await house.say("Perhaps never")
    await house.say("me@example.org")
    await house.replies(3)

    assert unread(house) == [
        ("manchester", "counting", "many", "perhaps never"),
        ("manchester", "counting", "many", ""),
    ]


async def test_a_turn_that_goes_well_notes_nothing(house: House) -> None:
    house.known()
    await house.say("/echo")
    await house.say("yes")
    await house.replies(3)

    assert unread(house) == []
    assert house.database.read_now(lambda unit: unit.stops.list_faults(["manchester", ""])) == []
