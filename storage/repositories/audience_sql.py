"""Audience rules as SQL: each condition is a look into an index, for one `person AS p`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any as Value

from bot.campaigns.audience.rules import All, Any, Field, Not, Rule, Term
from bot.campaigns.reaching import Happened
from bot.people import Role
from storage.instants import micros

NOBODY, EVERYBODY = "1 = 0", "1 = 1"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Bound:
    """The values of a statement that is being written; each gets a name of letters alone."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}

    def value(self, value: Value) -> str:
        """Bind a value and return how it is written."""
        number, letters = len(self.values), ""
        while True:
            number, rest = divmod(number, len(_LETTERS))
            letters = _LETTERS[rest] + letters
            if not number:
                break
        self.values[f"v_{letters}"] = value
        return f":v_{letters}"

    def several(self, values: Iterable[Value]) -> str:
        """Bind values and return them as the list of an IN."""
        return f"({', '.join(map(self.value, values))})"


def condition(rule: Rule, now: datetime, bound: Bound) -> str:
    """Return a resolved rule as a condition on a person `p`."""
    if isinstance(rule, Not):
        return f"NOT ({condition(rule.rule, now, bound)})"
    if isinstance(rule, All | Any):
        word, none = (" AND ", EVERYBODY) if isinstance(rule, All) else (" OR ", NOBODY)
        return word.join(f"({condition(one, now, bound)})" for one in rule.rules) or none
    return _CONDITIONS[rule.field](rule, now, bound)


def happened_condition(happened: Happened, bound: Bound) -> str:
    """Return what a relative schedule counts from as a condition on a person `p`."""
    begin, end = (bound.value(micros(one)) for one in (happened.begin, happened.end))
    if happened.event == "joined":
        return f"p.created_at >= {begin} AND p.created_at < {end}"
    if happened.event == "badge":
        about = f" AND b.plan = {bound.value(happened.about)}" if happened.about else ""
        return _exists(
            "badge AS b",
            f"b.person = p.id AND b.revoked_at IS NULL AND b.awarded_at >= {begin}"
            f" AND b.awarded_at < {end}{about}",
        )
    return _saved(happened.courses, bound)


def _exists(table: str, where: str) -> str:
    return f"EXISTS (SELECT 1 FROM {table} WHERE {where})"  # noqa: S608  # values are bound


def _trait(kind: str, more: str) -> str:
    return _exists("trait AS t", f"t.person = p.id AND t.kind = '{kind}' AND {more}")


def _is(column: str) -> Callable[[Term, datetime, Bound], str]:
    return lambda term, _, bound: f"p.{column} = {bound.value(term.value)}"


def _since(column: str) -> Callable[[Term, datetime, Bound], str]:
    def since(term: Term, now: datetime, bound: Bound) -> str:
        return f"p.{column} >= {bound.value(micros(now - timedelta(days=term.number)))}"

    return since


def _role(term: Term, now: datetime, bound: Bound) -> str:
    del now
    if term.value == Role.RESIDENT:
        return EVERYBODY
    role = bound.value(term.value)
    return _exists("role AS r", f"r.person = p.id AND r.role = {role} AND r.city IN (p.city, '')")


def _interest(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return _trait("interest", f"t.part = {bound.value(term.value)}")


def _searched(term: Term, now: datetime, bound: Bound) -> str:
    del now
    # A subject holds neither % nor _ : what `Vocabulary.find` lets through has no meaning here.
    escaped = term.value.replace("_", r"\_")
    words = bound.value(f"% {escaped} %")
    return _trait("searched", rf"(' ' || t.part || ' ') LIKE {words} ESCAPE '\'")


def _place(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return _trait("place", f"t.part IN {bound.several(term.found)}") if term.found else NOBODY


def _saved_about(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return _saved(term.found, bound)


def _saved(courses: tuple[str, ...], bound: Bound) -> str:
    if not courses:
        return NOBODY
    return _exists("saved_course AS s", f"s.person = p.id AND s.course IN {bound.several(courses)}")


def _route(term: Term, now: datetime, bound: Bound) -> str:
    del now
    return _follows(bound.value(term.value))


def _follows(route: str) -> str:
    where = f"f.person = p.id AND f.pathway = {route} AND f.left_at IS NULL"
    return _exists("followed_pathway AS f", where)


def _badge(term: Term, now: datetime, bound: Bound) -> str:
    del now
    plan = bound.value(term.value)
    return _exists("badge AS b", f"b.person = p.id AND b.plan = {plan} AND b.revoked_at IS NULL")


def _topic(term: Term, now: datetime, bound: Bound) -> str:
    del now
    topic = bound.value(term.value)
    return _exists(
        "standing_consent AS s", f"s.person = p.id AND s.purpose = {topic} AND s.is_given = TRUE"
    )


def _skill(term: Term, now: datetime, bound: Bound) -> str:
    del now
    code = bound.value(term.value)
    if term.field == "skill_unknown":
        return f"NOT {_trait('skill', f't.part = {code}')}"
    compared = "<" if term.field == "skill_below" else ">="
    level = bound.value(int(term.number))
    return _trait("skill", f"t.part = {code} AND t.level {compared} {level}")


def _gap(term: Term, now: datetime, bound: Bound) -> str:
    del now
    gaps = []
    for needed in term.found:
        route, _, least = needed.rpartition(":")
        code, level = bound.value(term.value), bound.value(int(least))
        told = _trait("skill", f"t.part = {code} AND t.level >= {level}")
        gaps.append(f"({_follows(bound.value(route))} AND NOT {told})")
    return " OR ".join(gaps) or NOBODY


_CONDITIONS: Mapping[Field, Callable[[Term, datetime, Bound], str]] = {
    "city": _is("city"),
    "language": _is("language"),
    "role": _role,
    "interest": _interest,
    "saved": _saved_about,
    "searched": _searched,
    "ward": _place,
    "near": _place,
    "route": _route,
    "badge": _badge,
    "topic": _topic,
    "skill_below": _skill,
    "skill_at_least": _skill,
    "skill_unknown": _skill,
    "gap": _gap,
    "seen": _since("seen_at"),
    "joined": _since("created_at"),
}
