"""People: who they are to the bot, what they agreed to, and what they may do."""

from bot.people.age import AgeBand
from bot.people.audit import AuditCheck, AuditEntry, AuditWanted
from bot.people.consent import Basis, Consent, Purpose, narrower
from bot.people.joining import Joined
from bot.people.person import Contact, Person
from bot.people.roles import EVERY_CITY, STAFF, Grant, Role, cities_of, may
from bot.people.staff import Invitation, WebSession
from bot.people.teaching import TEACHING, Teacher, organisation_key

__all__ = [
    "EVERY_CITY",
    "STAFF",
    "TEACHING",
    "AgeBand",
    "AuditCheck",
    "AuditEntry",
    "AuditWanted",
    "Basis",
    "Consent",
    "Contact",
    "Grant",
    "Invitation",
    "Joined",
    "Person",
    "Purpose",
    "Role",
    "Teacher",
    "WebSession",
    "cities_of",
    "may",
    "narrower",
    "organisation_key",
]
