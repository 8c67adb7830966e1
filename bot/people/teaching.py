"""Who may teach what: the city's own people anything there, a provider what is its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from bot.people.roles import STAFF, Grant, Role, may

TEACHING = STAFF | {Role.PROVIDER}
"""Roles of those who may make class codes."""


def organisation_key(name: str) -> str:
    """Return an organisation's name as it is compared: whatever its capitals, spaces and forms."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody with all that they may do, as class codes and courses are kept from others.

    Attributes:
        person: The person's id.
        grants: Their roles on the channel that they use.
    """

    person: str
    grants: frozenset[Grant]

    def is_staff(self, city: str) -> bool:
        """Whether they are one of the city's own people."""
        return may(self.grants, STAFF, city)

    def organisations(self, city: str) -> frozenset[str]:
        """Return the keys of the organisations that they teach for in a city.

        An empty one is of a provider who was invited before invitations named an organisation.
        """
        return frozenset(
            organisation_key(grant.provider)
            for grant in self.grants
            if grant.role is Role.PROVIDER and grant.covers(city)
        )

    def may_teach(self, city: str) -> bool:
        """Whether they teach anything in a city."""
        return may(self.grants, TEACHING, city)

    def teaches(self, city: str, provider: str) -> bool:
        """Whether a course of this provider in this city is theirs to give badges for."""
        key = organisation_key(provider)
        return self.is_staff(city) or bool(key and key in self.organisations(city))

    def reaches(self, city: str, organisation: str, made_by: str) -> bool:
        """Whether a class code is theirs to see, to decide on and to end.

        Args:
            organisation: The key of whose course the code is for; empty for a code that was made
                before codes named it, which stays with the person who made it.
            made_by: The person who made it.
        """
        own = self.organisations(city)
        if self.is_staff(city) or (organisation and organisation in own):
            return True
        return made_by == self.person and bool(own) and (not organisation or "" in own)


def names_of(grants: Collection[Grant], city: str) -> tuple[str, ...]:
    """Return the names of the organisations that somebody teaches for in a city, sorted."""
    named = {
        organisation_key(grant.provider): grant.provider
        for grant in grants
        if grant.role is Role.PROVIDER and grant.covers(city) and grant.provider
    }
    return tuple(named[key] for key in sorted(named))
