"""Campaigns: the list, one of them, and what is done with it before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.campaigns.approval import TRANSITIONS
from bot.campaigns.differences import differences
from bot.campaigns.paying import WORTH_ABOVE, charge, cost, is_too_dear
from bot.campaigns.records import Broadcast
from bot.campaigns.staffing import Outlook, Sender, Whole
from bot.errors import Conflict, NotFound, Refused
from bot.web.site import Site
from bot.web.staff.campaign_views import origin_of, previews, sharing_of, slips_of, times
from bot.web.staff.navigation import draw
from bot.web.staff.senders import (
    checked,
    done_of,
    local,
    number_of,
    see,
    sender_of,
    sending_cities,
)
from bot.web.staff.stepping import ask_again, is_fresh

HOME = "/staff/campaigns"
MOVES = {
    "submit": "submitted",
    "withdraw": "withdrawn",
    "unschedule": "unscheduled",
    "put_away": "put_away",
}
SHARING = {"share": "shared", "unshare": "unshared"}
DONE = frozenset(
    {*MOVES.values(), *SHARING.values(), "kept", "approved", "declined", "scheduled", "taken_over"}
)
LONGEST_REASON = 300
GROWN = 1.1
"""An audience that grew by more than a tenth since somebody looked is shown once more."""


class CampaignPages:
    """The campaigns of somebody's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._campaigns = site.ports.campaigns

    async def list(self, request: web.Request) -> web.Response:
        """List campaigns with their next time and last run, and offer to begin one."""
        cities = sending_cities(self._site, request)
        language = self._site.language(request, "campaigns")
        found = await self._campaigns.list_of(cities)
        values = {
            "found": [one for one in found if one.campaign.city in cities],
            "cities": cities,
            "city_names": {key: self._site.cities[key].named(language) for key in cities},
            "zones": {key: self._site.cities[key].zone for key in cities},
            "templates": self._campaigns.templates(),
            "done": done_of(request, DONE),
        }
        return draw(self._site, request, "campaigns.html", "campaigns", values)

    async def show(self, request: web.Request) -> web.Response:
        """Show one campaign, with what may be done with it."""
        return await self._shown(request, await self._own(request))

    async def confirm(self, request: web.Request) -> web.Response:
        """Say how many people a launch would reach, and when it would be over."""
        return await self._confirm(request, await self._own(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do one thing with a campaign; one that is not theirs does not exist."""
        form = await checked(self._site, request)
        whole = await self._own(request)
        try:
            return await self._done(request, whole, form)
        except NotFound:
            raise web.HTTPNotFound from None
        except Refused as refusal:
            return await self._again(request, form, refusal.text_id)
        except Conflict:
            return await self._again(request, form, "campaigns.desk.not_now")

    async def _done(
        self, request: web.Request, whole: Whole, form: Mapping[str, str]
    ) -> web.StreamResponse:
        who, act, key = sender_of(request), form.get("act", ""), whole.campaign.id
        here = f"{HOME}/{key}"
        if act in MOVES:
            await self._campaigns.move(who, key, act)
            return see(HOME if act == "put_away" else here, MOVES[act])
        if act in ("approve", "refuse"):
            return await self._decide(request, whole, form, is_given=act == "approve")
        if act in ("test_self", "test_team"):
            run = await self._campaigns.test(who, key, is_team=act == "test_team")
            return see(f"{here}/runs/{run.id}", "tested")
        if act in SHARING:
            await self._site.ports.desks.network.share(who, key, is_shared=act == "share")
            return see(here, SHARING[act])
        if act == "launch":
            return await self._launch(request, whole, form)
        raise NotFound("There is no such act.")

    async def _decide(
        self, request: web.Request, whole: Whole, form: Mapping[str, str], *, is_given: bool
    ) -> web.StreamResponse:
        here = f"{HOME}/{whole.campaign.id}"
        if is_given and not is_fresh(self._site, request):
            return ask_again(self._site, request, here)
        reason = form.get("reason", "").strip()[:LONGEST_REASON]
        if not is_given and not reason:
            raise Refused("web.campaigns.no_reason")
        who, seen = sender_of(request), number_of(form, "seen")
        await self._campaigns.decide(
            who, whole.campaign.id, is_given=is_given, seen=seen, reason=reason
        )
        return see(here, "approved" if is_given else "declined")

    async def _launch(
        self, request: web.Request, whole: Whole, form: Mapping[str, str]
    ) -> web.StreamResponse:
        who, key = sender_of(request), whole.campaign.id
        outlook = await self._outlook(whole)
        if outlook is None:
            raise Refused("campaigns.desk.faulty")
        size = outlook.reached.size
        if not size and whole.version.plan.schedule.rule is None:
            raise Refused("web.campaigns.nobody")
        is_large = self._campaigns.needs_approval(whole.campaign.city, whole.version.plan, size)
        if is_large and not is_fresh(self._site, request):
            return ask_again(self._site, request, f"{HOME}/{key}/launch")
        if size > max(number_of(form, "size"), 1) * GROWN:
            return await self._confirm(request, whole, refused="web.campaigns.grown")
        begun = await self._campaigns.launch(who, key, number_of(form, "seen"), size)
        if isinstance(begun, Broadcast):
            return see(f"{HOME}/{key}/runs/{begun.id}", "launched")
        return see(f"{HOME}/{key}", "scheduled")

    # -- drawing -----------------------------------------------------------------------------

    async def _own(self, request: web.Request) -> Whole:
        found = await self._campaigns.find(sender_of(request), request.match_info["campaign"])
        if found is None or found.campaign.city not in self._site.cities:
            raise web.HTTPNotFound
        return found

    async def _again(
        self, request: web.Request, form: Mapping[str, str], refused: str
    ) -> web.Response:
        whole = await self._own(request)
        if form.get("act") == "launch":
            return await self._confirm(request, whole, refused=refused)
        return await self._shown(request, whole, refused=refused, typed=form.get("reason", ""))

    async def _shown(
        self, request: web.Request, whole: Whole, refused: str = "", typed: str = ""
    ) -> web.Response:
        decides = _decides(sender_of(request), whole)
        city, plan = whole.campaign.city, whole.version.plan
        before = whole.approved.plan if whole.approved else None
        values = {
            **self._common(whole),
            "may": _possible(sender_of(request), whole),
            "decides": decides,
            "differences": differences(before, plan) if before else (),
            "said": lambda one: self._campaigns.said(city, one),
            "outlook": await self._outlook(whole) if decides else None,
            "slips": slips_of(self._site, city, plan),
            "previews": previews(self._site, city, plan),
            "rivals": previews(self._site, city, plan, "b"),
            "origin": origin_of(self._site, whole.campaign.template),
            "sharing": await sharing_of(self._site, request, whole.campaign.id),
            "refused": refused,
            "typed": typed,
            "done": "" if refused else done_of(request, DONE),
        }
        status = 422 if refused else 200
        title = whole.campaign.title
        return draw(
            self._site, request, "campaign.html", "campaigns", values, title=title, status=status
        )

    async def _confirm(self, request: web.Request, whole: Whole, refused: str = "") -> web.Response:
        city, outlook = whole.campaign.city, await self._outlook(whole)
        size = outlook.reached.size if outlook else 0
        is_large = self._campaigns.needs_approval(city, whole.version.plan, size)
        is_approved = whole.approval is not None and whole.approval.is_given
        ends_at = self._site.ports.runs.end_of(city, size)
        values = {
            **self._common(whole),
            "outlook": outlook,
            "ends_at": local(self._site, city, ends_at),
            "stars": charge(whole.version.plan.stars, size),
            "dear": cost(size) if is_too_dear(whole.version.plan.stars, size) else 0,
            "worth_above": WORTH_ABOVE,
            "is_large": is_large,
            "lacks_approval": is_large and not is_approved,
            "is_fresh": is_fresh(self._site, request),
            "slips": slips_of(self._site, city, whole.version.plan),
            "refused": refused,
        }
        status = 422 if refused else 200
        title = self._site.words.short("web.campaigns.launch", "en")
        return draw(
            self._site, request, "campaign_launch.html", "campaigns", values, title=title,
            status=status,
        )  # fmt: skip

    def _common(self, whole: Whole) -> dict[str, Any]:
        city = whole.campaign.city
        return {
            "whole": whole,
            "campaign": whole.campaign,
            "plan": whole.version.plan,
            "zone": self._site.cities[city].zone,
            "city_name": self._site.cities[city].named("en"),
            "times": times(self._site, city, whole.version.plan.schedule),
        }

    async def _outlook(self, whole: Whole) -> Outlook | None:
        campaign = whole.campaign
        return await self._campaigns.outlook(campaign.city, whole.version.plan, campaign.id)


def _possible(who: Sender, whole: Whole) -> frozenset[str]:
    """Return what may be done with a campaign as it stands, by somebody with their roles."""
    roles, state = who.roles_in(whole.campaign.city), whole.campaign.state
    return frozenset(
        name for name, one in TRANSITIONS.items() if state in one.was and roles & one.roles
    )


def _decides(who: Sender, whole: Whole) -> bool:
    return "approve" in _possible(who, whole) and not whole.is_own
