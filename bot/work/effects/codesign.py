"""Effects of the flow in which people comment on descriptors."""

from __future__ import annotations

from bot.codesign.drafting import tidied
from bot.codesign.effects import GiveComment, JoinRound, LeaveRound, SayMissing, TakeShare
from bot.codesign.records import LONGEST_WORDS, Clear, Comment, Kind, Matters, Part, Round, Stage
from bot.codesign.sharing import items_of, share_of
from bot.errors import NotFound, Refused
from bot.work.codesigning import framework_of, stage_of
from bot.work.effects import Context, JsonValue, applies


@applies(JoinRound)
def join_round(context: Context, effect: JoinRound) -> JsonValue:
    """Let them take part."""
    found = _open(context, effect.round)
    kind = Kind(effect.kind)
    context.unit.comments.join(found.id, context.person.id, kind, keeps=effect.keeps)
    return str(kind)


@applies(TakeShare)
def take_share(context: Context, effect: TakeShare) -> JsonValue:
    """Give them what they left unanswered, then what fewest people commented on."""
    found = _open(context, effect.round)
    part = _part(context, effect.round)
    framework = framework_of(context.content, found)
    if framework is None:
        raise Refused("codesign.gone")
    items = items_of(framework, found.new.areas)
    known = {one.id for one in items}
    before = context.unit.comments.list_of(found.id, part.person)
    waiting = [one.item for one in before if one.is_waiting and one.item in known]
    waiting = waiting[: found.new.share]
    fresh = share_of(
        items,
        context.unit.comments.heard(found.id),
        {one.item for one in before},
        part.kind,
        found.new.share - len(waiting),
        f"{found.id} {part.person}",
    )
    context.unit.comments.give(part, fresh)
    return [*waiting, *fresh]


@applies(GiveComment)
def give_comment(context: Context, effect: GiveComment) -> JsonValue:
    """Keep what they say of a descriptor."""
    _open(context, effect.round)
    said = Comment(
        item=effect.item,
        given_at=context.now,
        is_skipped=effect.is_skipped,
        clear=Clear(effect.clear) if effect.clear else None,
        matters=Matters(effect.matters) if effect.matters else None,
        words=tidied(effect.words)[:LONGEST_WORDS],
    )
    try:
        context.unit.comments.put(_part(context, effect.round), said)
    except NotFound:
        raise Refused("codesign.gone") from None
    return None


@applies(SayMissing)
def say_missing(context: Context, effect: SayMissing) -> JsonValue:
    """Keep what they miss."""
    _open(context, effect.round)
    words = tidied(effect.words)[:LONGEST_WORDS]
    if words:
        context.unit.comments.say_missing(_part(context, effect.round), words)
    return None


@applies(LeaveRound)
def leave_round(context: Context, effect: LeaveRound) -> JsonValue:
    """Delete all that they said in it; that is always possible, whatever became of the round."""
    return context.unit.comments.leave(effect.round, context.person.id)


def _open(context: Context, round_id: str) -> Round:
    found = context.unit.rounds.find(round_id)
    if found is None:
        raise Refused("codesign.gone")
    if stage_of(context.content, found, context.now) is not Stage.OPEN:
        raise Refused("codesign.closed")
    return found


def _part(context: Context, round_id: str) -> Part:
    part = context.unit.comments.find_part(round_id, context.person.id)
    if part is None:
        raise Refused("codesign.gone")
    return part
