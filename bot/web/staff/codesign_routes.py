"""The addresses of rounds in which people comment on a framework."""

from __future__ import annotations

from collections.abc import Iterator

from bot.web.codesign_port import CODESIGN_ROLES
from bot.web.routes import Route, StaffOnly
from bot.web.site import Site
from bot.web.staff.codesign import HOME, RoundPages
from bot.web.staff.codesign_draft import DraftPages
from bot.web.staff.codesign_results import ResultPages


def codesign_routes(site: Site) -> Iterator[Route]:
    """Declare them; what is of another city does not exist there."""
    rounds, results, drafts = RoundPages(site), ResultPages(site), DraftPages(site)
    access, one = StaffOnly(CODESIGN_ROLES), f"{HOME}/{{round}}"
    yield Route("GET", HOME, rounds.list, access)
    yield Route("GET", f"{HOME}/new", rounds.new, access)
    yield Route("POST", f"{HOME}/new", rounds.make, access, rate="acts")
    yield Route("GET", one, rounds.show, access)
    yield Route("POST", one, rounds.act, access, rate="acts")
    yield Route("GET", f"{one}/results", results.show, access)
    yield Route("GET", f"{one}/items/{{item}}", results.item, access)
    yield Route("POST", f"{one}/items/{{item}}", results.act_on_item, access, rate="acts")
    yield Route("GET", f"{one}/missing", results.missing, access)
    yield Route("POST", f"{one}/missing", results.act_on_missing, access, rate="acts")
    yield Route("GET", f"{one}/draft", drafts.show, access)
    yield Route("GET", f"{one}/draft.zip", drafts.folder, access, rate="strict")
    yield Route("GET", f"{one}/draft.xlsx", drafts.sheet, access, rate="strict")
    yield Route("GET", f"{one}/files/{{file}}", drafts.export, access, rate="strict")
