"""Applying what people do about badges, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.badges.codes import is_words
from bot.badges.earning import area_level
from bot.badges.effects import (
    AnswerEndorsement,
    AskEndorsement,
    AwardSkills,
    FindCode,
    LookAtCode,
    MakePledge,
    ShowBadge,
    UseCode,
)
from bot.badges.held import Claim, NewAward
from bot.badges.planning import LONGEST_VALUE, About, Value, about_area, about_itself, about_skill
from bot.badges.records import Evidence
from bot.errors import NotFound, Refused
from bot.people import Teacher
from bot.work.confirming import Answered, give, take_answer
from bot.work.effects import Context, JsonValue, applies
from bot.work.reads.standing import where_they_stand
from content.badges import BadgePlan
from content.words import TextValue

SKILLS, PLEDGE = "skills-check", "pledge"
NAMED_PLANS = frozenset({"informal", "in-work", "champion"})
COUNTED_FOR = timedelta(hours=1)
MOST_MISSES, MOST_MISSES_IN_CITY, MOST_CLAIMS = 10, 200, 20
"""Why so many: docs/decisions/0015-class-codes-and-claim-links.md."""
LONGEST_PROMISE = 300


@applies(AwardSkills)
def award_skills(context: Context, effect: AwardSkills) -> JsonValue:
    """Give the badge that the answers show, whatever the conversation saw before."""
    framework = context.content.offered(context.city).get(effect.framework)
    plan = _plan(context, SKILLS)
    if framework is None or plan.framework != framework.id:
        raise Refused("badges.not_offered")
    standings = where_they_stand(context.unit, context.person.id, context.content)
    try:
        level = area_level(framework, effect.area, standings)
    except KeyError as error:
        raise Refused("badges.not_offered") from error
    return _award(context, plan, about_area(framework, effect.area, level)) if level else "too_low"


@applies(MakePledge)
def make_pledge(context: Context, effect: MakePledge) -> JsonValue:
    """Give the badge of the pledge; the promise is in it only where the person wants it."""
    city = context.content.cities[context.city]
    told = effect.promise.strip()[:LONGEST_PROMISE] if effect.is_told else ""
    evidence = (Evidence(name=_say(context, "badge.evidence.told"), narrative=told),)
    return _award(context, _plan(context, PLEDGE), about_itself(city), evidence if told else ())


@applies(LookAtCode)
def look_at_code(context: Context, effect: LookAtCode) -> JsonValue:
    """Say what a code is for, before anybody types their name for nothing."""
    codes = context.unit.class_codes
    claim = _tried(context, effect.typed, codes.look_at)
    if isinstance(claim, str):
        return {"refused": claim}
    named = {key: _plain(claim.about.values.get(key)) for key in ("course", "by")}
    state = _stands(context, claim)
    return {"state": state, "plan": claim.plan, "name": named["course"], "by": named["by"]}


@applies(FindCode)
def find_code(context: Context, effect: FindCode) -> str:
    """Say which city a newcomer's code is of; whoever guesses is told nothing."""
    codes, person = context.unit.class_codes, context.person.id
    in_no_city = codes.count_misses_in("", COUNTED_FOR, MOST_MISSES_IN_CITY)
    if in_no_city >= MOST_MISSES_IN_CITY or codes.count_misses(person, COUNTED_FOR) >= MOST_MISSES:
        return ""
    city = codes.find_city(list(context.content.cities), effect.typed)
    if not city:
        codes.note_miss(person, "")
    return city


@applies(UseCode)
def use_code(context: Context, effect: UseCode) -> JsonValue:
    """Claim a badge."""
    use = partial(context.unit.class_codes.use, called=effect.called)
    claim = _tried(context, effect.typed, use)
    if isinstance(claim, str):
        return {"refused": claim}
    token = claim.credential or give(context.unit, context.content, claim)
    return {"state": claim.state, "plan": claim.plan, "course": claim.course, "token": token}


def _stands(context: Context, claim: Claim) -> str:
    """Return the claim's state, or what became of its badge: "had"; "refused" once taken back."""
    held = context.unit.badges.find(claim.credential) if claim.credential else None
    return {"ready": "had", "revoked": "refused"}.get(held.state if held else "", claim.state)


def _tried(
    context: Context, typed: str, attempt: Callable[[Teacher, str, str], Claim]
) -> Claim | str:
    """Return what a code leads to, or the id of the text that says why it leads to nothing.

    Whoever tries many codes that lead to nothing has to wait, whatever they try.
    """
    _require_account(context)
    if too_many := _too_many(context, typed):
        return too_many
    try:
        return attempt(context.teacher, context.city, typed)
    except Refused as refused:
        context.unit.class_codes.note_miss(context.person.id, context.city)
        return refused.text_id


def _too_many(context: Context, typed: str) -> str:
    """Return why a person has to wait before the next code, or nothing.

    The words of codes can be guessed and tokens cannot: where a whole city guesses, tokens work.
    """
    codes, person = context.unit.class_codes, context.person.id
    is_guessing = codes.count_misses(person, COUNTED_FOR) >= MOST_MISSES
    if is_guessing or codes.count_made(person, COUNTED_FOR, MOST_CLAIMS) >= MOST_CLAIMS:
        return "badges.code.too_many"
    if not is_words(typed):
        return ""
    missed = codes.count_misses_in(context.city, COUNTED_FOR, MOST_MISSES_IN_CITY)
    return "badges.code.busy" if missed >= MOST_MISSES_IN_CITY else ""


@applies(AskEndorsement)
def ask_endorsement(context: Context, effect: AskEndorsement) -> str:
    """Make the link that somebody with a name is sent."""
    _require_account(context)
    if effect.plan not in NAMED_PLANS or not effect.called.strip():
        raise Refused("badges.not_offered")
    token, _ = context.unit.endorsements.ask(
        context.person.id,
        context.city,
        _plan(context, effect.plan).id,
        _learned(context, effect),
        called=effect.called.strip(),
        narrative=effect.narrative.strip(),
        language=context.language,
    )
    return token


@applies(AnswerEndorsement)
def answer_endorsement(context: Context, effect: AnswerEndorsement) -> str:
    """Confirm or refuse; nobody confirms what they declared themselves."""
    open_request = context.unit.endorsements.find(effect.token)
    if open_request is not None and open_request.person == context.person.id:
        raise Refused("badges.endorsement.own")
    answered = Answered(effect.token, effect.is_given, effect.called, effect.comment)
    return take_answer(context.unit, context.content, answered)


@applies(ShowBadge)
def show_badge(context: Context, effect: ShowBadge) -> JsonValue:
    """Open or close a page; only who says that they are 18 or older may show a name there."""
    badges, person = context.unit.badges, context.person.id
    band = context.person.age_band
    if effect.shown_as and (band is None or not band.is_adult):
        raise Refused("badges.no_name")
    try:
        before = badges.get(person, effect.token)
        badges.show(person, effect.token, is_shown=effect.is_shown, shown_as=effect.shown_as[:60])
    except NotFound as error:
        raise Refused("badges.unknown") from error
    return [before.is_shown, before.shown_as]


def _require_account(context: Context) -> None:
    """Nothing is kept of children under 13, so they are given nothing that has to be kept."""
    band = context.person.age_band
    if band is not None and not band.may_have_account:
        raise Refused("badges.under_13")


def _plan(context: Context, plan: str) -> BadgePlan:
    found = context.content.badges.get(plan)
    if found is None:
        raise Refused("badges.not_offered")
    return found


def _award(
    context: Context, plan: BadgePlan, about: About, evidence: tuple[Evidence, ...] = ()
) -> JsonValue:
    _require_account(context)
    token, is_new = context.unit.badges.award(
        NewAward(
            person=context.person.id,
            city=context.city,
            plan=plan.id,
            about=about,
            language=context.language,
            months=plan.months,
            evidence=evidence,
        )
    )
    return {"token": token, "is_new": is_new}


def _learned(context: Context, effect: AskEndorsement) -> About:
    if _plan(context, effect.plan).about == "itself":
        return about_itself(context.content.cities[context.city])
    framework = context.content.offered(context.city).get(effect.framework)
    if framework is None or effect.competence not in framework.competences:
        raise Refused("badges.not_offered")
    return about_skill(framework, effect.competence, min(max(effect.level, 1), 4))


def _plain(value: Value | None) -> str:
    return value[:LONGEST_VALUE] if isinstance(value, str) else ""


def _say(context: Context, text_id: str, language: str = "", **values: str) -> str:
    return context.content.words.plain(TextValue(text_id, values), language or context.language)
