"""Roles: what somebody is, in which city, and what that lets them do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a city. Everybody is a resident; the others are by invitation."""

    RESIDENT = "resident"
    EMPLOYER = "employer"
    PROVIDER = "provider"
    EDITOR = "editor"
    APPROVER = "approver"
    ANALYST = "analyst"
    LIAISON = "liaison"
    ADMIN = "admin"

    @property
    def is_staff(self) -> bool:
        """Whether the role belongs to the city's own people."""
        return self in STAFF


STAFF = frozenset({Role.EDITOR, Role.APPROVER, Role.ANALYST, Role.LIAISON, Role.ADMIN})

EVERY_CITY = ""
"""The city of a grant that holds everywhere."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one city, or in every city.

    Attributes:
        provider: Of a provider: the name of the organisation that they teach for. Compare it
            by `bot.people.teaching`.
    """

    role: Role
    city: str = EVERY_CITY
    provider: str = ""

    def covers(self, city: str) -> bool:
        """Whether it holds in `city`; a grant for one city never holds for all of them."""
        return self.city in (EVERY_CITY, city)


def may(grants: Collection[Grant], needed: Collection[Role], city: str) -> bool:
    """Return whether any grant gives one of the needed roles in the city. Default: no.

    An admin may do what any staff role may, in the admin's own cities.
    """
    wanted = set(needed)
    if wanted & STAFF:
        wanted.add(Role.ADMIN)
    return any(grant.role in wanted and grant.covers(city) for grant in grants)


def cities_of(grants: Collection[Grant], needed: Collection[Role]) -> frozenset[str]:
    """Return the cities in which one of the roles is held; `EVERY_CITY` stands for all."""
    return frozenset(grant.city for grant in grants if may([grant], needed, grant.city))
