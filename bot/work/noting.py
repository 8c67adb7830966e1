"""What a turn notes of itself, in its own transaction, for whoever mends words and program.

A turn in which all went well writes nothing more.
"""

from __future__ import annotations

from bot.conversation.messages import Incoming
from bot.insights.stops import few_words, step_of
from bot.work.talk import Talk
from storage import Unit


def note_stops(unit: Unit, talk: Talk, incoming: Incoming) -> None:
    """Note answers that were not understood, and where a flow failed."""
    person = talk.context.person
    may_note = incoming.kind == "text" and person.has_accepted and not talk.is_unkept
    typed = incoming.text if may_note else ""
    for session in talk.unread:
        step = step_of(session.asked)
        unit.stops.note_unread(person.id, person.city, session.flow, step, few_words(typed))
    for outcome in talk.failures:
        if outcome.failure is not None:
            session, failure = outcome.session, outcome.failure
            step, kind = step_of(session.asked), type(failure.error).__name__
            unit.stops.note_fault(person.city, session.flow, step, kind, failure.reference)


def note_given_up(unit: Unit, city: str, reason: str, reference: str) -> None:
    """Note that a message was set aside: it raised before any flow could say so."""
    unit.stops.note_fault(city, "", "", reason, reference)
