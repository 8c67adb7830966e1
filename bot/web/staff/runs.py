"""Runs: how far they are, what became of them, and everything stopped at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aiohttp import web

from bot.badges.attendees import sheet
from bot.campaigns.comparison import Compared
from bot.campaigns.staffing import Results, Sender, Watched
from bot.errors import Conflict, NotFound, Refused
from bot.web.site import Site
from bot.web.staff.campaigns import HOME
from bot.web.staff.navigation import draw
from bot.web.staff.senders import checked, done_of, local, see, sender_of, sending_cities

SENDING = "/staff/sending"
STATES = ("queued", "claimed", "sent", "in_doubt", "blocked", "failed", "skipped", "cancelled")
ACTS = ("click", "open", "pledge", "opt_out")
MOVES = {"pause": "paused", "resume": "resumed", "cancel": "cancelled"}
DONE = frozenset({*MOVES.values(), "launched", "tested", "resent", "left"})
LONGEST_REASON = 300
MOST_CHOSEN = 60
_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
_FEW = "<5"


class RunPages:
    """Runs of somebody's own cities, and of no other."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._runs = site.ports.runs

    async def show(self, request: web.Request) -> web.Response:
        """Show a run: how far it is, and what came of it."""
        return await self._shown(request, await self._own(request))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Hold a run, end it, or decide about messages that may not have come."""
        form = await checked(self._site, request)
        found = await self._own(request)
        try:
            done = await self._done(sender_of(request), found.run.id, form)
        except NotFound:
            raise web.HTTPNotFound from None
        except Conflict:
            return await self._shown(request, await self._own(request), "web.runs.changed")
        except Refused as refusal:
            return await self._shown(request, await self._own(request), refusal.text_id)
        return see(f"{HOME}/{found.campaign.id}/runs/{found.run.id}", done)

    async def _done(self, who: Sender, run: str, form: Mapping[str, str]) -> str:
        act = form.get("act", "")
        if act in MOVES:
            await self._runs.steer(who, run, act)
            return MOVES[act]
        if act not in ("resend", "leave", "resend_all", "leave_all"):
            raise NotFound("There is no such act.")
        numbers = None if act.endswith("_all") else _chosen(form)
        if numbers == []:
            raise Refused("web.runs.none_chosen")
        is_resent = act.startswith("resend")
        await self._runs.settle(who, run, numbers, is_resent=is_resent)
        return "resent" if is_resent else "left"

    async def table(self, request: web.Request) -> web.Response:
        """Give what came of a run as CSV."""
        found = await self._own(request)
        results = await self._runs.results(sender_of(request), found.run.id)
        rows = [("part", "of", "count"), *_rows(found, results)]
        name = f"run-{found.run.id}.csv"
        headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=sheet(rows), content_type="text/csv", headers=headers)

    async def _own(self, request: web.Request) -> Watched:
        found = await self._runs.find(sender_of(request), request.match_info["run"])
        is_known = found is not None and found.run.city in self._site.cities
        if not is_known or found.campaign.id != request.match_info["campaign"]:  # type: ignore[union-attr]  # seen above
            raise web.HTTPNotFound
        return found  # type: ignore[return-value]  # seen above

    async def _shown(self, request: web.Request, found: Watched, refused: str = "") -> web.Response:
        city = found.run.city
        results = await self._runs.results(sender_of(request), found.run.id)
        values = {
            "watched": found,
            "run": found.run,
            "campaign": found.campaign,
            "results": None if found.run.is_test else results,
            "states": STATES,
            "acts": ACTS,
            "zone": self._site.cities[city].zone,
            "city_name": self._site.cities[city].named("en"),
            "ends_at": local(self._site, city, found.ends_at),
            "is_live": found.run.state in ("freezing", "running"),
            "refused": refused,
            "done": "" if refused else done_of(request, DONE),
        }
        title = self._site.words.short(
            f"web.runs.{'test' if found.run.is_test else 'title'}", "en", name=found.campaign.title
        )
        status = 422 if refused else 200
        return draw(self._site, request, "run.html", "runs", values, title=title, status=status)


class SendingPages:
    """What is being sent now, and the stop of everything."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._runs = site.ports.runs

    async def show(self, request: web.Request) -> web.Response:
        """Show what is being sent, and a form that stops everything."""
        return await self._shown(request)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Stop everything that goes out, or let it go out again."""
        form = await checked(self._site, request)
        who, act = sender_of(request), form.get("act", "")
        city = next(iter(sending_cities(self._site, request)), "")
        reason = form.get("reason", "").strip()[:LONGEST_REASON]
        if act == "stop" and not reason:
            return await self._shown(request, refused="web.sending.no_reason")
        try:
            if act == "stop":
                await self._runs.stop(who, city, reason)
                return see(SENDING, "stopped")
            if act == "go_on":
                await self._runs.go_on(who, city)
                return see(SENDING, "going")
        except (NotFound, Refused):
            raise web.HTTPNotFound from None
        raise web.HTTPBadRequest

    async def _shown(self, request: web.Request, refused: str = "") -> web.Response:
        cities = sending_cities(self._site, request)
        going = await self._runs.list_open(cities)
        values = {
            "going": going,
            "zones": {key: self._site.cities[key].zone for key in cities},
            "city_names": {key: self._site.cities[key].named("en") for key in cities},
            "refused": refused,
            "done": "" if refused else done_of(request, frozenset({"stopped", "going"})),
        }
        status = 422 if refused else 200
        return draw(self._site, request, "sending.html", "sending", values, status=status)


def _chosen(form: Mapping[str, str]) -> list[int]:
    """Return the messages that were ticked."""
    numbers = (name.removeprefix("one.") for name in form if name.startswith("one."))
    return [int(one) for one in numbers if one.isascii() and one.isdigit()][:MOST_CHOSEN]


def _rows(found: Watched, results: Results) -> Iterator[tuple[str, str, str]]:
    for state in STATES:
        yield "messages", state, str(found.counts.get(state, 0))
    for state, reasons in found.reasons.items():
        yield from _counted(f"{state} because", reasons)
    yield from _counted("left out at the launch because", found.run.excluded)
    for kind in ACTS:
        yield "people", kind, str(results.people.get(kind) or _FEW)
    for (kind, part), count in sorted(results.by_part.items()):
        if kind != "poll" and part:
            yield f"people {kind}", part, str(count)
    answered = {**dict(sorted(results.answers.items())), "all": results.answered}
    for answer, shown in answered.items():
        yield "answers", answer, str(shown or _FEW)
    if found.run.stars:
        yield "stars", "at most", str(results.stars)
    if results.compared:
        yield from _versions(results.compared)
    for kind, seen in sorted(results.after.items()):
        yield "people within 7 days after it", kind, str(seen or _FEW)


def _versions(versus: Compared) -> Iterator[tuple[str, str, str]]:
    names = {"first version": versus.outcomes["a"], "second version": versus.outcomes["b"]}
    for name, outcome in names.items():
        yield name, "accepted", str(outcome.accepted)
        for kind, count in outcome.people.items():
            yield name, kind, str(count or _FEW)


def _counted(part: str, counts: Mapping[str, int]) -> Iterable[tuple[str, str, str]]:
    return ((part, name, str(count)) for name, count in sorted(counts.items()))
