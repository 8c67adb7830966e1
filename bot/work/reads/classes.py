"""What flows look up for providers: their class codes, who used them, courses to make them for."""

from __future__ import annotations

from typing import Any

from bot.badges.held import Claim, ClassCode
from bot.conversation import Text, text_to_json
from bot.conversation.messages import Value
from bot.courses import wording
from bot.errors import NotFound
from bot.people.teaching import names_of
from bot.work.effects.classes import taught_skills
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut, phrase_json

Json = dict[str, Any]
PAGE = 4
"""Codes or courses a screen."""
PEOPLE = 6
"""People a screen."""
MOST_DATES = 8
MOST_OWN = 8
"""So many courses of one's own are listed at once; of more, one types words."""
MOST_NAMES = 5
MOST_TITLE = 80
MOST_NAME = 40
WEB = "web"


@look("class_codes")
def class_codes(context: Context, page: int) -> Json:
    """List the codes of this city that are the person's, newest first, some at a time."""
    codes, teacher = context.unit.class_codes, context.teacher
    total = codes.count_of(teacher, context.city)
    first = page * PAGE if page * PAGE < total else 0
    shown = codes.list_of(teacher, context.city, skip=first, limit=PAGE)
    waiting = codes.count_waiting(teacher, [one.id for one in shown])
    return {
        "total": total,
        "is_told": context.unit.staff.is_told(teacher.person),
        "first": first + 1,
        "last": first + len(shown),
        "has_more": total > first + PAGE,
        "cards": [
            {
                "id": one.id,
                "course": title_of(one),
                "state": text_to_json(_state(context, one)),
                "waiting": waiting.get(one.id, 0),
            }
            for one in shown
        ],
    }


@look("class_code")
def class_code(context: Context, code: str) -> Json | None:
    """Return one code; None where it is none of theirs."""
    found = own_code(context, code)
    if found is None:
        return None
    is_open = found.revoked_at is None and found.expires_at > context.unit.now
    waiting = context.unit.class_codes.count_waiting(context.teacher, [found.id])
    link = _address(context, found.token)
    values: dict[str, Value] = {
        "course": title_of(found),
        "words": found.words,
        "link": link,
        "until": found.expires_at.astimezone(context.now.tzinfo),
        "uses": found.uses,
        "waiting": waiting_text(waiting.get(found.id, 0)),
    }
    kind = ("code_single" if found.most_uses == 1 else "code") if is_open else "code_over"
    return {
        "is_open": is_open,
        "link": link,
        "waiting": waiting.get(found.id, 0),
        "says": text_to_json(Text(f"classes.{kind}", values)),
    }


@look("class_claims")
def class_claims(context: Context, code: str) -> Json:
    """List the first of those who wait for the provider's word, and count all of them."""
    if own_code(context, code) is None:
        return {"total": 0, "people": []}
    codes, teacher = context.unit.class_codes, context.teacher
    listed = codes.list_claims(teacher, code, "waiting", limit=PEOPLE)
    total = codes.count_waiting(teacher, [code]).get(code, 0)
    return {"total": total, "people": [[one.id, _called(one)] for one in listed]}


@look("class_given")
def class_given(context: Context, code: str, page: int) -> Json:
    """List those who were given a badge with a code, some at a time."""
    first = page * PEOPLE
    listed = _given(context, code, first)
    if first and not listed:
        first, listed = 0, _given(context, code, 0)
    people = [[one.id, _called(one), _given_state(context, one)] for one in listed[:PEOPLE]]
    return {"first": first, "people": people, "has_more": len(listed) > PEOPLE}


@look("teaching")
def teaching(context: Context) -> Json:
    """Return for whom the person teaches in this city: names of organisations, or all of it."""
    teacher, city = context.teacher, context.city
    named = [cut(name, MOST_TITLE) for name in names_of(teacher.grants, city)[:MOST_NAMES]]
    return {"is_staff": teacher.is_staff(city), "names": named}


@look("class_courses")
def class_courses(context: Context, words: str) -> list[Json]:
    """Find courses of this city to make a code for: one's own organisation's, of staff all."""
    teacher, city = context.teacher, context.city
    found = context.catalogue.named(
        city, words, PAGE, lambda one: teacher.teaches(city, one.provider)
    )
    return [{"id": one.id, "title": cut(one.title, MOST_TITLE)} for one in found]


@look("own_courses")
def own_courses(context: Context) -> Json:
    """List the courses of one's own organisation, where they are few enough for a screen."""
    teacher, city = context.teacher, context.city
    found = context.catalogue.named(
        city, "", MOST_OWN + 1, lambda one: teacher.teaches(city, one.provider)
    )
    has_more = len(found) > MOST_OWN
    courses = [{"id": one.id, "title": cut(one.title, MOST_TITLE)} for one in found]
    return {"has_more": has_more, "courses": [] if has_more else courses}


@look("class_course")
def class_course(context: Context, course: str) -> Json | None:
    """Return a course's dates to choose from, and whether it names a skill; None where it is not
    on offer in this city."""
    found = context.catalogue.find(context.unit, course)
    if found is None or found[0].city != context.city or found[1]:
        return None
    if not context.teacher.teaches(context.city, found[0].provider):
        return None
    today = context.now.date()
    dates = [
        [one.id, phrase_json(wording.when(one, today), 60), phrase_json(wording.where(one), 60)]
        for one in found[0].instances[:MOST_DATES]
    ]
    taught = taught_skills(context.unit, context.content, context.city, course)
    return {"dates": dates, "names_skills": bool(taught)}


@look("claim_address")
def claim_address(context: Context) -> str:
    """Return the address that opens the chat with a code, up to the code's token."""
    return _address(context, "")


def own_code(context: Context, code: str) -> ClassCode | None:
    """Return a code of this city that is the person's to reach."""
    try:
        found = context.unit.class_codes.get(context.teacher, code)
    except NotFound:
        return None
    return found if found.city == context.city else None


def title_of(code: ClassCode) -> str:
    """Return the title of the course that a code is for."""
    return cut(str(code.about.values.get("course", "")), MOST_TITLE)


def waiting_text(count: int) -> Text:
    """Say how many wait."""
    return Text("classes.waiting", {"count": count}) if count else Text("classes.nobody_waits")


def _address(context: Context, token: str) -> str:
    """Return a link into Telegram for who teaches there, into the browser for the others."""
    if context.channel == WEB or not context.telegram_username:
        return f"{context.public_url}/?start=claim_{token}"
    return f"https://t.me/{context.telegram_username}?start=claim_{token}"


def _given(context: Context, code: str, skip: int) -> list[Claim]:
    """Return those of a screen, and one more where there are more."""
    if own_code(context, code) is None:
        return []
    codes, teacher = context.unit.class_codes, context.teacher
    return codes.list_claims(teacher, code, "approved", skip=skip, limit=PEOPLE + 1)


def _called(claim: Claim) -> str:
    return cut(claim.called, MOST_NAME)


def _given_state(context: Context, claim: Claim) -> str:
    held = context.unit.badges.find(claim.credential) if claim.credential else None
    if held is None:
        return "making"
    return "taken" if held.revoked_at is not None else "given"


def _state(context: Context, code: ClassCode) -> Text:
    values: dict[str, Value] = {
        "words": code.words,
        "until": code.expires_at.astimezone(context.now.tzinfo),
    }
    if code.revoked_at is not None:
        return Text("classes.state.ended", values)
    is_over = code.expires_at <= context.unit.now
    return Text("classes.state.over" if is_over else "classes.state.open", values)
