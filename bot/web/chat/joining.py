"""Going on in the web chat with what was begun on another channel."""

from __future__ import annotations

from aiohttp import web

from bot.web.bodies import read_form
from bot.web.chat.acts import Act
from bot.web.chat.address import cookie_of
from bot.web.chat.sending import ChatForm
from bot.web.cookies import set_cookie
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.tokens import hash_of, is_secret


class JoiningPages:
    """The page of a joining link. Looking at it spends nothing: previews of links look too."""

    def __init__(self, site: Site, form: ChatForm) -> None:
        self._site = site
        self._form = form

    async def ask(self, request: web.Request) -> web.Response:
        """Ask whether to join; the same page for every token, right or wrong."""
        language = self._site.language(request, "join")
        page = Page(
            title=self._site.words.short("web.join.title", language),
            language=language,
            path=request.path,
            is_indexed=False,
            section="join",
        )
        return self._site.renderer.page("join.html", page)

    async def join(self, request: web.Request) -> web.StreamResponse:
        """Hand the token to the chat, whose flow asks once more and then joins."""
        await read_form(request, self._site.settings.body_seconds)
        token = request.match_info["token"]
        if not is_secret(token):
            raise web.HTTPNotFound
        sender = await self._form.sender(request, cookie_of(request, self._site), None)
        act = Act(hash_of("join", f"{sender.address}{token}")[:40], f"/start join_{token}")
        await self._form.take(sender, act)
        response = web.Response(status=303, headers={"Location": "/#latest"})
        set_cookie(response, "chat", sender.cookie, is_https=self._site.is_https)
        return response
