"""What issuers publish for verifiers: DID documents, keys, lists of revoked badges."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.badges.addresses import HOST_ISSUER, is_token
from bot.badges.did import PublicRing, did_document, jwk_set
from bot.badges.records import Json
from bot.web.badges.answers import CREDENTIAL, or_later, published, ring_of
from bot.web.site import Site

DID_DOCUMENT = "application/did+ld+json"
KEY_SET = "application/jwk-set+json"
KEPT_SECONDS = 300
"""A revoked badge and a withdrawn key are noticed everywhere within minutes."""
_NUMBER = re.compile(r"[0-9]{1,6}\Z", re.ASCII)


class IssuerDocuments:
    """Documents for programs; every origin may read them."""

    def __init__(self, site: Site) -> None:
        self._badges = site.ports.badges

    async def host_did(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Give the DID document of the host itself."""
        return await _told(self._badges.ring(HOST_ISSUER), did_document, DID_DOCUMENT)

    async def host_keys(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Give the keys of the host itself."""
        return await _told(self._badges.ring(HOST_ISSUER), jwk_set, KEY_SET)

    async def did(self, request: web.Request) -> web.Response:
        """Give the DID document of a city."""
        return await _told(self._badges.ring(_city(request)), did_document, DID_DOCUMENT)

    async def keys(self, request: web.Request) -> web.Response:
        """Give the keys of a city."""
        return await _told(self._badges.ring(_city(request)), jwk_set, KEY_SET)

    async def endorser_did(self, request: web.Request) -> web.Response:
        """Give the DID document of somebody who confirms: every token has one."""
        token = request.match_info["token"]
        if not is_token(token):
            raise web.HTTPNotFound
        return await _told(self._badges.endorser(token), did_document, DID_DOCUMENT)

    async def status_list(self, request: web.Request) -> web.Response:
        """Give a signed list of revoked badges."""
        number = request.match_info["number"]
        if not _NUMBER.match(number):
            raise web.HTTPNotFound
        found = await or_later(self._badges.status_list(_city(request), int(number)))
        if found is None:
            raise web.HTTPNotFound
        return published(found, CREDENTIAL, KEPT_SECONDS)


def _city(request: web.Request) -> str:
    """Return the city in an address; the host is no city."""
    city = request.match_info["city"]
    if city == HOST_ISSUER:
        raise web.HTTPNotFound
    return city


async def _told(
    asked: Awaitable[PublicRing | None], told: Callable[[PublicRing], Json], media_type: str
) -> web.Response:
    return published(told(await ring_of(asked)), media_type, KEPT_SECONDS)
