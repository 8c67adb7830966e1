"""Judging a badge for anybody: pasted, uploaded or linked to, without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from aiohttp import web

from bot.badges.verify.steps import MAX_FILE, Judgement
from bot.web.parts import read_parts
from bot.web.rendering import Page
from bot.web.site import Site

UPLOAD_SECONDS = 30.0
"""A picture of 2 MB over a phone on a slow network."""
MOST_BYTES = MAX_FILE + 64 * 1024
MOST_AT_ONCE = 8
"""Judging has one process: whoever comes when so many wait is asked to come again."""
LONGEST_LINK = 2000
_PRIVATE = {"Cache-Control": "private, no-store"}

Tone = Literal["good", "bad", "unsure"]
_TONES: dict[str, Tone] = {"good": "good", "unknown": "unsure", "self_made": "unsure"}
_UNSURE = {"old_form", "not_a_badge", "early"}


@dataclass(frozen=True, slots=True)
class JudgedView:
    """A judgement on a page.

    Attributes:
        tone: Whether it may be trusted, at a glance; the words say the same.
        awarded, until: Days, None where the badge gives none that can be read.
    """

    judgement: Judgement
    tone: Tone
    awarded: date | None
    until: date | None


class CheckPages:
    """The page on which anybody has a badge judged; nothing that they send is kept."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._waiting = 0

    async def ask(self, request: web.Request) -> web.Response:
        """Show the form."""
        return self._page(request)

    async def judge(self, request: web.Request) -> web.Response:
        """Judge what was sent: a file, else a link, else what was pasted."""
        sent = await read_parts(request, UPLOAD_SECONDS, MOST_BYTES)
        pasted = sent.get("badge", b"").strip()
        link = _link_in(sent.get("link", b"").strip()) or _link_in(pasted)
        file = sent.get("file", b"")
        if not (file or link or pasted or sent.get("link", b"").strip()):
            return self._page(request, problem="web.verify.empty", status=400)
        if not (file or link or pasted):
            return self._page(request, problem="web.verify.no_link", status=400)
        if self._waiting >= MOST_AT_ONCE:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"})
        self._waiting += 1
        try:
            return await self._judged(request, file, link, pasted)
        finally:
            self._waiting -= 1

    async def _judged(
        self, request: web.Request, file: bytes, link: str, pasted: bytes
    ) -> web.Response:
        data: bytes | None = file or pasted
        if link and not file:
            data = await self._site.ports.badges.fetch(link)
        if data is None:
            return self._page(request, problem="web.verify.nothing_there", status=200)
        judgement = await self._site.ports.badges.judge(data)
        return self._page(request, judged=_view(judgement))

    def _page(
        self,
        request: web.Request,
        *,
        judged: JudgedView | None = None,
        problem: str = "",
        status: int = 200,
    ) -> web.Response:
        language, words = self._site.language(request, "verify"), self._site.words
        page = Page(
            title=words.short("web.verify.title", language),
            description=words.short("web.verify.lead", language),
            language=language,
            path="/verify",
            city=self._site.only_city,
            is_indexed=judged is None and not problem,
            languages=self._site.languages("verify"),
            section="verify",
            values={"judged": judged, "problem": problem},
        )
        response = self._site.renderer.page("verify.html", page, status=status)
        if judged or problem:
            response.headers.update(_PRIVATE)
        return response


def _link_in(sent: bytes) -> str:
    """Return the link that somebody sent; empty where it is none."""
    if len(sent) > LONGEST_LINK or not sent.lower().startswith((b"https://", b"http://")):
        return ""
    text = sent.decode("utf-8", "replace")
    return text if text.isprintable() and " " not in text else ""


def _view(judgement: Judgement) -> JudgedView:
    shown, verdict = judgement.shown, judgement.verdict
    tone: Tone = "unsure" if verdict in _UNSURE else _TONES.get(verdict, "bad")
    return JudgedView(
        judgement,
        tone,
        _day(shown.awarded) if shown else None,
        _day(shown.until) if shown else None,
    )


def _day(written: str) -> date | None:
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        return None
