"""Puts the Telegram channel together and runs it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.errors import SettingsError
from bot.handlers.drawing import Drawing
from bot.handlers.files import Attachments, MakeFile
from bot.handlers.health import TelegramHealth
from bot.handlers.inline import Find, InlineMode
from bot.handlers.intake import Intake, Receive
from bot.handlers.introduction import introduce
from bot.handlers.limiter import Limiter
from bot.handlers.links import Links
from bot.handlers.location import LocationKeyboards
from bot.handlers.polling import POLL_SECONDS, Backoff, Poller
from bot.handlers.reading import ALLOWED_UPDATES
from bot.handlers.refusals import TokenRefused, delivery_error, seconds_of
from bot.handlers.sending import TelegramChannel
from bot.handlers.transport import AiohttpRequest, Transport, wait_or_stop
from bot.handlers.webhook import Webhook, webhook_view
from content.words import Words

log = logging.getLogger(__name__)

MAX_CONNECTIONS = 100
"""How many deliveries to the webhook Telegram may make at once."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What the channel is told.

    Attributes:
        token: The bot's token; never shown.
        api_url: The base address of the Bot API server.
        mode: How updates come in.
        webhook_url: The public address of the webhook, for mode "webhook".
        webhook_secret: What Telegram sends with each delivery: 1 to 256 of A-Z a-z 0-9 _ -.
        public_url: Where our web pages are.
        is_limited: False leaves out the budgets, for measuring.
        poll_seconds: How long an empty poll is held.
        check_seconds: How often the webhook is looked after.
    """

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    public_url: str = ""
    is_limited: bool = True
    poll_seconds: int = POLL_SECONDS
    check_seconds: float = 300.0

    @property
    def bot_id(self) -> str:
        """The bot's id, which is the token's first part.

        Raises:
            SettingsError: If the token cannot be one.
        """
        bot_id, divider, secret = self.token.partition(":")
        if not (bot_id.isdigit() and divider and secret):
            raise SettingsError("BOT_TELEGRAM_TOKEN does not look like 123456:ABC...")
        return bot_id


class Telegram:
    """The running Telegram channel.

    Attributes:
        bot_id: The bot's id, as in `Incoming.bot`.
        channel: Sends messages.
        health: How the connection fares.
        webhook: Takes deliveries in mode "webhook", otherwise None.
        username: The bot's name in links, "" until Telegram was reached.
    """

    def __init__(
        self,
        settings: TelegramSettings,
        receive: Receive,
        words: Words,
        make_file: MakeFile,
        find: Find | None,
    ) -> None:
        self.bot_id = settings.bot_id
        self.health = TelegramHealth()
        self.username = ""
        self._settings = settings
        self._words = words
        self._stopping = asyncio.Event()
        self._is_new = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._sending = Transport(settings.token, settings.api_url)
        self._fetching = Transport(settings.token, settings.api_url, connections=2)
        limiter = Limiter(is_open=not settings.is_limited)
        self._bot: ExtBot[int] = ExtBot(
            settings.token,
            base_url=f"{settings.api_url.rstrip('/')}/bot",
            request=AiohttpRequest(self._sending),
            get_updates_request=AiohttpRequest(self._fetching),
            rate_limiter=limiter,
        )
        links = Links(settings.public_url)
        self.channel = TelegramChannel(
            self.bot_id,
            transport=self._sending,
            limiter=limiter,
            drawing=Drawing(words, links),
            links=links,
            attachments=Attachments(self._bot, make_file),
            keyboards=LocationKeyboards(self._sending, words),
            health=self.health,
        )
        self._inline = (
            InlineMode(self._sending, words, find, lambda: self.username) if find else None
        )
        intake = Intake(self.bot_id, receive, self.health, self._inline)
        self.webhook: Webhook | None = None
        if settings.mode == "webhook":
            self.webhook = Webhook(settings.webhook_secret, intake, self.health)
        self._poller = Poller(
            self._fetching, intake, self.health, poll_seconds=settings.poll_seconds
        )

    @property
    def webhook_view(self) -> Callable[[web.Request], Awaitable[web.Response]] | None:
        """The aiohttp handler of the webhook; None in mode "polling"."""
        return None if self.webhook is None else webhook_view(self.webhook)

    async def start(self) -> None:
        """Connect in the background, however long the network takes, then let updates in."""
        self._task = asyncio.create_task(self._run(), name="telegram")

    def introduce_again(self) -> None:
        """Tell Telegram the words that are in use now."""
        self._is_new.set()

    async def stop_intake(self) -> None:
        """Let no more updates in; what was not stored comes again at the next start."""
        self._stopping.set()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def close(self) -> None:
        """Close all connections."""
        await self.stop_intake()
        if self._inline is not None:
            await self._inline.close()
        await self._sending.close()
        await self._fetching.close()

    async def _run(self) -> None:
        try:
            if await self._connect():
                introducing = asyncio.create_task(self._introduce())
                try:
                    if self.webhook is None:
                        await self._poller.run(self._stopping)
                    else:
                        await self._look_after_webhook()
                finally:
                    introducing.cancel()
        except Exception:
            log.exception("The Telegram channel stopped.")
            raise

    async def _introduce(self) -> None:
        """Say what the bot is, and say it again whenever its words were replaced."""
        while True:
            self._is_new.clear()
            await introduce(self._bot, self._words, self._words.languages)
            await self._is_new.wait()

    async def _connect(self) -> bool:
        """Reach Telegram and choose the way in; False if told to stop before."""
        backoff = Backoff()
        while not self._stopping.is_set():
            try:
                self.username = (await self._bot.get_me()).username or ""
                await self._choose_way_in()
            except TelegramError as error:
                pause = self._pause_after(error, backoff)
                log.warning("Telegram is not reached (%s); again in %.1f s.", error, pause)
                if await wait_or_stop(self._stopping, pause):
                    return False
                continue
            self.health.is_connected = True
            self.health.is_token_refused = False
            self.health.is_polling = self.webhook is None
            log.info("Telegram is connected, mode %s.", self._settings.mode)
            return True
        return False

    async def _look_after_webhook(self) -> None:
        """See that deliveries go on: another program may take the webhook away in silence."""
        while not await wait_or_stop(self._stopping, self._settings.check_seconds):
            try:
                info = await self._bot.get_webhook_info()
                self.health.is_contested = info.url != self._settings.webhook_url
                self.health.delivery_error = (
                    (info.last_error_message or "") if info.pending_update_count else ""
                )
                if self.health.is_contested:
                    log.error("Another program changed this bot's webhook; it is set again.")
                    await self._choose_way_in()
            except TelegramError as error:
                log.warning("The webhook could not be looked after: %s", error)

    async def _choose_way_in(self) -> None:
        # Neither call is ever told to drop what people sent while the bot was away.
        if self.webhook is None:
            await self._bot.delete_webhook()
            return
        await self._bot.set_webhook(
            self._settings.webhook_url,
            secret_token=self._settings.webhook_secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=MAX_CONNECTIONS,
        )

    def _pause_after(self, error: TelegramError, backoff: Backoff) -> float:
        if isinstance(error, RetryAfter):
            return seconds_of(error)
        if isinstance(delivery_error(error), TokenRefused):
            self.health.is_token_refused = True
            return TokenRefused().after
        return backoff.next()


def build_telegram(
    settings: TelegramSettings,
    receive: Receive,
    words: Words,
    make_file: MakeFile,
    find: Find | None = None,
) -> Telegram:
    """Put the channel together; nothing is connected before `start`.

    Args:
        settings: What it is told.
        receive: Stores what people did.
        words: The bot's words.
        make_file: Makes the files that attachments stand for.
        find: Finds courses for other chats; None where nothing is answered there.

    Raises:
        SettingsError: If the token or the webhook's settings cannot be right.
    """
    if settings.mode == "webhook" and not (settings.webhook_url and settings.webhook_secret):
        raise SettingsError("the webhook needs BOT_PUBLIC_URL and a secret")
    return Telegram(settings, receive, words, make_file, find)
