"""One turn's walk through a person's conversations: from what they did to what they see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.campaigns.effects import StopCampaigns
from bot.conversation.chat import Ending
from bot.conversation.effects import Refusal
from bot.conversation.given import Given, Show
from bot.conversation.ledger import Wanted
from bot.conversation.messages import Text
from bot.conversation.outcome import Outcome
from bot.conversation.registry import Flow, Registry
from bot.conversation.replay import begin, play
from bot.conversation.routing import (
    Answer,
    Closed,
    Interrupt,
    OptOut,
    Route,
    Start,
    start_of_link,
)
from bot.conversation.screen import Answered, Say, Screen
from bot.conversation.session import Opening, Session
from bot.conversation.stack import Stack
from bot.errors import FlowDefinitionError, Refused
from bot.people import Person
from bot.work.context import Context
from bot.work.effects import EffectRegistry
from bot.work.reading import TurnReads
from storage import Unit

MOST_FLOWS = 6
"""Flows that may follow one another in one turn; more of them chase each other in a ring."""


UNREAD = frozenset({"again", "examples", "way_out", "wish"})
"""Ways in which an outcome says that it could not read an answer as one to its question."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A say that reads differently since an earlier answer was changed."""

    say: Say


@dataclass(frozen=True, slots=True)
class Line:
    """A line that belongs to no open question."""

    text: Text


Shown: TypeAlias = Screen | Changed | Line | Text
"""What a turn shows, in order; a Text is a notice."""


@dataclass(slots=True)
class Seen:
    """What the person sees after the turn.

    Attributes:
        shown: New messages, in order.
        answered: The question that now shows its answer.
        reopened: The key of the question that was opened again in the place of the newest message.
        status: How the last flow stood; "closed" and "ignored" where nothing was played.
    """

    shown: list[Shown] = field(default_factory=list)
    answered: Answered | None = None
    reopened: str = ""
    status: str = "ignored"


class Talk:
    """The conversations of one person during one turn.

    It goes as far as it can without changing anything (`begin`), then, in the turn's
    transaction, applies effects and goes on to the end (`finish`).

    Args:
        registry: The flows.
        effects: How effects are applied.
        reads: What flows may look up; its context says who the person is.
        stack: The person's live and parked sessions, in order.
        sessions: The live and parked sessions by id.
    """

    def __init__(
        self,
        registry: Registry,
        effects: EffectRegistry,
        reads: TurnReads,
        stack: Stack,
        sessions: Mapping[str, Session],
    ) -> None:
        self._registry = registry
        self._effects = effects
        self._reads = reads
        self._flows = 0
        self._outcome: Outcome | None = None
        self._opts_out = False
        self._is_offer = False
        self._parked_before = {entry.session for entry in stack.parked}
        self.stack = stack
        self.sessions = dict(sessions)
        self.stored_acts: Mapping[str, Sequence[Any]] = {}
        self.touched: dict[str, Session] = {}
        self.ended: set[str] = set()
        self.seen = Seen()
        self.failures: list[Outcome] = []
        self.unread: list[Session] = []
        self.is_unkept = False

    @property
    def context(self) -> Context:
        """Who the turn is for, as they are now."""
        return self._reads.context

    def draw(self, name: str, args: tuple[Any, ...]) -> Any:
        """Look up what a message only shows."""
        return self._reads.look(name, args)

    def live(self) -> tuple[Session, ...]:
        """Return the live sessions, the one being talked in last."""
        return tuple(
            self.sessions[entry.session]
            for entry in self.stack.live
            if entry.session in self.sessions
        )

    def newly_parked(self) -> tuple[str, ...]:
        """Return the ids of sessions that fell off the stack in this turn."""
        return tuple(
            entry.session
            for entry in self.stack.parked
            if entry.session not in self._parked_before and entry.session not in self.touched
        )

    # -- what the person did -----------------------------------------------------------------

    def begin(self, route: Route) -> None:
        """Play as far as nothing has to be changed."""
        if isinstance(route, Answer):
            self._answer(route)
        elif isinstance(route, Start):
            self._start(route.flow, route.args)
        elif isinstance(route, Interrupt):
            self._interrupt()
        elif isinstance(route, Closed):
            self.seen.status = "closed"
            self.seen.shown.append(Line(Text("conversation.closed")))
        elif isinstance(route, OptOut):
            self._opts_out = True
            self.seen.status = "opted_out"
        self._go_on()

    def finish(self, unit: Unit) -> None:
        """Apply what the turn wants done, in its transaction, and go on to the end."""
        self._reads.in_unit(unit)
        if self._opts_out:
            self._effects.apply(self.context, StopCampaigns())
            self.seen.shown.append(Line(Text("stop.campaigns")))
        self._go_on(is_storing=True)

    def _answer(self, route: Answer) -> None:
        """Play an answer; where it cannot be read, do what its words ask for by themselves."""
        self._play(self._raised(route.session), route.given)
        is_unread = self._outcome is not None and self._outcome.explained in UNREAD
        if is_unread and route.otherwise is not None:
            self._outcome = None
            self._start(route.otherwise.flow, route.otherwise.args)

    def _interrupt(self) -> None:
        """Answer a command that nothing knows with the menu."""
        menu = self._registry.find_command("menu")
        if menu is not None:
            self._start(menu, {})
        else:
            self.seen.shown.append(Line(Text("conversation.closed")))

    # -- playing -----------------------------------------------------------------------------

    def _raised(self, session: Session) -> Session:
        self.stack = self.stack.raise_to_top(session.id, self.context.now)
        person = self.context
        if session.opening.language != person.language:
            session = session.in_language(person.language)
        if session.opening.city != person.city:
            session = session.in_city(person.city)
        return session

    def _play(self, session: Session, given: Given) -> None:
        flow = self._registry.find(session.flow)
        if flow is None:  # the flow was taken away under the person
            self._end(session)
            self._interrupt()
            return
        self._outcome = play(flow, session, given, self._reads)

    def _start(self, flow: Flow, args: Mapping[str, Any]) -> None:
        self._flows += 1
        if self._flows > MOST_FLOWS:
            raise FlowDefinitionError(f"more than {MOST_FLOWS} flows follow one another")
        live = self.stack.find_flow(flow.name)
        if live is not None and flow.again == "end" and live.session in self.sessions:
            self._end(self.sessions[live.session])
        elif self._goes_on(flow, args) and live is not None and live.session in self.sessions:
            self._play(self._raised(self.sessions[live.session]), Show())
            return
        context = self.context
        opening = Opening(
            context.person.id,
            context.city,
            context.language,
            context.now,
            context.roles,
            dict(args),
        )
        session = begin(flow, context.unit.new_id(), opening)
        self.stack = self.stack.push(session.id, flow.name, context.now)
        self._play(session, Show())

    def _go_on(self, *, is_storing: bool = False) -> None:
        while self._outcome is not None:
            outcome = self._outcome
            if outcome.has_work:
                if not is_storing:
                    return
                self._outcome = outcome.resume(self._applied(outcome))
                continue
            self._outcome = None
            self._record(outcome)
            self._follow(outcome)

    def _record(self, outcome: Outcome) -> None:
        """Keep what the outcome shows, and its session."""
        seen = self.seen
        seen.status = outcome.status
        self.is_unkept |= outcome.is_unkept
        if outcome.failure is not None:
            self.failures.append(outcome)
        if outcome.explained in UNREAD:
            self.unread.append(outcome.session)
        if outcome.answered is not None:
            seen.answered = _as_it_stands(outcome.answered, outcome)
        seen.reopened = outcome.reopened or seen.reopened
        seen.shown.extend(outcome.notices)
        seen.shown.extend(Changed(say) for say in outcome.changed)
        screen = replace(outcome.screen, says=()) if self._is_offer else outcome.screen
        self._is_offer = False
        has_screen = bool(screen.says or screen.question)
        if has_screen and not (outcome.is_same_screen or outcome.is_repeat):
            seen.shown.append(screen)
        if outcome.status == "ended":
            self._end(outcome.session)
        elif outcome.status != "failed":
            self.sessions[outcome.session.id] = outcome.session
            self.touched[outcome.session.id] = outcome.session

    def _follow(self, outcome: Outcome) -> None:
        """Go on to what comes after the outcome: the next flow, or the session below."""
        if outcome.wish and self._registry.wish_flow is not None:
            flow = self._registry.wish_flow
            self._start(flow, {flow.first_argument: outcome.wish})
        elif outcome.link:
            self._start_link(outcome.link)
        elif outcome.next is not None:
            self._start_next(outcome.next)
        elif outcome.status == "ended":
            entry, self.stack = self.stack.offer_below()
            if entry is not None and entry.session in self.sessions:
                self._is_offer = True  # its question is asked again; what was said stays said
                self._play(self._raised(self.sessions[entry.session]), Show(is_fresh=True))
            elif not self.stack.live and not outcome.screen.question:
                self._offer_menu(outcome)

    def _offer_menu(self, outcome: Outcome) -> None:
        """Leave nobody without a way on: a talk that ends in nothing ends in the menu."""
        menu = self._registry.find("menu")
        if menu is not None and outcome.session.flow != menu.name:
            self._start(menu, {})

    @staticmethod
    def _goes_on(flow: Flow, args: Mapping[str, Any]) -> bool:
        return flow.again == "raise" and not args

    def _start_next(self, ending: Ending) -> None:
        if not ending.session:
            self._start(self._registry.get(ending.flow), ending.args)
            return
        left = self.sessions.get(ending.session) or self._parked(ending.session)
        if left is not None:
            self._play(self._raised(left), Show())
        else:  # it was given up between the offer and the answer
            self.seen.shown.append(Line(Text("conversation.closed")))
            self._interrupt()

    def _start_link(self, link: str) -> None:
        start = start_of_link(link, self._registry)
        if start is not None:
            self._start(start.flow, start.args)

    def _parked(self, session_id: str) -> Session | None:
        """Return a session of the person that was parked: only the live ones are loaded."""
        state = self.context.unit.sessions.find(session_id)
        if state is None or state.person != self.context.person.id or state.status == "ended":
            return None
        self.stored_acts = {**self.stored_acts, state.id: state.acts}
        self.sessions[state.id] = Session.from_json({**state.frame, "log": list(state.acts)})
        return self.sessions[state.id]

    def _end(self, session: Session) -> None:
        self.stack = self.stack.end(session.id)
        self.sessions.pop(session.id, None)
        self.touched[session.id] = session
        self.ended.add(session.id)

    # -- effects -----------------------------------------------------------------------------

    def _applied(self, outcome: Outcome) -> dict[str, Any]:
        """Apply what the outcome wants done and return the results by key."""
        results: dict[str, Any] = {}
        for wanted in outcome.undo:
            self._result(wanted)
        for wanted in (*outcome.apply, *((outcome.call,) if outcome.call else ())):
            results[wanted.key] = self._result(wanted)
        return results

    def _result(self, wanted: Wanted) -> Any:
        try:
            result = self._effects.apply(self.context, wanted.effect)
        except Refused as refusal:
            return Refusal(refusal.text_id)
        self._refresh_person()
        return result

    def _refresh_person(self) -> None:
        """See the person as effects have made them: language, city and notice count at once."""
        context = self.context
        now = context.unit.people.at(context.channel, context.bot, context.chat)
        if now is None or now == context.person:
            return
        if now.id != context.person.id:  # two chats were joined: the other's talks are parked
            other = Stack.from_json(now.memory.get("stack", {}))
            parked = (*other.parked, *other.live, *self.stack.parked)
            self.stack = replace(self.stack, parked=parked)
        self._reads.context = moved(context, now)


def _as_it_stands(answered: Answered, outcome: Outcome) -> Answered:
    """Take the Change button off an answer that can no longer be changed."""
    return replace(answered, change=None) if outcome.status == "ended" else answered


def moved(context: Context, person: Person) -> Context:
    """Return the context of the same turn for the person as they are now."""
    city = context.content.cities.get(person.city)
    now = context.now.astimezone(ZoneInfo(city.zone)) if city else context.now
    return replace(context, person=person, city=person.city, language=person.language, now=now)
