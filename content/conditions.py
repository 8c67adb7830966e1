"""A tiny language for when a question is asked: "size is small and (tried is yes or people > 9)".

    condition  =  part { "or" part }
    part       =  clause { "and" clause }
    clause     =  "(" condition ")"  |  name test
    test       =  "is" value  |  "is not" value  |  "has" value  |  "has not" value
               |  ("<" | "<=" | ">" | ">=") number  |  "is answered"  |  "is not answered"

A name is a question's id, a value the id of one of its options, or a number. A question that was
not answered fulfils nothing but "is not answered". Nothing is ever evaluated as code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from operator import ge, gt, le, lt
from typing import Literal, TypeAlias

LONGEST, DEEPEST = 400, 8

Test: TypeAlias = Literal[
    "is", "is not", "has", "has not", "<", "<=", ">", ">=", "answered", "open"
]
Value: TypeAlias = "str | Decimal | Sequence[str] | None"
"""What was answered: an option's id, a number, ids of several options; None where nothing was."""

_TOKEN = re.compile(r"[()]|<=|>=|<|>|[a-z0-9._-]+")
_COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_RESERVED = frozenset({"and", "or", "is", "has", "not", "answered"})


class BadCondition(ValueError):  # noqa: N818 - said as one says it, like BadContent
    """The words of a condition cannot be read."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One test of one answer."""

    name: str
    test: Test
    value: str = ""


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts have to hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part has to hold."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Clause | AllOf | AnyOf


def parse(text: str) -> Condition:
    """Read a condition.

    Raises:
        BadCondition: It is none; the message says what was expected and where.
    """
    if len(text) > LONGEST:
        raise BadCondition(f"is longer than {LONGEST} characters")
    rest = _TOKEN.sub("", text).strip()
    if rest:
        raise BadCondition(f'"{rest.split()[0]}" means nothing here')
    parser = _Parser(_TOKEN.findall(text))
    found = parser.condition(0)
    if parser.here:
        raise BadCondition(f'expected "and" or "or" before "{parser.here}"')
    return found


def clauses(condition: Condition) -> Iterator[Clause]:
    """Yield every test of a condition."""
    if isinstance(condition, Clause):
        yield condition
    else:
        for part in condition.parts:
            yield from clauses(part)


def holds(condition: Condition, answer: Callable[[str], Value]) -> bool:
    """Whether a condition holds for answers, which are asked for by name."""
    if isinstance(condition, AllOf):
        return all(holds(part, answer) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, answer) for part in condition.parts)
    return _is_met(condition, answer(condition.name))


def _is_met(clause: Clause, value: Value) -> bool:
    if clause.test in ("answered", "open"):
        return (value is not None) == (clause.test == "answered")
    if value is None:
        return False
    if clause.test in _COMPARED:
        return isinstance(value, Decimal) and _COMPARED[clause.test](value, Decimal(clause.value))
    if isinstance(value, Decimal):
        is_same = number(clause.value) == value
    elif isinstance(value, str):
        is_same = value == clause.value
    else:
        is_same = clause.value in value
    return is_same == (clause.test in ("is", "has"))


def number(text: str) -> Decimal | None:
    """Return a finite number, None for anything else."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def here(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self, *wanted: str) -> bool:
        if self.here and self.here in wanted:
            self._at += 1
            return True
        return False

    def word(self, meaning: str) -> str:
        found = self.here
        if not found or found in _RESERVED or not found[0].isalnum():
            raise BadCondition(f"expected {meaning} instead of {found or 'the end'}")
        self._at += 1
        return found

    def condition(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise BadCondition("has too many brackets within brackets")
        parts = [self.part(depth)]
        while self.take("or"):
            parts.append(self.part(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def part(self, depth: int) -> Condition:
        parts = [self.clause(depth)]
        while self.take("and"):
            parts.append(self.clause(depth))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def clause(self, depth: int) -> Condition:
        if self.take("("):
            found = self.condition(depth + 1)
            if not self.take(")"):
                raise BadCondition(f"expected ) instead of {self.here or 'the end'}")
            return found
        return self.test(self.word("the id of a question"))

    def test(self, name: str) -> Clause:
        sign = self.here
        if self.take(*_COMPARED):
            value = self.word("a number")
            if number(value) is None:
                raise BadCondition(f"expected a number instead of {value}")
            return Clause(name, _sign(sign), value)
        if self.take("is"):
            is_not = self.take("not")
            if self.take("answered"):
                return Clause(name, "open" if is_not else "answered")
            return Clause(name, "is not" if is_not else "is", self.word("an option"))
        if self.take("has"):
            return Clause(name, "has not" if self.take("not") else "has", self.word("an option"))
        raise BadCondition(f'expected "is", "has", < or > after {name}')


def _sign(sign: str) -> Test:
    return "<" if sign == "<" else "<=" if sign == "<=" else ">" if sign == ">" else ">="


def show(condition: Condition) -> str:
    """Return a condition as it is written; `parse` reads the same from it."""
    if isinstance(condition, Clause):
        if condition.test in ("answered", "open"):
            return f"{condition.name} is {'' if condition.test == 'answered' else 'not '}answered"
        return f"{condition.name} {condition.test} {condition.value}"
    sign = " and " if isinstance(condition, AllOf) else " or "
    return sign.join(
        show(part) if isinstance(part, Clause) else f"({show(part)})" for part in condition.parts
    )
