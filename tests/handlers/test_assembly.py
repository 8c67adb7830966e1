"""The whole channel, started as the program starts it."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, filters

from bot.errors import SettingsError
from bot.handlers import Telegram, TelegramSettings, build_telegram
from bot.handlers.introduction import COMMANDS
from bot.handlers.limiter import Limiter
from bot.handlers.refusals import NotSentError, delivery_error
from bot.handlers.transport import AiohttpRequest, Transport
from content.words import Words
from tests.handlers.conftest import Inbox, make_file, settings
from tests.handlers.test_polling import until
from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.server import TOKEN
from tests.support.png import plain_png


async def test_a_first_message_comes_in_and_a_reply_goes_out(
    fake: FakeBotApi, inbox: Inbox, telegram: Telegram
) -> None:
    await telegram.start()
    ada = fake.person(1, "cy")
    ada.start("city_manchester")
    (incoming,) = await inbox.wait_for(1)
    assert (incoming.bot, incoming.text) == (telegram.bot_id, "/start city_manchester")
    assert incoming.language == "cy"
    await until(lambda: telegram.health.problems() == ())
    assert telegram.username == "learning_city_bot"
    assert telegram.webhook_view is None
    await telegram.stop_intake()
    assert fake.bot.updates.allowed >= {"my_chat_member", "callback_query", "edited_message"}
    assert not fake.problems


async def test_commands_and_descriptions_are_set_in_every_language(
    fake: FakeBotApi, telegram: Telegram, words: Words
) -> None:
    await telegram.start()
    await until(lambda: ("setChatMenuButton", "") in fake.bot.settings)
    for language in ["", *(code for code in words.languages if code != "en")]:
        commands = fake.bot.settings["setMyCommands", language]["commands"]
        assert [command["command"] for command in commands] == list(COMMANDS)
        assert fake.bot.settings["setMyDescription", language]["description"]
        assert fake.bot.settings["setMyShortDescription", language]["short_description"]
    assert not fake.problems


async def test_a_network_that_is_not_up_yet_is_waited_for(
    fake: FakeBotApi, inbox: Inbox, telegram: Telegram
) -> None:
    fake.fault("cut_before", method="getMe")
    await telegram.start()
    fake.person(1).say("hello")
    await inbox.wait_for(1)


async def test_a_bot_that_had_a_webhook_polls_and_loses_nothing(
    fake: FakeBotApi, inbox: Inbox, telegram: Telegram
) -> None:
    fake.bot.webhook.set("http://127.0.0.1:9/hook", "", 1)
    fake.person(1).say("while it was away")
    await telegram.start()
    await inbox.wait_for(1)
    deleting = fake.called("deleteWebhook")[0].parameters
    assert not deleting.get("drop_pending_updates")


async def test_a_refused_token_is_told_and_stopping_is_quick(
    fake: FakeBotApi, telegram: Telegram
) -> None:
    fake.revoke()
    await telegram.start()
    await until(lambda: telegram.health.is_token_refused)
    async with asyncio.timeout(1):
        await telegram.close()


async def test_the_token_is_in_no_log_and_no_error(
    fake: FakeBotApi, inbox: Inbox, telegram: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fake.fault("refuse", status=502, times=1)
    fake.fault("garbage", method="getMe")
    fake.fault("refuse", method="setMyCommands", status=400)
    await telegram.start()
    fake.person(1).say("something private")
    await inbox.wait_for(1)
    await until(lambda: any("took no commands" in r.getMessage() for r in caplog.records))
    written = caplog.text + repr(settings(fake))
    assert TOKEN.partition(":")[2] not in written
    assert "something private" not in written
    assert "Lovelace" not in written


@pytest.mark.parametrize("token", ["", "abc", "12", "12:", ":abc"])
async def test_what_is_no_token_is_refused_at_once(inbox: Inbox, words: Words, token: str) -> None:
    with pytest.raises(SettingsError):
        build_telegram(TelegramSettings(token), inbox.receive, words, make_file)


async def test_a_webhook_needs_an_address_and_a_secret(inbox: Inbox, words: Words) -> None:
    with pytest.raises(SettingsError):
        build_telegram(
            TelegramSettings(TOKEN, mode="webhook", webhook_url="https://x.org"),
            inbox.receive, words, make_file,
        )  # fmt: skip


class TestLibraryOnOurTransport:
    """python-telegram-bot itself, over our connections."""

    async def test_a_bot_sends_words_buttons_and_files(self, fake: FakeBotApi) -> None:
        fake.person(1).start()
        async with (
            Transport(TOKEN, fake.url) as transport,
            Bot(TOKEN, f"{fake.url}/bot", request=AiohttpRequest(transport)) as bot,
        ):
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="1:n:y")]])
            sent = await bot.send_message(1, "Hi \U0001f600", reply_markup=markup)
            await bot.send_document(1, InputFile(b"BEGIN", "a.ics"), caption="Dates")
            await bot.send_photo(1, plain_png())
        assert fake.called("sendMessage")[0].parameters["text"] == "Hi \U0001f600"
        assert sent.message_id == fake.person(1).replies()[0]["message_id"]
        assert fake.called("sendDocument")[0].parameters["document"] == b"BEGIN"
        assert not fake.problems

    @pytest.mark.parametrize(
        ("fault", "error"),
        [
            ({"status": 400}, BadRequest),
            ({"status": 401}, InvalidToken),
            ({"status": 403}, Forbidden),
            ({"status": 429, "retry_after": 3}, RetryAfter),
            ({"status": 500}, NotSentError),
            ({"kind": "cut_before"}, TimedOut),
            ({"kind": "garbage"}, TimedOut),
        ],
    )
    async def test_errors_are_the_library_s_own(
        self, fake: FakeBotApi, fault: dict[str, object], error: type[TelegramError]
    ) -> None:
        async with Transport(TOKEN, fake.url) as transport:
            bot = Bot(TOKEN, f"{fake.url}/bot", request=AiohttpRequest(transport))
            fake.fault(**fault)
            with pytest.raises(error) as raised:
                await bot.send_message(1, "Hi")
        assert delivery_error(raised.value)

    async def test_an_application_answers(self, fake: FakeBotApi) -> None:
        async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.effective_message is not None
            await update.effective_message.reply_text("heard")

        async with Transport(TOKEN, fake.url) as transport:
            bot: ExtBot[int] = ExtBot(
                TOKEN,
                f"{fake.url}/bot",
                request=AiohttpRequest(transport),
                get_updates_request=AiohttpRequest(transport),
                rate_limiter=Limiter(),
            )
            application = Application.builder().bot(bot).updater(None).build()
            application.add_handler(MessageHandler(filters.TEXT, echo))
            async with application:
                fake.person(1).say("hello")
                (update,) = await bot.get_updates()
                await application.process_update(update)
        assert fake.person(1).texts() == ["heard"]
