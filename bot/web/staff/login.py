"""Signing in by a single-use link, and out again.

Looking at the link spends nothing, for previews of links look too: only the page's button signs
in, and only in the browser that opened the page, which holds a cookie that the form is signed for.
"""

from __future__ import annotations

from aiohttp import web

from bot.web.bodies import read_form
from bot.web.cookies import drop_cookie, read_cookie, set_cookie
from bot.web.rendering import Page
from bot.web.site import Site
from bot.web.staff.navigation import first_page
from bot.web.tokens import is_same, is_secret, is_signed, new_secret, signature

_LONGEST_WAY = 40


class LoginPages:
    """The page of a login link, the same for every token."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def ask(self, request: web.Request) -> web.Response:
        """Show the button that signs in."""
        browser = read_cookie(request, "login", is_https=self._site.is_https)
        fresh = "" if browser else new_secret()
        response = self._draw(
            request,
            token=request.match_info["token"],
            form=self._signature(browser or fresh, request.match_info["token"]),
            to=request.query.get("to", ""),
        )
        if fresh:
            set_cookie(response, "login", fresh, is_https=self._site.is_https)
        return response

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """Use the link once and open a new session."""
        form = await read_form(request, self._site.settings.body_seconds)
        token, https = request.match_info["token"], self._site.is_https
        browser = read_cookie(request, "login", is_https=https)
        key = self._site.settings.secret_key
        if not (browser and is_signed(form.get("form", ""), key, "login-form", browser, token)):
            raise web.HTTPForbidden
        staff = self._site.ports.staff
        secret = await staff.redeem_login(token) if is_secret(token) else None
        if secret is None:
            return self._draw(request, status=403)
        old = read_cookie(request, "staff", is_https=https)
        if old:
            await staff.close_session(old)
        member = await staff.find_session(secret)
        begin = first_page(member, form.get("to", "")) if member else "/staff"
        response = web.Response(status=303, headers={"Location": begin})
        set_cookie(response, "staff", secret, is_https=https)
        drop_cookie(response, "login", is_https=https)
        return response

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """Close the session."""
        form = await read_form(request, self._site.settings.body_seconds)
        secret = read_cookie(request, "staff", is_https=self._site.is_https)
        member = await self._site.ports.staff.find_session(secret) if secret else None
        if member is not None:
            if not is_same(form.get("csrf", ""), member.csrf):
                raise web.HTTPForbidden
            await self._site.ports.staff.close_session(secret)
        response = web.Response(status=303, headers={"Location": "/"})
        drop_cookie(response, "staff", is_https=self._site.is_https)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def _signature(self, browser: str, token: str) -> str:
        return signature(self._site.settings.secret_key, "login-form", browser, token)

    def _draw(
        self,
        request: web.Request,
        *,
        token: str = "",
        form: str = "",
        to: str = "",
        status: int = 200,
    ) -> web.Response:
        language = self._site.language(request, "login")
        page = Page(
            title=self._site.words.short("web.login.title", language),
            language=language,
            path="/staff",
            is_indexed=False,
            section="staff",
            values={"token": token, "form": form, "to": to[:_LONGEST_WAY]},
        )
        return self._site.renderer.page("login.html", page, status=status)
