"""Offers of providers without a feed: the list, one of them, and what is done with it."""

from __future__ import annotations

from aiohttp import web

from bot.courses.offers import KEEPERS, OFFERING, Offer, missing, reason_of
from bot.courses.offers.making import READY_REASONS, REASON
from bot.errors import NotFound, Refused
from bot.people import Teacher
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.staff.offer_views import differences, lines, preview, teacher_of, today_of
from bot.web.tokens import is_same

HOME = "/staff/offers"
DONE = frozenset(
    {"kept", "kept_live", "kept_unsent", "sent", "taken_back", "withdrawn", "restored", "dropped"}
    | {"dropped_change", "copied", "published", "declined"}
)
ACTS = {
    "draft": ("send", "copy", "drop"),
    "sent": ("take_back", "copy"),
    "declined": ("send", "drop"),
    "published": ("withdraw", "copy"),
    "draft_change": ("send", "drop_change", "withdraw"),
    "sent_change": ("take_back", "withdraw"),
    "declined_change": ("send", "drop_change", "withdraw"),
    "withdrawn": ("restore", "copy"),
}
"""By where an offer stands, what can be done with it beside changing it, the likeliest first."""
SAID = {
    "send": "sent",
    "take_back": "taken_back",
    "withdraw": "withdrawn",
    "restore": "restored",
    "copy": "copied",
}


class OfferPages:
    """What somebody sees of the offers that are theirs to change, and of no others."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.offers

    async def list(self, request: web.Request) -> web.Response:
        """List offers, what waits for a decision first."""
        member, language = request[MEMBER], self._language(request)
        cities = cities_of(self._site, member, OFFERING)
        who = teacher_of(member)
        waiting = await self._desk.list_waiting(who, cities)
        own = await self._desk.list_of(who, cities)
        names = {city.id: city.named(language) for city in self._site.cities.values()}
        done = request.query.get("done", "")
        return draw(
            self._site,
            request,
            "offers.html",
            "offers",
            {
                "is_wide": True,
                "waiting": waiting,
                "own": [one for one in own if one not in waiting],
                "cities": cities,
                "city_names": names,
                "done": done if done in DONE else "",
                "decides": any(member.may(KEEPERS, city) for city in cities),
            },
        )

    async def show(self, request: web.Request) -> web.Response:
        """Show one offer, with what may be done with it."""
        return await self._shown(request, await self._own(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do one thing with an offer; one that is not theirs does not exist."""
        form = await read_form(request, self._site.settings.body_seconds)
        member = request[MEMBER]
        if not is_same(form.get("csrf", ""), member.csrf):
            raise web.HTTPForbidden
        offer = await self._own(request)
        try:
            return await self._done(teacher_of(member), offer, form)
        except NotFound:
            raise web.HTTPNotFound from None
        except Refused as refusal:
            now = await self._own(request)
            return await self._shown(request, now, refused=refusal.text_id, typed=form)

    async def _done(self, who: Teacher, offer: Offer, form: dict[str, str]) -> web.Response:
        act = form.get("act", "")
        if act in ("publish", "decline"):
            number = int(form["number"]) if form.get("number", "").isdecimal() else -1
            reason = _reason(form) if act == "decline" else None
            await self._desk.decide(who, offer.id, number, reason)
            return _to(HOME, "published" if act == "publish" else "declined")
        act = "drop" if act == "drop_change" else act
        left = await self._desk.act(who, offer.id, act)
        if left is None:
            return _to(HOME, "dropped")
        if act == "copy":
            return _to(f"{HOME}/{left.id}/edit", "copied")
        return _to(f"{HOME}/{left.id}", "dropped_change" if act == "drop" else SAID[act])

    async def _own(self, request: web.Request) -> Offer:
        found = await self._desk.find(teacher_of(request[MEMBER]), request.match_info["offer"])
        if found is None or found.city not in self._site.cities:
            raise web.HTTPNotFound
        return found

    async def _shown(
        self,
        request: web.Request,
        offer: Offer,
        refused: str = "",
        typed: dict[str, str] | None = None,
    ) -> web.Response:
        member = request[MEMBER]
        today = today_of(self._site, offer.city)
        decides = offer.stage == "sent" and member.may(KEEPERS, offer.city)
        done = request.query.get("done", "")
        return draw(
            self._site,
            request,
            "offer.html",
            "offers",
            {
                "offer": offer,
                "lines": lines(self._site, offer.told, offer.city),
                "differences": differences(self._site, offer),
                "reason": reason_of(offer.reason) if offer.reason else None,
                "acts": ACTS[offer.state],
                "missing": missing(offer.draft, today) if offer.draft else (),
                "decides": decides,
                "checks": await self._desk.checks(offer) if decides else (),
                "reasons": READY_REASONS,
                "versions": await self._desk.list_versions(offer),
                "card": preview(self._site, offer, offer.told),
                "refused": refused,
                "typed": {"reason": "", "words": "", **(typed or {})},
                "done": done if done in DONE else "",
            },
            title=offer.told.title,
            status=422 if refused else 200,
        )

    def _language(self, request: web.Request) -> str:
        return self._site.language(request, "offers")


def _reason(form: dict[str, str]) -> str:
    """Return the reason that staff gave: their own words where there are any."""
    words = form.get("words", "").strip()
    ready = form.get("reason", "")
    return words or (f"{REASON}{ready}" if ready in READY_REASONS else "")


def _to(path: str, done: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"{path}?done={done}"})
