"""Who a web chat belongs to: the holder of its cookie."""

from __future__ import annotations

from aiohttp import web

from bot.web.cookies import CookieName, read_cookie
from bot.web.embedding import EMBEDDED
from bot.web.site import Site
from bot.web.tokens import hash_of, signature


def address_of(cookie: str) -> str:
    """Return the channel address of a chat: a hash, so that reading it lets nobody in."""
    return hash_of("chat", cookie)


def cookie_name_of(request: web.Request) -> CookieName:
    """Return which cookie a chat belongs to: an embedded one has its own."""
    return "embed" if EMBEDDED in request else "chat"


def cookie_of(request: web.Request, site: Site) -> str:
    """Return the chat's cookie, empty where there is none."""
    return read_cookie(request, cookie_name_of(request), is_https=site.is_https)


def topic_of(address: str) -> str:
    """Return the topic on which changes of a chat are told."""
    return f"chat:web:{address}"


def form_signature(site: Site, cookie: str) -> str:
    """Sign the chat's forms for the holder of a cookie, so that no other site can act in it."""
    return signature(site.settings.secret_key, "chat-form", cookie) if cookie else ""
