"""Whom a need is about: a team, a role in it, or everyone."""

from __future__ import annotations

from dataclasses import dataclass

_APART = "\n"


@dataclass(frozen=True, slots=True)
class Group:
    """A team, a role in it, or everyone where both are empty.

    Attributes:
        role: A role's id in the content, or what was typed instead.
    """

    team: str
    role: str


def column_of(team: str, role: str = "") -> str:
    """Return the column of a needs map for a team and a role in it."""
    return f"{team}{_APART}{role}" if role else team


def group_of(column: str) -> Group:
    """Return whom a column of a needs map is about."""
    team, _, role = column.partition(_APART)
    return Group(team, role)
