"""Somebody comes back when the conversation that they left has been deleted."""

from __future__ import annotations

import pytest

from bot.conversation.messages import Message
from storage import Unit
from tests.work.conftest import House


def delete_talks(house: House) -> None:
    """Delete the person's open conversations, as the sweep does after 30 days."""

    def drop(unit: Unit) -> None:
        person = unit.people.at("telegram", "7", "1")
        assert person is not None
        for session in unit.sessions.load(person.id):
            unit.sessions.drop(session.id)

    house.database.write_now(drop)


def said(message: Message) -> str:
    return "".join(span.text for span in message.text)


@pytest.mark.parametrize("again", ["/echo", "excel"])
async def test_words_begin_a_new_talk(house: House, again: str) -> None:
    house.known()
    await house.say("/echo")
    [first] = await house.replies(1)
    await house.sender.settled()
    delete_talks(house)
    await house.say(again)
    replies = await house.replies(2)

    assert said(replies[-1]) == said(first)
    assert replies[-1].choices


async def test_an_old_button_gets_a_polite_line(house: House) -> None:
    house.known()
    await house.say("/echo")
    [first] = await house.replies(1)
    await house.sender.settled()
    delete_talks(house)
    await house.press(first, "yes")
    replies = await house.replies(2)

    assert "conversation.closed" not in said(replies[-1])
    assert "went wrong" not in said(replies[-1])
    assert said(replies[-1])
