"""The addresses of figures about cities and of questionnaires, for staff."""

from __future__ import annotations

from collections.abc import Iterator

from bot.people import STAFF
from bot.web.figure_port import FIGURE_ROLES
from bot.web.routes import Route, StaffOnly
from bot.web.site import Site
from bot.web.staff.answers import AnswerPages
from bot.web.staff.figures import FigurePages
from bot.web.staff.questionnaires import QuestionnairePages


def insight_routes(site: Site) -> Iterator[Route]:
    """Declare them."""
    figures, access = FigurePages(site), StaffOnly(FIGURE_ROLES)
    yield Route("GET", "/staff/figures", figures.show, access)
    yield Route("GET", "/staff/figures/columns.csv", figures.dictionary, access)
    yield Route("GET", "/staff/figures/{city}.json", figures.export, access, rate="acts")
    yield Route("GET", "/staff/figures/{city}/{sheet}.csv", figures.table, access, rate="acts")
    asked = QuestionnairePages(site)
    yield Route("GET", "/staff/questionnaires", asked.list, StaffOnly(STAFF))
    yield Route("GET", "/staff/questionnaires/{key}", asked.show, StaffOnly(STAFF))
    answers = AnswerPages(site)
    place = "/staff/questionnaires/{key}/{city}/answers"
    yield Route("GET", f"{place}.csv", answers.table, access, rate="acts")
    yield Route("GET", f"{place}.json", answers.export, access, rate="acts")
