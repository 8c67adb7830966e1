"""The pages about the catalogue: search, listings, reports, feeds and imports, providers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.catalogue_port import CATALOGUE_ROLES
from bot.web.routes import Route, StaffOnly
from bot.web.site import Site
from bot.web.staff.catalogue.feeds import FeedPages
from bot.web.staff.catalogue.listings import ListingPages
from bot.web.staff.catalogue.providers import ProviderPages
from bot.web.staff.catalogue.reports import ReportPages
from bot.web.staff.catalogue.runs import RunPages
from bot.web.staff.catalogue.searching import SearchPages

HOME = "/staff/catalogue"


def catalogue_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses about the catalogue."""
    keepers = StaffOnly(CATALOGUE_ROLES)
    listings, reports, feeds = ListingPages(site), ReportPages(site), FeedPages(site)
    runs, providers = RunPages(site), ProviderPages(site)
    yield Route("GET", HOME, SearchPages(site).show, keepers)
    yield Route("GET", f"{HOME}/hidden", listings.hidden, keepers)
    for path, pages in (
        ("courses/{course}", listings),
        ("reports/{report}", reports),
        ("providers/{city}/{provider}", providers),
    ):
        yield Route("GET", f"{HOME}/{path}", pages.show, keepers)
        yield Route("POST", f"{HOME}/{path}", pages.act, keepers, rate="acts")
    yield Route("GET", f"{HOME}/reports", reports.list, keepers)
    yield Route("GET", f"{HOME}/providers", providers.list, keepers)
    yield Route("GET", f"{HOME}/feeds", feeds.list, keepers)
    yield Route("POST", f"{HOME}/feeds", feeds.add, keepers, rate="acts")
    yield Route("POST", f"{HOME}/feeds/{{feed}}", feeds.act, keepers, rate="acts")
    yield Route("POST", f"{HOME}/files", feeds.try_file, keepers, rate="acts")
    yield Route("GET", f"{HOME}/runs/{{importing}}", runs.show, keepers)
    yield Route("POST", f"{HOME}/runs/{{importing}}", runs.act, keepers, rate="acts")
    yield Route("GET", f"{HOME}/runs/{{importing}}/rows.csv", runs.download, keepers)
