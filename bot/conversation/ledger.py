"""Comparing the effects that a path wants with those that were done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversation.effects import Refusal, Traits, decode_effect, traits_of
from bot.conversation.messages import Text
from bot.conversation.plain import plain
from bot.conversation.session import LedgerEntry, LedgerState, Session
from bot.conversation.walk import Walk, Want


@dataclass(frozen=True, slots=True)
class Wanted:
    """An effect to be applied in the turn's transaction.

    Attributes:
        key: The key under which its result is handed back.
    """

    key: str
    effect: Any


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between wanted and done.

    Attributes:
        undo: Effects that take others back, newest first; to be applied before `apply`.
        apply: Effects to be applied, in order.
        call: The call to be made after them; its result decides how the flow goes on.
        ledger: The ledger without what is undone.
        said: What the person is told about it.
        refused: Why a back or an edit cannot be done.
    """

    undo: tuple[Wanted, ...] = ()
    apply: tuple[Wanted, ...] = ()
    call: Wanted | None = None
    ledger: Mapping[str, LedgerEntry] = field(default_factory=dict)
    said: tuple[Text, ...] = ()
    refused: Text | None = None

    @property
    def has_work(self) -> bool:
        """Whether anything has to be applied."""
        return bool(self.undo or self.apply or self.call)


def make_plan(walk: Walk, session: Session, *, is_retreat: bool) -> Plan:
    """Compare what a walk wants with what the session has done.

    Args:
        is_retreat: The person went back or changed an earlier answer: a final effect that it
            would unmake refuses it.
    """
    if not walk.wants and not session.ledger:
        return Plan()
    differ = _Difference(walk, session, is_retreat)
    for want in walk.wants.values():
        differ.meet(want)
    for key, entry in reversed(list(session.ledger.items())):
        if key not in walk.wants:
            differ.miss(key, entry)
    return Plan(
        tuple(differ.undo),
        tuple(Wanted(want.key, want.effect) for want in differ.apply if not want.is_call),
        next((Wanted(want.key, want.effect) for want in differ.apply if want.is_call), None),
        differ.ledger,
        tuple(differ.said),
        differ.refused,
    )


def settle(
    ledger: Mapping[str, LedgerEntry], walk: Walk, plan: Plan, results: Mapping[str, Any]
) -> dict[str, LedgerEntry]:
    """Return the ledger after the plan's effects were applied, with their results."""
    settled = dict(ledger)
    applied = (*plan.apply, plan.call) if plan.call else plan.apply
    for wanted in applied:
        want, result = walk.wants[wanted.key], results.get(wanted.key)
        state: LedgerState
        kept: Any
        if isinstance(result, Refusal):
            state, kept = "refused", result.text_id
        else:
            state, kept = "done", plain(result)
        settled[want.key] = replace(_entry(want, state), result=kept)
    return settled


def migrate(walk: Walk, session: Session) -> dict[str, LedgerEntry]:
    """Return the ledger for a new version: nothing behind the person's place is done or undone."""
    ledger = {
        key: entry if key in walk.wants else replace(entry, stands=True)
        for key, entry in session.ledger.items()
    }
    for want in walk.wants.values():
        if want.key not in ledger and not traits_of(type(want.effect)).is_backfill:
            ledger[want.key] = _entry(want, "skipped")
    return ledger


class _Difference:
    def __init__(self, walk: Walk, session: Session, is_retreat: bool) -> None:
        self.walk, self.session, self.is_retreat = walk, session, is_retreat
        self.ledger = dict(session.ledger)
        self.undo: list[Wanted] = []
        self.apply: list[Want] = []
        self.said: list[Text] = []
        self.refused: Text | None = None
        self.answered = frozenset(walk.consumed)

    def meet(self, want: Want) -> None:
        entry = self.session.ledger.get(want.key)
        if entry is None:
            if self._is_inserted(want):
                self.ledger[want.key] = _entry(want, "skipped")
            else:
                self.apply.append(want)
        elif entry.effect != want.encoded:
            self._replace(want, entry)

    def _replace(self, want: Want, entry: LedgerEntry) -> None:
        if entry.state == "skipped" or entry.stands:
            return
        traits = self._find_traits(entry)
        if entry.state == "done" and traits is not None and traits.is_final:
            self._refuse(traits)
            return
        if entry.state == "done":
            self._take_back(want.key, entry)
        self.apply.append(want)

    def miss(self, key: str, entry: LedgerEntry) -> None:
        if entry.stands or entry.state == "skipped":
            return
        if entry.state == "refused":
            del self.ledger[key]
            return
        traits = self._find_traits(entry)
        if traits is None:
            return
        if traits.is_final:
            self._refuse(traits)
            return
        is_over = self.walk.pending is None and self._is_passed(entry)
        if is_over and self._take_back(key, entry):
            self.said.append(Text(traits.said_when_undone, entry.effect[1]))

    def _is_passed(self, entry: LedgerEntry) -> bool:
        """Tell whether the person has answered past the place where the effect was done."""
        return (
            self.walk.ended
            or not entry.after
            or entry.after in self.answered
            or len(self.walk.consumed) > entry.depth
        )

    def _is_inserted(self, want: Want) -> bool:
        """Tell whether a new version put the effect behind where the person had got to."""
        settled = self.session.settled
        taken = self.walk.taken
        if (
            not settled
            or traits_of(type(want.effect)).is_backfill
            or taken is None
            or taken.act is None
        ):
            return False
        old = {act.key for act in self.session.log[:settled]}
        is_new_question = taken.act.key not in old
        return is_new_question and any(key in old for key in self.walk.consumed[want.depth :])

    def _take_back(self, key: str, entry: LedgerEntry) -> bool:
        """Forget that an effect was done, and undo it; a call is only forgotten."""
        del self.ledger[key]
        done, traits = decode_effect(entry.effect), self._find_traits(entry)
        if entry.is_call or done is None or traits is None or traits.undo is None:
            return False
        undoing = traits.undo(done, entry.result)
        if undoing is not None:
            self.undo.append(Wanted(key, undoing))
        return undoing is not None

    def _find_traits(self, entry: LedgerEntry) -> Traits | None:
        done = decode_effect(entry.effect)
        return traits_of(type(done)) if done is not None else None

    def _refuse(self, traits: Traits) -> None:
        if self.is_retreat and self.refused is None:
            self.refused = Text(traits.final_because)


def _entry(want: Want, state: LedgerState) -> LedgerEntry:
    return LedgerEntry(want.encoded, state, None, want.after, want.depth, is_call=want.is_call)
