"""Our three cookies: the chat's, the one of a login under way, and the session of staff."""

from __future__ import annotations

from typing import Literal

from aiohttp import web

from bot.web.tokens import is_secret

CookieName = Literal["chat", "login", "staff"]
_DAY = 24 * 3600
_MAX_AGE: dict[CookieName, int] = {"chat": 180 * _DAY, "login": 600, "staff": 12 * 3600}


def cookie_name(name: CookieName, *, is_https: bool) -> str:
    """Return the full name: on https a browser keeps it to this host, by the prefix."""
    return f"__Host-{name}" if is_https else f"lcb-{name}"


def read_cookie(request: web.Request, name: CookieName, *, is_https: bool) -> str:
    """Return the secret in a cookie; empty where there is none or it cannot be ours."""
    value = request.cookies.get(cookie_name(name, is_https=is_https), "")
    return value if is_secret(value) else ""


def set_cookie(
    response: web.StreamResponse, name: CookieName, secret: str, *, is_https: bool
) -> None:
    """Give a browser a secret that scripts and other sites cannot read."""
    response.set_cookie(
        cookie_name(name, is_https=is_https),
        secret,
        max_age=_MAX_AGE[name],
        path="/",
        secure=is_https,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: web.StreamResponse, name: CookieName, *, is_https: bool) -> None:
    """Make a browser forget a cookie."""
    response.del_cookie(
        cookie_name(name, is_https=is_https),
        path="/",
        secure=is_https,
        httponly=True,
        samesite="Lax",
    )
