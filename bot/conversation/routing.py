"""Which session or flow an incoming message is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.conversation.cleaning import clean
from bot.conversation.given import Given, Located, Pressed, WentBack, Wrote
from bot.conversation.messages import Incoming
from bot.conversation.registry import Flow, Registry
from bot.conversation.session import Session
from bot.conversation.tokens import words_of

_MOST_INTERRUPTION = 40
_MOST_SAID = 300
_LONGEST_OPENING = 4
STARTS = "go."
"""How the nonce of a message begins that nobody asked for, such as a reminder.

It belongs to no question: what is behind it is a deep link, with "." for "_", and a press goes
on there with its option at the end.
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Start a flow on top, or raise its live session where it has no arguments."""

    flow: Flow
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """Play this in that session, which is raised to the top first.

    Attributes:
        otherwise: What to do instead where the open question cannot read it.
    """

    session: Session
    given: Given
    otherwise: Start | None = None


@dataclass(frozen=True, slots=True)
class Interrupt:
    """An interruption that no flow has claimed by a command of its name."""

    name: str


@dataclass(frozen=True, slots=True)
class OptOut:
    """STOP right under a campaign message: opt out at once."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A press on a question of an ended session, or of another person: the closed line."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing to answer: an edit of a message that answered nothing, a block, an empty message."""


Route: TypeAlias = Answer | Start | Interrupt | OptOut | Closed | Ignored


def route(
    incoming: Incoming,
    sessions: Sequence[Session],
    registry: Registry,
    interrupt_words: Mapping[str, str],
    *,
    is_under_campaign: bool = False,
    openings: Mapping[str, str] | None = None,
) -> Route:
    """Decide what an incoming message is for.

    Args:
        sessions: The person's live sessions, the one being talked in last.
        interrupt_words: Words of every shipped language, to the command that they
            mean as a whole message ("menu", "back", "help", "language", "stop").
        is_under_campaign: The last thing the person was sent is a campaign message.
        openings: Words with which a message begins, to the command that it is given to as `said`,
            such as "remind me".
    """
    if incoming.kind == "press" and incoming.press is not None:
        if incoming.press.nonce.startswith(STARTS):
            opened = f"{incoming.press.nonce.removeprefix(STARTS)}.{incoming.press.option}"
            return _route_link(opened.replace(".", "_"), sessions, registry)
        return _route_press(incoming.press.nonce, incoming.press.option, sessions, registry)
    if incoming.kind == "edited":
        return _route_edited(incoming, sessions)
    if incoming.kind == "location" and incoming.place is not None:
        return Answer(sessions[-1], Located(*incoming.place)) if sessions else Ignored()
    if incoming.kind != "text":
        return Ignored()
    text = clean(incoming.text)
    name = _find_interruption(text, interrupt_words)
    if name == "stop" and is_under_campaign:
        return OptOut()
    if name:
        return _interrupt(name, sessions, registry)
    if text.startswith("/"):
        return _route_command(text, sessions, registry, is_under_campaign=is_under_campaign)
    asked = _find_opening(text, openings or {}, registry)
    if asked is not None:
        begun = Start(asked, {"said": text[:_MOST_SAID]})
        if not (sessions and sessions[-1].flow == asked.name):
            return begun
        return Answer(sessions[-1], Wrote(text, source=incoming.message_id), begun)
    return _route_words(text, incoming.message_id, sessions, registry)


def interruptions(phrases: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what `route` takes as interrupt words, of phrases and the commands they mean."""
    return {" ".join(words_of(said)): name for said, name in phrases}


def _find_interruption(text: str, interrupt_words: Mapping[str, str]) -> str:
    """Return the command that a whole message means, or nothing."""
    if len(text) > _MOST_INTERRUPTION:
        return ""
    words = words_of(text)
    if not words:
        return ""
    return interrupt_words.get(" ".join(words), "")


def _find_opening(text: str, openings: Mapping[str, str], registry: Registry) -> Flow | None:
    """Return the flow that a message is for by its first words, and that takes it."""
    words = words_of(text[:_MOST_SAID])
    for length in range(1, min(len(words), _LONGEST_OPENING) + 1):
        found = registry.find_command(openings.get(" ".join(words[:length]), ""))
        if found is not None and "said" in found.arguments:
            return found
    return None


def _route_press(nonce: str, option: str, sessions: Sequence[Session], registry: Registry) -> Route:
    for session in reversed(sessions):
        key = session.find_key(nonce)
        if key is not None:
            if option == "-menu":
                return _interrupt("menu", sessions, registry)
            return Answer(session, Pressed(key, option))
    return Closed()


def _route_edited(incoming: Incoming, sessions: Sequence[Session]) -> Route:
    """An edited message changes the answer that it gave."""
    for session in reversed(sessions):
        for act in session.log:
            if act.source and act.source == incoming.message_id:
                return Answer(session, Wrote(clean(incoming.text), act.key, act.source))
    return Ignored()


def _route_command(
    text: str, sessions: Sequence[Session], registry: Registry, *, is_under_campaign: bool
) -> Route:
    word, _, rest = text[1:].partition(" ")
    command, rest = word.partition("@")[0].casefold(), rest.strip()
    if command == "start" and rest:
        return _route_link(rest, sessions, registry)
    if command == "stop" and is_under_campaign:
        return OptOut()
    found = registry.find_command(command)
    if found is None:
        return _interrupt(command, sessions, registry)
    return Start(found, _first(found, rest))


def _route_link(payload: str, sessions: Sequence[Session], registry: Registry) -> Route:
    return start_of_link(payload, registry) or _interrupt("start", sessions, registry)


def start_of_link(payload: str, registry: Registry) -> Start | None:
    """Return what a deep link starts; None where no flow knows its prefix."""
    prefix, _, rest = payload.partition("_")
    found = registry.find_deep_link(prefix)
    if found is None:
        return None
    args = {"payload": payload} if "payload" in found.arguments else _first(found, rest)
    return Start(found, args)


def _route_words(
    text: str, message_id: str, sessions: Sequence[Session], registry: Registry
) -> Route:
    if sessions:
        return Answer(sessions[-1], Wrote(text, source=message_id))
    if registry.wish_flow is None or not text:
        return Ignored()
    return Start(registry.wish_flow, _first(registry.wish_flow, text))


def _interrupt(name: str, sessions: Sequence[Session], registry: Registry) -> Route:
    if name == "back" and sessions:
        return Answer(sessions[-1], WentBack())
    found = registry.find_command(name)
    return Start(found) if found is not None else Interrupt(name)


def _first(flow: Flow, words: str) -> dict[str, Any]:
    """Return the words as the flow's wish, or else as its first argument, if it has one."""
    name = "wish" if "wish" in flow.arguments else flow.first_argument
    return {name: words} if words and name else {}
