"""Complaints kept in memory, with the real looks and effects over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import bot.work.effects.complaints as effects
import bot.work.reads.complaints as reads
from bot.errors import NotFound, Refused
from bot.people.complaints import MOST_OPEN, Complaint, Line, State, tidied
from bot.people.effects import AddToComplaint, FileComplaint, WithdrawComplaint

AT = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
PERSON = "anna"


@dataclass
class MadeComplaints:
    """One person's complaints, as the repository keeps them."""

    kept: list[Complaint] = field(default_factory=list)
    audited: list[str] = field(default_factory=list)

    # -- the repository ------------------------------------------------------------------------

    def open(self, person: str, city: str, words: str) -> Complaint:
        if sum(one.state is State.OPEN for one in self.kept) >= MOST_OPEN:
            raise Refused("complain.full")
        name = f"{len(self.kept) + 1}"
        line = Line(AT, False, tidied(words))
        made = Complaint(name, f"C-22222{name}", person, city, State.OPEN, (line,), AT)
        self.kept.insert(0, made)
        return made

    def add(self, person: str, complaint: str, words: str) -> Complaint:
        found = self._open_one(complaint)
        return self._put(replace(found, lines=(*found.lines, Line(AT, False, tidied(words)))))

    def withdraw(self, person: str, complaint: str) -> Complaint:
        found = self._open_one(complaint)
        return self._put(replace(found, state=State.WITHDRAWN, closed_at=AT))

    def list_of(self, person: str) -> list[Complaint]:
        return list(self.kept)

    def _open_one(self, complaint: str) -> Complaint:
        for one in self.kept:
            if one.id == complaint and one.state is State.OPEN:
                return one
        raise NotFound("There is no such open complaint of theirs.")

    def _put(self, changed: Complaint) -> Complaint:
        self.kept = [changed if one.id == changed.id else one for one in self.kept]
        return changed

    # -- the turn ------------------------------------------------------------------------------

    def record(self, action: str, **_: Any) -> None:
        """Keep what would be in the audit log."""
        self.audited.append(action)

    @property
    def context(self) -> Any:
        """The turn."""
        people = SimpleNamespace(reference_of=lambda person: person)
        return SimpleNamespace(
            unit=SimpleNamespace(complaints=self, audit=self, people=people),
            person=SimpleNamespace(id=PERSON),
            city="manchester",
            content=SimpleNamespace(cities={}),
        )

    def looks(self) -> dict[str, Callable[..., Any]]:
        """What the flow looks up."""
        return {"complaints": lambda: reads.complaints(self.context)}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        applied: dict[type, Callable[[Any, Any], Any]] = {
            FileComplaint: effects.file_complaint,
            AddToComplaint: effects.add_to_complaint,
            WithdrawComplaint: effects.withdraw_complaint,
        }
        return {kind.__name__: self._applying(apply) for kind, apply in applied.items()}

    def _applying(self, apply: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
        return lambda effect: apply(self.context, effect)
