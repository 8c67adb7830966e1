"""Badges, what they are given for and who gives them, as older backpacks read them."""

from __future__ import annotations

import orjson
from aiohttp import web

from bot.badges.addresses import Addresses, is_token
from bot.badges.held import HeldBadge
from bot.badges.older import assertion, badge_class, gone, issuer_profile
from bot.badges.records import Issuer, Json
from bot.questionnaires.answering import as_email
from bot.web.badge_port import Absent
from bot.web.badges.answers import published
from bot.web.badges.public import KEPT_SECONDS, found_achievement
from bot.web.site import Site

LINKED_DATA = "application/ld+json"
_UNKEPT = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class OlderBadges:
    """Hosted Open Badges 2.0: nothing is signed, so what stands here counts."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._addresses = Addresses(site.settings.public_url)

    async def assertion(self, request: web.Request) -> web.Response:
        """Give a badge that its holder put into a backpack; 410 where it counts no more."""
        token = request.match_info["token"]
        found = await self._site.ports.badges.hosted(token) if is_token(token) else Absent()
        address = self._addresses.hosted(token)
        if isinstance(found, Absent):
            if not found.is_gone:
                raise web.HTTPNotFound
            return _unkept(gone(address, self._say("web.backpack.gone")), 410)
        if found.held.revoked_at is not None:
            return _unkept(gone(address, self._reason(found.held)), 410)
        if not found.held.achievement:
            raise web.HTTPNotFound
        return _unkept(assertion(self._addresses, found.held, found.twin), 200)

    async def badge_class(self, request: web.Request) -> web.Response:
        """Give what a badge is given for."""
        found = await found_achievement(self._site, request)
        is_sample = not self._site.ports.badges.is_public
        body = badge_class(self._addresses, found, is_sample=is_sample)
        return published(body, LINKED_DATA, KEPT_SECONDS)

    async def issuer(self, request: web.Request) -> web.Response:
        """Give who gives badges."""
        city = self._site.cities.get(request.match_info["city"])
        if city is None:
            raise web.HTTPNotFound
        issuer = Issuer(
            self._addresses.did(city.id),
            city.title or city.name,
            self._addresses.issuer(city.id),
        )
        body = issuer_profile(self._addresses, city.id, issuer, as_email(city.contact) or "")
        return published(body, LINKED_DATA, KEPT_SECONDS)

    def _reason(self, held: HeldBadge) -> str:
        is_known = self._site.ports.content().words.has(held.reason)
        return self._say(held.reason if is_known else "web.backpack.revoked")

    def _say(self, text_id: str) -> str:
        return self._site.words.short(text_id, "en")


def _unkept(body: Json, status: int) -> web.Response:
    headers = {**_UNKEPT, "Content-Type": LINKED_DATA}
    return web.Response(body=orjson.dumps(body), status=status, headers=headers)
