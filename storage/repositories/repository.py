"""What every repository is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from storage.unit import Unit


AUDITING: Final = 0x6C637562
CLAIMING: Final = 0x6C637563
PUBLISHING: Final = 0x6C637564
"""Numbers of our own for PostgreSQL's advisory locks: what is done by one program at a time."""


class Repository:
    """A subject's reads and writes within one unit of work."""

    __slots__ = ("_unit",)

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def _one_at_a_time(self, number: int) -> None:
        """Wait until no other unit is within the same work; SQLite has one writer anyway."""
        if self._unit.dialect == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:number)")
            self._unit.connection.execute(lock, {"number": number})
