"""Words that a question does not keep: nowhere in the database once their turn is over."""

from __future__ import annotations

import pytest

from bot.conversation import AskUnkept, Chat, Text, flow
from bot.conversation.registry import Registry
from bot.work.reads import Context
from storage import Unit
from tests.work.conftest import BOT, House, start

SECRET = "ada@example.org"


@flow("address", version=1, commands=("address",))
async def address(chat: Chat) -> None:
    await chat.ask("email", AskUnkept(Text("t.first"), "shortened", Text("t.hello")))
    chat.say(Text("t.said", {"answer": "done"}))
    await chat.ask("again", AskUnkept(Text("t.second"), "shortened", Text("t.hello")))


@pytest.fixture
def registry() -> Registry:
    return Registry([start, address])


def shortened(context: Context, typed: str) -> int | None:
    del context
    return len(typed) if "@" in typed else None


def everything(unit: Unit) -> str:
    """Every row of every table, as text."""
    tables = unit.connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return repr(
        [
            unit.connection.exec_driver_sql(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in tables.fetchall()
        ]
    )


def typed(house: House) -> list[str]:
    def look(unit: Unit) -> list[str]:
        person = unit.people.at("telegram", BOT, "1")
        assert person is not None
        return [one.text for one in unit.transcripts.read(person.id) if one.is_person]

    return house.database.read_now(look)


async def test_they_are_in_no_row_of_the_database(house: House) -> None:
    house.looks.register("shortened", shortened)
    house.known()
    await house.say("/address")
    await house.say("it is adas address")
    await house.say(SECRET)
    await house.replies(3)

    kept = house.database.read_now(everything)
    assert SECRET not in kept
    assert "adas address" not in kept, "what was mistyped is not kept either"
    assert typed(house) == ["/address", "•••", "•••"]
