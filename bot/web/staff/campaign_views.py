"""How a campaign is shown on its pages: as people get it, when, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.campaigns.audience import Problem, Rule, write
from bot.campaigns.content import is_own
from bot.campaigns.form import Slip
from bot.campaigns.records import Plan
from bot.campaigns.schedule import Schedule
from bot.campaigns.sharing import ORIGIN
from bot.campaigns.timing import next_at
from bot.conversation.messages import Message
from bot.web.site import Site
from bot.web.staff.senders import local, sender_of

PICTURES = "/staff/campaigns/pictures"
_ORDER = (
    *("title", "topic", "text", "picture", "upload", "alt", "kind", "target", "label", "rival"),
    *("audience", "rule", "when", "event", "about", "late", "again", "stars"),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A message in one language, as people get it.

    Attributes:
        rows: The labels of its buttons, as Telegram lays them out.
    """

    language: str
    name: str
    message: Message
    rows: Sequence[Sequence[str]]

    @property
    def has_picture(self) -> bool:
        """Whether a picture comes with it."""
        return bool(self.message.attachments)

    @property
    def photo(self) -> str:
        """The address of a picture of the city's own; empty for others."""
        for one in self.message.attachments:
            if is_own(one.values.get("name", "")):
                return f"{PICTURES}/{one.values['city']}/{one.values['name']}"
        return ""

    @property
    def alt(self) -> str:
        """What such a picture shows, as staff wrote it."""
        return next((one.values.get("alt", "") for one in self.message.attachments), "")


@dataclass(frozen=True, slots=True)
class Times:
    """When something goes out.

    Attributes:
        said: In words; empty where it goes out when it is launched.
        next_at: On the city's clocks; None where it never does by itself.
    """

    said: str
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Heard:
    """An audience as it was understood.

    Attributes:
        echo: The rule, normalised; empty where it could not be read.
        before, word, after: What was typed, parted at the word that was not understood.
    """

    echo: str = ""
    problem: Problem | None = None
    before: str = ""
    word: str = ""
    after: str = ""


def previews(site: Site, city: str, plan: Plan, variant: str = "a") -> list[Preview]:
    """Return the message in each language of a plan; none while a button lacks its words.

    Args:
        variant: "b" for the second version.
    """
    campaigns = site.ports.campaigns
    names = campaigns.languages(city)
    return [
        Preview(language, names.get(language, language), message, site.ports.keyboard(message))
        for language, message in campaigns.previews(city, plan, variant).items()
    ]


def times(site: Site, city: str, schedule: Schedule) -> Times:
    """Say when a campaign goes out, and when it does next."""
    following = next_at(schedule, site.cities[city].zone, site.ports.clock())
    return Times(site.ports.campaigns.said(city, schedule), local(site, city, following))


def heard(site: Site, city: str, typed: str) -> Heard:
    """Return what was understood of an audience."""
    found: Rule | Problem = site.ports.campaigns.audience(city, typed)
    if not isinstance(found, Problem):
        return Heard(write(found))
    start, end = found.start, found.end
    return Heard("", found, typed[:start], typed[start:end], typed[end:])


def slips_of(site: Site, city: str, plan: Plan, slips: Iterable[Slip] = ()) -> list[Slip]:
    """Return what has to be put right, in the order of the form, each field once."""
    kept = list(slips)
    taken = {one.name for one in kept}
    faults = site.ports.campaigns.faults(city, plan)
    return in_order([*kept, *(one for one in faults if one.name not in taken)])


def in_order(slips: Collection[Slip]) -> list[Slip]:
    """Return what has to be put right in the order in which the form asks."""
    return sorted(slips, key=lambda one: (_ORDER.index(one.name.partition(".")[0]), one.name))


def origin_of(site: Site, template: str) -> str:
    """Return the name of the city that a campaign was taken over from; empty for none."""
    city = site.cities.get(template.removeprefix(ORIGIN)) if template.startswith(ORIGIN) else None
    return city.named("en") if city else ""


async def sharing_of(site: Site, request: web.Request, campaign: str) -> Mapping[str, bool]:
    """Return whether a campaign is shared with other cities, and whether it may be."""
    desk = site.ports.desks.network
    is_shared = any(one.campaign == campaign for one in await desk.shared())
    return {"is_shared": is_shared, "may_share": await desk.may_share(sender_of(request), campaign)}
