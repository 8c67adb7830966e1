"""Badges for everybody: what issuers publish, a badge's own page, and checking one."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.badges.checking import CheckPages
from bot.web.badges.credentials import CredentialPages
from bot.web.badges.issuers import IssuerDocuments
from bot.web.badges.older import OlderBadges
from bot.web.badges.public import IssuerPages
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def badge_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of badges and their issuers."""
    yield from _issuer_routes(site)
    yield from _credential_routes(site)
    checks = CheckPages(site)
    yield Route("GET", "/verify", checks.ask, Anyone())
    yield Route("POST", "/verify", checks.judge, Anyone(), rate="strict")


def _issuer_routes(site: Site) -> Iterator[Route]:
    documents, pages, older = IssuerDocuments(site), IssuerPages(site), OlderBadges(site)
    achievement = "/issuers/{city}/achievements/{key}/{version}/{language}"
    for path, handler in (
        ("/.well-known/did.json", documents.host_did),
        ("/.well-known/jwks.json", documents.host_keys),
        ("/issuers/{city}/did.json", documents.did),
        ("/issuers/{city}/jwks.json", documents.keys),
        ("/issuers/{city}/status/{number}", documents.status_list),
        ("/endorsers/{token}/did.json", documents.endorser_did),
        ("/issuers/{city}/issuer.json", older.issuer),
        ("/issuers/{city}", pages.issuer),
        (f"{achievement}/class.json", older.badge_class),
        (f"{achievement}.svg", pages.picture),
        (achievement, pages.achievement),
        ("/backpack/{token}", older.assertion),
    ):
        yield Route("GET", path, handler, Anyone(), is_published=True)


def _credential_routes(site: Site) -> Iterator[Route]:
    pages = CredentialPages(site)
    for ending, handler in (("json", pages.document), ("jws", pages.jws)):
        path = f"/badges/{{token}}.{ending}"
        yield Route("GET", path, handler, Anyone(), is_published=True)
    for ending, handler in (("png", pages.png), ("svg", pages.svg)):
        path = f"/badges/{{token}}.{ending}"
        yield Route("GET", path, handler, Anyone(), rate="acts", is_published=True)
    yield Route("GET", "/badges/{token}", pages.show, Anyone(), is_published=True)
