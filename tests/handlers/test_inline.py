"""Typing the bot's name in another chat gives courses to send there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.courses.lines import CourseLine
from bot.courses.phrases import Phrase
from bot.handlers import Telegram, build_telegram
from bot.handlers.inline import MOST_AT_ONCE, Find
from content.words import Words
from tests.handlers.conftest import Inbox, make_file, settings
from tests.support.fake_bot_api import FakeBotApi

EXCEL = CourseLine(
    "excel01",
    "Excel 📊 first steps",
    (
        Phrase("course.card.sample", {"provider": "Copperfinch Digital"}),
        Phrase("course.price.free"),
    ),
    "Manchester",
)


async def excel(words: str) -> Sequence[CourseLine]:
    return (EXCEL,) if "excel" in words else ()


@asynccontextmanager
async def running(
    fake: FakeBotApi, inbox: Inbox, words: Words, find: Find | None = excel
) -> AsyncIterator[Telegram]:
    telegram = build_telegram(
        settings(fake, is_limited=False), inbox.receive, words, make_file, find
    )
    await telegram.start()
    await until(lambda: telegram.health.is_connected)
    yield telegram
    await telegram.close()


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 - what is watched has no event of its own
            await asyncio.sleep(0)


async def test_a_course_can_be_sent_into_any_chat(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    async with running(fake, inbox, words):
        query = fake.person(7).type_elsewhere("excel")
        await until(lambda: bool(fake.called("answerInlineQuery")))

    (call,) = fake.called("answerInlineQuery")
    (card,) = call.parameters["results"]
    content = card["input_message_content"]
    (button,) = card["reply_markup"]["inline_keyboard"][0]
    assert call.parameters["inline_query_id"] == query
    assert card["title"] == "Excel 📊 first steps"
    assert card["description"].startswith("Manchester: ")
    assert "sample" in content["message_text"].lower()
    assert content["entities"] == [{"type": "bold", "offset": 0, "length": 20}]
    assert button["url"] == "https://t.me/learning_city_bot?start=course_excel01"
    assert inbox.received == []  # nothing of it is stored


async def test_it_speaks_the_language_of_the_app_and_is_kept_for_nobody_else(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    async with running(fake, inbox, words):
        fake.person(7, "cy").type_elsewhere("excel")
        fake.person(8, "tlh").type_elsewhere("nothing like it")
        await until(lambda: len(fake.called("answerInlineQuery")) == 2)

    told = {one.parameters["button"]["text"]: one for one in fake.called("answerInlineQuery")}
    assert "Dod o hyd i fwy yn y cynorthwyydd" in told
    assert told["Nothing found. Ask the assistant"].parameters["results"] == []
    assert all(one.parameters["is_personal"] for one in told.values())
    assert all(one.parameters["button"]["start_parameter"] == "find" for one in told.values())


async def test_names_do_not_turn_the_words_around_them(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    async with running(fake, inbox, words):
        fake.person(7, "ur").type_elsewhere("excel")
        await until(lambda: bool(fake.called("answerInlineQuery")))

    (card,) = fake.called("answerInlineQuery")[0].parameters["results"]
    assert "\u2068Copperfinch Digital\u2069" in card["description"]
    assert "\u2068Copperfinch Digital\u2069" in card["input_message_content"]["message_text"]


async def test_only_the_last_words_of_somebody_are_answered(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    asked: list[str] = []

    async def slow(typed: str) -> Sequence[CourseLine]:
        asked.append(typed)
        if typed != "excel":
            await asyncio.Event().wait()  # until it is let go
        return (EXCEL,)

    async with running(fake, inbox, words, slow):
        person = fake.person(7)
        for typed in ("e", "ex", "excel"):
            person.type_elsewhere(typed)
        await until(lambda: bool(fake.called("answerInlineQuery")))

    assert asked[-1] == "excel"
    assert len(fake.called("answerInlineQuery")) == 1


async def test_a_crowd_of_askers_never_holds_up_the_chat(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    asked: list[str] = []

    async def never(typed: str) -> Sequence[CourseLine]:
        asked.append(typed)
        await asyncio.Event().wait()  # until it is let go
        return ()

    async with running(fake, inbox, words, never):
        for number in range(MOST_AT_ONCE + 5):
            fake.person(100 + number).type_elsewhere(f"excel {number}")
        fake.person(7).say("hello")
        (incoming,) = await inbox.wait_for(1)
        await until(lambda: len(asked) >= MOST_AT_ONCE)
        fake.person(7).say("still there?")
        await inbox.wait_for(2)

    assert incoming.text == "hello"
    assert len(asked) == MOST_AT_ONCE


async def test_nothing_is_answered_while_all_that_goes_out_is_stopped_or_it_fails(
    fake: FakeBotApi, inbox: Inbox, words: Words
) -> None:
    found: list[Sequence[CourseLine] | None] = [None]
    asked: list[str] = []

    async def stopped(typed: str) -> Sequence[CourseLine] | None:
        asked.append(typed)
        if typed == "boom":
            raise RuntimeError(typed)
        return found[0]

    async with running(fake, inbox, words, stopped):
        fake.person(6).type_elsewhere("boom")
        fake.person(7).type_elsewhere("excel")
        fake.bot.push("inline_query", {"id": "1"})  # no sender: not shaped as a query
        fake.person(7).say("hello")
        await inbox.wait_for(1)
        await until(lambda: len(asked) == 2)
        assert fake.called("answerInlineQuery") == []
        found[0] = (EXCEL,)
        fake.person(7).type_elsewhere("excel")
        await until(lambda: bool(fake.called("answerInlineQuery")))

    assert len(fake.called("answerInlineQuery")) == 1
