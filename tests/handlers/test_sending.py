"""Messages on their way, over real HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.conversation.messages import Attachment, Card, Choice, Message, Span
from bot.errors import InDoubt, RecipientGone, RetryLater, Undeliverable
from bot.handlers import Sent, Telegram, TelegramChannel
from bot.handlers.refusals import FloodRefused, TokenRefused
from tests.support.fake_bot_api import FakeBotApi, Person

QUESTION = Message(
    (Span("What would you "), Span("like", "bold"), Span(" to learn?")),
    kind="question",
    nonce="nonce",
    choices=(Choice("yes", "Yes"), Choice("back", "Back")),
)
ANSWERED = Message(
    (Span("To learn: excel"),),
    kind="answered",
    nonce="nonce",
    choices=(Choice("change", "Change"),),
)


@pytest.fixture
def ada(fake: FakeBotApi) -> Person:
    person = fake.person(1)
    person.start()
    return person


@pytest.fixture
def channel(telegram: Telegram) -> TelegramChannel:
    return telegram.channel


async def test_a_question_arrives_with_words_styles_and_buttons(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    sent = await channel.send("1", QUESTION)
    (message,) = ada.replies()
    assert sent == Sent(str(message["message_id"]))
    assert message["text"] == "What would you like to learn?"
    assert message["entities"] == [{"type": "bold", "offset": 15, "length": 4}]
    assert message["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Yes", "callback_data": "1:nonce:yes"},
            {"text": "Back", "callback_data": "1:nonce:back"},
        ]
    ]
    assert "parse_mode" not in fake.calls[0].parameters
    assert not fake.problems


@pytest.mark.parametrize(("lane", "is_paid"), [(0, None), (2, None), (3, True)])
async def test_only_what_is_paid_for_asks_telegram_to_be_paid(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel, lane: int, is_paid: bool | None
) -> None:
    await channel.send("1", QUESTION, lane=lane)
    assert fake.calls[-1].parameters.get("allow_paid_broadcast") == is_paid
    assert len(ada.replies()) == 1
    assert not fake.problems


async def test_a_long_text_comes_in_parts_and_the_last_has_the_buttons(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    paragraphs = tuple(Span("\U0001f600" * 900 + "\n\n", "bold") for _ in range(5))
    sent = await channel.send("1", Message(paragraphs, nonce="n", choices=QUESTION.choices))
    replies = ada.replies()
    assert len(replies) == 3
    assert ["reply_markup" in reply for reply in replies] == [False, False, True]
    assert sent.message_id == str(replies[-1]["message_id"])
    assert "".join(reply["text"] for reply in replies).count("\U0001f600") == 4500
    assert not fake.problems


async def test_a_message_in_parts_goes_on_where_it_stopped(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    long = Message((Span("a " * 3000),), nonce="n", choices=QUESTION.choices)
    fake.fault("refuse", method="sendMessage", status=502, skip=1)
    with pytest.raises(RetryLater):
        await channel.send("1", long)
    assert len(ada.replies()) == 1
    await channel.send("1", long)
    assert "".join("".join(ada.texts()).split()) == "a" * 3000
    await channel.send("1", long)
    assert len(ada.replies()) == 4


async def test_cards_and_attachments(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    venue = {"title": "Hulme Library", "address": "1 High Street", "lat": "53.46", "lon": "-2.25"}
    message = Message(
        (Span("Here it is"),),
        cards=(Card((Span("Excel"),)),),
        attachments=(
            Attachment("calendar", {"course": "1", "instance": "2"}),
            Attachment("venue", venue),
            Attachment("calendar", {"course": "gone", "instance": "2"}),
            Attachment("venue", {"lat": "53.46", "lon": "-2.25"}),
        ),
    )
    sent = await channel.send("1", message)
    words, calendar, place, location = ada.replies()
    assert sent.message_id == str(words["message_id"])
    assert calendar["document"]["file_size"] == len(b"BEGIN:VCALENDAR")
    assert place["venue"]["title"] == "Hulme Library"
    assert location["location"] == {"latitude": 53.46, "longitude": -2.25}
    assert not fake.problems


async def test_a_question_stays_below_its_attachments(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    message = Message((Span("Next?"),), nonce="n", choices=QUESTION.choices, attachments=CALENDAR)
    sent = await channel.send("1", message)
    assert ["text" in reply for reply in ada.replies()] == [False, True]
    assert sent.message_id == str(ada.replies()[1]["message_id"])


async def test_a_refused_attachment_loses_no_words(ada: Person, channel: TelegramChannel) -> None:
    nowhere = (Attachment("venue", {"title": "T", "lat": "north", "lon": "0"}),)
    await channel.send("1", Message((Span("The words"),), attachments=nowhere))
    assert ada.texts() == ["The words"]


async def test_the_location_keyboard_opens_with_its_question_and_goes_after(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    where = Message((Span("Where?"),), nonce="n", choices=QUESTION.choices, wants="location")
    asked = await channel.send("1", where)
    question, keyboard = ada.replies()
    assert asked.message_id == str(question["message_id"])
    assert "inline_keyboard" in question["reply_markup"]
    assert keyboard["reply_markup"]["keyboard"][0][0]["request_location"] is True
    assert keyboard["reply_markup"]["one_time_keyboard"] is True
    ada.share_location(53.4, -2.2)
    await channel.edit("1", asked.message_id, ANSWERED)
    await channel.send("1", QUESTION)
    assert [reply.get("text") for reply in ada.replies()] == [
        "To learn: excel",
        "What would you like to learn?",
    ]
    removed = [c.parameters.get("reply_markup") for c in fake.called("sendMessage")]
    assert {"remove_keyboard": True} in removed
    await channel.send("1", QUESTION)
    assert len(fake.called("deleteMessage")) == 2
    assert not fake.problems


async def test_an_answered_question_is_edited(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    sent = await channel.send("1", QUESTION)
    assert await channel.edit("1", sent.message_id, ANSWERED) is None
    assert (ada.texts(), ada.buttons()) == (["To learn: excel"], ["Change"])
    assert await channel.edit("1", sent.message_id, ANSWERED) is None
    assert not fake.problems


async def test_a_question_that_cannot_be_edited_is_sent_anew(
    ada: Person, channel: TelegramChannel
) -> None:
    sent = await channel.edit("1", "999", QUESTION)
    assert sent == Sent(str(ada.replies()[0]["message_id"]))
    assert await channel.edit("1", "999", ANSWERED) is None
    assert await channel.edit("1", "", ANSWERED) is None
    assert len(ada.replies()) == 1


async def test_a_press_is_acknowledged_without_words(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    ada.press_data("1:n:o")
    (callback,) = fake.bot.open_callbacks
    await channel.acknowledge(callback)
    await channel.acknowledge(callback)
    assert [c.status for c in fake.called("answerCallbackQuery")] == [200, 400]
    assert "text" not in fake.calls[0].parameters


async def test_typing(fake: FakeBotApi, ada: Person, channel: TelegramChannel) -> None:
    await channel.typing("1")
    assert fake.called("sendChatAction", 1)[0].done


FAULTS: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, RecipientGone),
    ({"status": 403, "description": "Forbidden: user is deactivated"}, RecipientGone),
    ({"status": 400, "description": "Bad Request: Chat Not Found"}, RecipientGone),
    ({"status": 429, "retry_after": 7}, FloodRefused),
    ({"status": 500}, RetryLater),
    ({"status": 502}, RetryLater),
    ({"status": 504}, InDoubt),
    ({"status": 401}, TokenRefused),
    ({"kind": "cut_before"}, InDoubt),
    ({"kind": "cut_after"}, InDoubt),
    ({"kind": "garbage"}, InDoubt),
]
CALENDAR = (Attachment("calendar", {"course": "1", "instance": "2"}),)


@pytest.mark.parametrize(("fault", "error"), FAULTS)
@pytest.mark.parametrize(
    "message", [QUESTION, Message((), attachments=CALENDAR)], ids=["words", "file"]
)
async def test_what_went_wrong_is_said_in_our_own_kinds(
    fake: FakeBotApi,
    ada: Person,
    channel: TelegramChannel,
    fault: dict[str, Any],
    error: type[Exception],
    message: Message,
) -> None:
    fake.fault(**fault)
    with pytest.raises(error) as raised:
        await channel.send("1", message)
    assert type(raised.value) is error
    if isinstance(raised.value, FloodRefused):
        assert raised.value.after == 7


async def test_refused_words_are_undeliverable(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    fake.fault("refuse", status=400, description="Bad Request: can't parse entities")
    with pytest.raises(Undeliverable, match="parse entities"):
        await channel.send("1", QUESTION)


async def test_a_connection_that_is_refused_was_not_sent(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    await fake.stop()
    with pytest.raises(RetryLater):
        await channel.send("1", QUESTION)


async def test_a_429_holds_back_its_chat_and_no_other_reply(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    fake.person(2).start()
    fake.fault("refuse", method="sendMessage", chat=1, status=429, retry_after=30)
    with pytest.raises(RetryLater):
        await channel.send("1", QUESTION)
    with pytest.raises(RetryLater) as held:
        await channel.send("1", QUESTION)
    assert 29 < held.value.after <= 30
    await channel.send("2", QUESTION)
    assert len(fake.called("sendMessage", 1)) == 1
    assert len(fake.called("sendMessage", 2)) == 1


async def test_a_migrated_group_is_followed(fake: FakeBotApi, channel: TelegramChannel) -> None:
    fake.bot.chat(-5).moved_to = -1_001_234_567_890
    fake.bot.chat(-1_001_234_567_890).is_started = True
    sent = await channel.send("-5", Message((Span("News"),)))
    assert sent.moved_to == "-1001234567890"


async def test_plain_words_survive_what_styles_did_not(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    await channel.send("1", QUESTION, is_plain=True)
    assert ada.texts() == ["What would you like to learn?"]
    assert "entities" not in fake.calls[0].parameters
    assert ada.buttons() == ["Yes", "Back"]


async def test_nothing_to_say_is_undeliverable(ada: Person, channel: TelegramChannel) -> None:
    with pytest.raises(Undeliverable):
        await channel.send("1", Message(()))
    with pytest.raises(Undeliverable):
        await channel.send("not a chat", QUESTION)


async def test_many_at_once_share_the_connections(
    fake: FakeBotApi, channel: TelegramChannel
) -> None:
    for chat in range(1, 201):
        fake.person(chat).start()
    fake.latency = 0.001
    await asyncio.gather(*[channel.send(str(chat), QUESTION) for chat in range(1, 201)])
    assert {call.chat for call in fake.called("sendMessage")} == set(range(1, 201))
