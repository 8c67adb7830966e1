"""What a rule means: whether one person fits it. The database's answer must be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.campaigns.audience.rules import All, Any, Field, Not, Rule, Term
from bot.people.roles import Role


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person: what they said and did, and nothing supposed.

    Attributes:
        roles: Those that they hold in their city.
        saved: Ids of courses on their list.
        searched: Subjects of searches that they had watched, or that found nothing.
        wards: Where such a search looked.
        skills: The level that they told, 0 to 4, by competence.
        routes: Pathways that they follow.
        badges: What they hold, by the id of its plan; none that was taken back.
        topics: What they agreed to be written to about.
    """

    city: str
    language: str
    seen_at: datetime
    joined_at: datetime
    roles: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    saved: frozenset[str] = frozenset()
    searched: frozenset[str] = frozenset()
    wards: frozenset[str] = frozenset()
    skills: Mapping[str, int] = field(default_factory=dict)
    routes: frozenset[str] = frozenset()
    badges: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


def matches(rule: Rule, facts: Facts, now: datetime) -> bool:
    """Tell whether a person fits a resolved rule."""
    if isinstance(rule, Not):
        return not matches(rule.rule, facts, now)
    if isinstance(rule, All):
        return all(matches(one, facts, now) for one in rule.rules)
    if isinstance(rule, Any):
        return any(matches(one, facts, now) for one in rule.rules)
    return _fits(rule, facts, now)


def _fits(term: Term, facts: Facts, now: datetime) -> bool:
    fits = _BY_FIELD.get(term.field)
    return fits(term, facts, now) if fits else _fits_skill(term, facts)


_BY_FIELD: Mapping[Field, Callable[[Term, Facts, datetime], bool]] = {
    "city": lambda term, facts, _: facts.city == term.value,
    "language": lambda term, facts, _: facts.language == term.value,
    "role": lambda term, facts, _: term.value in (Role.RESIDENT, *facts.roles),
    "interest": lambda term, facts, _: term.value in facts.interests,
    "saved": lambda term, facts, _: bool(facts.saved.intersection(term.found)),
    "searched": lambda term, facts, _: any(
        f" {term.value} " in f" {one} " for one in facts.searched
    ),
    "ward": lambda term, facts, _: bool(facts.wards.intersection(term.found)),
    "near": lambda term, facts, _: bool(facts.wards.intersection(term.found)),
    "route": lambda term, facts, _: term.value in facts.routes,
    "badge": lambda term, facts, _: term.value in facts.badges,
    "topic": lambda term, facts, _: term.value in facts.topics,
    "seen": lambda term, facts, now: facts.seen_at >= now - timedelta(days=term.number),
    "joined": lambda term, facts, now: facts.joined_at >= now - timedelta(days=term.number),
}


def _fits_skill(term: Term, facts: Facts) -> bool:
    level = facts.skills.get(term.value)
    if term.field == "skill_unknown":
        return level is None
    if term.field == "gap":
        return any(_is_gap(one, level, facts) for one in term.found)
    if level is None:
        return False
    return level < term.number if term.field == "skill_below" else level >= term.number


def _is_gap(needed: str, level: int | None, facts: Facts) -> bool:
    """Tell whether a route that they follow asks for more than they told."""
    route, _, least = needed.rpartition(":")
    return route in facts.routes and (level is None or level < int(least))
