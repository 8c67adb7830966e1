"""Effects on questionnaires that people fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.courses.phrases import Phrase
from bot.errors import Refused
from bot.needs.answered import PROBLEM, TELLING
from bot.needs.problems import LONGEST, as_meant
from bot.people import Role
from bot.questionnaires import Refused as NotTaken
from bot.questionnaires import accept, skip
from bot.questionnaires.effects import (
    AnswerQuestion,
    BeginResponse,
    FollowResponse,
    Given,
    SendResponse,
    TakeAsMeant,
    WithdrawResponse,
)
from bot.questionnaires.records import Answers, Filled, Key, Step, Value
from bot.work.effects import Context, JsonValue, applies
from bot.work.employing import note_sent
from bot.work.filling import Filling, find_filling, taken_over
from bot.work.reads.catalogue import phrase_json
from content.questionnaires import Questionnaire

GONE = "questionnaires.gone"
FOR_EMPLOYERS = "questionnaires.for_employers"
"""The refusal of what is answered for an organisation where none was named."""
OF_A_COURSE = "evaluation"


@applies(BeginResponse)
def begin_response(context: Context, effect: BeginResponse) -> JsonValue:
    """Begin, or go on with what was begun for the same."""
    questionnaire = context.content.questionnaires.current.get(effect.questionnaire)
    if questionnaire is None:
        raise Refused(GONE)
    subject = _subject(context, questionnaire, effect)
    begun = Filled(questionnaire.id, questionnaire.version, _known(context, questionnaire, effect))
    return _begun(context, questionnaire, begun, effect.organisation, subject)


@applies(FollowResponse)
def follow_response(context: Context, effect: FollowResponse) -> JsonValue:
    """Begin anew with what was answered before, as far as it fits the questions of today."""
    before = context.unit.responses.find(context.person.id, effect.response)
    now = context.content.questionnaires.current.get(before.filled.questionnaire if before else "")
    if before is None or now is None or before.city != context.city:
        raise Refused(GONE)
    wanted = BeginResponse(now.id, before.organisation, before.subject)
    subject = _subject(context, now, wanted)
    answers = taken_over(before.filled.answers, now, context.content)
    return _begun(
        context, now, Filled(now.id, now.version, answers), before.organisation, subject, before.id
    )


@applies(AnswerQuestion)
def answer_question(context: Context, effect: AnswerQuestion) -> JsonValue:
    """Keep an answer, or say what is wrong with it."""
    filling = _filling(context, effect.response)
    step = filling.step(Key(effect.question, effect.item))
    if step is None:
        return {"error": phrase_json(Phrase("questionnaires.not_asked"))}
    try:
        value = _taken(step, effect.given)
    except NotTaken as refused:
        return {"error": phrase_json(refused.phrase)}
    kept = filling.with_answer(step.key, value)
    context.unit.responses.keep(context.person.id, effect.response, kept)
    return _read(context, filling, step.key, value)


@applies(TakeAsMeant)
def take_as_meant(context: Context, effect: TakeAsMeant) -> None:
    """Name the problem beside the words: whoever looks through the answers sees it there."""
    filling = _filling(context, effect.response)
    step = filling.step(Key(effect.question, effect.item))
    problem = context.content.needs.problems.get(effect.problem)
    words = filling.answers.get(step.key) if step else None
    if step is None or problem is None or not isinstance(words, str):
        return
    most = int(step.question.most or LONGEST)
    kept = filling.with_answer(step.key, as_meant(words, problem, most))
    context.unit.responses.keep(context.person.id, effect.response, kept)


@applies(SendResponse)
def send_response(context: Context, effect: SendResponse) -> JsonValue:
    """Send it; the address that it names is kept beside it, and only with consent."""
    filling = _filling(context, effect.response)
    if filling.missing():
        raise Refused("questionnaires.missing")
    answers, contact = _without_contact(filling)
    response = filling.response
    team, kind = answers.get(Key("team")), filling.questionnaire.id
    sent = context.unit.responses.send(
        context.person.id,
        response.id,
        replace(filling.sendable, answers=answers),
        team=team if isinstance(team, str) else "",
        contact="" if response.organisation else contact,
        kinds=TELLING if kind in TELLING else (),
    )
    if response.organisation and kind in TELLING:
        note_sent(context, sent, contact)
    return {
        "organisation": response.organisation,
        "audience": response.audience,
        "questionnaire": filling.questionnaire.id,
    }


@applies(WithdrawResponse)
def withdraw_response(context: Context, effect: WithdrawResponse) -> bool:
    """Take it back."""
    return context.unit.responses.withdraw(context.person.id, effect.response)


def _subject(context: Context, questionnaire: Questionnaire, effect: BeginResponse) -> str:
    """Return what a response is about, and refuse whoever it is not for."""
    person, unit = context.person, context.unit
    if person.age_band is not None and not person.age_band.may_have_account:
        raise Refused("questionnaires.not_for_you")
    if questionnaire.audience == "employer":
        if not effect.organisation:
            raise Refused(FOR_EMPLOYERS)
        member = unit.employers.find_member(person.id, effect.organisation)
        if member is None or unit.employers.find(effect.organisation, context.city) is None:
            raise Refused("questionnaires.not_for_you")
        return ""
    if effect.organisation:
        raise Refused("questionnaires.not_for_you")
    if questionnaire.audience == "provider":
        if Role.PROVIDER.value not in context.roles:
            raise Refused("questionnaires.not_for_you")
        return ""
    if not effect.subject and questionnaire.id != OF_A_COURSE:
        return ""
    if not effect.subject or context.catalogue.find(unit, effect.subject) is None:
        raise Refused("questionnaires.no_course")
    return effect.subject


def _known(context: Context, questionnaire: Questionnaire, effect: BeginResponse) -> Answers:
    """Return what was said in so many words on the way here: whom one answers for."""
    if not effect.organisation or "name" not in questionnaire.questions:
        return {}
    found = context.unit.employers.find(effect.organisation, context.city)
    is_name = questionnaire.questions["name"].prefill == "organisation.name"
    return {Key("name"): found.name} if found is not None and is_name else {}


def _begun(
    context: Context,
    questionnaire: Questionnaire,
    filled: Filled,
    organisation: str,
    subject: str,
    follows: str = "",
) -> JsonValue:
    begun = context.unit.responses.begin(
        context.person.id,
        context.city,
        questionnaire.audience,
        filled,
        organisation=organisation,
        subject=subject,
        follows=follows,
    )
    return {"id": begun.id, "is_new": begun.started_at == context.unit.now}


def _filling(context: Context, response: str) -> Filling:
    found = find_filling(context, response)
    if found is None:
        raise Refused(GONE)
    return found


def _taken(step: Step, given: Given) -> Value:
    if given is None:
        return skip(step)
    if isinstance(given, str):
        return accept(step, given)
    rows = {one[0]: one[1:] for one in given if not isinstance(one, str)}
    return accept(step, rows or [one for one in given if isinstance(one, str)])


def _read(context: Context, filling: Filling, key: Key, value: Value) -> JsonValue:
    """Return which problems are read from an employer's words; None where none are sought."""
    is_problem = key.question == PROBLEM and filling.questionnaire.audience == "employer"
    if not is_problem or not isinstance(value, str):
        return None
    found = context.around.matching.reader(context.content).read(value)
    return {"read": [one.problem for one in found], "is_sure": all(one.is_sure for one in found)}


def _without_contact(filling: Filling) -> tuple[Mapping[Key, Value], str]:
    """Return what is sent without addresses, and the address that may be written to."""
    sendable = filling.sendable.answers
    questions = filling.questionnaire.questions
    addresses = {key for key in sendable if questions[key.question].form == "email"}
    found = [value for key, value in sendable.items() if key in addresses]
    contact = next((one for one in found if isinstance(one, str)), "")
    return {key: one for key, one in sendable.items() if key not in addresses}, contact
