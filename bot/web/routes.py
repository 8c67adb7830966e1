"""Routes as declarations: who may use each, how often, and nothing undeclared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from bot.people import Role
from bot.web.limits import Rate
from bot.web.ports import Handler


@dataclass(frozen=True, slots=True)
class Anyone:
    """Open to everybody; what is personal hangs on the caller's own cookie."""


@dataclass(frozen=True, slots=True)
class Operator:
    """For this machine and trusted addresses; others are told that there is no such page."""


@dataclass(frozen=True, slots=True)
class StaffOnly:
    """For people signed in with one of these roles.

    `scope` says what of a city they reach: that of their own cities, or (for whoever has no
    city named) of all. The handler is given the member and must ask by the member's cities.
    """

    roles: frozenset[Role]
    scope: Literal["own cities", "no city"] = "own cities"


Access = Anyone | Operator | StaffOnly


@dataclass(frozen=True, slots=True)
class Route:
    """One address and what guards it.

    Attributes:
        rate: How often one source may use it.
        checks_origin: Whether an unsafe method must come from our own pages. Only a caller that
            proves itself otherwise (Telegram, by its secret) is free of it.
        is_stream: Whether it answers for as long as the caller listens, so never to HEAD.
        is_published: Whether pages and programs of others may read it, and be told of errors:
            keys, lists and badges that everybody may check.
        is_program: Whether programs use it, which are told of errors as problems (RFC 9457).
        is_embedded: Whether sites that the {city} of its path names may hold it in their pages.
    """

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    access: Access
    rate: Rate = "pages"
    checks_origin: bool = True
    is_stream: bool = False
    is_published: bool = False
    is_program: bool = False
    is_embedded: bool = False


def refuse_undeclared(app: web.Application, declared: Iterable[Route]) -> None:
    """Refuse to build a server with a route that no declaration stands behind.

    Raises:
        RuntimeError: There is one.
    """
    known = {(route.method, route.path) for route in declared}
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        method = "GET" if route.method == "HEAD" else route.method
        if (method, path) not in known:
            raise RuntimeError(f"{route.method} {path} does not say who may use it")
