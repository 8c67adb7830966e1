"""The web server's part of the composition root: pages and what they ask of the program."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from ipaddress import ip_network
from typing import TypedDict

from aiohttp import web

from bot.conversation.messages import Message
from bot.courses.phrases import Phrase
from bot.handlers import Telegram
from bot.handlers.keyboards import inline_keyboard
from bot.handlers.links import Links
from bot.program_status import ProgramStatus
from bot.settings import Settings, secret_key
from bot.skills.tagging import Rules
from bot.web import Ports, WebSettings, build_web
from bot.web.campaign_port import Keyboard
from bot.web.catalogue_port import CatalogueDesks
from bot.web.confirm_port import Reply
from bot.web.desks import Desks
from bot.web.open_port import Opened
from bot.web.stored import stored_ports
from bot.web.stored_audit import StoredAudit
from bot.web.stored_badges import StoredBadges
from bot.web.stored_confirming import StoredConfirming
from bot.web.stored_faults import StoredFaults
from bot.web.stored_needs import ReportBeside, StoredFigures, StoredNeeds
from bot.web.stored_offers import StoredOfferDesk
from bot.web.stored_tags import StoredTagDesk
from bot.web.welcome import first_screen
from bot.work.badges import BadgeWorks
from bot.work.campaigns.network import NetworkOffice
from bot.work.campaigns.office import CampaignOffice
from bot.work.campaigns.watching import RunOffice
from bot.work.catalogue import Catalogue
from bot.work.city_settings import LiveSettings, SettingsDesk
from bot.work.class_desk import ClassDesk
from bot.work.codesign_desk import CodesignDesk
from bot.work.complaint_desk import ComplaintDesk
from bot.work.confirming import Answered, take_answer, take_back
from bot.work.context import Surroundings
from bot.work.gate import Gate
from bot.work.health import Health
from bot.work.import_desk import import_desk
from bot.work.insight import compared
from bot.work.intake import Intake
from bot.work.listing_desk import ListingDesk
from bot.work.open_catalogue import StoredOpenCatalogue
from bot.work.overviews import report_of
from bot.work.pictures.making import ChatPictures, Pictures
from bot.work.places import Places
from bot.work.provider_desk import ProviderDesk
from bot.work.publishing.office import ContentOffice
from bot.work.publishing.publication import Publication
from bot.work.report_desk import ReportDesk
from bot.work.support_desk import SupportDesk
from bot.work.talent.desk import TalentDesk
from bot.work.tool_server import SideToolServer
from bot.work.wakeup import Wakeup
from content.load import LiveContent
from storage import Database, Unit

WEB_BOT = "web"


@dataclass(frozen=True, slots=True)
class SiteParts:
    """What pages are made with."""

    settings: Settings
    publication: Publication
    content: LiveContent
    live_settings: LiveSettings
    database: Database
    intake: Intake
    wakeup: Wakeup
    health: Health
    pictures: Pictures
    badges: BadgeWorks
    catalogue: Catalogue
    places: Places
    around: Callable[[], Surroundings]
    tag_rules: Callable[[], Rules]
    gate: Gate
    look: Callable[[], None]
    clock: Callable[[], datetime]
    telegram: Telegram | None
    telegram_username: Callable[[], str]
    tell: Callable[[Collection[tuple[str, str]]], None]


def build_site(parts: SiteParts) -> web.Application:
    """Return the web server's application."""
    settings = WebSettings(
        public_url=parts.settings.address,
        secret_key=secret_key(parts.settings),
        bot=WEB_BOT,
        trusted_proxies=tuple(ip_network(one) for one in parts.settings.trusted_proxies),
    )
    keeping = _keeping(parts)
    tools = SideToolServer()
    site = build_web(_ports(parts, settings, keeping, tools))

    async def end_beside(_site: web.Application) -> None:
        await keeping.imports.close()
        await tools.close()

    site.on_cleanup.append(end_beside)
    return site


def _ports(
    parts: SiteParts, settings: WebSettings, keeping: CatalogueDesks, tools: SideToolServer
) -> Ports:
    """Return what the pages stand on."""
    return Ports(
        settings=settings,
        content=lambda: parts.content.current,
        intake=parts.intake,
        wakeup=parts.wakeup,
        health=parts.health,
        pictures=ChatPictures(parts.database, parts.pictures, "web", WEB_BOT),
        first_screen=first_screen(lambda: parts.content.current),
        keeping=keeping,
        badges=StoredBadges(parts.database, WEB_BOT, parts.badges),
        confirming=StoredConfirming(
            parts.database, WEB_BOT, partial(_answered, parts), partial(_taken_back, parts)
        ),
        classes=ClassDesk(
            parts.database,
            lambda: parts.content.current,
            parts.catalogue.named,
            secret_key(parts.settings),
        ),
        needs=StoredNeeds(parts.database, partial(_needs_report, parts), parts.clock),
        figures=StoredFigures(parts.database),
        tags=StoredTagDesk(parts.database, parts.tag_rules, parts.catalogue.named),
        offers=StoredOfferDesk(
            parts.database,
            lambda: parts.content.current,
            parts.tag_rules,
            parts.places.resolve,
            parts.catalogue.named,
        ),
        desks=_desks(parts),
        opened=Opened(StoredOpenCatalogue(parts.database, parts.catalogue), tools),
        clock=parts.clock,
        telegram_username=parts.telegram_username,
        telegram_webhook=parts.telegram.webhook_view if parts.telegram else None,
        **_sending_ports(parts),
        **stored_ports(
            parts.database,
            WEB_BOT,
            {city.id: city.zone for city in parts.content.current.cities.values()},
        ),
    )


def _keeping(parts: SiteParts) -> CatalogueDesks:
    """Return what the pages about the catalogue stand on."""
    return CatalogueDesks(
        listings=ListingDesk(parts.database, parts.catalogue, parts.places, parts.tag_rules),
        reports=ReportDesk(parts.database, parts.around, parts.tell),
        imports=import_desk(parts.database, parts.settings.feed_hosts, partial(_said, parts)),
        providers=ProviderDesk(parts.database),
    )


def _said(parts: SiteParts, phrase: Phrase) -> str:
    return parts.content.current.words.plain(phrase)


def _desks(parts: SiteParts) -> Desks:
    """Return what the pages about the running of the service stand on."""
    return Desks(
        audit=StoredAudit(parts.database),
        codesign=CodesignDesk(parts.database, parts.around, parts.tell),
        complaints=ComplaintDesk(parts.database, parts.around, parts.tell),
        content=ContentOffice(parts.publication),
        faults=StoredFaults(parts.database),
        network=NetworkOffice(parts.database, parts.around),
        program=ProgramStatus(parts.settings, parts.content),
        settings=SettingsDesk(parts.database, parts.content, parts.live_settings),
        support=SupportDesk(parts.database, parts.around, parts.tell),
        opportunities=TalentDesk(parts.database, parts.around, parts.tell),
    )


class SendingPorts(TypedDict):
    """What the pages for campaigns stand on."""

    campaigns: CampaignOffice
    runs: RunOffice
    keyboard: Keyboard


def _sending_ports(parts: SiteParts) -> SendingPorts:
    campaigns = CampaignOffice(parts.database, parts.around, parts.look)
    return SendingPorts(
        campaigns=campaigns,
        runs=RunOffice(parts.database, parts.around, campaigns, parts.gate, parts.look),
        keyboard=partial(_rows, Links(parts.settings.address)),
    )


def _rows(links: Links, message: Message) -> list[list[str]]:
    """Return the labels of a message's buttons as Telegram lays them out."""
    found = inline_keyboard(message, links, is_plain=False)
    return [[one["text"] for one in row] for row in (found or {}).get("inline_keyboard", [])]


def _answered(parts: SiteParts, unit: Unit, token: str, reply: Reply) -> str:
    """Take the answer of somebody who was asked to confirm something."""
    answered = Answered(token, reply.is_given, reply.called, reply.comment)
    return take_answer(unit, parts.content.current, answered)


def _taken_back(parts: SiteParts, unit: Unit, token: str, reason: str) -> str:
    """Take back what somebody confirmed."""
    return take_back(unit, parts.content.current, token, reason)


def _needs_report(
    parts: SiteParts, unit: Unit, organisation: str, city: str
) -> ReportBeside | None:
    """Make an organisation's report as it is now."""
    now = parts.clock()
    found = report_of(unit, parts.around(), organisation, city, now)
    return (found, compared(unit, found, now.date())) if found else None
