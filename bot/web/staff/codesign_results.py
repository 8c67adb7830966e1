"""What was said in a round: by descriptor, in people's own words, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.codesign.drafting import NEW, can_drop, tidied
from bot.codesign.records import (
    LONGEST_WHY,
    Act,
    Change,
    Clear,
    Item,
    Matters,
    Suggestion,
    Verdict,
)
from bot.codesign.results import Result
from bot.errors import NotFound
from bot.web.guards import MEMBER
from bot.web.site import Site
from bot.web.staff.codesign import HOME, checked_form, common, open_round, own_cities, see
from bot.web.staff.codesign_form import (
    Faults,
    Typed,
    read_addition,
    read_change,
    read_mark,
)
from bot.web.staff.codesign_views import ORDERS, RoundView, shares
from bot.web.staff.navigation import draw
from content.frameworks import MAX_SENTENCE

ACTS = ("keep", Act.REWORD, Act.REPLACE, Act.DROP)
MARK, CHANGE, ADD, UNDO = "mark", "change", "add", "undo"


class ResultPages:
    """The results of a round of staff's own cities."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._desk = site.ports.desks.codesign

    async def show(self, request: web.Request) -> web.Response:
        """Show every descriptor, in the order in `by`."""
        view = await open_round(self._site, request)
        order = request.query.get("by", "")
        order = order if order in ORDERS else ORDERS[0]
        values = {
            **common(self._site, request, view),
            "results": view.results(order),
            "order": order,
            "orders": ORDERS,
            "shares": shares,
            "missing": len(view.about("")),
        }
        return self._draw(request, "codesign_results.html", "codesign_results", values, view)

    async def item(self, request: web.Request) -> web.Response:
        """Show one descriptor with what people would say instead."""
        view = await open_round(self._site, request)
        return self._item(request, view, self._found(request, view))

    async def act_on_item(self, request: web.Request) -> web.StreamResponse:
        """Mark a suggestion about it, or decide what becomes of it."""
        form = await checked_form(self._site, request)
        view = await open_round(self._site, request)
        item = self._found(request, view)
        path = f"{HOME}/{view.round.id}/items/{item.id}"
        if form.get("what") == MARK:
            return await self._mark(request, view, form, path, item)
        if form.get("what") != CHANGE:
            raise web.HTTPBadRequest
        change, faults = read_change(form, item, view.words[item.id])
        if change is not None and change.act is Act.DROP and not faults:
            others = [one for one in view.sheet.changes if one.item != item.id]
            if not can_drop(view.framework, others, item.id):
                faults = {"act": "alone"}
        if faults:
            return self._item(request, view, item, form, faults)
        return await self._decide(request, view, item.id, change, path)

    async def missing(self, request: web.Request) -> web.Response:
        """Show what people miss."""
        return self._missing(request, await open_round(self._site, request))

    async def act_on_missing(self, request: web.Request) -> web.StreamResponse:
        """Mark a suggestion, add a sentence, or take an added one back."""
        form = await checked_form(self._site, request)
        view = await open_round(self._site, request)
        path, what = f"{HOME}/{view.round.id}/missing", form.get("what", "")
        if what == MARK:
            return await self._mark(request, view, form, path, None)
        if what == UNDO and form.get("item", "").startswith(NEW):
            return await self._decide(request, view, form["item"], None, path)
        if what != ADD:
            raise web.HTTPBadRequest
        taken = {one.item for one in view.sheet.changes}
        change, faults = read_addition(form, view.framework, taken)
        known = {one.id for one in view.about("")}
        if any(one not in known for one in change.suggestions):
            raise web.HTTPNotFound
        if faults:
            return self._missing(request, view, form, faults)
        return await self._decide(request, view, change.item, change, path)

    async def _mark(
        self,
        request: web.Request,
        view: RoundView,
        form: dict[str, str],
        path: str,
        item: Item | None,
    ) -> web.StreamResponse:
        about = {one.id for one in view.about(item.id if item else "")}
        if form.get("suggestion", "") not in about:
            raise web.HTTPNotFound
        marked, faults = read_mark(form)
        if marked is None:
            if item is None:
                return self._missing(request, view, form, faults)
            return self._item(request, view, item, form, faults)
        try:
            await self._desk.mark(
                view.round.id,
                own_cities(self._site, request),
                marked.suggestion,
                marked.verdict,
                marked.why,
                request[MEMBER].person,
                is_open=marked.is_open,
            )
        except NotFound:
            raise web.HTTPNotFound from None
        return see(path, "marked", place=f"#s-{marked.suggestion}")

    async def _decide(
        self, request: web.Request, view: RoundView, item: str, change: Change | None, path: str
    ) -> web.StreamResponse:
        cities, by = own_cities(self._site, request), request[MEMBER].person
        try:
            if change is None:
                await self._desk.keep(view.round.id, cities, item, by)
            else:
                await self._desk.decide(view.round.id, cities, change, by)
        except NotFound:
            raise web.HTTPNotFound from None
        return see(path, "kept" if change is None else "decided", place="#next")

    def _found(self, request: web.Request, view: RoundView) -> Item:
        found = view.item(request.match_info["item"])
        if found is None:
            raise web.HTTPNotFound
        return found

    def _item(
        self,
        request: web.Request,
        view: RoundView,
        item: Item,
        form: dict[str, str] | None = None,
        faults: Faults | None = None,
    ) -> web.Response:
        result = next(one for one in view.results() if one.item == item)
        decided = view.changed().get(item.id)
        values = {
            **common(self._site, request, view),
            **_suggested(view.about(item.id), form, faults),
            "item": item,
            "words": view.words[item.id],
            "rows": _rows(result),
            "answers": {"clear": tuple(Clear), "matters": tuple(Matters)},
            "result": result,
            "acts": ACTS,
            "decided": decided,
            "change": _filled(decided, _first_words(request, view, item), form),
        }
        return self._draw(
            request, "codesign_item.html", "codesign_item", values, view, 422 if faults else 200
        )

    def _missing(
        self,
        request: web.Request,
        view: RoundView,
        form: dict[str, str] | None = None,
        faults: Faults | None = None,
    ) -> web.Response:
        values = {
            **common(self._site, request, view),
            **_suggested(view.about(""), form, faults),
            "added": [one for one in view.sheet.changes if one.act is Act.ADD],
            "competences": view.framework.competences,
            "levels": view.framework.levels,
        }
        name = "codesign_missing"
        return self._draw(request, f"{name}.html", name, values, view, 422 if faults else 200)

    def _draw(
        self,
        request: web.Request,
        template: str,
        name: str,
        values: dict[str, Any],
        view: RoundView,
        status: int = 200,
    ) -> web.Response:
        title = self._site.words.short(
            f"web.{name}.title", self._site.language(request, name), round=view.round.new.title
        )
        return draw(self._site, request, template, name, values, title=title, status=status)


def _suggested(
    suggestions: tuple[Suggestion, ...], form: dict[str, str] | None, faults: Faults | None
) -> dict[str, Any]:
    """Return what both pages with suggestions show."""
    return {
        "suggestions": suggestions,
        "verdicts": tuple(Verdict),
        "longest_why": LONGEST_WHY,
        "longest_words": MAX_SENTENCE,
        "form": Typed(form or {}),
        "faults": faults or {},
    }


def _rows(result: Result) -> list[tuple[Any, Any]]:
    """Return everybody, then each group that may be told of."""
    return [((), result.everybody), *result.groups]


@dataclass(frozen=True, slots=True)
class _Words:
    """With what the words of a sentence may begin: those it has, or those that were suggested."""

    now: str
    taken: str = ""


def _first_words(request: web.Request, view: RoundView, item: Item) -> _Words:
    """Return a sentence's words, and those of the suggestion in `take`."""
    wanted = request.query.get("take", "")
    taken = next((one.words for one in view.about(item.id) if one.id == wanted), "")
    return _Words(view.words[item.id], tidied(taken)[:MAX_SENTENCE])


def _filled(decided: Change | None, words: _Words, form: dict[str, str] | None) -> dict[str, str]:
    """Return what the form about the next draft holds."""
    if form and form.get("what") == CHANGE:
        return {name: form.get(name, "") for name in ("act", "words", "why")}
    if words.taken:
        why = decided.why if decided else ""
        return {"act": str(Act.REWORD), "words": words.taken, "why": why}
    if decided is None:
        return {"act": "keep", "words": words.now, "why": ""}
    return {"act": str(decided.act), "words": decided.words or words.now, "why": decided.why}
