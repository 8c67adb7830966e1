"""The register of what is held about whom. A table that is not in it fails the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeAlias, TypeVar

Whose: TypeAlias = Literal["person", "staff", "nobody"]
Erasure: TypeAlias = Literal["delete", "scrub", "keep"]

_Class = TypeVar("_Class", bound=type)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows are kept.

    Attributes:
        column: The time that is counted from.
        after: How long from then.
        scrub: Columns to blank instead of deleting the row, with what stands there afterwards.
        only: Columns that must have one of these values for the rule to hold.
    """

    column: str
    after: timedelta
    scrub: Mapping[str, str | None] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a table holds.

    Attributes:
        whose: Residents and all who chat are "person"; "staff" acts are kept as evidence.
        person: The column with the person's id; empty where `is_by_address`.
        is_by_address: Rows belong to whoever has the contact (channel, bot, chat).
        personal: Columns that say something about somebody: exported, and gone after erasure.
        secret: Personal columns that an export leaves out, such as the hash of a token.
        retention: Rules in order; none needs `forever` to say why.
        forever: Why rows have no end of their own.
        erasure: What happens to the rows when the person is erased.
        scrub: For "scrub": columns and what stands there afterwards; "=id" copies a column.
        unfinished: A column that is null while something is still to be done with the row: such
            rows are deleted by an erasure even where finished ones are scrubbed.
    """

    whose: Whose
    person: str = ""
    is_by_address: bool = False
    personal: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    retention: tuple[Retention, ...] = ()
    forever: str = ""
    erasure: Erasure = "delete"
    scrub: Mapping[str, str | None] = field(default_factory=dict)
    unfinished: str = ""


HOLDINGS: dict[str, Holding] = {}
"""By table name."""


def holds(holding: Holding) -> Callable[[_Class], _Class]:
    """Declare what a table holds."""

    def register(table: _Class) -> _Class:
        HOLDINGS[table.__tablename__] = holding  # type: ignore[attr-defined]  # a table class
        return table

    return register


def nobody(why: str, *retention: Retention) -> Callable[[_Class], _Class]:
    """Declare that a table says nothing about anybody, and why its rows stay."""
    return holds(Holding("nobody", forever=why, retention=retention, erasure="keep"))
