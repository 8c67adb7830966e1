"""Our cookies: the chat's, an embedded chat's, that of a login under way, and staff's session."""

from __future__ import annotations

from typing import Literal

from aiohttp import web

from bot.web.tokens import is_secret

CookieName = Literal["chat", "embed", "login", "staff"]
_DAY = 24 * 3600
_MAX_AGE: dict[CookieName, int] = {
    "chat": 180 * _DAY,
    "embed": 180 * _DAY,
    "login": 600,
    "staff": 12 * 3600,
}


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
    """Give a browser a secret that scripts and other sites cannot read.

    The one of an embedded chat goes along inside other sites' pages, and in each of them it is
    another one (CHIPS). Browsers take such cookies from https and from this machine alone.
    """
    full, age = cookie_name(name, is_https=is_https), _MAX_AGE[name]
    if name == "embed":
        # The standard library writes no "Partitioned" before Python 3.14.
        attributes = "Path=/; HttpOnly; Secure; SameSite=None; Partitioned"
        response.headers.add("Set-Cookie", f"{full}={secret}; Max-Age={age}; {attributes}")
        return
    response.set_cookie(
        full, secret, max_age=age, path="/", secure=is_https, httponly=True, samesite="Lax"
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
