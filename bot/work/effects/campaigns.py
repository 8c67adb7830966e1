"""Effects on what the city may write to a person about, and what they do with what it wrote."""

from __future__ import annotations

from collections.abc import Iterable

from bot.campaigns.effects import (
    ActOnMessage,
    KeepPledge,
    NoteInterest,
    PutPledgeBack,
    SetInterests,
    SetTopic,
    StopCampaigns,
)
from bot.campaigns.promises import problem_of
from bot.campaigns.records import ActKind
from bot.errors import Refused
from bot.people import Purpose
from bot.people.consent import TOPICS, WORK
from bot.work.effects import Context, JsonValue, applies

MOST_INTERESTS = 5
_KINDS: dict[str, ActKind] = {"open": "open", "poll": "poll"}


@applies(SetTopic)
def set_topic(context: Context, effect: SetTopic) -> JsonValue:
    """Record the decision with the words that were shown; a no holds on every channel."""
    was_on = effect.topic in topics_on(context)
    topic = next((one for one in TOPICS if one.value == effect.topic), None)
    if topic is None:
        raise Refused("topics.unknown")
    if effect.is_on:
        _turn_on(context, topic)
    else:
        turn_off(context, (topic,), f"topics.{topic.value}.{context.content.version}")
    if effect.broadcast and not effect.is_on:
        context.unit.campaign_acts.record(
            effect.broadcast, context.person.id, "opt_out", said=topic.value
        )
    return was_on


def _turn_on(context: Context, topic: Purpose) -> None:
    band = context.person.age_band
    if band is not None and not band.may_have_account:
        raise Refused("topics.under_13")
    if topic is Purpose.INVITATIONS and not (band is not None and band.is_adult):
        raise Refused("topics.adults_only")
    people, version = context.unit.people, f"topics.{topic.value}.{context.content.version}"
    people.record_consent(context.person.id, topic, True, context.channel, version)
    want_again(context, version)


def want_again(context: Context, version: str) -> None:
    """End a stop of all messages: whoever wants some again no longer stops them all."""
    people = context.unit.people
    for (purpose, channel), decision in people.consents(context.person.id).items():
        if purpose is Purpose.CAMPAIGNS and not decision.is_given:
            people.record_consent(context.person.id, purpose, True, channel, version)


def turn_off(context: Context, topics: Iterable[Purpose], version: str) -> None:
    """Withdraw topics on every channel on which they are on."""
    people, wanted = context.unit.people, frozenset(topics)
    for (purpose, channel), decision in people.consents(context.person.id).items():
        if purpose in wanted and decision.is_given:
            people.record_consent(context.person.id, purpose, False, channel, version)


def topics_on(context: Context) -> list[str]:
    """Return the topics that the person agreed to on any channel."""
    standing = context.unit.people.consents(context.person.id)
    given = {purpose for (purpose, _), decision in standing.items() if decision.is_given}
    return [one.value for one in TOPICS if one in given]


@applies(StopCampaigns)
def stop_campaigns(context: Context, effect: StopCampaigns) -> None:
    """Turn everything off that the city writes unasked; what it wrote last is why."""
    del effect
    withdraw_all(context)


def withdraw_all(context: Context) -> None:
    """Withdraw every topic and all that is written unasked, and leave out what waits."""
    unit, person = context.unit, context.person.id
    under = unit.broadcasts.newest_said(person)
    turn_off(context, (*TOPICS, *WORK), "stop")
    unit.people.record_consent(person, Purpose.CAMPAIGNS, False, context.channel, "stop")
    unit.outbox.cancel_for_person(person, lane=2)
    if under:
        unit.campaign_acts.record(under, person, "opt_out", said="all")


@applies(NoteInterest)
def note_interest(context: Context, effect: NoteInterest) -> JsonValue:
    """Remember the subject of what was said, as a search would understand it."""
    index = context.catalogue.index(context.city)
    words = " ".join(effect.words.split())
    subject = (index.understand(words).subject if index else "") or words
    traits, person = context.unit.traits, context.person.id
    before = sorted(traits.of(person, "interest"))
    if subject and len(before) < MOST_INTERESTS:
        traits.put(person, context.city, "interest", subject)
    return before


@applies(SetInterests)
def set_interests(context: Context, effect: SetInterests) -> JsonValue:
    """Remember these subjects and no others."""
    traits, person = context.unit.traits, context.person.id
    before = sorted(traits.of(person, "interest"))
    kept = dict.fromkeys(effect.subjects[:MOST_INTERESTS], 0)
    traits.replace(person, context.city, "interest", kept)
    return before


@applies(ActOnMessage)
def act_on_message(context: Context, effect: ActOnMessage) -> JsonValue:
    """Note it, where the message was theirs."""
    kind = _KINDS.get(effect.kind)
    if kind is None:
        return False
    return context.unit.campaign_acts.record(
        effect.broadcast, context.person.id, kind, effect.part, effect.said
    )


@applies(KeepPledge)
def keep_pledge(context: Context, effect: KeepPledge) -> JsonValue:
    """Keep the promise; return the one before."""
    if problem := problem_of(effect.words):
        raise Refused(problem)
    acts, person = context.unit.campaign_acts, context.person.id
    before = acts.pledge_of(person)
    acts.pledge(person, context.city, " ".join(effect.words.split()))
    if effect.broadcast:
        acts.record(effect.broadcast, person, "pledge")
    return before.words if before else ""


@applies(PutPledgeBack)
def put_pledge_back(context: Context, effect: PutPledgeBack) -> None:
    """Let the promise before stand again."""
    acts, person = context.unit.campaign_acts, context.person.id
    if effect.words:
        acts.pledge(person, context.city, effect.words)
    else:
        acts.take_back_pledge(person)
