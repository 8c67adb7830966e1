"""Canaries: a value that can be recognised, in every personal column of every table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, insert
from sqlmodel import SQLModel

from storage import Unit
from storage.instants import Instant
from storage.privacy.holdings import HOLDINGS
from tests.support.databases import START

CANARY = "CANARY"
ONCE = ("person", "contact", "erasure_due", "cv", "work_profile")
"""Tables with one row for a person."""


def table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def canary(name: str, column: str, copy: int) -> str:
    """A value that says where it was planted; an address is the same in every table."""
    if column in ("channel", "bot"):
        return f"any-{column}"
    if column == "chat":
        return f"{CANARY}-chat"
    if column == "reference":
        return f"random-reference-{copy}"  # what may stay: nothing leads from it to anybody
    return f"{CANARY}-{name}-{column}-{copy}"


def plant(unit: Unit, person: str, copies: int = 1) -> None:
    """Put canaries about a person everywhere that something personal can be."""
    for name, holding in HOLDINGS.items():
        if holding.whose == "nobody" or not (holding.person or holding.is_by_address):
            continue
        for copy in range(1 if name in ONCE else copies):
            unit.connection.execute(insert(table(name)).values(row(name, person, copy)))


def row(name: str, person: str, copy: int) -> dict[str, Any]:
    holding = HOLDINGS[name]
    values: dict[str, Any] = {}
    for column in table(name).columns:
        if column.name == holding.person:
            values[column.name] = person
        elif column.name in (*holding.personal, *holding.secret):
            planted = canary(name, column.name, copy)
            is_bytes = isinstance(column.type, LargeBinary)
            values[column.name] = planted.encode() if is_bytes else planted
        else:
            values[column.name] = _filler(column, name, copy)
    return values


def _filler(column: Column[Any], name: str, copy: int) -> object:
    if isinstance(column.type, Instant):
        return None if column.nullable else START
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer):
        return copy
    filler = f"{name}-{copy}"
    return filler.encode() if isinstance(column.type, LargeBinary) else filler


def planted() -> set[str]:
    """Every canary that an export has to show: of each personal column that is not secret."""
    return {
        canary(name, column, 0)
        for name, holding in HOLDINGS.items()
        for column in holding.personal
        if column != holding.person
    }
