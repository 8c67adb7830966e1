"""A conversation in a test, read like a transcript: no channel, no database, no event loop.

Between any two turns every session goes through JSON, as it does in the real program.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from bot.conversation import (
    Flow,
    Given,
    Located,
    Opening,
    Outcome,
    Pressed,
    Refusal,
    Registry,
    Session,
    Show,
    Text,
    begin,
    play,
)
from bot.conversation.messages import Incoming, IncomingKind, Press
from bot.conversation.routing import Answer, Route, Start, route, start_of_link
from bot.conversation.screen import AskedQuestion, Option
from bot.conversation.stack import Stack
from bot.errors import Refused

Look = Callable[..., Any]
Words = Mapping[str, str] | Callable[[Text, str], str]

PATIENCE = 300.0
"""Seconds of a turn: a loop without an end is cut off, a busy machine is not."""
MONDAY = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
INTERRUPT_WORDS = {
    **dict.fromkeys(("menu", "dewislen", "مینو"), "menu"),
    **dict.fromkeys(("back", "nol", "yn ol", "yn ôl", "واپس"), "back"),
    **dict.fromkeys(("help", "cymorth", "مدد"), "help"),
    **dict.fromkeys(("language", "iaith", "زبان"), "language"),
    **dict.fromkeys(("stop", "stopio", "روکیں"), "stop"),
}


@dataclass
class FakeReads:
    """Look-ups by name and words by text id, with a clock that only a test moves.

    Words that are not given are the last part of the text id: "choice.none_of_these" is
    "none of these". A text with a value `name` or `title` is called by it.
    """

    looks: Mapping[str, Look] = field(default_factory=dict)
    given_words: Words = field(default_factory=dict)
    languages: Sequence[str] = ("en", "cy", "ur")
    now: datetime = MONDAY
    made: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)

    def look(self, name: str, args: tuple[Any, ...]) -> Any:
        self.made.append((name, args))
        found = self.looks.get(name)
        if found is not None:
            return found(*args)
        if name == "is_wish":
            return False
        if name == "resolve_place":
            return []
        if name == "said_link":
            return ""
        raise AssertionError(f"the test gives no look {name!r}")

    def words(self, text: Text, language: str) -> str:
        if callable(self.given_words):
            return self.given_words(text, language)
        known = self.given_words.get(f"{language}:{text.id}") or self.given_words.get(text.id)
        called = text.values.get("name") or text.values.get("title")
        return known or str(called or text.id.rpartition(".")[2].replace("_", " "))


@dataclass(frozen=True)
class Shown:
    """The last message that was shown, by text id and values."""

    text_id: str
    values: Mapping[str, Any]


class ScriptedChat:
    """Talks to flows as a person does.

    Args:
        flows: The flows that there are.
        looks: Functions by the name of the look.
        effects: Functions by the name of the effect's class; they return JSON or raise Refused.
        words: Words by text id ("en:menu.find" or "menu.find"), or a function of text and language.
        is_strict: Raise what a flow raises instead of showing it as a failed turn.
    """

    def __init__(
        self,
        flows: Iterable[Flow] | Registry,
        *,
        looks: Mapping[str, Look] | None = None,
        effects: Mapping[str, Callable[[Any], Any]] | None = None,
        words: Words | None = None,
        city: str = "manchester",
        language: str = "en",
        roles: frozenset[str] = frozenset(),
        is_strict: bool = True,
    ) -> None:
        self.registry = flows if isinstance(flows, Registry) else Registry(flows)
        self.reads = FakeReads(looks or {}, words if words is not None else {})
        self.effects = effects or {}
        self.city, self.language, self.roles = city, language, roles
        self.is_strict = is_strict
        self.stack = Stack()
        self.stored: dict[str, str] = {}
        self.applied: list[Any] = []
        self._outcome: Outcome | None = None
        self.route: Route | None = None
        self._count = 0
        self._shown: list[Text] = []
        self._heard: list[str] = []
        self._question: AskedQuestion | None = None

    # -- what the person does ----------------------------------------------------------------

    def send(self, text: str, *, is_under_campaign: bool = False) -> Any:
        """Type something."""
        return self._receive("text", text=text, is_under_campaign=is_under_campaign)

    def choose(self, option: str) -> Any:
        """Press a button of the open question; it must be there."""
        question = self.question
        assert question is not None, "no question is open"
        offered = [one.id for one in (*question.options, *question.extras)]
        assert option in offered, f"{option!r} is not offered: {offered}"
        return self._receive("press", press=Press(question.nonce, option))

    def press(self, key: str, option: str, *, session: str = "") -> Any:
        """Press a button of an earlier message, by its question's key."""
        of = session or (self.stack.live[-1].session if self.stack.live else "")
        return self._receive("press", press=Press(self.load(of).nonce(key), option))

    def press_nonce(self, nonce: str, option: str) -> Any:
        """Press any button at all."""
        return self._receive("press", press=Press(nonce, option))

    def change(self, key: str) -> Any:
        """Press Change on an answered question."""
        return self.press(key, "-change")

    def back(self) -> Any:
        """Press or type Back."""
        return self.send("back")

    def locate(self, lat: float, lon: float) -> Any:
        """Share a location."""
        return self._receive("location", place=(lat, lon))

    def edit(self, message_id: str, text: str) -> Any:
        """Edit a message that was sent; the first has the id "m1"."""
        return self._receive("edited", text=text, message_id=message_id)

    def look_again(self, *, is_fresh: bool = False) -> Outcome:
        """Have the open session shown again, as it is or as if nobody had looked before."""
        top = self.stack.top
        assert top is not None
        return self._play(self.load(top.session), Show(is_fresh=is_fresh))

    def wait(self, **length: float) -> None:
        """Let time pass: `wait(minutes=31)`."""
        self.reads.now += timedelta(**length)

    def start(self, flow: str, **args: Any) -> Outcome:
        """Start a flow by its name."""
        return self._start(self.registry.get(flow), args)

    # -- what the person sees ----------------------------------------------------------------

    @property
    def last(self) -> Shown:
        """The newest thing shown: the question, or the last say where nothing is asked."""
        text = self._question.text if self._question is not None else self._shown[-1]
        return Shown(text.id, text.values)

    @property
    def said(self) -> list[str]:
        """The text ids of all that the last turn said, notices first, without the question."""
        return [text.id for text in self._shown]

    @property
    def heard(self) -> list[str]:
        """The same of every flow that the turn went through."""
        return list(self._heard)

    @property
    def outcome(self) -> Any:
        """What the last turn came to: an Outcome. Typed loosely: it changes between two lines."""
        assert self._outcome is not None, "nothing was played"
        return self._outcome

    @property
    def question(self) -> Any:
        """The open AskedQuestion, or None. Typed loosely: it changes between two lines."""
        return self._question

    @property
    def options(self) -> list[str]:
        """The ids of what is offered, without what the engine adds."""
        return [one.id for one in self._question.options] if self._question else []

    @property
    def extras(self) -> list[str]:
        """The ids of what the engine adds."""
        return [one.id for one in self._question.extras] if self._question else []

    @property
    def hint(self) -> str:
        """The text id of what is said because the answer was not taken."""
        hint = self._question.hint if self._question else None
        return hint.id if hint else ""

    @property
    def buttons(self) -> tuple[Option, ...]:
        """Everything that can be pressed now."""
        return (*self._question.options, *self._question.extras) if self._question else ()

    @property
    def session(self) -> Any:
        """The Session being talked in, or None. Typed loosely: it changes between two lines."""
        return self.load(self.stack.top.session) if self.stack.top else None

    def load(self, session_id: str) -> Session:
        """Return a session as it is stored."""
        return _read(self.stored[session_id])

    # -- how it goes on ----------------------------------------------------------------------

    def _receive(
        self,
        kind: IncomingKind,
        *,
        text: str = "",
        press: Press | None = None,
        place: tuple[float, float] | None = None,
        message_id: str = "",
        is_under_campaign: bool = False,
    ) -> Any:
        self._count += 1
        self._heard = []
        incoming = Incoming(
            channel="test",
            bot="test",
            update_id=str(self._count),
            chat="1",
            kind=kind,
            at=self.reads.now,
            text=text,
            press=press,
            place=place,
            message_id=message_id or f"m{self._count}",
        )
        live = [self.load(entry.session) for entry in self.stack.live]
        self.route = route(
            incoming, live, self.registry, INTERRUPT_WORDS, is_under_campaign=is_under_campaign
        )
        self._outcome = None
        if isinstance(self.route, Answer):
            self.stack = self.stack.raise_to_top(self.route.session.id, self.reads.now)
            return self._play(self.route.session, self.route.given)
        if isinstance(self.route, Start):
            return self._start(self.route.flow, dict(self.route.args))
        return None

    def _start(self, flow: Flow, args: dict[str, Any]) -> Outcome:
        assert set(args) <= set(flow.arguments), f"{flow.name} takes {flow.arguments}, not {args}"
        live = self.stack.find_flow(flow.name)
        if live is not None and flow.again == "end":
            self.stack = self.stack.end(live.session)
        elif live is not None and flow.again == "raise" and not args:
            self.stack = self.stack.raise_to_top(live.session, self.reads.now)
            return self._play(self.load(live.session), Show())
        session_id = f"session-{len(self.stored) + 1}"
        opening = Opening("person-1", self.city, self.language, self.reads.now, self.roles, args)
        self.stack = self.stack.push(session_id, flow.name, self.reads.now)
        return self._play(begin(flow, session_id, opening), Show())

    def _play(self, session: Session, given: Given) -> Outcome:
        flow = self.registry.get(session.flow)
        outcome = play(flow, session, given, self.reads, seconds=PATIENCE)
        while outcome.has_work:
            outcome = outcome.resume(self._apply(outcome))
        if outcome.failure is not None and self.is_strict:
            raise outcome.failure.error
        self._store(outcome.session)
        self._see(outcome)
        if outcome.status == "ended":
            self.stack = self.stack.end(session.id)
        if outcome.wish and self.registry.wish_flow is not None:
            wish_flow = self.registry.wish_flow
            return self._start(wish_flow, {wish_flow.first_argument: outcome.wish})
        if outcome.link:
            start = start_of_link(outcome.link, self.registry)
            return outcome if start is None else self._start(start.flow, dict(start.args))
        if outcome.next is not None and outcome.next.session:
            self.stack = self.stack.raise_to_top(outcome.next.session, self.reads.now)
            return self._play(self.load(outcome.next.session), Show())
        if outcome.next is not None and self.registry.find(outcome.next.flow) is not None:
            return self._start(self.registry.get(outcome.next.flow), dict(outcome.next.args))
        return outcome

    def _apply(self, outcome: Outcome) -> dict[str, Any]:
        for wanted in outcome.undo:
            self._apply_one(wanted.effect)
        todo = (*outcome.apply, *((outcome.call,) if outcome.call else ()))
        return {wanted.key: self._apply_one(wanted.effect) for wanted in todo}

    def _apply_one(self, effect: Any) -> Any:
        try:
            apply = self.effects.get(type(effect).__name__)
            result = apply(effect) if apply is not None else None
        except Refused as refused:
            return Refusal(refused.text_id)
        self.applied.append(effect)
        return result

    def _store(self, session: Session) -> None:
        self.stored[session.id] = json.dumps(session.to_json(), ensure_ascii=False)
        assert self.load(session.id) == session, "the session does not survive as JSON"

    def _see(self, outcome: Outcome) -> None:
        self._outcome = outcome
        says = [say.text for say in (*outcome.changed, *outcome.screen.says)]
        self._shown = [*outcome.notices, *says]
        self._heard += self.said
        self._question = outcome.screen.question


@lru_cache(maxsize=256)
def _read(stored: str) -> Session:
    """Read a session; one that is still as it was is not read again."""
    return Session.from_json(json.loads(stored))


__all__ = [
    "INTERRUPT_WORDS",
    "MONDAY",
    "FakeReads",
    "Located",
    "Pressed",
    "ScriptedChat",
    "Shown",
]
