"""The composition root: the one place where concrete parts meet."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from types import ModuleType

import structlog

import bot.flows
import bot.work.effects
import bot.work.pictures
import bot.work.reads
import bot.work.reminders
from bot.conversation import collect_flows
from bot.conversation.effects import register_effects
from bot.courses.phrases import Phrase
from bot.errors import BotError
from bot.handlers import Telegram, TelegramSettings, build_telegram
from bot.loading import (
    collect_modules,
    load_content,
    load_folder,
    require_content,
    wanted_cities,
)
from bot.program import App, utc_now
from bot.settings import Settings, webhook_secret
from bot.site import SiteParts, build_site
from bot.skills.tagging import Rules
from bot.work.alerts import Alerts
from bot.work.answered import Answered
from bot.work.ask_news import ask_ticks
from bot.work.badge_news import BadgeNews
from bot.work.badges import KEYS, badge_works
from bot.work.campaigns.works import campaign_works
from bot.work.catalogue import Catalogue, indexer
from bot.work.city_settings import LiveSettings
from bot.work.context import Surroundings
from bot.work.course_files import feed_refresher
from bot.work.effects import EFFECTS
from bot.work.files import Files
from bot.work.flood import FloodControl
from bot.work.gate import Gate, GatedChannel
from bot.work.health import Health
from bot.work.inline import InlineCourses
from bot.work.insight import Insight
from bot.work.intake import Intake
from bot.work.live_words import LiveCities, LiveWords
from bot.work.matching import Matching
from bot.work.metrics import Metrics
from bot.work.offer_news import offer_ticks
from bot.work.outlet import Outlet
from bot.work.pictures.making import Pictures
from bot.work.places import Places
from bot.work.ports import Channel
from bot.work.publishing.publication import Publication, begin
from bot.work.publishing.workshop import Workshop
from bot.work.reads import LOOKS
from bot.work.releasing import Releasing
from bot.work.reminders import REMINDERS
from bot.work.reminding import Reminding
from bot.work.retention import Retention
from bot.work.samples import Samples
from bot.work.sending import Sender
from bot.work.tagging import Tagging, rules_of
from bot.work.talent.works import talent_ticks
from bot.work.ticks import Tick, Ticks
from bot.work.turn import Flows, Player
from bot.work.turns import Turns
from bot.work.wakeup import Wakeup
from content.load import LiveContent
from storage import Database, Unit

__all__ = ["App", "build_app"]

TELEGRAM_NAME = "telegram.username"
SETTLED = 90
"""Seconds after a start by which courses are there with what they teach."""
"""The mark under which the bot's name on Telegram is remembered between starts."""
log = structlog.get_logger()


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
    require_content(settings)
    Database.migrate(settings.database_url)
    database = Database.open(settings.database_url, clock=clock)
    try:
        publication = _publication(settings, database)
    except BotError:
        database.close()
        raise
    return _Building(settings, publication, database, clock, flows).app()


def _publication(settings: Settings, database: Database) -> Publication:
    """Return the content in use, with what staff published over it."""
    workshop = Workshop(settings.content_dir)
    load = partial(load_folder, settings)
    start = begin(database, workshop, load, partial(load_content, settings))
    live = LiveContent(start.content, wanted_cities(settings))
    return Publication(database, workshop, load, live, start.number, start.refusal)


class _Building:
    """Makes the parts in the order in which they need each other."""

    def __init__(
        self,
        settings: Settings,
        publication: Publication,
        database: Database,
        clock: Callable[[], datetime],
        flows: ModuleType,
    ) -> None:
        self.settings, self.publication, self.database = settings, publication, database
        self.content = content = publication.live
        self.clock = clock
        self.live_settings = LiveSettings(database, content)
        self.live_settings.begin()
        self.holder = f"{os.getpid()}-{secrets.token_hex(4)}"
        self.metrics = Metrics()
        self.gate = Gate(database)
        self.wakeup = Wakeup()
        self.channels: dict[tuple[str, str], Channel] = {}
        zones = {city.id: city.zone for city in content.current.cities.values()}
        self.catalogue = Catalogue(database, zones, indexer(lambda: content.current))
        self.tagging = Tagging(database, zones, self._tag_rules)
        self.places = Places(LiveCities(content))
        self.matching = Matching()
        self.samples = Samples(database, lambda: content.current, settings.sample_data, clock)
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
        sender = self._sender()
        outlet = Outlet(sender, self.channels, self.wakeup)
        campaigns = campaign_works(
            self.database,
            self.channels,
            self._around,
            self.gate,
            holder=self.holder,
            metrics=self.metrics,
            clock=self.clock,
            tell=outlet.tell,
        )
        reminding = Reminding(self.database, self._around, REMINDERS, outlet.tell)
        news = BadgeNews(self.database, self._around, outlet.tell)
        turns = Turns(self.database, player, outlet, holder=self.holder, metrics=self.metrics)
        intake = self._intake(turns, player)
        self._connect_telegram(intake)
        health = Health(self.database, self.metrics, self.clock, self._channel_problems)
        return App(
            settings=self.settings,
            publication=self.publication,
            content=self.content,
            database=self.database,
            metrics=self.metrics,
            health=health,
            intake=intake,
            turns=turns,
            sender=sender,
            campaigns=campaigns,
            ticks=Ticks(
                (
                    *campaigns.ticks(),
                    *self._ticks(health, reminding, news),
                    *offer_ticks(self.database, self._around, outlet.tell),
                    *ask_ticks(self.database, self._around, outlet.tell),
                    *talent_ticks(self.database, self._around, self.gate, self.clock, outlet.tell),
                )
            ),
            catalogue=self.catalogue,
            samples=self.samples,
            badges=self.badges,
            web=build_site(
                self._site_parts(intake, health, campaigns.broadcasting.look, outlet.tell)
            ),
            telegram=self.telegram,
            clock=self.clock,
        )

    def _sender(self) -> Sender:
        return Sender(
            self.database,
            self.channels,
            holder=self.holder,
            metrics=self.metrics,
            clock=self.clock,
            may_send=lambda: self.gate.is_open,
        )

    def _intake(self, turns: Turns, player: Player) -> Intake:
        return Intake(
            self.database,
            turns,
            self.channels,
            player.notice_flood,
            holder=self.holder,
            flood=FloodControl(self.settings.flood_burst, self.settings.flood_per_second),
            metrics=self.metrics,
        )

    def _around(self) -> Surroundings:
        return Surroundings(
            self.content.current,
            self.catalogue,
            self.places,
            self.settings.address,
            self._telegram_username(),
            self.matching,
            self.settings.telegram_paid,
        )

    def _site_parts(
        self,
        intake: Intake,
        health: Health,
        look: Callable[[], None],
        tell: Callable[[Collection[tuple[str, str]]], None],
    ) -> SiteParts:
        return SiteParts(
            settings=self.settings,
            publication=self.publication,
            content=self.content,
            live_settings=self.live_settings,
            database=self.database,
            intake=intake,
            wakeup=self.wakeup,
            health=health,
            pictures=self.pictures,
            badges=self.badges,
            catalogue=self.catalogue,
            places=self.places,
            around=self._around,
            tag_rules=self._tag_rules,
            gate=self.gate,
            look=look,
            clock=self.clock,
            telegram=self.telegram,
            telegram_username=self._telegram_username,
            tell=tell,
        )

    def _say(self, phrase: Phrase) -> str:
        return self.content.current.words.plain(phrase)

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
            self.badges.records.signed,
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
            InlineCourses(
                self.catalogue, lambda: self.content.current.cities, self.clock, self.gate
            ).find,
        )
        self.publication.after = self.telegram.introduce_again
        channel = GatedChannel(self.telegram.channel, self.gate)
        self.channels["telegram", self.telegram.bot_id] = channel

    def _ticks(self, health: Health, reminding: Reminding, news: BadgeNews) -> tuple[Tick, ...]:
        retention = Retention(self.database)
        feeds = feed_refresher(self.database, self.settings.feed_hosts, self._say)
        insight = Insight(self.database, self._around, self.clock)
        answered = Answered(self.database, self._around, self.clock)
        return (
            Tick("erasures", 15, retention.erase_due),
            Tick("retention", 600, retention.sweep),
            Tick("reminders", 10, partial(self._remind, reminding)),
            Tick("catalogue", 30, partial(self._refresh_catalogue, reminding)),
            Tick("ages", 15, health.ages),
            Tick("settings", 5, self.live_settings.refresh),
            Tick("telegram name", 15, self._remember_name),
            Tick("feeds", 60, feeds.refresh_due),
            Tick("badges", 3, partial(self._sign_badges, news)),
            Tick("insight", 600, insight.roll_up_due, first=SETTLED),
            Tick("answers", 600, answered.count_due, first=SETTLED),
            Tick("releases", 90, Releasing(self.database, self._around, self.clock).release_due),
            Tick("keys", 10, self.badges.pages.make_missing),
            Tick("content", 5, self.publication.look),
            Tick("matching", 60, self.matching.drop_unused),
        )

    async def _sign_badges(self, news: BadgeNews) -> None:
        """Sign what waits, and tell whose it is; a signed badge is told of whatever else fails."""
        try:
            await self.badges.awards.sign_due()
        finally:
            if self.gate.is_open:
                await news.send_due()

    async def _remind(self, reminding: Reminding) -> None:
        """Remind of what is due; while all is stopped it waits, and is late by its own rule."""
        if self.gate.is_open:
            await reminding.send_due()

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
