"""Taking in what a person does in the web chat, and waiting a little for the reply."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from bot.errors import DatabaseBusy
from bot.web.bodies import read_form
from bot.web.chat.acts import Act, Notice, Unreadable, read_act
from bot.web.chat.address import address_of, cookie_name_of, cookie_of, topic_of
from bot.web.chat.page import ChatPage
from bot.web.cookies import set_cookie
from bot.web.embedding import base_of
from bot.web.ports import Transcript
from bot.web.site import Site
from bot.web.tokens import is_signed, new_secret
from content.schema import City


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose chat an act is for.

    Attributes:
        cookie: The chat's secret, a new one where the browser had none that we know.
        city: The page's city, where it names one.
    """

    cookie: str
    language: str
    city: City | None = None
    is_new: bool = False

    @property
    def address(self) -> str:
        """The chat's address."""
        return address_of(self.cookie)


class ChatForm:
    """The form that every button and the composer belong to."""

    def __init__(self, site: Site, page: ChatPage) -> None:
        self._site = site
        self._page = page

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """Take in one act; answer with the page at the newest message."""
        form = await read_form(request, self._site.settings.body_seconds)
        city = self._site.cities.get(form.get("city", ""))
        cookie = cookie_of(request, self._site)
        if cookie and not self._is_ours(form, cookie):
            return await self._refused(request, cookie, city, "form", form)
        if base_of(request) and form.get("form") and not cookie:
            # The browser keeps no cookie inside that page: each answer would begin a new chat.
            return await self._refused(request, cookie, city, "cookie", form)
        act = read_act(form)
        if isinstance(act, Unreadable):
            return await self._refused(request, cookie, city, act.notice, form)
        sender = await self.sender(request, cookie, city)
        try:
            await self.take(sender, act)
        except DatabaseBusy:
            return await self._refused(request, cookie, city, "busy", form)
        return await self._accepted(request, sender)

    async def sender(self, request: web.Request, cookie: str, city: City | None) -> Sender:
        """Return whose chat the request is for; a chat begins with its first act."""
        language = self._site.language(request)
        is_known = bool(cookie) and await self._page.transcript(cookie) is not None
        if is_known:
            return Sender(cookie, language, city)
        return Sender(cookie or new_secret(), language, city, is_new=True)

    async def take(self, sender: Sender, act: Act) -> None:
        """Take in an act durably and wait for its turn, a few seconds at most.

        A press on the first screen, of which nothing is stored, begins the chat with /start and
        then presses the same button of the question that it asked.

        Raises:
            DatabaseBusy: It could not be stored; nothing of it is kept.
        """
        names_city = sender.city and not act.text.startswith("/start ")
        if sender.is_new and (names_city or act.option):
            payload = f" city_{sender.city.id}" if sender.city else ""
            opening = Act(f"{act.id}-start", f"/start{payload}")
            transcript = await self._turn(sender, opening)
            if act.option and transcript:
                act = replace(act, nonce=_nonce_of(transcript, act.option))
        if act.option and not act.nonce:
            return
        await self._turn(sender, act)

    async def _turn(self, sender: Sender, act: Act) -> Transcript | None:
        ports, address = self._site.ports, sender.address
        incoming = act.incoming(
            bot=self._site.settings.bot,
            address=address,
            language=sender.language,
            at=ports.clock(),
        )
        async with ports.wakeup.subscribe(topic_of(address)) as subscription:
            await ports.intake.receive([incoming])
            end = asyncio.get_running_loop().time() + self._site.settings.turn_seconds
            while True:
                transcript = await ports.chats.transcript(address)
                left = end - asyncio.get_running_loop().time()
                if (transcript and not transcript.is_waiting) or left <= 0:
                    return transcript
                await subscription.wait(left)

    def _is_ours(self, form: Mapping[str, str], cookie: str) -> bool:
        key = self._site.settings.secret_key
        return is_signed(form.get("form", ""), key, "chat-form", cookie)

    async def _accepted(self, request: web.Request, sender: Sender) -> web.Response:
        if _wants_json(request):
            response = await self._json(request, sender)
        else:
            path = base_of(request) or (f"/c/{sender.city.id}" if sender.city else "/")
            response = web.Response(status=303, headers={"Location": f"{path}#latest"})
        response.headers["Cache-Control"] = "no-store"
        set_cookie(response, cookie_name_of(request), sender.cookie, is_https=self._site.is_https)
        return response

    async def _json(self, request: web.Request, sender: Sender) -> web.Response:
        known = known_versions(request)
        view = await self._page.view(request, sender.cookie, sender.city, known)
        return web.json_response(self._page.changes(view, known))

    async def _refused(
        self,
        request: web.Request,
        cookie: str,
        city: City | None,
        notice: Notice,
        form: Mapping[str, str],
    ) -> web.Response:
        view = await self._page.view(request, cookie, city)
        if _wants_json(request):
            told = self._site.words.short(f"web.notice.{notice}", view.language)
            return web.json_response(
                {"notice": told, **self._page.changes(view, known_versions(request))}, status=422
            )
        response = self._page.draw(view, notice=notice, typed=form.get("text", "")[:8192])
        response.set_status(503 if notice == "busy" else 422)
        return response


def known_versions(request: web.Request) -> frozenset[str]:
    """Return the versions of the lines that an open page has, as it says itself."""
    known = request.headers.get("X-Lines", "") or request.query.get("lines", "")
    return frozenset(known[:6000].split(","))


def _wants_json(request: web.Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _nonce_of(transcript: Transcript, option: str) -> str:
    """Return the nonce of the newest question that offers an option."""
    for entry in reversed(transcript.entries):
        message = entry.message
        if message and message.nonce and any(one.id == option for one in message.choices):
            return message.nonce
    return ""
