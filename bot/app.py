"""The composition root: the one place where concrete parts meet."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from ipaddress import ip_network
from types import ModuleType

import structlog
from aiohttp import web
from aiohttp.web_runner import TCPSite

import bot.flows
import bot.work.effects
import bot.work.pictures
import bot.work.reads
import bot.work.reminders
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.handlers import Telegram, TelegramSettings, build_telegram
from bot.loading import collect_modules, load_content, wanted_cities
from bot.settings import Settings, secret_key, webhook_secret
from bot.skills.tagging import Rules
from bot.web import Ports, WebRunner, WebSettings, build_web
from bot.web.confirm_port import Reply
from bot.web.stored import stored_ports
from bot.web.stored_badges import StoredBadges
from bot.web.stored_confirming import StoredConfirming
from bot.web.stored_needs import ReportBeside, StoredFigures, StoredNeeds
from bot.web.stored_offers import StoredOfferDesk
from bot.web.stored_tags import StoredTagDesk
from bot.web.welcome import first_screen
from bot.work.alerts import Alerts
from bot.work.badge_news import BadgeNews
from bot.work.badges import KEYS, BadgeWorks, badge_works
from bot.work.catalogue import Catalogue, indexer
from bot.work.class_desk import ClassDesk
from bot.work.confirming import Answered, take_answer
from bot.work.context import Surroundings
from bot.work.course_files import feed_refresher
from bot.work.effects import EFFECTS
from bot.work.files import Files
from bot.work.flood import FloodControl
from bot.work.health import Health
from bot.work.insight import Insight, compared
from bot.work.intake import Intake
from bot.work.live_words import LiveWords
from bot.work.matching import Matching
from bot.work.metrics import Metrics
from bot.work.offer_news import offer_ticks
from bot.work.outlet import Outlet
from bot.work.overviews import report_of
from bot.work.pictures.making import ChatPictures, Pictures
from bot.work.places import Places
from bot.work.ports import Channel
from bot.work.reads import LOOKS
from bot.work.reminders import REMINDERS
from bot.work.reminding import Reminding
from bot.work.retention import Retention
from bot.work.samples import Samples
from bot.work.sending import Sender
from bot.work.tagging import Tagging, rules_of
from bot.work.ticks import Tick, Ticks
from bot.work.turn import Flows, Player
from bot.work.turns import Turns
from bot.work.wakeup import Wakeup
from content.load import LiveContent
from storage import Database, Unit

DRAIN_SECONDS = 8.0
WEB_BOT = "web"
TELEGRAM_NAME = "telegram.username"
"""The mark under which the bot's name on Telegram is remembered between starts."""
log = structlog.get_logger()


def utc_now() -> datetime:
    """Return the time of the machine's clock."""
    return datetime.now(UTC)


@dataclass
class App:
    """The running program; two of them can live in one process.

    Attributes:
        settings: What the person who runs it chose.
        content: Words, cities and sources, replaceable while it runs.
    """

    settings: Settings
    content: LiveContent
    database: Database
    metrics: Metrics
    health: Health
    intake: Intake
    turns: Turns
    sender: Sender
    ticks: Ticks
    catalogue: Catalogue
    samples: Samples
    badges: BadgeWorks
    web: web.Application
    telegram: Telegram | None = None
    clock: Callable[[], datetime] = utc_now
    runner: WebRunner | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Take up what was left, then let messages in."""
        if self.settings.database_url.startswith("sqlite"):
            # The lock file says that we are alone: whatever is leased was leased by the dead.
            await self.database.write(
                lambda unit: (unit.inbox.release_all(), unit.outbox.release_all())
            )
        await self.samples.bring_up_to_date()
        await self.catalogue.refresh(self.clock())
        self.tasks = [
            asyncio.create_task(self.turns.run(), name="turns"),
            asyncio.create_task(self.sender.run(), name="sender"),
            asyncio.create_task(self.health.watch_loop(), name="loop-lag"),
        ]
        self.runner = WebRunner(
            self.web, access_log=None, handle_signals=False, shutdown_timeout=1.0
        )
        await self.runner.setup()
        site = TCPSite(self.runner, self.settings.host, self.settings.port)
        await site.start()
        if self.telegram is not None:
            await self.telegram.start()
        self.ticks.start()
        self.health.is_started = True

    @property
    def port(self) -> int:
        """The port that the web server listens on."""
        if self.runner is None or not self.runner.addresses:
            return self.settings.port
        return int(self.runner.addresses[0][1])

    async def stop(self) -> None:
        """Let nothing more in, finish what is under way, close everything: at most 10 s."""
        self.health.is_stopping = True
        self.ticks.stop()
        if self.telegram is not None:
            await self.telegram.stop_intake()
        if self.runner is not None:
            await self.runner.cleanup()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                await self.turns.stop(DRAIN_SECONDS / 2)
                await self.sender.stop(DRAIN_SECONDS / 2 - 1)
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.telegram is not None:
            await self.telegram.close()
        await self.badges.close()
        await self.database.aclose()


def build_app(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    flows: ModuleType = bot.flows,
) -> App:
    """Put the program together; nothing is started or connected.

    Args:
        settings: What the person who runs it chose.
        clock: Where the time comes from.
        flows: The package of the conversations.

    Raises:
        BotError: A setting, the content or the database cannot be used.
    """
    content = LiveContent(load_content(settings), wanted_cities(settings))
    Database.migrate(settings.database_url)
    database = Database.open(settings.database_url, clock=clock)
    return _Building(settings, content, database, clock, flows).app()


class _Building:
    """Makes the parts in the order in which they need each other."""

    def __init__(
        self,
        settings: Settings,
        content: LiveContent,
        database: Database,
        clock: Callable[[], datetime],
        flows: ModuleType,
    ) -> None:
        self.settings, self.content, self.database = settings, content, database
        self.clock = clock
        self.holder = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.metrics = Metrics()
        self.wakeup = Wakeup()
        self.channels: dict[tuple[str, str], Channel] = {}
        zones = {city.id: city.zone for city in content.current.cities.values()}
        self.catalogue = Catalogue(database, zones, indexer(lambda: content.current))
        self.tagging = Tagging(database, zones, self._tag_rules)
        self.places = Places(content.current.cities)
        self.matching = Matching()
        self.samples = Samples(database, content.current, settings.sample_data, clock)
        self.badges = badge_works(
            database, lambda: content.current, settings.var_dir / KEYS, settings.address, clock
        )
        self.pictures = Pictures(database, lambda: self.content.current)
        self.telegram: Telegram | None = None
        self.known_name = database.read_now(_telegram_name)
        collect_modules(bot.work.effects)
        collect_modules(bot.work.pictures)
        collect_modules(bot.work.reads)
        collect_modules(bot.work.reminders)
        register_effects(*{sys.modules[kind.__module__] for kind in EFFECTS.kinds.values()})
        self.flows = Flows(collect_flows(flows), EFFECTS, LOOKS)

    def app(self) -> App:
        """Return the whole program."""
        player = Player(self.flows, self._around, holder=self.holder, clock=self.clock)
        sender = Sender(
            self.database,
            self.channels,
            holder=self.holder,
            metrics=self.metrics,
            clock=self.clock,
        )
        outlet = Outlet(sender, self.channels, self.wakeup)
        reminding = Reminding(self.database, self._around, REMINDERS, outlet.tell)
        news = BadgeNews(self.database, self._around, outlet.tell)
        turns = Turns(self.database, player, outlet, holder=self.holder, metrics=self.metrics)
        intake = Intake(
            self.database,
            turns,
            self.channels,
            player.notice_flood,
            holder=self.holder,
            flood=FloodControl(self.settings.flood_burst, self.settings.flood_per_second),
            metrics=self.metrics,
        )
        self._connect_telegram(intake)
        health = Health(self.database, self.metrics, self.clock, self._channel_problems)
        return App(
            settings=self.settings,
            content=self.content,
            database=self.database,
            metrics=self.metrics,
            health=health,
            intake=intake,
            turns=turns,
            sender=sender,
            ticks=Ticks(
                (
                    *self._ticks(health, reminding, news),
                    *offer_ticks(self.database, self._around, outlet.tell),
                )
            ),
            catalogue=self.catalogue,
            samples=self.samples,
            badges=self.badges,
            web=self._web(intake, health),
            telegram=self.telegram,
            clock=self.clock,
        )

    def _around(self) -> Surroundings:
        return Surroundings(
            self.content.current,
            self.catalogue,
            self.places,
            self.settings.address,
            self._telegram_username(),
            self.matching,
        )

    def _answered(self, unit: Unit, token: str, reply: Reply) -> str:
        """Take the answer of somebody who was asked to confirm something."""
        answered = Answered(token, reply.is_given, reply.called, reply.comment)
        return take_answer(unit, self.content.current, answered)

    def _needs_report(self, unit: Unit, organisation: str, city: str) -> ReportBeside | None:
        """Make an organisation's report as it is now."""
        now = self.clock()
        found = report_of(unit, self._around(), organisation, city, now)
        return (found, compared(unit, found, now.date())) if found else None

    def _tag_rules(self) -> Rules:
        return rules_of(self.content.current)

    def _telegram_username(self) -> str:
        if self.telegram is None:
            return ""
        return self.telegram.username or self.known_name

    def _channel_problems(self) -> tuple[str, ...]:
        return self.telegram.health.problems() if self.telegram else ()

    def _connect_telegram(self, intake: Intake) -> None:
        token = self.settings.telegram_token
        if token is None:
            return
        files = Files(
            self.database,
            lambda: self.content.current,
            self.settings.address,
            self.clock,
            self.pictures,
        )
        self.telegram = build_telegram(
            TelegramSettings(
                token=token.get_secret_value(),
                api_url=self.settings.telegram_api_url,
                mode=self.settings.telegram_mode,
                webhook_url=f"{self.settings.address}/telegram/webhook",
                webhook_secret=webhook_secret(self.settings),
                public_url=self.settings.address,
                is_limited=self.settings.telegram_limits,
            ),
            intake.receive,
            LiveWords(self.content),
            files.make,
        )
        self.channels["telegram", self.telegram.bot_id] = self.telegram.channel

    def _web(self, intake: Intake, health: Health) -> web.Application:
        content = self.content.current
        settings = WebSettings(
            public_url=self.settings.address,
            secret_key=secret_key(self.settings),
            bot=WEB_BOT,
            trusted_proxies=tuple(ip_network(one) for one in self.settings.trusted_proxies),
        )
        return build_web(
            Ports(
                settings=settings,
                content=lambda: self.content.current,
                intake=intake,
                wakeup=self.wakeup,
                health=health,
                pictures=ChatPictures(self.database, self.pictures, "web", WEB_BOT),
                first_screen=first_screen(lambda: self.content.current),
                badges=StoredBadges(self.database, WEB_BOT, self.badges),
                confirming=StoredConfirming(self.database, WEB_BOT, self._answered),
                classes=ClassDesk(
                    self.database,
                    lambda: self.content.current,
                    self.catalogue.named,
                    secret_key(self.settings),
                ),
                needs=StoredNeeds(self.database, self._needs_report, self.clock),
                figures=StoredFigures(self.database),
                tags=StoredTagDesk(self.database, self._tag_rules, self.catalogue.named),
                offers=StoredOfferDesk(
                    self.database,
                    lambda: self.content.current,
                    self._tag_rules,
                    self.places.resolve,
                    self.catalogue.named,
                ),
                telegram_username=self._telegram_username,
                telegram_webhook=self.telegram.webhook_view if self.telegram else None,
                **stored_ports(
                    self.database,
                    WEB_BOT,
                    {city.id: city.zone for city in content.cities.values()},
                ),
            )
        )

    def _ticks(self, health: Health, reminding: Reminding, news: BadgeNews) -> tuple[Tick, ...]:
        retention = Retention(self.database)
        feeds = feed_refresher(self.database, self.settings.feed_hosts)
        return (
            Tick("erasures", 15, retention.erase_due),
            Tick("retention", 600, retention.sweep),
            Tick("reminders", 10, reminding.send_due),
            Tick("catalogue", 30, partial(self._refresh_catalogue, reminding)),
            Tick("ages", 15, health.ages),
            Tick("telegram name", 15, self._remember_name),
            Tick("feeds", 60, feeds.refresh_due),
            Tick("badges", 3, partial(self._sign_badges, news)),
            Tick("insight", 600, Insight(self.database, self._around, self.clock).roll_up_due),
            Tick("keys", 10, self.badges.pages.make_missing),
            Tick("matching", 60, self.matching.drop_unused),
        )

    async def _sign_badges(self, news: BadgeNews) -> None:
        """Sign what waits, and tell whose it is; a signed badge is told of whatever else fails."""
        try:
            await self.badges.awards.sign_due()
        finally:
            await news.send_due()

    async def _remember_name(self) -> None:
        """Keep the bot's name on Telegram for the links that commands and the next start make."""
        name = self.telegram.username if self.telegram else ""
        if name and name != await self.database.read(_telegram_name):
            await self.database.write(lambda unit: unit.marks.put(TELEGRAM_NAME, name))

    async def _refresh_catalogue(self, reminding: Reminding) -> None:
        await self.samples.bring_up_to_date()
        await self.tagging.bring_up_to_date()
        alerts = Alerts(self.database, self.catalogue)
        for city in await self.catalogue.refresh(self.clock()):
            await alerts.note(city)
            await reminding.follow(city)


def _telegram_name(unit: Unit) -> str:
    return unit.marks.get(TELEGRAM_NAME) or ""
