"""The addresses of campaigns, their runs, and the stop of everything."""

from __future__ import annotations

from collections.abc import Iterator

from bot.campaigns.staffing import SENDERS
from bot.web.routes import Route, StaffOnly
from bot.web.site import Site
from bot.web.staff.campaign_form import CampaignForms
from bot.web.staff.campaign_pictures import CampaignPictures
from bot.web.staff.campaign_views import PICTURES
from bot.web.staff.campaigns import HOME, CampaignPages
from bot.web.staff.runs import SENDING, RunPages, SendingPages
from bot.web.staff.shared_campaigns import SHARED, SharedPages


def campaign_routes(site: Site) -> Iterator[Route]:
    """Declare them; what is of another city does not exist there."""
    pages, forms, access = CampaignPages(site), CampaignForms(site), StaffOnly(SENDERS)
    one = f"{HOME}/{{campaign}}"
    yield Route("GET", HOME, pages.list, access)
    yield Route("GET", f"{HOME}/new", forms.new, access)
    yield Route("POST", f"{HOME}/new", forms.keep_new, access, rate="acts")
    shared = SharedPages(site)
    yield Route("GET", SHARED, shared.show, access)
    yield Route("POST", SHARED, shared.act, access, rate="acts")
    yield Route("GET", f"{PICTURES}/{{city}}/{{picture}}", CampaignPictures(site).give, access)
    yield Route("GET", one, pages.show, access)
    yield Route("POST", one, pages.act, access, rate="acts")
    yield Route("GET", f"{one}/edit", forms.edit, access)
    yield Route("POST", f"{one}/edit", forms.keep, access, rate="acts")
    yield Route("GET", f"{one}/launch", pages.confirm, access)
    yield from _run_routes(site, f"{one}/runs/{{run}}", access)


def _run_routes(site: Site, one: str, access: StaffOnly) -> Iterator[Route]:
    runs, sending = RunPages(site), SendingPages(site)
    yield Route("GET", one, runs.show, access)
    yield Route("POST", one, runs.act, access, rate="acts")
    yield Route("GET", f"{one}/results.csv", runs.table, access, rate="strict")
    yield Route("GET", SENDING, sending.show, access)
    yield Route("POST", SENDING, sending.act, access, rate="acts")
