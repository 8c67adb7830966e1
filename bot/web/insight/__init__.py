"""City insight: what a city is told of its weeks and months, for staff and as open data."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.figure_port import FIGURE_ROLES
from bot.web.insight.evaluation import EvaluationPages
from bot.web.insight.network import NetworkPages
from bot.web.insight.opened import OpenDataPages
from bot.web.insight.pages import InsightPages
from bot.web.network_port import AGREEING, NETWORK_ROLES
from bot.web.routes import Anyone, Route, StaffOnly
from bot.web.site import Site


def city_insight_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses of city insight."""
    pages, access = InsightPages(site), StaffOnly(FIGURE_ROLES)
    yield Route("GET", "/staff/insight", pages.overview, access)
    yield Route("GET", "/staff/insight/evaluation", EvaluationPages(site).show, access)
    network = NetworkPages(site)
    yield Route("GET", "/staff/insight/network", network.show, StaffOnly(NETWORK_ROLES))
    yield Route("POST", "/staff/insight/network", network.act, StaffOnly(AGREEING), rate="acts")
    yield Route("GET", "/staff/insight/{topic}", pages.topic, access)
    yield Route("GET", "/staff/insight/{city}/figures.csv", pages.table, access, rate="acts")
    yield Route("GET", "/staff/insight/{city}/figures.json", pages.export, access, rate="acts")
    opened = OpenDataPages(site)
    yield Route("GET", "/open-data", opened.list, Anyone())
    yield Route("GET", "/open-data/dictionary.csv", opened.dictionary, Anyone())
    yield Route("GET", "/open-data/network", network.opened, Anyone())
    yield Route("GET", "/open-data/network/figures.csv", network.table, Anyone(), rate="acts")
    yield Route("GET", "/open-data/network/figures.json", network.export, Anyone(), rate="acts")
    yield Route("GET", "/open-data/{city}", opened.show, Anyone())
    yield Route("GET", "/open-data/{city}/figures.csv", opened.table, Anyone(), rate="acts")
    yield Route("GET", "/open-data/{city}/figures.json", opened.export, Anyone(), rate="acts")
