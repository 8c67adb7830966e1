"""One walk through a flow: its answers taken from the log, up to the first open question."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2s
from typing import Any

from bot.conversation.chat import HALT, Chat, Ending
from bot.conversation.effects import encode_effect, traits_of
from bot.conversation.given import Given
from bot.conversation.plain import plain, to_text
from bot.conversation.questions import MISSING, Question
from bot.conversation.reading import Reads, look_up
from bot.conversation.registry import Flow
from bot.conversation.screen import Say
from bot.conversation.session import Act, LookMemo, Session
from bot.conversation.taking import Taken, take
from bot.errors import FlowDefinitionError

MOST_STEPS = 1_000
LOOK_LENGTH = 2_048
LOOK_AGE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Want:
    """An effect that the path asks for, and where it stands on the path."""

    key: str
    effect: Any
    encoded: list[Any]
    after: str
    depth: int
    is_call: bool = False


class Walk:
    """One walk, and what was met on the way.

    Attributes:
        consumed: The keys of the questions answered on the way, in order.
        says: What was said, each with the number of questions answered before it.
        wants: The effects and calls wanted, by key.
        looks: What was looked up or remembered, by key and fingerprint.
        recent: Those of the looks that no answer follows.
        frontier: The key of the question that the walk stopped at.
        question: That question.
        is_change: Whether that question has an answer and was opened again to change it.
        taken: What became of what the person did, once its question came up.
        answered: The question that it was meant for.
        pending: The call that must be made before the walk can go on.
        ended: Whether the flow came to its end.
        ending: What the flow returned.
    """

    def __init__(
        self,
        flow: Flow,
        session: Session,
        reads: Reads,
        given: Given | None = None,
        target: str = "",
        stop_at: str = "",
        refresh: Set[str] = frozenset(),
    ) -> None:
        self.flow, self.session, self.reads = flow, session, reads
        self.given, self.target, self.stop_at = given, target, stop_at
        self.refresh = refresh
        self.fold: dict[str, Act] = {act.key: act for act in session.log}
        self.now: datetime = session.opening.at
        self.consumed: list[str] = []
        self.says: list[tuple[int, Say]] = []
        self.wants: dict[str, Want] = {}
        self.looks: dict[str, LookMemo] = {}
        self.recent: list[str] = []
        self.frontier = ""
        self.question: Question[Any] | None = None
        self.is_change = False
        self.taken: Taken | None = None
        self.answered: Question[Any] | None = None
        self.pending: Want | None = None
        self.ended = False
        self.ending: Ending | None = None
        self._keys: set[str] = set()
        self._steps = 0
        self._unapplied = ""

    def run(self) -> Walk:
        """Step the flow by hand until it ends or waits for the person.

        Raises:
            FlowDefinitionError: The flow breaks the engine's contract.
        """
        known = self.flow.arguments
        given = self.session.opening.args
        args = {name: value for name, value in given.items() if name in known}
        coroutine: Any = self.flow.function(Chat(self), **args)
        try:
            awaited = coroutine.send(None)
        except StopIteration as stop:
            self.ended = True
            self.ending = stop.value if isinstance(stop.value, Ending) else None
        else:
            if awaited is not HALT:
                raise FlowDefinitionError(f"{self.flow.name} awaits what is not the engine's")
        finally:
            coroutine.close()
        return self

    def answer(self, key: str, question: Question[Any]) -> Any:
        """Return the answer of a question, or HALT where there is none that fits."""
        self.enter(key)
        act = self.fold.get(key)
        if key == self.stop_at:
            return self._halt(key, question, act)
        if key == self.target and self.given is not None:
            self.answered = question
            self.taken = take(self, key, question, act.value if act else None)
            if self.taken.act is None and not self.taken.is_repeat:
                return self._halt(key, question, act)
            if self.taken.act is not None:
                act = self.fold[key] = self.taken.act
        answer = question.restore(act.value) if act is not None else MISSING
        if act is None or answer is MISSING:
            return self._halt(key, question, act)
        self.consumed.append(key)
        self.recent.clear()
        self.now = max(self.now, act.at)
        return answer

    def say(self, say: Say) -> None:
        """Keep what is said with its place on the path."""
        self._step()
        self.says.append((len(self.consumed), say))

    def look(self, key: str, name: str, args: tuple[Any, ...]) -> Any:
        """Return what a look-up finds, remembered by key and arguments."""
        self.enter(key)
        fingerprint = blake2s(
            to_text([name, *args]).encode("utf-8", "surrogatepass"), digest_size=6
        ).hexdigest()
        memo_key = f"{key}:{fingerprint}"
        memo = None if memo_key in self.refresh else self.session.looks.get(memo_key)
        if memo is None:
            memo = LookMemo(self._look_up(key, name, args), self.reads.now)
        self.looks[memo_key] = memo
        self.recent.append(memo_key)
        return plain(memo.value)

    def do(self, key: str, effect: Any) -> str | None:
        """Want an effect; return the reason where it was refused."""
        traits = traits_of(type(effect))
        if traits.undo is None and not traits.is_final:
            raise FlowDefinitionError(f"effect {traits.kind.__name__} is neither final nor undone")
        want = self._want(key, effect)
        entry = self.session.ledger.get(key)
        if entry is None or (entry.effect != want.encoded and entry.state != "skipped"):
            self._unapplied = key
            return None
        return entry.result if entry.state == "refused" else None

    def refusal(self, key: str) -> str | None:
        """Return the reason why the effect of that key was refused, if it was."""
        entry = self.session.ledger.get(key)
        return entry.result if entry is not None and entry.state == "refused" else None

    def call(self, key: str, effect: Any) -> Any:
        """Return a call's result or refusal, or HALT where it must be made first."""
        want = self._want(key, effect, is_call=True)
        entry = self.session.ledger.get(key)
        if entry is not None and (entry.effect == want.encoded or entry.state == "skipped"):
            name = "result" if entry.state == "done" else "refused"
            return {name: plain(entry.result)}
        self.pending = want
        return HALT

    def enter(self, key: str) -> None:
        """Count a step and hold its key to be the only one."""
        self._step()
        if key in self._keys:
            raise FlowDefinitionError(f"{self.flow.name} uses the key {key!r} twice")
        self._keys.add(key)

    @property
    def stale(self) -> frozenset[str]:
        """The looks behind no answer that are too old to be shown again."""
        oldest = self.reads.now - LOOK_AGE
        return frozenset(key for key in self.recent if self.looks[key].at < oldest)

    @property
    def last_says(self) -> tuple[Say, ...]:
        """What was said since the last answer."""
        return tuple(say for depth, say in self.says if depth == len(self.consumed))

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise FlowDefinitionError(f"{self.flow.name} takes over {MOST_STEPS} steps a turn")

    def _halt(self, key: str, question: Question[Any], act: Act | None) -> Any:
        self.frontier, self.question = key, question
        self.is_change = act is not None and question.restore(act.value) is not MISSING
        return HALT

    def _look_up(self, key: str, name: str, args: tuple[Any, ...]) -> Any:
        if self._unapplied:
            raise FlowDefinitionError(
                f"{self.flow.name} looks {key!r} up after the effect {self._unapplied!r}"
            )
        value = look_up(self.reads, name, args)
        if len(to_text(value)) > LOOK_LENGTH:
            raise FlowDefinitionError(f"look {key!r} of {self.flow.name} returns over 2 kB")
        return plain(value)

    def _want(self, key: str, effect: Any, *, is_call: bool = False) -> Want:
        self.enter(key)
        after = self.consumed[-1] if self.consumed else ""
        want = Want(key, effect, encode_effect(effect), after, len(self.consumed), is_call)
        self.wants[key] = want
        return want
