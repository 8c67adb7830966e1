"""Signing in and the pages of the staff area."""

from __future__ import annotations

from collections.abc import Iterator

from bot.courses.offers import OFFERING
from bot.people import TEACHING
from bot.web.audit_port import AUDIT_ROLES
from bot.web.complaint_port import COMPLAINT_ROLES
from bot.web.fault_port import CONVERSATION_ROLES, MENDER_ROLES
from bot.web.roster_port import ROSTER_ROLES
from bot.web.routes import Anyone, Route, StaffOnly
from bot.web.settings_port import SETTINGS_ROLES
from bot.web.site import Site
from bot.web.staff.audit import AuditPages
from bot.web.staff.campaign_routes import campaign_routes
from bot.web.staff.catalogue import catalogue_routes
from bot.web.staff.class_code import ClassCodePages
from bot.web.staff.class_links import ClassLinkPages
from bot.web.staff.classes import ClassPages
from bot.web.staff.codesign_routes import codesign_routes
from bot.web.staff.complaints import ComplaintPages
from bot.web.staff.content_routes import content_routes
from bot.web.staff.conversations import ConversationPages
from bot.web.staff.desk import DeskPages
from bot.web.staff.login import LoginPages
from bot.web.staff.navigation import ENTRY_ROLES, POSTER_ROLES
from bot.web.staff.offer_form import OfferForms
from bot.web.staff.offers import OfferPages
from bot.web.staff.opportunities import opportunity_routes
from bot.web.staff.people import PeoplePages
from bot.web.staff.posters import PosterPages
from bot.web.staff.reach import ReachPages
from bot.web.staff.settings import SettingsPages
from bot.web.staff.stepping import fresh_only
from bot.web.staff.support import SupportPages
from bot.web.staff.tags import TagPages
from bot.web.support_port import SUPPORT_ROLES
from bot.web.tag_port import TAG_ROLES


def staff_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses for staff."""
    login, desk, tags = LoginPages(site), DeskPages(site), TagPages(site)
    yield Route("GET", "/staff/login/{token}", login.ask, Anyone(), rate="strict")
    yield Route("POST", "/staff/login/{token}", login.sign_in, Anyone(), rate="strict")
    yield Route("POST", "/staff/logout", login.sign_out, Anyone(), rate="acts")
    yield Route("GET", "/staff", desk.show, StaffOnly(ENTRY_ROLES))
    people, admins = PeoplePages(site), StaffOnly(ROSTER_ROLES)
    yield Route("GET", "/staff/people", people.show, admins)
    yield Route("POST", "/staff/people", people.act, admins, rate="acts")
    yield from catalogue_routes(site)
    yield from _class_routes(site)
    yield Route("GET", "/staff/skills", tags.search, StaffOnly(TAG_ROLES))
    yield Route("GET", "/staff/skills/{course}", tags.show, StaffOnly(TAG_ROLES))
    yield Route("POST", "/staff/skills/{course}", tags.act, StaffOnly(TAG_ROLES), rate="acts")
    yield from _offers(site)
    posters = PosterPages(site)
    yield Route("GET", "/staff/posters", posters.show, StaffOnly(POSTER_ROLES))
    yield Route("GET", "/staff/posters/sheet.svg", posters.sheet, StaffOnly(POSTER_ROLES))
    yield from _running(site)
    yield from _complaints(site)
    yield from opportunity_routes(site)
    yield from _conversations(site)
    yield from campaign_routes(site)
    yield from content_routes(site)
    yield from codesign_routes(site)


def _running(site: Site) -> Iterator[Route]:
    """Declare the addresses about the running of the service."""
    audit, admins = AuditPages(site), StaffOnly(AUDIT_ROLES)
    yield Route("GET", "/staff/audit", audit.show, admins)
    yield Route("GET", "/staff/audit.csv", fresh_only(site, audit.download), admins, rate="strict")
    settings, owners = SettingsPages(site), StaffOnly(SETTINGS_ROLES)
    yield Route("GET", "/staff/settings", settings.show, owners)
    yield Route("POST", "/staff/settings", settings.act, owners, rate="acts")
    support, helpers = SupportPages(site), StaffOnly(SUPPORT_ROLES)
    person = "/staff/support/{reference}"
    yield Route("GET", "/staff/support", support.show, helpers)
    yield Route("GET", person, support.person, helpers, rate="strict")
    yield Route("GET", f"{person}/act", fresh_only(site, support.ask), helpers, rate="strict")
    yield Route("POST", person, fresh_only(site, support.act), helpers, rate="strict")


def _complaints(site: Site) -> Iterator[Route]:
    pages, access = ComplaintPages(site), StaffOnly(COMPLAINT_ROLES)
    yield Route("GET", "/staff/complaints", pages.show, access)
    yield Route("GET", "/staff/complaints/{complaint}", pages.one, access)
    yield Route("POST", "/staff/complaints/{complaint}", pages.act, access, rate="acts")


def _conversations(site: Site) -> Iterator[Route]:
    pages, fault = ConversationPages(site), "/staff/conversations/faults/{fault}"
    yield Route("GET", "/staff/conversations", pages.show, StaffOnly(CONVERSATION_ROLES))
    yield Route("POST", fault, pages.mark, StaffOnly(MENDER_ROLES), rate="acts")


def _offers(site: Site) -> Iterator[Route]:
    pages, forms, access = OfferPages(site), OfferForms(site), StaffOnly(OFFERING)
    yield Route("GET", "/staff/offers", pages.list, access)
    yield Route("GET", "/staff/offers/new", forms.new, access)
    yield Route("GET", "/staff/offers/reach", ReachPages(site).show, access)
    yield Route("POST", "/staff/offers/new", forms.keep_new, access, rate="acts")
    yield Route("GET", "/staff/offers/{offer}", pages.show, access)
    yield Route("POST", "/staff/offers/{offer}", pages.act, access, rate="acts")
    yield Route("GET", "/staff/offers/{offer}/edit", forms.edit, access)
    yield Route("POST", "/staff/offers/{offer}/edit", forms.keep, access, rate="acts")


def _class_routes(site: Site) -> Iterator[Route]:
    """Declare the addresses for those who give badges to a class."""
    pages, one, links = ClassPages(site), ClassCodePages(site), ClassLinkPages(site)
    teaching = StaffOnly(TEACHING)
    yield Route("GET", "/staff/classes", pages.list_codes, teaching)
    yield Route("POST", "/staff/classes/telling", pages.tell, teaching, rate="acts")
    yield Route("GET", "/staff/classes/new", pages.find_course, teaching)
    yield Route("GET", "/staff/classes/new/{course}", pages.ask, teaching)
    yield Route("POST", "/staff/classes/new/{course}", pages.make, teaching, rate="acts")
    yield Route("GET", "/staff/classes/{code}", one.show, teaching)
    yield Route("POST", "/staff/classes/{code}", one.act, teaching, rate="acts")
    yield Route("GET", "/staff/classes/{code}/show", one.project, teaching)
    yield Route("GET", "/staff/classes/{code}/links", links.show, teaching)
    yield Route("POST", "/staff/classes/{code}/links", links.act, teaching, rate="acts")
    yield Route("GET", "/staff/classes/{code}/links.csv", links.download, teaching, rate="strict")
    yield Route("GET", "/staff/classes/{code}/links/slips", links.slips, teaching)
