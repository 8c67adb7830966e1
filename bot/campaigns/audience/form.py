"""The same rule as a form: JSON that a page can show and send back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as Json

from bot.campaigns.audience.problems import Problem, Unreadable, refuse
from bot.campaigns.audience.reading import TOP_LEVEL
from bot.campaigns.audience.rules import (
    DEEPEST,
    FIELDS,
    LONGEST_DAYS,
    MOST_MILES,
    MOST_TERMS,
    All,
    Any,
    Field,
    Not,
    Rule,
    Term,
    normalised,
    terms,
)
from bot.campaigns.audience.vocabulary import Vocabulary

NUMBERS: Mapping[Field, tuple[float, float]] = {
    "seen": (1, LONGEST_DAYS),
    "joined": (1, LONGEST_DAYS),
    "near": (0.1, MOST_MILES),
    "skill_below": (1, TOP_LEVEL),
    "skill_at_least": (1, TOP_LEVEL),
}
"""Fields that take a number, with its bounds."""
WITHOUT_VALUE: frozenset[Field] = frozenset({"seen", "joined"})


def to_form(rule: Rule) -> dict[str, Json]:
    """Return a rule as JSON; what it was resolved to goes with it."""
    if isinstance(rule, Not):
        return {"not": to_form(rule.rule)}
    if isinstance(rule, All | Any):
        name = "all" if isinstance(rule, All) else "any"
        return {name: [to_form(one) for one in rule.rules]}
    form: dict[str, Json] = {"field": rule.field}
    if rule.value:
        form["value"] = rule.value
    if rule.number:
        form["number"] = rule.number
    if rule.found:
        form["found"] = list(rule.found)
    return form


def from_form(form: object, vocabulary: Vocabulary) -> Rule | Problem:
    """Return the rule that somebody put together on a page, normalised; or what is wrong with it.

    What it was resolved to is not believed: it is left out.
    """
    try:
        rule = _rule(form, vocabulary, 1)
    except Unreadable as error:
        return error.problem
    if len(list(terms(rule))) > MOST_TERMS:
        return Problem("campaigns.audience.too_many")
    return normalised(rule)


def resolved_from_form(form: Mapping[str, Json]) -> Rule:
    """Return the rule that was stored with a run: it was checked before it was resolved."""
    if "not" in form:
        return Not(resolved_from_form(form["not"]))
    for name, kind in (("all", All), ("any", Any)):
        if name in form:
            return kind(tuple(resolved_from_form(one) for one in form[name]))
    return Term(
        form["field"], form.get("value", ""), form.get("number", 0), tuple(form.get("found", ()))
    )


def _rule(form: object, vocabulary: Vocabulary, deep: int) -> Rule:
    if not isinstance(form, dict):
        refuse("campaigns.audience.not_understood")
    if deep > DEEPEST:
        refuse("campaigns.audience.too_deep")
    if "not" in form:
        return Not(_rule(form["not"], vocabulary, deep + 1))
    for name, kind in (("all", All), ("any", Any)):
        parts = form.get(name)
        if isinstance(parts, list):
            return kind(tuple(_rule(one, vocabulary, deep + 1) for one in parts[: MOST_TERMS + 1]))
    return _term(form, vocabulary)


def _term(form: Mapping[str, object], vocabulary: Vocabulary) -> Term:
    field: Field | None = next((one for one in FIELDS if one == form.get("field")), None)
    if field is None:
        refuse("campaigns.audience.unknown_field", str(form.get("field", ""))[:40], among=FIELDS)
    value = ""
    if field not in WITHOUT_VALUE:
        typed = str(form.get("value", ""))[:80]
        found = vocabulary.find(field, typed)
        if found is None:
            refuse("campaigns.audience.unknown_value", typed, among=vocabulary.known(field))
        value = found
    return Term(field, value, _number(field, form.get("number")))


def _number(field: Field, given: object) -> float:
    if field not in NUMBERS:
        return 0
    least, most = NUMBERS[field]
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    if not is_number or not least <= given <= most:  # type: ignore[operator]  # seen above
        refuse("campaigns.audience.needs_number", str(given)[:40])
    number = round(float(given), 1)  # type: ignore[arg-type]  # seen above
    return round(number) if field != "near" else number
