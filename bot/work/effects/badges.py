"""Applying what people do about badges, in the turn's transaction."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial

from bot.badges.codes import new_words
from bot.badges.earning import area_level
from bot.badges.effects import (
    AnswerEndorsement,
    AskEndorsement,
    AwardSkills,
    DecideClaims,
    EndClassCode,
    MakeClassCode,
    MakePledge,
    ShowBadge,
    UseCode,
)
from bot.badges.held import NewAward
from bot.badges.planning import About, about_area, about_course, about_itself, about_skill
from bot.badges.records import Evidence
from bot.courses.records import Course
from bot.errors import NotFound, Refused
from bot.work.confirming import Answered, give, take_answer
from bot.work.effects import Context, JsonValue, applies
from bot.work.reads.standing import where_they_stand
from content.badges import BadgePlan
from content.words import TextValue

SKILLS, PLEDGE = "skills-check", "pledge"
COURSE_PLANS = frozenset({"attendance", "completion"})
NAMED_PLANS = frozenset({"informal", "in-work", "champion"})
MOST_MISSES, MISSES_COUNT_FOR = 10, timedelta(hours=1)
MOST_HOURS = 24 * 14
MOST_OPEN_CODES = 20
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


@applies(UseCode)
def use_code(context: Context, effect: UseCode) -> JsonValue:
    """Claim a badge; whoever tries many codes that lead to nothing has to wait."""
    _require_account(context)
    codes, person = context.unit.class_codes, context.person.id
    if codes.count_misses(person, MISSES_COUNT_FOR) >= MOST_MISSES:
        return {"refused": "badges.code.too_many"}
    try:
        claim = codes.use(person, context.city, effect.typed, effect.called)
    except Refused as refused:
        codes.note_miss(person, context.city)
        return {"refused": refused.text_id}
    token = claim.credential or give(context.unit, context.content, claim)
    return {"state": claim.state, "plan": claim.plan, "course": claim.course, "token": token}


@applies(MakeClassCode)
def make_class_code(context: Context, effect: MakeClassCode) -> JsonValue:
    """Make a code for a course of this city."""
    _require_provider(context)
    entry = context.unit.catalogue.find(effect.course)
    words = context.content.code_words
    if effect.plan not in COURSE_PLANS or words is None:
        raise Refused("badges.not_offered")
    if entry is None or entry.course.city != context.city:
        raise Refused("badges.course_unknown")
    if _open_codes(context) >= MOST_OPEN_CODES:
        raise Refused("classes.too_many")
    if effect.instance and effect.instance not in {one.id for one in entry.course.instances}:
        raise Refused("badges.course_unknown")
    code = context.unit.class_codes.make(
        context.person.id,
        context.city,
        effect.plan,
        _about(context, entry.course, effect.instance),
        partial(new_words, words, secrets.randbelow),
        course=effect.course,
        instance=effect.instance,
        lasts=timedelta(hours=min(max(effect.hours, 1), MOST_HOURS)),
        most_uses=effect.most_uses or None,
        needs_approval=effect.needs_approval,
    )
    _record(context, "badge.code_made", code.id)
    expires = code.expires_at.isoformat()
    return {"id": code.id, "words": code.words, "token": code.token, "expires_at": expires}


@applies(EndClassCode)
def end_class_code(context: Context, effect: EndClassCode) -> str:
    """End a code of one's own."""
    try:
        context.unit.class_codes.revoke(context.person.id, effect.code)
    except NotFound as error:
        raise Refused("badges.code.unknown") from error
    _record(context, "badge.code_ended", effect.code)
    return "ended"


@applies(DecideClaims)
def decide_claims(context: Context, effect: DecideClaims) -> int:
    """Approve or refuse claims; who is approved is given the badge within seconds."""
    _require_provider(context)
    chosen = None if effect.is_all else effect.claims
    try:
        count = context.unit.class_codes.decide(
            context.person.id, effect.code, chosen, is_approved=effect.is_approved
        )
    except NotFound as error:
        raise Refused("badges.code.unknown") from error
    _record(context, "badge.claims_decided", effect.code)
    return count


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


def _about(context: Context, course: Course, instance: str) -> About:
    frameworks = context.content.frameworks
    teaches = [
        (framework.id, tag.competence, tag.level)
        for tag in context.unit.tags.of_course(context.city, course.id)
        for framework in frameworks.values()
        if tag.competence in framework.competences and tag.level
    ]
    about = about_course(course.id, course.title, course.provider, teaches)
    return About(f"{about.key}#{instance}", about.values, about.stands) if instance else about


def _learned(context: Context, effect: AskEndorsement) -> About:
    if _plan(context, effect.plan).about == "itself":
        return about_itself(context.content.cities[context.city])
    framework = context.content.offered(context.city).get(effect.framework)
    if framework is None or effect.competence not in framework.competences:
        raise Refused("badges.not_offered")
    return about_skill(framework, effect.competence, min(max(effect.level, 1), 4))


def _require_provider(context: Context) -> None:
    if not context.roles & {"provider", "staff"}:
        raise Refused("badges.not_a_provider")


def _open_codes(context: Context) -> int:
    made, now = context.unit.class_codes.list_of(context.person.id), context.unit.now
    return sum(one.revoked_at is None and one.expires_at > now for one in made)


def _record(context: Context, action: str, subject: str) -> None:
    actor = context.unit.people.reference_of(context.person.id)
    context.unit.audit.record(action, actor=actor, subject=subject, city=context.city)


def _say(context: Context, text_id: str, language: str = "", **values: str) -> str:
    return context.content.words.plain(TextValue(text_id, values), language or context.language)
