"""The form of an offer: the same fields as in the chat on one page, which loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from aiohttp import web

from bot.courses.offers import OFFERING, Fault, Form, Offer, Showing, Stage, Told, form_of
from bot.courses.offers.reading import LANGUAGES, LONGEST
from bot.courses.offers.records import LONGEST_PROVIDER, may_publish
from bot.courses.phrases import Phrase
from bot.courses.records import Kind, Level, Support
from bot.errors import Conflict, NotFound, Refused
from bot.people.teaching import names_of
from bot.skills.wording import frameworks_of, skill_name
from bot.web.bodies import read_form
from bot.web.guards import MEMBER
from bot.web.offer_port import ReadOffer
from bot.web.site import Site
from bot.web.staff.desk import cities_of
from bot.web.staff.navigation import draw
from bot.web.staff.offer_views import preview, teacher_of
from bot.web.tokens import is_same

HOME = "/staff/offers"
MOST_FIELDS = 64
_NEVER = datetime.min.replace(tzinfo=UTC)
ORDER = (
    *("provider", "kind", "title", "summary", "timing", "days", "start_time", "end_time"),
    *("start_date", "end_date", "place", "venue", "address", "postcode", "price", "cost"),
    *("price_words", "joining", "link", "contact", "who_for", "level", "support", "language"),
)
"""The fields as the form shows them."""
SUPPORT = (Support.CHILDCARE, Support.STEP_FREE, Support.ESOL, Support.WOMEN_ONLY)
LEVELS = ("", "beginners", *(one.value for one in Level))


class OfferForms:
    """Writing an offer, a new one or a change."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.offers

    async def new(self, request: web.Request) -> web.Response:
        """Show an empty form."""
        city = self._city(request, request.query.get("city", ""))
        form = {"kind": Kind.COURSE.value, "provider": self._only_name(request, city)}
        return self._page(request, _Filled(city, "", form))

    async def edit(self, request: web.Request) -> web.Response:
        """Show the form of an offer, filled in."""
        offer = await self._own(request)
        form = as_typed(form_of(offer.told)) | {"provider": offer.provider}
        return self._page(request, _Filled(offer.city, offer.id, form, offer))

    async def keep_new(self, request: web.Request) -> web.StreamResponse:
        """Take a filled in form of a new offer."""
        form = await self._form(request)
        city = self._city(request, form.get("city", ""))
        return await self._take(request, _Filled(city, "", form))

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """Take a filled in form of an offer that there is."""
        form = await self._form(request)
        offer = await self._own(request)
        return await self._take(request, _Filled(offer.city, offer.id, form, offer))

    async def _take(self, request: web.Request, filled: _Filled) -> web.StreamResponse:
        before = filled.offer.told if filled.offer else Told()
        read = self._desk.read(filled.city, filled.form, before)
        act = filled.form.get("act", "")
        faults = in_order((*read.faults, *(read.missing if act == "send" else ())))
        if faults or act == "preview":
            status = 422 if faults else 200
            return self._page(request, filled, read, faults, status=status)
        try:
            return await self._kept(request, filled, read.told, is_sent=act == "send")
        except NotFound:
            raise web.HTTPNotFound from None
        except Conflict:
            fault = Fault("title", "offers.changed_meanwhile")
            now = await self._own(request)
            return self._page(request, filled.on(now), read, (fault,), status=409)
        except Refused as refusal:
            name = "provider" if refusal.text_id == "offers.not_yours" else "title"
            fault = Fault(name, refusal.text_id)
            return self._page(request, filled, read, (fault,), status=422)

    async def _kept(
        self, request: web.Request, filled: _Filled, told: Told, *, is_sent: bool
    ) -> web.StreamResponse:
        who = teacher_of(request[MEMBER])
        if filled.offer is None:
            provider = filled.form.get("provider", "")
            kept = await self._desk.begin(who, filled.city, provider, told)
        else:
            kept = await self._desk.write(who, filled.offer.id, told, filled.change)
        if is_sent:
            await self._desk.act(who, kept.id, "send")
        is_live = kept.showing is Showing.PUBLISHED
        done = "sent" if is_sent else "kept_live" if is_live else "kept"
        return web.Response(status=303, headers={"Location": f"{HOME}/{kept.id}?done={done}"})

    async def _form(self, request: web.Request) -> dict[str, str]:
        form = await read_form(request, self._site.settings.body_seconds, most_fields=MOST_FIELDS)
        if not is_same(form.get("csrf", ""), request[MEMBER].csrf):
            raise web.HTTPForbidden
        return form

    async def _own(self, request: web.Request) -> Offer:
        found = await self._desk.find(teacher_of(request[MEMBER]), request.match_info["offer"])
        if found is None or found.city not in self._site.cities:
            raise web.HTTPNotFound
        return found

    def _city(self, request: web.Request, named: str) -> str:
        """Return the city that an offer is for: the one that was named, or the only one."""
        cities = cities_of(self._site, request[MEMBER], OFFERING)
        if named in cities:
            return named
        if named or not cities:
            raise web.HTTPNotFound
        return cities[0]

    def _only_name(self, request: web.Request, city: str) -> str:
        names = names_of(request[MEMBER].grants, city)
        return names[0] if names else ""

    def _page(
        self,
        request: web.Request,
        filled: _Filled,
        read: ReadOffer | None = None,
        faults: tuple[Fault, ...] = (),
        *,
        status: int = 200,
    ) -> web.Response:
        member = request[MEMBER]
        is_staff = may_publish(teacher_of(member), filled.city)
        names = names_of(member.grants, filled.city)
        now = read or self._desk.read(
            filled.city, filled.form, filled.offer.told if filled.offer else Told()
        )
        shows = read is not None and not faults
        return draw(
            self._site,
            request,
            "offer_form.html",
            "offers",
            {
                "filled": filled,
                "city_name": self._site.cities[filled.city].named(
                    self._site.language(request, "offers")
                ),
                "form": filled.form,
                "faults": faults,
                "fault_of": {one.name: one for one in reversed(faults)},
                "names": names,
                "is_staff": is_staff,
                "speaks": bool(is_staff or names),
                "longest": {**LONGEST, "provider": LONGEST_PROVIDER},
                "levels": LEVELS,
                "languages": [
                    (one, Phrase("offers.language", {"language": one})) for one in LANGUAGES
                ],
                "support": SUPPORT,
                "skills": self._skills(now),
                "card": preview(self._site, filled.shown, now.told) if shows else None,
            },
            title=self._site.words.short(
                f"web.offers.{'edit' if filled.offer else 'new'}",
                self._site.language(request, "offers"),
            ),
            status=status,
        )

    def _skills(self, read: ReadOffer) -> list[tuple[str, Any]]:
        known = frameworks_of(self._site.ports.content().frameworks.values())
        return [(code, skill_name(known[code], code)) for code in sorted(read.skills)]


class _Filled:
    """A form with what it is about.

    Attributes:
        offer: The offer that it changes; None for a new one.
        change: The change of the offer that whoever fills it in saw.
    """

    def __init__(self, city: str, key: str, form: Form, offer: Offer | None = None) -> None:
        self.city, self.key, self.offer = city, key, offer
        self.form = _Forgiving(form)
        seen = form.get("change", "")
        self.change = int(seen) if seen.isdecimal() else offer.change if offer else 0

    def on(self, offer: Offer) -> _Filled:
        """Return the same words over the offer as it is now."""
        kept = {name: value for name, value in self.form.items() if name != "change"}
        return _Filled(self.city, self.key, kept, offer)

    @property
    def shown(self) -> Offer:
        """The offer that a preview shows."""
        provider = self.form["provider"] or (self.offer.provider if self.offer else "")
        return Offer(
            self.key, self.city, provider, "", "", 0, Stage.DRAFT, Showing.NEVER, None, None, "",
            0, _NEVER,
        )  # fmt: skip


class _Forgiving(dict[str, str]):
    """A form in which what was not filled in is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults in the order of the form's fields."""
    return tuple(sorted(faults, key=lambda one: ORDER.index(one.name)))


def as_typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return a form with its dates as people write them, day first."""
    typed = dict(form)
    for name in ("start_date", "end_date"):
        if typed.get(name):
            day = date.fromisoformat(typed[name])
            typed[name] = f"{day.day}/{day.month}/{day.year}"
    return typed
