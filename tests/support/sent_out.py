"""What goes out of a small city, kept in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class SentOut:
    """Runs that are being sent, and whether all is stopped.

    Attributes:
        may: Whether whoever asks may stop it.
    """

    may: bool = True
    reason: str = ""
    runs: list[Json] = field(default_factory=list)
    waiting: list[Json] = field(default_factory=list)

    def looks(self) -> dict[str, Callable[..., Any]]:
        """What the flow looks up."""
        return {"staff_sending": self._look, "staff_waiting": lambda: list(self.waiting)}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        return {"StopEverything": self._stop, "LetGoOn": self._go_on}

    def _look(self) -> Json:
        return {
            "may": self.may,
            "stopped": bool(self.reason),
            "reason": self.reason,
            "runs": list(self.runs),
        }

    def _stop(self, effect: Any) -> None:
        self.reason = effect.reason

    def _go_on(self, effect: Any) -> None:
        del effect
        self.reason = ""
