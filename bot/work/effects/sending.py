"""Effects on all that goes out: the stop of everything, from the chat."""

from __future__ import annotations

from bot.campaigns.approval import Actor
from bot.campaigns.effects import LetGoOn, StopEverything
from bot.conversation.messages import Text
from bot.errors import Refused
from bot.work.campaigns.desk import end_stop, stop_everything
from bot.work.effects import Context, applies

REASONS = frozenset({"wrong_words", "wrong_people", "fault"})


@applies(StopEverything)
def stop_all(context: Context, effect: StopEverything) -> None:
    """Stop it, with the reason in English words, for staff read it on their pages."""
    if effect.reason not in REASONS:
        raise Refused("campaigns.desk.not_now")
    reason = context.content.words.plain(Text(f"staff.reason.{effect.reason}"))
    stop_everything(context.unit, _actor(context), reason)


@applies(LetGoOn)
def let_go_on(context: Context, effect: LetGoOn) -> None:
    """End the stop."""
    del effect
    end_stop(context.unit, _actor(context))


def _actor(context: Context) -> Actor:
    reference = context.unit.people.reference_of(context.person.id)
    return Actor(reference, frozenset(one.role for one in context.teacher.grants))
