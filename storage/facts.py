"""How the database is doing, in figures."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import Protocol

SLOW_UNIT_S = 0.050
"""No unit should hold the writer longer; longer work runs in slices."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """Counts since the database was opened; times in seconds."""

    units: int = 0
    commits: int = 0
    slow_units: int = 0
    longest_unit_s: float = 0.0
    waiting: int = 0


class Named(Protocol):
    """Something with a name for a log line."""

    @property
    def name(self) -> str:
        """The name."""


class Meter:
    """Counts units and commits, and names the units that hold the writer too long."""

    def __init__(self, slow_after_s: float = SLOW_UNIT_S) -> None:
        self._slow_after_s = slow_after_s
        self._lock = threading.Lock()
        self._units = self._commits = self._slow = 0
        self._longest = 0.0

    def unit(self, job: Named, seconds: float) -> None:
        """Count a unit that ran for so long."""
        with self._lock:
            self._units += 1
            self._longest = max(self._longest, seconds)
            if seconds <= self._slow_after_s:
                return
            self._slow += 1
        logger.warning(
            "A unit took %.0f ms: %s.",
            seconds * 1000,
            job.name,
            extra={"action": "storage.slow_unit", "unit": job.name},
        )

    def commit(self) -> None:
        """Count a commit."""
        with self._lock:
            self._commits += 1

    def facts(self, waiting: int) -> DatabaseFacts:
        """Return the counts, with the number of units that wait now."""
        with self._lock:
            return DatabaseFacts(self._units, self._commits, self._slow, self._longest, waiting)
