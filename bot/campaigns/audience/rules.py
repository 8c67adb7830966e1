"""A rule as a tree: conditions joined by and, or and not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Field: TypeAlias = Literal[
    "city",
    "language",
    "role",
    "interest",
    "saved",
    "searched",
    "ward",
    "near",
    "route",
    "badge",
    "topic",
    "skill_below",
    "skill_at_least",
    "skill_unknown",
    "gap",
    "seen",
    "joined",
]
FIELDS: tuple[Field, ...] = get_args(Field)

MOST_TERMS = 100
DEEPEST = 10
LONGEST_DAYS = 3650
MOST_MILES = 50


@dataclass(frozen=True, slots=True)
class Term:
    """One condition.

    Attributes:
        value: What it names: an id of the vocabulary, a subject, a place; empty for times.
        number: Days for "seen" and "joined", miles for "near", a level for skills; else 0.
        found: What `value` came to when the rule was resolved: wards, courses, or routes with the
            level that they need, as "route:2". Not part of what somebody wrote.
    """

    field: Field
    value: str = ""
    number: float = 0
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Whoever does not fit."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class All:
    """Whoever fits every one; everybody, where there is none."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Whoever fits at least one."""

    rules: tuple[Rule, ...]


Rule: TypeAlias = Term | Not | All | Any

EVERYONE = All(())


def normalised(rule: Rule) -> Rule:
    """Return the same rule without brackets and nots that say nothing."""
    if isinstance(rule, Not):
        inner = normalised(rule.rule)
        return inner.rule if isinstance(inner, Not) else Not(inner)
    if isinstance(rule, All | Any):
        kind = type(rule)
        parts: list[Rule] = []
        for one in map(normalised, rule.rules):
            parts.extend(one.rules if isinstance(one, kind) else (one,))
        parts = list(dict.fromkeys(parts))
        if not parts:
            return EVERYONE if kind is All else Not(EVERYONE)
        return parts[0] if len(parts) == 1 else kind(tuple(parts))
    return rule


def terms(rule: Rule) -> Iterator[Term]:
    """Yield every condition of a rule, from left to right."""
    if isinstance(rule, Term):
        yield rule
    elif isinstance(rule, Not):
        yield from terms(rule.rule)
    else:
        for one in rule.rules:
            yield from terms(one)


def depth(rule: Rule) -> int:
    """Return how deep a rule is nested; a condition alone is 1."""
    if isinstance(rule, Term):
        return 1
    inner = (rule.rule,) if isinstance(rule, Not) else rule.rules
    return 1 + max(map(depth, inner), default=0)
