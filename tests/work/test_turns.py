import threading
from typing import Any

import pytest

from bot.conversation.messages import Message, Press
from bot.errors import DatabaseBusy, InDoubt, RecipientGone, RetryLater, Undeliverable
from tests.work.conftest import House


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


async def test_a_stranger_meets_the_first_contact_whatever_they_write(house: House) -> None:
    await house.say("excel near hulme")

    (reply,) = await house.replies(1)
    assert words(reply) == "[t.hello]"
    assert next(choice.id for choice in reply.choices) == "yes"


async def test_a_known_person_is_answered_and_the_question_shows_the_answer(house: House) -> None:
    house.known()
    await house.say("bread")
    (question,) = await house.replies(1)
    await house.press(question, "yes", message_id="1", callback_id="c1")

    replies = await house.replies(3)
    assert [words(reply) for reply in replies[1:]] == ["[t.said]", "[t.second]"]
    await house.until(lambda: bool(house.channel.edits))
    _, message_id, edited = house.channel.edits[0]
    assert message_id == "1"
    assert edited.kind == "answered"
    assert [choice.id for choice in edited.choices] == ["-change"]
    assert house.channel.acknowledged == ["c1"]


async def test_the_same_update_twice_is_answered_once(house: House) -> None:
    house.known()
    update = house.incoming("bread")
    await house.intake.receive([update])
    await house.intake.receive([update, update])
    await house.say("yes")

    replies = await house.replies(3)
    assert [words(reply) for reply in replies] == ["[t.first]", "[t.said]", "[t.second]"]


async def test_messages_of_one_person_are_played_in_order(house: House) -> None:
    house.known()
    await house.intake.receive([house.incoming(text) for text in ("/echo", "yes", "no")])

    replies = await house.replies(4)
    assert [words(reply) for reply in replies][:3] == ["[t.first]", "[t.said]", "[t.second]"]


async def test_a_press_on_a_question_that_never_was_gets_a_polite_line(house: House) -> None:
    house.known()
    await house.say("/echo")
    await house.replies(1)
    await house.intake.receive([house.incoming(press=Press("0000000000", "yes"))])

    replies = await house.replies(2)
    assert replies[1].kind == "closed"


async def test_a_broken_flow_tells_the_person_with_a_reference(house: House) -> None:
    house.known()
    await house.say("/broken")

    (reply,) = await house.replies(1)
    assert "If you ask for help, say" in words(reply)
    await house.say("/echo")
    assert words((await house.replies(2))[1]) == "[t.first]"


async def test_poison_is_tried_three_times_and_told_once(house: House) -> None:
    house.known()
    await house.say("/poison")

    (reply,) = await house.replies(1)
    assert "Sorry" in words(reply)
    dead = house.database.read_now(lambda unit: unit.inbox.list_dead_letters(10))
    assert [(one.tries, one.reason) for one in dead] == [(3, "FlowDefinitionError")]
    await house.say("/echo")
    assert words((await house.replies(2))[1]) == "[t.first]"


async def test_a_reply_in_doubt_is_sent_once_more(house: House) -> None:
    house.known()
    house.channel.failures = [InDoubt()]
    await house.say("/echo")

    assert len(await house.replies(1)) == 1


async def test_a_refused_reply_is_sent_plain(house: House) -> None:
    house.known()
    house.channel.failures = [Undeliverable("can't parse entities")]
    await house.say("/echo")

    await house.replies(1)
    assert house.channel.sent[0][2]


async def test_a_reply_that_must_wait_keeps_its_place(house: House) -> None:
    house.known()
    house.channel.failures = [RetryLater(0.05)]
    await house.intake.receive([house.incoming(text) for text in ("/echo", "yes")])

    replies = await house.replies(3)
    assert [words(reply) for reply in replies] == ["[t.first]", "[t.said]", "[t.second]"]


async def test_somebody_who_blocked_us_is_unreachable_and_not_tried_again(house: House) -> None:
    house.known()
    house.channel.failures = [RecipientGone()]
    await house.say("/echo")
    await house.until(lambda: not house.channel.failures)
    await house.sender.settled()

    contact = house.database.read_now(lambda unit: unit.contacts.find("telegram", "7", "1"))
    assert contact is not None
    assert not contact.is_reachable
    await house.intake.receive([house.incoming(kind="unblocked")])
    await house.say("/echo")
    await house.replies(1)
    contact = house.database.read_now(lambda unit: unit.contacts.find("telegram", "7", "1"))
    assert contact is not None
    assert contact.is_reachable


async def test_a_turn_that_hangs_holds_up_nobody_and_is_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.turns.SLOW", 0.02)
    monkeypatch.setattr("bot.work.turns.HUNG", 0.1)
    let_go = threading.Event()
    house.looks.register("hang", lambda context: let_go.wait(20))
    house.known("1")
    house.known("2")
    await house.intake.receive([house.incoming("/stuck"), house.incoming("/echo", "2")])

    replies = await house.replies(1)
    assert words(replies[0]) == "[t.first]"
    assert words((await house.replies(2))[1]).startswith("Sorry")
    let_go.set()
    await house.say("/echo")
    assert words((await house.replies(3))[2]) == "[t.first]"


async def test_a_database_that_is_busy_loses_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.turns.PAUSE_WHEN_BUSY", 0.01)
    house.known()
    write_many = house.database.write_many
    busy = iter([DatabaseBusy(), DatabaseBusy()])

    async def sometimes_busy(units: list[Any]) -> list[Any]:
        error = next(busy, None)
        return [error for _ in units] if error else await write_many(units)

    monkeypatch.setattr(house.database, "write_many", sometimes_busy)
    await house.say("/echo")

    assert words((await house.replies(1))[0]) == "[t.first]"
