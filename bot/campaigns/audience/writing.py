"""A rule in the words of the language, always in the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.campaigns.audience.rules import All, Field, Not, Rule, Term

_PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*")
_QUOTED: frozenset[Field] = frozenset({"interest", "saved", "searched", "ward", "near"})
_SAID: Mapping[Field, str] = {
    "saved": "saved subject",
    "searched": "searched subject",
}
_SKILL: Mapping[Field, str] = {"skill_below": "below", "skill_at_least": "at least"}


def write(rule: Rule) -> str:
    """Return a rule in words; `read` reads them back as the same rule."""
    return _written(rule, 0)


def _written(rule: Rule, binds: int) -> str:
    """Write a rule inside something that binds so tightly: 0 or, 1 and, 2 not."""
    if isinstance(rule, Term):
        return _term(rule)
    if isinstance(rule, Not):
        return f"not {_written(rule.rule, 2)}"
    if not rule.rules:
        return "everyone" if isinstance(rule, All) else "not everyone"
    own, word = (1, " and ") if isinstance(rule, All) else (0, " or ")
    said = word.join(_written(one, own + 1) for one in rule.rules)
    return f"({said})" if binds > own else said


def _term(term: Term) -> str:
    value = _value(term)
    if term.field in ("seen", "joined"):
        return f"{term.field} within {_number(term.number)} {_plural('day', term.number)}"
    if term.field == "near":
        return f"within {_number(term.number)} {_plural('mile', term.number)} of {value}"
    if term.field == "gap":
        return f"gap in {value}"
    if term.field == "skill_unknown":
        return f"skill {value} is unknown"
    if term.field in _SKILL:
        return f"skill {value} {_SKILL[term.field]} {_number(term.number)}"
    return f"{_SAID.get(term.field, term.field)} is {value}"


def _value(term: Term) -> str:
    if term.field in _QUOTED or not _PLAIN.fullmatch(term.value):
        return f'"{term.value}"'
    return term.value


def _number(number: float) -> str:
    return f"{number:g}"


def _plural(word: str, number: float) -> str:
    return word if number == 1 else f"{word}s"
