"""The pages of the staff area: each declares who may open it, and all show the same way about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.campaigns.staffing import SENDERS
from bot.courses.offers import OFFERING
from bot.people import STAFF, TEACHING, Role
from bot.web.audit_port import AUDIT_ROLES
from bot.web.catalogue_port import CATALOGUE_ROLES
from bot.web.codesign_port import CODESIGN_ROLES
from bot.web.complaint_port import COMPLAINT_ROLES
from bot.web.content_port import CONTENT_ROLES
from bot.web.fault_port import CONVERSATION_ROLES
from bot.web.figure_port import FIGURE_ROLES
from bot.web.guards import MEMBER
from bot.web.network_port import NETWORK_ROLES
from bot.web.ports import StaffMember
from bot.web.rendering import Page
from bot.web.roster_port import ROSTER_ROLES
from bot.web.settings_port import SETTINGS_ROLES
from bot.web.site import Site
from bot.web.support_port import SUPPORT_ROLES
from bot.web.tag_port import TAG_ROLES
from bot.web.talent_port import TALENT_ROLES

POSTER_ROLES = STAFF | TEACHING | OFFERING
"""Whoever speaks for a city or a provider may print what it offers."""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One entry of the staff area's navigation.

    Attributes:
        path: Its address; pages below it stand under the same entry.
        title: The id of the text that names it.
        roles: Who may open it; the route of its address declares the same.
    """

    path: str
    title: str
    roles: frozenset[Role]


DESK = StaffPage("/staff", "web.desk.title", STAFF)
PAGES: tuple[StaffPage, ...] = (
    StaffPage("/staff/insight", "web.insight.title", FIGURE_ROLES),
    DESK,
    StaffPage("/staff/catalogue", "web.catalogue.title", CATALOGUE_ROLES),
    StaffPage("/staff/skills", "web.tags.title", TAG_ROLES),
    StaffPage("/staff/figures", "web.figures.title", FIGURE_ROLES),
    StaffPage("/staff/insight/network", "web.network.title", NETWORK_ROLES),
    StaffPage("/staff/conversations", "web.conversations.title", CONVERSATION_ROLES),
    StaffPage("/staff/questionnaires", "web.questionnaires.title", STAFF),
    StaffPage("/staff/codesign", "web.codesign.title", CODESIGN_ROLES),
    StaffPage("/staff/classes", "web.classes.title", TEACHING),
    StaffPage("/staff/offers", "web.offers.title", OFFERING),
    StaffPage("/staff/posters", "web.posters.title", POSTER_ROLES),
    StaffPage("/staff/campaigns", "web.campaigns.title", SENDERS),
    StaffPage("/staff/sending", "web.sending.title", SENDERS),
    StaffPage("/staff/content", "web.content.title", CONTENT_ROLES),
    StaffPage("/staff/people", "web.people.title", ROSTER_ROLES),
    StaffPage("/staff/opportunities", "web.talent.title", TALENT_ROLES),
    StaffPage("/staff/complaints", "web.complaints.title", COMPLAINT_ROLES),
    StaffPage("/staff/support", "web.support.title", SUPPORT_ROLES),
    StaffPage("/staff/settings", "web.settings.title", SETTINGS_ROLES),
    StaffPage("/staff/audit", "web.audit.title", AUDIT_ROLES),
)
"""In the order in which they are shown; the first that somebody may open is where they begin."""
ENTRY_ROLES: frozenset[Role] = frozenset().union(*(page.roles for page in PAGES))
"""Who has any page at all, and so may sign in."""


def pages_of(member: StaffMember) -> tuple[StaffPage, ...]:
    """Return the pages that a member may open."""
    return tuple(page for page in PAGES if member.has_any(page.roles))


def first_page(member: StaffMember, wanted: str = "") -> str:
    """Return where a member begins.

    Args:
        wanted: The last part of the address of the page that they came for, such as "classes";
            the first that they have where it is none of theirs.
    """
    own = [page.path for page in pages_of(member)]
    return f"/staff/{wanted}" if f"/staff/{wanted}" in own else next(iter(own), "/")


def draw(
    site: Site,
    request: web.Request,
    template: str,
    name: str,
    values: Mapping[str, Any],
    *,
    title: str = "",
    status: int = 200,
) -> web.Response:
    """Draw a page of the staff area.

    Args:
        template: It extends "staff.html".
        name: The page's in text ids: "web.<name>.title" is its title.
        title: Its title, where that is not the one of the text.
    """
    member, language = request[MEMBER], site.language(request, name)
    page = Page(
        title=title or site.words.short(f"web.{name}.title", language),
        language=language,
        path=request.path,
        is_indexed=False,
        section="staff",
        values={
            "member": member,
            "ways": pages_of(member),
            "here": _entry(request.path),
            "stopped": site.ports.runs.stopped,
            "may_send": member.has_any(SENDERS),
            **values,
        },
    )
    return site.renderer.page(template, page, status=status)


def _entry(path: str) -> str:
    """Return the entry that an address stands under: the longest that begins it."""
    under = [one.path for one in PAGES if path == one.path or path.startswith(f"{one.path}/")]
    return max(under, key=len, default="")
