"""The form of a campaign, which loses nothing: words, buttons, whom it is for, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.campaigns.audience import Problem
from bot.campaigns.audience.form import NUMBERS, WITHOUT_VALUE
from bot.campaigns.audience.rules import FIELDS
from bot.campaigns.composing import MOST_BUTTONS
from bot.campaigns.content import BADGE_WAYS, OPENS
from bot.campaigns.form import EVENTS, KINDS, LONGEST, SERVICE, Slip
from bot.campaigns.paying import WORTH_ABOVE, cost
from bot.campaigns.records import Plan
from bot.campaigns.rows import filled, rows_of
from bot.campaigns.staffing import Outlook, Whole
from bot.errors import Conflict, NotFound, Refused
from bot.people.consent import TOPICS
from bot.web.site import Site
from bot.web.staff.campaign_pictures import own_pictures, read_filled, take_picture
from bot.web.staff.campaign_views import heard, in_order, previews, slips_of, times
from bot.web.staff.campaigns import HOME
from bot.web.staff.navigation import draw
from bot.web.staff.senders import number_of, see, sender_of, sending_cities

MORE_ROWS = 2
PICTURES = ("pledge",)
MOST_KNOWN = 400


class Filled:
    """A form with what it is about.

    Attributes:
        whole: The campaign that it changes; None for a new one.
        seen: The version that whoever fills it in began from.
    """

    def __init__(self, city: str, form: dict[str, str], whole: Whole | None = None) -> None:
        self.city, self.whole = city, whole
        self.form = _Forgiving(form)
        given = number_of(form, "seen")
        self.seen = given if given > 0 else whole.campaign.version if whole else 0

    @property
    def before(self) -> Plan | None:
        """The plan that it changes."""
        return self.whole.version.plan if self.whole else None

    @property
    def buttons(self) -> int:
        """How many buttons the form shows."""
        used = [n for n in range(1, MOST_BUTTONS + 1) if self._is_used(n)]
        asked = max(1, number_of(self.form, "buttons"))
        more = self.form.get("act") == "more"
        return min(MOST_BUTTONS, max([asked, *used]) + more)

    def _is_used(self, number: int) -> bool:
        return any(
            value.strip() and name.split(".")[1] == str(number)
            for name, value in self.form.items()
            if name.startswith(("kind.", "label.", "target."))
        )


class _Forgiving(dict[str, str]):
    """A form in which what was not filled in is empty."""

    def __missing__(self, name: str) -> str:
        return ""


class CampaignForms:
    """Writing a campaign, a new one or a change."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._campaigns = site.ports.campaigns

    async def new(self, request: web.Request) -> web.Response:
        """Show the form of a new campaign, from a shipped one or empty."""
        city = self._city(request, request.query.get("city", ""))
        template = request.query.get("from", "")
        try:
            form = self._campaigns.blank(city, template)
        except NotFound:
            raise web.HTTPNotFound from None
        return self._page(request, Filled(city, form | {"from": template}))

    async def edit(self, request: web.Request) -> web.Response:
        """Show the form of a campaign, filled in."""
        whole = await self._own(request)
        city = whole.campaign.city
        form = self._campaigns.fields(city, whole.version.plan, whole.campaign.title)
        plan = whole.version.plan
        slips = slips_of(self._site, city, plan) if request.query.get("check") else []
        return self._page(request, Filled(city, form, whole), plan, slips)

    async def keep_new(self, request: web.Request) -> web.StreamResponse:
        """Take a filled in form of a new campaign."""
        form, picture = await read_filled(self._site, request)
        city = self._city(request, form.get("city", ""))
        return await self._take(request, Filled(city, form), picture)

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """Take a filled in form of a campaign that there is."""
        form, picture = await read_filled(self._site, request)
        whole = await self._own(request)
        return await self._take(request, Filled(whole.campaign.city, form, whole), picture)

    async def _take(
        self, request: web.Request, filled_in: Filled, picture: bytes
    ) -> web.StreamResponse:
        city, form = filled_in.city, filled_in.form
        refused = await take_picture(self._site, request, city, form, picture)
        plan, read = self._campaigns.read(city, form, filled_in.before)
        slips = [*refused, *read]
        act = filled_in.form["act"]
        if act in ("preview", "more", "count"):
            return await self._looked(request, filled_in, plan, slips)
        if slips:
            return self._page(request, filled_in, plan, in_order(slips), status=422)
        try:
            return see(await self._kept(request, filled_in, plan), "kept")
        except NotFound:
            raise web.HTTPNotFound from None
        except Conflict:
            return await self._overtaken(request, filled_in, plan)
        except Refused as refusal:
            is_gone = refusal.text_id == "campaigns.desk.no_picture"
            wrong = [Slip("picture" if is_gone else "title", refusal.text_id)]
            return self._page(request, filled_in, plan, wrong, status=422)

    async def _looked(
        self, request: web.Request, filled_in: Filled, plan: Plan, slips: Sequence[Slip]
    ) -> web.Response:
        act, city = filled_in.form["act"], filled_in.city
        key = filled_in.whole.campaign.id if filled_in.whole else ""
        outlook = await self._campaigns.outlook(city, plan, key) if act == "count" else None
        self._follow(filled_in, plan, slips)
        wrong = [] if act == "more" else slips_of(self._site, city, plan, slips)
        return self._page(request, filled_in, plan, wrong, outlook=outlook)

    def _follow(self, filled_in: Filled, plan: Plan, slips: Sequence[Slip]) -> None:
        """Let the words of an audience and its rows say the same, where either was changed."""
        form = filled_in.form
        is_sure = not any(one.name.startswith(("audience", "rule")) for one in slips)
        is_read = not isinstance(self._campaigns.audience(filled_in.city, plan.audience), Problem)
        if is_sure and is_read and plan.audience != form["words_were"]:
            for name in [one for one in form if one.startswith("rule.")]:
                del form[name]
            form.update(self._campaigns.rows(filled_in.city, plan.audience))
            form["audience"] = plan.audience

    async def _kept(self, request: web.Request, filled_in: Filled, plan: Plan) -> str:
        who, title = sender_of(request), filled_in.form["title"].strip()[: LONGEST["title"]]
        if filled_in.whole is None:
            template = filled_in.form["from"][:40]
            made = await self._campaigns.add(who, filled_in.city, title, plan, template)
            return f"{HOME}/{made.id}"
        key = filled_in.whole.campaign.id
        await self._campaigns.edit(who, key, plan, filled_in.seen, title)
        return f"{HOME}/{key}"

    async def _overtaken(
        self, request: web.Request, filled_in: Filled, plan: Plan
    ) -> web.StreamResponse:
        """Show what was typed over the campaign as it is now; keeping it once more replaces it."""
        now = await self._own(request)
        form = {name: value for name, value in filled_in.form.items() if name != "seen"}
        wrong = [Slip("title", "web.campaigns.overtaken")]
        return self._page(request, Filled(filled_in.city, form, now), plan, wrong, status=409)

    # -- drawing -----------------------------------------------------------------------------

    def _page(
        self,
        request: web.Request,
        filled_in: Filled,
        plan: Plan | None = None,
        slips: Sequence[Slip] = (),
        *,
        outlook: Outlook | None = None,
        status: int = 200,
    ) -> web.Response:
        city, form = filled_in.city, filled_in.form
        read = plan or self._campaigns.read(city, form, filled_in.before)[0]
        values = {
            "filled": filled_in,
            "form": form,
            "slips": slips,
            "fault_of": {one.name: one for one in reversed(slips)},
            "heard": heard(self._site, city, form["audience"]) if form["audience"] else None,
            "times": times(self._site, city, read.schedule),
            "previews": previews(self._site, city, read),
            "rivals": previews(self._site, city, read, "b"),
            "outlook": outlook,
            "city_name": self._site.cities[city].named("en"),
            "rows": filled(rows_of(form), MORE_ROWS),
            "may_pay": self._campaigns.may_pay or bool(form["stars"]),
            "worth_above": WORTH_ABOVE,
            "asked": cost(outlook.reached.size) if outlook else 0,
            "own_pictures": own_pictures(form),
            **self._choices(city),
        }
        name = "edit" if filled_in.whole else "new"
        title = self._site.words.short(f"web.campaigns.{name}", "en")
        return draw(
            self._site, request, "campaign_form.html", "campaigns", values, title=title,
            status=status,
        )  # fmt: skip

    def _choices(self, city: str) -> dict[str, Any]:
        known = self._campaigns.vocabulary(city).lists.values()
        return {
            "languages": self._campaigns.languages(city),
            "topics": [*(one.value for one in TOPICS), SERVICE],
            "kinds": KINDS,
            "opens": sorted(OPENS),
            "badges": list(BADGE_WAYS),
            "pictures": PICTURES,
            "events": EVENTS,
            "fields": FIELDS,
            "with_number": NUMBERS,
            "without_value": WITHOUT_VALUE,
            "known": sorted({name for names in known for name in names.values()})[:MOST_KNOWN],
        }

    async def _own(self, request: web.Request) -> Whole:
        found = await self._campaigns.find(sender_of(request), request.match_info["campaign"])
        if found is None or found.campaign.city not in self._site.cities:
            raise web.HTTPNotFound
        return found

    def _city(self, request: web.Request, named: str) -> str:
        """Return the city that a campaign is for: the one that was named, or the only one."""
        cities = sending_cities(self._site, request)
        if named in cities:
            return named
        if named or not cities:
            raise web.HTTPNotFound
        return cities[0]
