"""What a rule's words come to at a time: wards around a place, courses about a subject."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from bot.campaigns.audience.rules import All, Any, Not, Rule, Term

MOST_COURSES = 400


class Ground(Protocol):
    """What is known about the city of a campaign."""

    def wards_within(self, place: str, miles: float) -> Collection[str]:
        """Return the names of the wards whose middle lies so near to a place."""

    def courses_about(self, subject: str) -> Collection[str]:
        """Return the ids of the courses that a search for the subject finds."""

    def routes_needing(self, skill: str) -> Collection[tuple[str, int]]:
        """Return the routes that need a skill, each with the highest level that it needs."""


def resolve(rule: Rule, ground: Ground) -> Rule:
    """Return a rule whose conditions know what they came to, so that it stays what it was."""
    if isinstance(rule, Not):
        return Not(resolve(rule.rule, ground))
    if isinstance(rule, All):
        return All(tuple(resolve(one, ground) for one in rule.rules))
    if isinstance(rule, Any):
        return Any(tuple(resolve(one, ground) for one in rule.rules))
    return replace(rule, found=_found(rule, ground))


def _found(term: Term, ground: Ground) -> tuple[str, ...]:
    if term.field == "ward":
        return (term.value.casefold(),)
    if term.field == "near":
        wards = ground.wards_within(term.value, term.number)
        return tuple(sorted(one.casefold() for one in wards))
    if term.field == "saved":
        return tuple(sorted(ground.courses_about(term.value))[:MOST_COURSES])
    if term.field == "gap":
        return tuple(
            sorted(f"{route}:{level}" for route, level in ground.routes_needing(term.value))
        )
    return ()
