"""One turn: loading a person's conversations, playing what they did, storing what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.conversation.messages import Incoming, Message, Text
from bot.conversation.registry import Registry
from bot.conversation.routing import Answer, Ignored, Route, Start, route
from bot.conversation.screen import Screen
from bot.conversation.session import Session
from bot.conversation.stack import PARKED_FOR, Stack
from bot.people import Person
from bot.work import faults
from bot.work.context import Context, Surroundings
from bot.work.effects import EffectRegistry
from bot.work.noting import note_given_up, note_stops
from bot.work.reading import TurnReads
from bot.work.reads import LookRegistry
from bot.work.rendering import Renderer
from bot.work.talk import Changed, Line, Seen, Talk
from bot.work.typed import TypedWords
from storage import Unit
from storage.records import ClaimedIncoming, NewOutgoing, Outgoing, SessionState

SEND_LEASE = timedelta(seconds=30)
MOST_WISH = 500
LONGEST_STOP = 40
"""Letters of a message that can mean "stop": only for those is looked at what was sent last."""
NEEDS_NO_CITY = frozenset(
    {"city", "help", "language", "privacy", "mydata", "forget", "stop", "join", "invite"}
)
"""What can be done before a city is chosen; all else rests on one."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A message whose turn raised."""

    claimed: ClaimedIncoming
    error: Exception


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that is replaced in its place; it may be lost without harm."""

    message_id: str
    message: Message


@dataclass(frozen=True, slots=True)
class Stored:
    """A turn after its commit: what is to be sent.

    Attributes:
        claimed: The id of the incoming message in the inbox.
        status: How the turn ended, for the metrics.
        rows: What was put into the outbox.
        edits: What is replaced in the chat.
        instead_of: The message that the last row may take the place of; empty for none.
        failures: References of what went wrong, for the log.
    """

    claimed: str
    incoming: Incoming
    status: str
    rows: tuple[Outgoing, ...] = ()
    edits: tuple[Edit, ...] = ()
    instead_of: str = ""
    failures: tuple[tuple[str, BaseException], ...] = ()


class Turn:
    """A turn that was played and is ready to be stored."""

    def __init__(self, player: Player, claimed: ClaimedIncoming, talk: Talk | None) -> None:
        self._player = player
        self._talk = talk
        self.claimed = claimed

    def store(self, unit: Unit) -> Stored:
        """Store all that follows from the message, in one transaction."""
        # A transaction that is tried again starts over from what is stored by then.
        talk, self._talk = self._talk, None
        return self._player.store(unit, self.claimed, talk)


Played: TypeAlias = Turn | Failed


@dataclass(frozen=True, slots=True)
class Flows:
    """The flows, with what they may do and look up."""

    registry: Registry
    effects: EffectRegistry
    looks: LookRegistry


class Player:
    """Plays turns.

    Args:
        flows: The flows with their effects and looks.
        around: Returns the content and everything else that is the same for every turn.
        holder: This process's name in leases.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        flows: Flows,
        around: Callable[[], Surroundings],
        *,
        holder: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._flows = flows
        self._around = around
        self._holder = holder
        self._clock = clock
        self._typed = TypedWords()

    # -- playing -----------------------------------------------------------------------------

    def play(self, unit: Unit, claimed: ClaimedIncoming) -> Turn:
        """Play a message against what the unit reads; called off the event loop."""
        return Turn(self, claimed, self._talk_of(unit, claimed.incoming))

    def _talk_of(self, unit: Unit, incoming: Incoming) -> Talk | None:
        """Begin the turn's talk; None where the person is not known yet."""
        if incoming.kind in ("blocked", "unblocked"):
            return None
        person = unit.people.at(incoming.channel, incoming.bot, incoming.chat)
        return None if person is None else self._begin(unit, incoming, person)

    def _begin(self, unit: Unit, incoming: Incoming, person: Person) -> Talk:
        reads = TurnReads(self._context(unit, incoming, person), self._flows.looks)
        stack = Stack.from_json(person.memory.get("stack", {}))
        states = unit.sessions.load(person.id) if stack.live or stack.parked else []
        sessions = {
            state.id: Session.from_json({**state.frame, "log": list(state.acts)})
            for state in states
        }
        talk = Talk(self._flows.registry, self._flows.effects, reads, stack, sessions)
        talk.stored_acts = {state.id: state.acts for state in states}
        talk.begin(self._route(incoming, talk))
        return talk

    def _context(self, unit: Unit, incoming: Incoming, person: Person) -> Context:
        around = self._around()
        city = around.content.cities.get(person.city)
        return Context(
            person=person,
            city=person.city,
            language=person.language,
            channel=incoming.channel,
            bot=incoming.bot,
            chat=incoming.chat,
            now=self._clock().astimezone(ZoneInfo(city.zone if city else "Europe/London")),
            unit=unit,
            around=around,
        )

    def _route(self, incoming: Incoming, talk: Talk) -> Route:
        live = talk.live()
        interrupting, opening = self._typed.of(self._around().content.words)
        start, person = self._flows.registry.find("start"), talk.context.person
        found = route(
            incoming,
            live,
            self._flows.registry,
            interrupting,
            is_under_campaign=_is_under_campaign(talk.context, incoming),
            openings=opening,
        )
        if start is None or isinstance(found, Answer | Ignored):
            return found
        if not person.has_accepted:
            # Nothing is kept of somebody who has not seen the notice: first things first.
            return Start(start, _first_words(incoming))
        if not person.city and isinstance(found, Start) and found.flow.name not in NEEDS_NO_CITY:
            # Everything else rests on a city: where that question is open, it is asked again.
            is_asking = any(session.flow == start.name for session in live)
            words = _first_words(incoming)
            return Start(start, {} if is_asking and "payload" not in words else words)
        return found

    # -- storing -----------------------------------------------------------------------------

    def store(self, unit: Unit, claimed: ClaimedIncoming, talk: Talk | None) -> Stored:
        """Apply, append, put into the outbox and mark done, in the unit's transaction."""
        incoming = claimed.incoming
        if incoming.kind in ("blocked", "unblocked"):
            return self._reached(unit, claimed)
        if talk is None:
            talk = self._begin(unit, incoming, self._ensured(unit, incoming))
        talk.finish(unit)
        faults.point("turn.in_unit")
        before = talk.context.person
        unit.people.bump(before.id, before.version, memory=_memory(before, talk.stack))
        for session in talk.touched.values():
            unit.sessions.save(_state(session, talk))
        for session_id in talk.newly_parked():
            unit.sessions.park(session_id, unit.now + PARKED_FOR)
        note_stops(unit, talk, incoming)
        stored = self._put_out(unit, claimed, talk)
        if talk.is_unkept:
            unit.inbox.hide_words(claimed.id)
        unit.inbox.finish(claimed.id)
        return stored

    def _ensured(self, unit: Unit, incoming: Incoming) -> Person:
        content = self._around().content
        hint = incoming.language.partition("-")[0].lower()
        only = next(iter(content.cities)) if len(content.cities) == 1 else ""
        return unit.people.ensure(
            incoming.channel,
            incoming.bot,
            incoming.chat,
            city=only,
            language=hint if hint in content.languages else "en",
        )

    def _reached(self, unit: Unit, claimed: ClaimedIncoming) -> Stored:
        """Note that a person blocked the bot or came back."""
        incoming = claimed.incoming
        chat = (incoming.channel, incoming.bot, incoming.chat)
        if unit.contacts.find(*chat) is not None:
            unit.contacts.set_reachable(*chat, incoming.kind == "unblocked")
        if incoming.kind == "blocked":
            unit.outbox.cancel_for_chat(*chat)
        unit.inbox.finish(claimed.id)
        return Stored(claimed.id, incoming, incoming.kind)

    def _put_out(self, unit: Unit, claimed: ClaimedIncoming, talk: Talk) -> Stored:
        incoming, seen, person = claimed.incoming, talk.seen, talk.context.person
        renderer = Renderer(
            talk.context.content.words,
            talk.context.language,
            person.id,
            talk.context.public_url,
            talk.draw,
        )
        messages = list(_drawn(seen, renderer))
        rows = unit.outbox.add_many(
            [
                self._outgoing(unit, claimed, person, number, message)
                for number, message in enumerate(messages)
            ]
        )
        return Stored(
            claimed.id,
            incoming,
            seen.status,
            tuple(rows),
            tuple(_edits(unit, incoming, seen, renderer, person)),
            incoming.message_id if seen.reopened and incoming.kind == "press" else "",
            tuple(
                (one.failure.reference, one.failure.error) for one in talk.failures if one.failure
            ),
        )

    def _outgoing(
        self, unit: Unit, claimed: ClaimedIncoming, person: Person, number: int, message: Message
    ) -> NewOutgoing:
        incoming = claimed.incoming
        return NewOutgoing(
            person=person.id,
            city=person.city,
            channel=incoming.channel,
            bot=incoming.bot,
            chat=incoming.chat,
            message=message,
            dedupe_key=f"{claimed.id}.{number}",
            nonce=message.nonce,
            holder=self._holder,
            until=unit.now + SEND_LEASE,
        )

    def give_up(self, unit: Unit, claimed: ClaimedIncoming, reason: str) -> Stored:
        """Set a message aside and tell the person once, with a reference."""
        incoming = claimed.incoming
        person = self._ensured(unit, incoming)
        renderer = Renderer(self._around().content.words, person.language)
        reference = claimed.id[-6:]
        told = renderer.notice(Text("work.failed", {"reference": reference}))
        note_given_up(unit, person.city, reason, reference)
        rows = unit.outbox.add_many([self._outgoing(unit, claimed, person, 0, told)])
        unit.inbox.dead_letter(claimed.id, reason)
        return Stored(claimed.id, incoming, "given_up", tuple(rows))

    def notice_flood(self, unit: Unit, incoming: Incoming) -> None:
        """Tell a person once that they write faster than anyone can read."""
        person = self._ensured(unit, incoming)
        renderer = Renderer(self._around().content.words, person.language)
        unit.outbox.add_many(
            [
                NewOutgoing(
                    person=person.id,
                    city=person.city,
                    channel=incoming.channel,
                    bot=incoming.bot,
                    chat=incoming.chat,
                    message=renderer.notice(Text("work.slow_down")),
                    dedupe_key=f"flood.{incoming.channel}.{incoming.bot}.{incoming.update_id}",
                )
            ]
        )


def _is_under_campaign(context: Context, incoming: Incoming) -> bool:
    """Tell whether a short message follows right after what the city wrote unasked."""
    if incoming.kind != "text" or len(incoming.text) > LONGEST_STOP:
        return False
    return bool(context.unit.broadcasts.newest_said(context.person.id))


def _first_words(incoming: Incoming) -> dict[str, Any]:
    """Return what an unknown person's first message says: a wish, or a link's payload."""
    text = incoming.text.strip() if incoming.kind == "text" else ""
    if not text.startswith("/"):
        return {"wish": text[:MOST_WISH]} if text else {}
    command, _, rest = text[1:].partition(" ")
    rest = rest.strip()
    if command.partition("@")[0].lower() == "start" and rest:
        return {"payload": rest[:64]}
    return {}


def _memory(person: Person, stack: Stack) -> dict[str, Any] | None:
    memory = {**person.memory, "stack": stack.to_json()}
    return memory if memory != person.memory else None


def _state(session: Session, talk: Talk) -> SessionState:
    written = session.to_json()
    acts = tuple(written.pop("log"))
    live = next((n for n, e in enumerate(talk.stack.live) if e.session == session.id), None)
    return SessionState(
        id=session.id,
        person=talk.context.person.id,
        flow=session.flow,
        frame=written,
        acts=acts,
        kept=_kept(acts, talk.stored_acts.get(session.id, ())),
        city=session.opening.city,
        status="ended" if session.id in talk.ended else "parked" if live is None else "live",
        position=live or 0,
    )


def _kept(acts: Sequence[Any], stored: Sequence[Any]) -> int:
    """Return how many leading acts are stored already."""
    kept = 0
    for act, known in zip(acts, stored, strict=False):
        if act != known:
            break
        kept += 1
    return kept


def _drawn(seen: Seen, renderer: Renderer) -> Iterable[Message]:
    for shown in seen.shown:
        if isinstance(shown, Screen):
            yield from renderer.screen(shown)
        elif isinstance(shown, Changed):
            yield renderer.changed(shown.say)
        elif isinstance(shown, Line):
            yield renderer.closed(shown.text)
        else:
            yield renderer.notice(shown)


def _edits(
    unit: Unit, incoming: Incoming, seen: Seen, renderer: Renderer, person: Person
) -> Sequence[Edit]:
    """Return the answered question as it now stands, where its message is known."""
    answered = seen.answered
    if answered is None or incoming.channel == "web":
        return ()
    pressed = incoming.press is not None and incoming.press.nonce == answered.nonce
    message_id = (
        incoming.message_id
        if pressed
        else unit.outbox.message_id_of(person.id, answered.nonce, incoming.channel)
    )
    return (Edit(message_id, renderer.answered(answered)),) if message_id else ()
