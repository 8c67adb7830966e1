"""Small facts that survive a restart: an emergency stop, a poll offset."""

from __future__ import annotations

from storage.repositories.repository import Repository
from storage.statements import Statement

_GET = Statement("SELECT value FROM mark WHERE name = :name")
_PUT = Statement("""
    INSERT INTO mark (name, value, at) VALUES (:name, :value, :now)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at
""")


class Marks(Repository):
    """Values by name."""

    __slots__ = ()

    def get(self, name: str) -> str | None:
        """Return a value."""
        rows = self._unit.fetch(_GET, {"name": name})
        return rows[0][0] if rows else None

    def put(self, name: str, value: str) -> None:
        """Set a value."""
        self._unit.run(_PUT, {"name": name, "value": value, "now": self._unit.now_micros})
