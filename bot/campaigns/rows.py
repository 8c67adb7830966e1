"""An audience as the rows of a form: each a condition, all of them joined in one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any as Json
from typing import Final

from bot.campaigns.audience import All, Any, Not, Problem, Rule, Term, Vocabulary, from_form, write
from bot.campaigns.audience.form import NUMBERS

MOST_ROWS: Final = 10
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One condition, as it is filled in.

    Attributes:
        field: As the language of audiences names it; empty for a row that says nothing.
    """

    field: str = ""
    value: str = ""
    number: str = ""
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Conditions, and whether one of them is enough."""

    rows: tuple[Row, ...] = ()
    is_any: bool = False

    @property
    def mark(self) -> str:
        """The same as one line, by which a page knows what it showed."""
        parts = ["any" if self.is_any else "all"]
        parts += [
            "\t".join((one.field, one.value, one.number, "x"[: one.is_not])) for one in self.rows
        ]
        return "\v".join(parts)


def rows_of(form: Form) -> Rows:
    """Return the rows that were filled in; the empty ones are left out."""
    rows = (
        Row(
            form.get(f"rule.{number}.field", "").strip(),
            form.get(f"rule.{number}.value", "").strip()[:80],
            form.get(f"rule.{number}.number", "").strip()[:10],
            form.get(f"rule.{number}.not") == "yes",
        )
        for number in range(1, MOST_ROWS + 1)
    )
    filled = tuple(one for one in rows if one.field or one.value)
    return Rows(filled, form.get("rule.join") == "any")


def rows_from(rule: Rule) -> Rows | None:
    """Return a rule as rows; None for one that is more than a row of conditions."""
    if isinstance(rule, All | Any):
        rows = [_row(one) for one in rule.rules]
        known = tuple(one for one in rows if one is not None)
        whole = len(known) == len(rows) <= MOST_ROWS
        return Rows(known, isinstance(rule, Any)) if whole else None
    row = _row(rule)
    return None if row is None else Rows((row,))


def _row(rule: Rule) -> Row | None:
    if isinstance(rule, Not):
        inner = _row(rule.rule)
        is_sound = inner is not None and not inner.is_not
        return Row(inner.field, inner.value, inner.number, True) if inner and is_sound else None
    if not isinstance(rule, Term):
        return None
    return Row(rule.field, rule.value, f"{rule.number:g}" if rule.number else "")


def written(rows: Rows, vocabulary: Vocabulary) -> str | Problem:
    """Return rows in the language of audiences; or what is wrong with them."""
    parts = [_json(one) for one in rows.rows]
    rule = from_form({"any" if rows.is_any and parts else "all": parts}, vocabulary)
    return rule if isinstance(rule, Problem) else write(rule)


def _json(row: Row) -> dict[str, Json]:
    term: dict[str, Json] = {"field": row.field, "value": row.value}
    if row.field in NUMBERS:
        term["number"] = _number(row.number)
    return {"not": term} if row.is_not else term


def _number(typed: str) -> float | str:
    try:
        return float(typed)
    except ValueError:
        return typed


def filled(rows: Rows, room: int) -> list[Row]:
    """Return rows with empty ones after them, as a form shows them."""
    shown: Sequence[Row] = rows.rows
    return [*shown, *(Row() for _ in range(min(room, MOST_ROWS - len(shown))))]
