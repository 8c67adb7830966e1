"""Effects on who may invite a person to work, and on what they share with whom."""

from __future__ import annotations

from bot.errors import Refused
from bot.talent import PURPOSES, Kind
from bot.talent.details import tidied
from bot.talent.effects import (
    AnswerInvitation,
    ChooseWorkSkills,
    ReportMisuse,
    SetWork,
    ShareWithEmployer,
    TakeShareBack,
)
from bot.talent.records import LONGEST_CONTACT, LONGEST_NAME, MOST_CHOSEN, Answer, Shared
from bot.work.effects import Context, JsonValue, applies
from bot.work.effects.campaigns import turn_off, want_again
from bot.work.talent.known import get_invited
from bot.work.talent.offered import can_choose

PARTS = ("cv", "badges")
_SAID = {"": Answer.NONE, "no": Answer.NO, "later": Answer.LATER}


@applies(SetWork)
def set_work(context: Context, effect: SetWork) -> JsonValue:
    """Record each decision with the words that were shown; only adults may say yes."""
    before = kinds_on(context)
    wanted = {kind for kind in Kind if kind.value in effect.kinds}
    for kind in sorted(wanted - set(before)):
        _require_adult(context)
        context.unit.people.record_consent(
            context.person.id, PURPOSES[kind], True, context.channel, _version(context, kind)
        )
    if wanted - set(before):
        want_again(context, _version(context, None))
    if ended := [kind for kind in before if kind not in wanted]:
        purposes = tuple(PURPOSES[kind] for kind in ended)
        turn_off(context, purposes, _version(context, None))
        context.unit.outbox.cancel_for_person(context.person.id, lane=2)
    _note(context, "work.consent", on=",".join(sorted(wanted)))
    return [kind.value for kind in before]


@applies(ChooseWorkSkills)
def choose_work_skills(context: Context, effect: ChooseWorkSkills) -> JsonValue:
    """Keep the skills, as far as the person told them or a badge says so."""
    invited, person = context.unit.invited, context.person.id
    before = invited.skills(person)
    can = can_choose(context.unit, context.content, person)
    codes = [one for one in dict.fromkeys(effect.codes) if one in can]
    invited.choose(person, context.city, codes[:MOST_CHOSEN])
    return before


@applies(AnswerInvitation)
def answer_invitation(context: Context, effect: AnswerInvitation) -> str:
    """Keep an answer that no employer ever sees."""
    invited, _ = get_invited(context, effect.invitation)
    if invited.answer is Answer.SHARED or effect.answer not in _SAID:
        raise Refused("talent.gone")
    said = _SAID[effect.answer]
    return context.unit.invited.answer(invited.id, context.person.id, said).value


@applies(ShareWithEmployer)
def share_with_employer(context: Context, effect: ShareWithEmployer) -> JsonValue:
    """Share what was chosen, at an address that only this employer has."""
    invited, opportunity = get_invited(context, effect.invitation)
    _require_adult(context)
    if not opportunity.is_open(context.now.date()):
        raise Refused("talent.closed")
    shared = context.unit.invited.share(
        invited.id,
        context.person.id,
        Shared(
            "",
            tuple(one for one in PARTS if one in effect.parts)[:1],
            tidied(effect.name, LONGEST_NAME),
            tidied(effect.contact, LONGEST_CONTACT),
        ),
    )
    _note(context, "work.shared", opportunity=opportunity.id, parts=",".join(shared.parts))
    link = f"{context.public_url}/cv/{shared.token}" if shared.parts else ""
    return {"link": link}


@applies(TakeShareBack)
def take_share_back(context: Context, effect: TakeShareBack) -> bool:
    """Share nothing any more, at once."""
    invited, opportunity = get_invited(context, effect.invitation)
    was_shared = context.unit.invited.take_back(invited.id, context.person.id)
    if was_shared:
        _note(context, "work.taken_back", opportunity=opportunity.id)
    return was_shared


@applies(ReportMisuse)
def report_misuse(context: Context, effect: ReportMisuse) -> JsonValue:
    """Take a report; its reference is the acknowledgement."""
    _, opportunity = get_invited(context, effect.invitation)
    made = context.unit.misuse.open(
        context.person.id, opportunity.city, opportunity.id, effect.why, effect.words
    )
    _note(context, "misuse.reported", opportunity=opportunity.id, report=made.reference)
    return {"reference": made.reference}


def kinds_on(context: Context) -> list[Kind]:
    """Return what employers may invite the person to."""
    standing = context.unit.people.consents(context.person.id)
    given = {purpose for (purpose, _), decision in standing.items() if decision.is_given}
    return [kind for kind in Kind if PURPOSES[kind] in given]


def _require_adult(context: Context) -> None:
    band = context.person.age_band
    if band is None or not band.is_adult:
        raise Refused("talent.adults_only")


def _version(context: Context, kind: Kind | None) -> str:
    return f"talent.consent.{kind or 'off'}.{context.content.version}"


def _note(context: Context, action: str, **facts: str) -> None:
    reference = context.unit.people.reference_of(context.person.id)
    context.unit.audit.record(
        action, actor=reference, subject=reference, city=context.city, facts=facts
    )
