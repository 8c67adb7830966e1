"""Pictures on Telegram: a photo with its words and buttons, or the words alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.conversation.messages import Attachment, Choice, Message, Span
from bot.errors import InDoubt, RecipientGone, RetryLater, Undeliverable
from bot.handlers import build_telegram
from bot.handlers.files import File
from bot.handlers.sending import TelegramChannel
from content.words import Words
from tests.handlers.conftest import Inbox, settings
from tests.support.fake_bot_api import FakeBotApi, Person
from tests.support.png import plain_png

CHART = Attachment("picture", {"source": "levels", "sitting": "1"})
LINKS = (Choice("link.0", "See it as a table", url="https://learn.example.org/results/abc"),)


class Drawn:
    """A picture of any bytes."""

    name = "picture.png"
    media_type = "image/png"

    def __init__(self, content: bytes) -> None:
        self.content = content


class Easel:
    """Makes what it is told; counts how often."""

    def __init__(self) -> None:
        self.content: bytes | None = plain_png(640, 900)
        self.made = 0

    async def make(self, attachment: Attachment) -> File | None:
        self.made += 1
        return Drawn(self.content) if self.content is not None else None


@pytest.fixture
def easel() -> Easel:
    return Easel()


@pytest.fixture
async def channel(
    fake: FakeBotApi, inbox: Inbox, words: Words, easel: Easel
) -> AsyncIterator[TelegramChannel]:
    telegram = build_telegram(settings(fake, is_limited=False), inbox.receive, words, easel.make)
    yield telegram.channel
    await telegram.close()


@pytest.fixture
def ada(fake: FakeBotApi) -> Person:
    person = fake.person(1)
    person.start()
    return person


def result(text: str = "Here is your picture.", **changes: Any) -> Message:
    return Message(
        (Span("Finding things online", "bold"), Span(f"\n{text}")), attachments=(CHART,), **changes
    )


async def test_a_picture_carries_its_words_and_buttons(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    sent = await channel.send("1", result(choices=LINKS))
    (photo,) = ada.replies()
    assert sent.message_id == str(photo["message_id"])
    assert photo["photo"] == [
        {
            "file_id": "file",
            "file_unique_id": "f",
            "width": 640,
            "height": 900,
            "file_size": len(plain_png(640, 900)),
        }
    ]
    assert photo["caption"] == "Finding things online\nHere is your picture."
    assert photo["caption_entities"] == [{"type": "bold", "offset": 0, "length": 21}]
    assert ada.buttons() == ["See it as a table"]
    assert not fake.called("sendMessage")
    assert not fake.problems


@pytest.mark.parametrize(("letters", "is_caption"), [(1024, True), (1025, False)])
@pytest.mark.parametrize("letter", ["a", "🙂"])
async def test_words_too_long_for_a_caption_follow_with_the_buttons(
    fake: FakeBotApi,
    ada: Person,
    channel: TelegramChannel,
    letters: int,
    is_caption: bool,
    letter: str,
) -> None:
    text = letter * (letters // (2 if letter > "\uffff" else 1)) + "a" * (
        letters % 2 if letter > "\uffff" else 0
    )
    sent = await channel.send("1", Message((Span(text),), attachments=(CHART,), choices=LINKS))
    replies = ada.replies()
    assert ["photo" in reply for reply in replies] == ([True] if is_caption else [True, False])
    assert "".join(ada.texts()) == text
    assert "reply_markup" in replies[-1]
    assert sent.message_id == str(replies[-1]["message_id"])
    assert not fake.problems


@pytest.mark.parametrize("content", [None, b""])
async def test_a_picture_that_has_gone_leaves_its_words(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel, easel: Easel, content: bytes | None
) -> None:
    easel.content = content
    sent = await channel.send("1", result(choices=LINKS))
    (reply,) = ada.replies()
    assert reply["text"] == "Finding things online\nHere is your picture."
    assert ada.buttons() == ["See it as a table"]
    assert sent.message_id == str(reply["message_id"])
    assert not fake.called("sendPhoto")


@pytest.mark.parametrize(
    "content", [b"no picture", plain_png(2, 60), plain_png(6000, 5000), plain_png()[:-4]]
)
async def test_a_picture_that_telegram_refuses_leaves_its_words(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel, easel: Easel, content: bytes
) -> None:
    easel.content = content
    await channel.send("1", result(choices=LINKS))
    assert [call.status for call in fake.called("sendPhoto")] == [400]
    assert ada.texts() == ["Finding things online\nHere is your picture."]
    assert ada.buttons() == ["See it as a table"]


async def test_a_refused_picture_before_long_words_leaves_them_too(
    ada: Person, channel: TelegramChannel, easel: Easel
) -> None:
    easel.content = b"no picture"
    await channel.send("1", result("a" * 2000))
    assert "".join(ada.texts()) == "Finding things online\n" + "a" * 2000


async def test_a_picture_without_words(ada: Person, channel: TelegramChannel, easel: Easel) -> None:
    bare = Message((), attachments=(CHART,))
    sent = await channel.send("1", bare)
    (photo,) = ada.replies()
    assert "caption" not in photo
    assert sent.message_id == str(photo["message_id"])
    easel.content = None
    assert (await channel.send("1", bare)).message_id == ""
    assert len(ada.replies()) == 1


async def test_refused_words_under_a_picture_are_undeliverable(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    for method in ("sendPhoto", "sendMessage"):
        fake.fault(
            "refuse", method=method, status=400, description="Bad Request: can't parse entities"
        )
    with pytest.raises(Undeliverable, match="parse entities"):
        await channel.send("1", result())
    await channel.send("1", result(), is_plain=True)
    (photo,) = ada.replies()
    assert photo["caption"] == "Finding things online\nHere is your picture."
    assert "caption_entities" not in photo


FAULTS: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"status": 403, "description": "Forbidden: bot was blocked by the user"}, RecipientGone),
    ({"status": 429, "retry_after": 7}, RetryLater),
    ({"status": 502}, RetryLater),
    ({"status": 504}, InDoubt),
    ({"kind": "cut_before"}, InDoubt),
    ({"kind": "cut_after"}, InDoubt),
    ({"kind": "garbage"}, InDoubt),
]


@pytest.mark.parametrize(("fault", "error"), FAULTS)
async def test_what_went_wrong_with_a_picture_is_told_as_for_words(
    fake: FakeBotApi,
    ada: Person,
    channel: TelegramChannel,
    fault: dict[str, Any],
    error: type[Exception],
) -> None:
    fake.fault(**fault, method="sendPhoto")
    with pytest.raises(error):
        await channel.send("1", result())
    assert not fake.called("sendMessage")


async def test_a_picture_that_was_sent_is_not_sent_again(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel, easel: Easel
) -> None:
    fake.fault("refuse", method="sendMessage", status=502)
    message = result("a" * 2000)
    with pytest.raises(RetryLater):
        await channel.send("1", message)
    await channel.send("1", message)
    assert easel.made == 1
    assert ["photo" in reply for reply in ada.replies()] == [True, False]


async def test_other_attachments_keep_their_place(ada: Person, channel: TelegramChannel) -> None:
    place = Attachment("venue", {"title": "T", "address": "A", "lat": "53.4", "lon": "-2.2"})
    message = Message((Span("Words"),), attachments=(place, CHART, CHART))
    await channel.send("1", message)
    kinds = [next(kind for kind in ("photo", "venue") if kind in reply) for reply in ada.replies()]
    assert kinds == ["photo", "venue", "photo"]
    assert [reply.get("caption") for reply in ada.replies()] == ["Words", None, None]


async def test_the_words_below_a_picture_are_edited(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel
) -> None:
    sent = await channel.send("1", result(choices=LINKS))
    now = Message((Span("Now it reads so", "bold"),), kind="answered")
    assert await channel.edit("1", sent.message_id, now) is None
    (photo,) = ada.replies()
    assert photo["caption"] == "Now it reads so"
    assert photo["caption_entities"] == [{"type": "bold", "offset": 0, "length": 15}]
    assert ada.buttons() == []
    assert await channel.edit("1", sent.message_id, now) is None
    long = Message((Span("a" * 1025),))
    assert await channel.edit("1", sent.message_id, long) is not None
    assert ada.texts() == ["Now it reads so", "a" * 1025]


async def test_two_chats_do_not_wait_for_each_others_picture(
    fake: FakeBotApi, ada: Person, channel: TelegramChannel, easel: Easel
) -> None:
    waiting = asyncio.Event()
    made = easel.make

    async def slowly(attachment: Attachment) -> File | None:
        if attachment.values.get("sitting") == "slow":
            await waiting.wait()
        return await made(attachment)

    channel._attachments._make_file = slowly
    fake.person(2).start()
    slow = Message((Span("Slow"),), attachments=(Attachment("picture", {"sitting": "slow"}),))
    first = asyncio.create_task(channel.send("1", slow))
    await channel.send("2", result())
    assert not first.done()
    waiting.set()
    await first
    assert ada.texts() == ["Slow"]
