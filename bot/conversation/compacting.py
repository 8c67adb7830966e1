"""Keeping a log within its bounds: 200 acts and 32 kB."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.conversation.effects import decode_effect, traits_of
from bot.conversation.plain import to_text
from bot.conversation.reading import Reads
from bot.conversation.registry import Flow, Folded
from bot.conversation.session import Act, LedgerEntry, Session
from bot.conversation.walk import Walk

COMPACT_ACTS = 150
COMPACT_BYTES = 24_000
MOST_ACTS = 200
MOST_BYTES = 32_000
_KEPT_ACTS = 50
_AROUND_ACT = 40


def is_long(session: Session) -> bool:
    """Tell whether the log has grown so long that it should be folded."""
    return len(session.log) >= COMPACT_ACTS or _size(session) > COMPACT_BYTES


def fits(session: Session) -> bool:
    """Tell whether the log is within its bounds."""
    return len(session.log) <= MOST_ACTS and _size(session) <= MOST_BYTES


def compact(flow: Flow, session: Session, reads: Reads) -> Session:
    """Return the session with superseded acts gone, and folded by the flow's hook if it has one.

    A hook whose folding would lead the person to another question is not followed.
    """
    newest = {act.key: act for act in session.log}
    shorter = _with_log(session, tuple(a for a in session.log if newest[a.key] is a))
    if not is_long(shorter) or flow.compact is None:
        return shorter
    answers = {act.key: act.value for act in shorter.log}
    folded: Folded = flow.compact(answers, shorter.folded)
    kept = tuple(act for act in shorter.log if act.key not in folded.drop)
    candidate = replace(_with_log(shorter, kept), folded=dict(folded.values))
    before, after = Walk(flow, shorter, reads).run(), Walk(flow, candidate, reads).run()
    if (before.frontier, before.ended) != (after.frontier, after.ended):
        return shorter
    ledger = {
        key: entry if key in after.wants else replace(entry, stands=True)
        for key, entry in candidate.ledger.items()
    }
    return replace(candidate, ledger=ledger)


def start_afresh(session: Session, walk: Walk) -> Session:
    """Return the session with the first answers of its path, and everything that was done.

    What was done and is not final may be done again; it is not taken back.
    """
    path = walk.consumed[:_KEPT_ACTS]
    log = tuple(walk.fold[key] for key in path)
    ledger = {
        key: _standing(entry, path)
        for key, entry in session.ledger.items()
        if entry.after in ("", *path) or _is_final(entry)
    }
    return replace(
        session, log=log, ledger=ledger, looks={}, editing="", misread=0, doubt=None, settled=0
    )


def _standing(entry: LedgerEntry, path: list[str]) -> LedgerEntry:
    return entry if entry.after in ("", *path) else replace(entry, stands=True)


def _is_final(entry: LedgerEntry) -> bool:
    effect = decode_effect(entry.effect)
    return effect is not None and traits_of(type(effect)).is_final


def _with_log(session: Session, log: tuple[Act, ...]) -> Session:
    kept = set(map(id, log))
    settled = sum(id(act) in kept for act in session.log[: session.settled])
    return replace(session, log=log, settled=settled)


def _size(session: Session) -> int:
    """Return about how many bytes the log has as JSON."""
    return sum(_length(act.value) + len(act.key) + _AROUND_ACT for act in session.log)


def _length(value: Any) -> int:
    text = value if isinstance(value, str) else to_text(value)
    return len(text) if text.isascii() else len(text.encode())
