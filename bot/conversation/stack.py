"""A person's sessions: at most three live ones, one a flow, and those that were parked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

MOST_LIVE = 3
MOST_PARKED = 20
"""The stack is read and written with every turn of a person: it must not grow with the years."""
PARKED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session on the stack.

    Attributes:
        at: When it was begun, raised or parked.
        is_offered: It was offered once already when the one above it ended.
    """

    session: str
    flow: str
    at: datetime
    is_offered: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """The sessions of a person. Immutable; the person's version guards it.

    Attributes:
        live: At most three, the one being talked in last.
        parked: What fell off in the last 30 days, newest last, and no more than can be of use.
    """

    live: tuple[Entry, ...] = ()
    parked: tuple[Entry, ...] = ()

    @property
    def top(self) -> Entry | None:
        """The session being talked in."""
        return self.live[-1] if self.live else None

    def find(self, session: str) -> Entry | None:
        """Return the live session of that id."""
        return next((entry for entry in self.live if entry.session == session), None)

    def find_flow(self, flow: str) -> Entry | None:
        """Return the live session of that flow."""
        return next((entry for entry in self.live if entry.flow == flow), None)

    def push(self, session: str, flow: str, now: datetime) -> Stack:
        """Put a new session on top; another of its flow, and a fourth, are parked."""
        same = tuple(entry for entry in self.live if entry.flow == flow)
        live = (*(entry for entry in self.live if entry.flow != flow), Entry(session, flow, now))
        fallen = (*same, *live[:-MOST_LIVE])
        return Stack(live[-MOST_LIVE:], _parked(self.parked, fallen, now))

    def raise_to_top(self, session: str, now: datetime) -> Stack:
        """Put a live or parked session on top; an unknown one changes nothing."""
        known = next((e for e in (*self.live, *self.parked) if e.session == session), None)
        if known is None:
            return self
        parked = tuple(entry for entry in self.parked if entry.session != session)
        live = tuple(entry for entry in self.live if entry.session != session)
        return Stack(live, parked).push(session, known.flow, now)

    def end(self, session: str) -> Stack:
        """Take a session off for good."""
        return Stack(
            tuple(entry for entry in self.live if entry.session != session),
            tuple(entry for entry in self.parked if entry.session != session),
        )

    def park(self, session: str, now: datetime) -> Stack:
        """Leave a session: it can be carried on later."""
        left = tuple(entry for entry in self.live if entry.session == session)
        live = tuple(entry for entry in self.live if entry.session != session)
        return Stack(live, _parked(self.parked, left, now))

    def offer_below(self) -> tuple[Entry | None, Stack]:
        """Return the session to offer after the one above it ended, the first time only."""
        top = self.top
        if top is None or top.is_offered:
            return None, self
        return top, replace(self, live=(*self.live[:-1], replace(top, is_offered=True)))

    def carry_on(self, now: datetime) -> tuple[Entry, ...]:
        """Return what can be carried on: the live ones below the top, then the newest parked."""
        parked = (entry for entry in reversed(self.parked) if entry.at > now - PARKED_FOR)
        return (*reversed(self.live[:-1]), *parked)

    def to_json(self) -> dict[str, Any]:
        """Return the stack as JSON values."""
        return {
            "live": [_entry_to_json(entry) for entry in self.live],
            "parked": [_entry_to_json(entry) for entry in self.parked],
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Stack:
        """Return the stack that `to_json` wrote."""
        return cls(
            tuple(_entry_from_json(entry) for entry in written.get("live", ())),
            tuple(_entry_from_json(entry) for entry in written.get("parked", ())),
        )


def _parked(
    parked: tuple[Entry, ...], fallen: tuple[Entry, ...], now: datetime
) -> tuple[Entry, ...]:
    gone = {entry.session for entry in fallen}
    kept = (entry for entry in parked if entry.session not in gone and entry.at > now - PARKED_FOR)
    return (*kept, *(replace(entry, at=now) for entry in fallen))[-MOST_PARKED:]


def _entry_to_json(entry: Entry) -> list[Any]:
    return [entry.session, entry.flow, entry.at.isoformat(), entry.is_offered]


def _entry_from_json(written: list[Any]) -> Entry:
    session, flow, at, is_offered = written
    return Entry(session, flow, datetime.fromisoformat(at), is_offered)
