"""Playing a turn: the log is replayed, the new answer taken, and the next screen made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2s
from typing import Any

from bot.conversation import compacting
from bot.conversation.bounds import TooLong, cut_off
from bot.conversation.drawing import answered, draw
from bot.conversation.effects import Refusal
from bot.conversation.given import Given, Located, Pressed, Show, WentBack, Wrote
from bot.conversation.ledger import Plan, make_plan, migrate, settle
from bot.conversation.messages import Text
from bot.conversation.outcome import Failure, Outcome
from bot.conversation.reading import Reads
from bot.conversation.registry import Flow
from bot.conversation.screen import Say, Screen
from bot.conversation.session import Act, LookMemo, Opening, Session
from bot.conversation.taking import Taken
from bot.conversation.walk import Walk
from bot.errors import StorageError

TURN_SECONDS = 2.0
MOST_LOOKS = 40


def begin(flow: Flow, session_id: str, opening: Opening) -> Session:
    """Return a new session of a flow; play `Show()` to see its first screen."""
    return Session(session_id, flow.name, flow.version, opening)


def play(
    flow: Flow, session: Session, given: Given, reads: Reads, *, seconds: float = TURN_SECONDS
) -> Outcome:
    """Play one turn of a live session.

    Args:
        given: What the person did.
        reads: Look-ups and words; `reads.now` is the time of the turn.
        seconds: After how long a Python loop in the flow is cut off.

    Returns:
        The outcome. Whatever the flow raises becomes status "failed" with the session unchanged.

    Raises:
        StorageError: A look could not be read now; nothing has changed, play again later.
    """
    outcome = _guarded(lambda: _Turn(flow, session, reads).play(given), session, seconds)
    if outcome.failure is None or not session.looks or not _may_be_outgrown(outcome.failure):
        return outcome
    bare = replace(session, looks={})
    again = _guarded(lambda: _Turn(flow, bare, reads).play(given), session, seconds)
    return again if again.failure is None else outcome


def _may_be_outgrown(failure: Failure) -> bool:
    """Tell whether a look that older code remembered, in another form, may be the cause."""
    return isinstance(failure.error, (LookupError, TypeError, AttributeError, ValueError))


def _guarded(make: Callable[[], Outcome], session: Session, seconds: float) -> Outcome:
    try:
        with cut_off(seconds):
            outcome = make()
    except StorageError:
        raise
    except (Exception, TooLong) as error:  # noqa: BLE001 - a broken flow must not lose the person
        return _failed(session, error)
    if outcome.resume_with is None:
        return outcome
    go_on = outcome.resume_with

    def resume(results: Mapping[str, Any]) -> Outcome:
        return _guarded(lambda: go_on(results), session, seconds)

    return replace(outcome, resume_with=resume)


def _failed(session: Session, error: BaseException) -> Outcome:
    place = f"{session.id} {len(session.log)} {type(error).__name__} {error}"
    reference = blake2s(place.encode("utf-8", "replace"), digest_size=3).hexdigest()
    text_id = "conversation.too_long" if isinstance(error, TooLong) else "conversation.failed"
    notice = Text(text_id, {"reference": reference})
    return Outcome(session, status="failed", notices=(notice,), failure=Failure(reference, error))


class _Turn:
    """One turn of one session, up to its outcome.

    `facts` are what the outcome says beside the screen; a resumed turn says them again.
    """

    def __init__(self, flow: Flow, session: Session, reads: Reads) -> None:
        self.flow, self.session, self.reads = flow, session, reads
        self.notices: list[Text] = []
        self.facts: dict[str, Any] = {}
        self.before: Screen | None = None

    def play(self, given: Given) -> Outcome:
        if self.session.version != self.flow.version:
            self._migrate()
        if isinstance(given, Show):
            return self._show(is_fresh=given.is_fresh)
        if isinstance(given, WentBack):
            return self._go_back()
        if isinstance(given, Pressed):
            if given.option == "-back":
                return self._go_back()
            if given.option == "-change":
                return self._change(given.key)
            if given.option == "-fresh":
                return self._start_afresh()
        return self._answer(given)

    def _walk(self, given: Given | None = None, target: str = "", stop_at: str = "") -> Walk:
        refresh: frozenset[str] = frozenset()
        walk = Walk(self.flow, self.session, self.reads, given, target, stop_at).run()
        while walk.stale - refresh:
            refresh |= walk.stale
            walk = Walk(self.flow, self.session, self.reads, given, target, stop_at, refresh).run()
        return walk

    def _migrate(self) -> None:
        """Play a new version up to where the person stands, without doing or undoing anything."""
        old = self.session
        self.session = replace(old, version=self.flow.version)
        if not old.frontier:
            return
        walk = self._walk()
        if walk.frontier != old.frontier:
            self.notices.append(Text("conversation.flow_changed"))
        self.session = replace(
            self.session, ledger=migrate(walk, old), settled=len(old.log), misread=0, doubt=None
        )

    def _show(self, *, is_fresh: bool = False) -> Outcome:
        walk = self._walk(stop_at=self.session.editing)
        if is_fresh and walk.recent:
            self.session = self.session.without_looks(walk.recent)
            walk = self._walk(stop_at=self.session.editing)
        return self._settle(walk)

    def _change(self, key: str) -> Outcome:
        self.session = replace(self.session, doubt=None, misread=0, editing="")
        walk = self._walk(stop_at=key)
        if walk.frontier == key:
            self.facts["reopened"] = key
        else:
            self._tell_gone()
        return self._settle(walk)

    def _start_afresh(self) -> Outcome:
        self.session = compacting.start_afresh(self.session, self._walk())
        return self._show()

    def _tell_gone(self) -> None:
        self.facts["explained"] = "gone"

    def _go_back(self) -> Outcome:
        before = self.session
        if before.editing or before.doubt:
            self.session = replace(before, editing="", doubt=None, misread=0)
            self.facts["reopened"] = before.frontier
            return self._show()
        here = self._walk()
        on_path = {*here.consumed, here.frontier}
        log = before.log
        position = next((n for n in reversed(range(len(log))) if log[n].key in on_path), None)
        if position is None:
            self.notices.append(Text("conversation.at_start"))
            return self._settle(here)
        settled = before.settled - (position < before.settled)
        shorter = log[:position] + log[position + 1 :]
        self.session = replace(before, log=shorter, settled=settled, misread=0)
        walk = self._walk()
        self.facts |= {"dropped": log[position], "reopened": walk.frontier}
        return self._settle(walk, before=before)

    def _answer(self, given: Pressed | Wrote | Located) -> Outcome:
        before = self.session
        key = getattr(given, "key", "") or before.asked
        is_edit = key != before.frontier
        old = self._walk() if is_edit else None
        walk = self._walk(given, key)
        taken = walk.taken
        if isinstance(given, Wrote) and walk.answered is not None:
            self.facts["is_unkept"] = not walk.answered.keeps_words
        if taken is None:
            self._tell_gone()
            return self._settle(walk)
        if taken.explained == "gone" and is_edit:
            self._tell_gone()
            return self._show()
        if taken.changes:
            return self._change(taken.changes)
        if taken.is_repeat:
            return self._repeat(walk, key)
        if taken.act is None:
            return self._not_taken(walk, taken, key)
        if not self._record(taken.act):
            return self._refuse(before, (Text("conversation.log_full"),))
        self.facts |= {"act": taken.act, "answered": answered(walk, self.session, key)}
        if len(self.session.log) <= len(before.log):
            walk = self._walk()
        if old is None:
            return self._settle(walk)
        self.before = draw(old, before)
        self.facts["changed"] = _changed(old, walk, key)
        return self._settle(walk, before=before)

    def _not_taken(self, walk: Walk, taken: Taken, key: str) -> Outcome:
        session = self.session
        if taken.wish:
            return Outcome(replace(session, doubt=None, misread=0), wish=taken.wish)
        if taken.link:
            return Outcome(replace(session, doubt=None, misread=0), link=taken.link)
        misread = session.misread + 1 if session.asked == key else 1
        if not taken.explained:
            misread = 0
        self.session = replace(session, doubt=taken.doubt, misread=misread)
        self.facts["explained"] = taken.explained
        return self._settle(walk)

    def _repeat(self, walk: Walk, key: str) -> Outcome:
        """Do nothing for a double tap; close a question that was opened to change it."""
        if key != self.session.editing:
            return replace(self._show(), is_repeat=True, is_same_screen=True)
        self.facts["answered"] = answered(walk, self.session, key)
        return self._settle(walk)

    def _record(self, act: Act) -> bool:
        """Append the act; return False where the log is full even after compacting."""
        log = self.session.log
        if log and log[-1].key == act.key and _is_partial(log[-1]):
            log = log[:-1]
        self.session = replace(self.session, log=(*log, act), editing="", misread=0, doubt=None)
        if compacting.is_long(self.session):
            self.session = compacting.compact(self.flow, self.session, self.reads)
            return compacting.fits(self.session)
        return True

    def _refuse(self, before: Session, why: tuple[Text, ...]) -> Outcome:
        """Leave everything as it was, and say why."""
        unkept = self.facts.get("is_unkept", False)
        self.session, self.facts = before, {"is_same_screen": True, "is_unkept": unkept}
        self.notices.extend(why)
        return replace(self._show(), status="refused")

    def _settle(self, walk: Walk, *, before: Session | None = None) -> Outcome:
        """Make the outcome of a walk, with what has to be done before it is final.

        Args:
            before: The session as it was, where the person goes back or changes an answer.
        """
        looks = _kept_looks(self.session.looks, walk.looks)
        if walk.is_change:
            self.session = replace(self.session, editing=walk.frontier, looks=looks)
            return self._outcome(walk, Plan())
        plan = make_plan(walk, self.session, is_retreat=before is not None)
        if before is not None and plan.refused is not None:
            return self._refuse(before, (plan.refused,))
        frontier = self.session.frontier if walk.pending else walk.frontier
        self.session = replace(self.session, frontier=frontier, editing="", looks=looks)
        if not plan.has_work:
            if walk.wants or self.session.ledger:
                self.session = replace(self.session, ledger=plan.ledger)
            return self._outcome(walk, plan)
        outcome = self._outcome(walk, plan)
        return replace(outcome, resume_with=lambda results: self._resume(walk, outcome, results))

    def _resume(self, walk: Walk, outcome: Outcome, results: Mapping[str, Any]) -> Outcome:
        ledger = settle(outcome.plan.ledger, walk, outcome.plan, results)
        self.session = replace(outcome.session, ledger=ledger)
        self.notices = list(outcome.notices)
        refused = [one for one in results.values() if isinstance(one, Refusal)]
        if walk.pending is None and not refused:
            return replace(outcome, session=self.session, plan=Plan(), resume_with=None)
        resumed = self._settle(self._walk())
        if refused and walk.pending is None and resumed.screen == outcome.screen:
            told = (*resumed.notices, *(Text(one.text_id) for one in refused))
            return replace(resumed, notices=told)
        return resumed

    def _outcome(self, walk: Walk, plan: Plan) -> Outcome:
        screen = draw(walk, self.session, self.facts.get("explained", ""))
        facts = self.facts
        if self.before is not None:
            facts = {**facts, "is_same_screen": screen == self.before}
        return Outcome(
            self.session,
            screen,
            status="ended" if walk.ended else "live",
            next=walk.ending,
            notices=(*self.notices, *plan.said),
            plan=plan,
            **facts,
        )


def _is_partial(act: Act) -> bool:
    """Tell whether the act is a choice of several that is not finished."""
    return isinstance(act.value, dict) and "picked" in act.value and not act.value.get("done")


def _changed(old: Walk, walk: Walk, key: str) -> tuple[Say, ...]:
    """Return what reads differently between a changed answer and the open question."""
    if key not in walk.consumed:
        return ()
    known = {repr(say) for _, say in old.says}
    after = walk.consumed.index(key)
    return tuple(
        say
        for depth, say in walk.says
        if after < depth < len(walk.consumed) and repr(say) not in known
    )


def _kept_looks(
    before: Mapping[str, LookMemo], met: Mapping[str, LookMemo]
) -> Mapping[str, LookMemo]:
    """Return what looks returned: all that were met, and the newest of the others."""
    if not met:
        return before
    others = {key: memo for key, memo in before.items() if key not in met}
    while others and len(others) + len(met) > MOST_LOOKS:
        del others[next(iter(others))]
    return {**others, **met}
