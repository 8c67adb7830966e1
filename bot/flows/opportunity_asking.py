"""Asking for one part of an opportunity after the other; what cannot be read is asked again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeAlias

from bot.conversation import (
    AskDate,
    AskNumber,
    AskText,
    Chat,
    Many,
    Option,
    Pick,
    Picked,
    Text,
    text_from_json,
)
from bot.talent.details import (
    LONGEST,
    MOST_PEOPLE,
    MOST_SKILLS,
    OPEN_FOR,
    STARTS_WITHIN,
    Fault,
    Form,
    Known,
    with_part,
)
from bot.talent.records import Details, Kind, Pace, Pay, Setting

Progress: TypeAlias = "tuple[int, int] | None"
MOST_TRIES = 8


async def ask_part(
    chat: Chat,
    key: str,
    part: str,
    details: Details,
    organisation: str,
    progress: Progress = None,
) -> tuple[Form, Details] | None:
    """Ask for a part until it can be read.

    Returns:
        Its fields of the form and the details with it; None where the person gave up.
    """
    for number in range(MOST_TRIES):
        form = await _ASKERS[part](chat, f"{key}.{number}", organisation, progress)
        if form is None:
            return None
        told = with_part(details, part, form, _known(chat, form))
        if not isinstance(told, Fault):
            return form, told
        chat.say(Text(told.text, dict(told.values)))
    return None


def _known(chat: Chat, form: Form) -> Known:
    """Return what a form is read with here: places and skills were looked up when asked for."""
    codes = {one.split(":")[1]: one.split(":")[0] for one in form.get("skills", "").split()}
    return Known(chat.now.date(), codes, lambda typed: typed)


def _options(group: str, names: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(
        Option(one, Text(f"opportunities.{group}.{one}.button"), is_main=at == 0)
        for at, one in enumerate(names)
    )


async def _pick(chat: Chat, key: str, part: str, names: tuple[str, ...], progress: Progress) -> str:
    question = Pick(Text(f"opportunities.ask.{part}"), _options(part, names), progress=progress)
    return str(await chat.ask(key, question))


async def _kind(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    return {"kind": await _pick(chat, key, "kind", tuple(Kind), progress)}


async def _title(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    question = AskText(
        Text("opportunities.ask.title"), max_length=LONGEST["title"], progress=progress
    )
    return {"title": await chat.ask(key, question)}


async def _summary(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    question = AskText(
        Text("opportunities.ask.summary"), max_length=LONGEST["summary"], progress=progress
    )
    return {"summary": await chat.ask(key, question)}


async def _skills(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    """Ask for skills: by what the organisation said that it needs, or one after the other."""
    found = await chat.look(f"{key}.needs", "opportunity_needs", organisation)
    if found:
        other = Option("other", Text("opportunities.other_skills.button"))
        options = tuple(
            Option(f"s.{at}", text_from_json(one["name"])) for at, one in enumerate(found)
        )
        question = Many(
            Text("opportunities.ask.skills_needed", {"most": MOST_SKILLS}),
            (*options, other),
            least=1,
            most=MOST_SKILLS,
            progress=progress,
        )
        chosen = await chat.ask(f"{key}.needed", question)
        codes = [found[int(one.removeprefix("s."))]["code"] for one in chosen if one != "other"]
        if "other" not in chosen:
            return {"skills": " ".join(codes)}
    else:
        codes = []
    return {"skills": " ".join(await _more_skills(chat, key, codes, progress))}


async def _more_skills(chat: Chat, key: str, codes: list[str], progress: Progress) -> list[str]:
    """Ask for skills by area, skill and level until there are enough."""
    while len(codes) < MOST_SKILLS:
        at = len(codes)
        areas = await chat.look(f"{key}.areas.{at}", "opportunity_areas", "")
        enough = (Option("enough", Text("opportunities.enough.button"), is_main=True),)
        question = Pick(
            Text("opportunities.ask.area", {"number": at + 1, "most": MOST_SKILLS}),
            (*(enough if codes else ()), *_named(areas)),
            progress=progress,
        )
        area = str(await chat.ask(f"{key}.area.{at}", question))
        if area == "enough":
            break
        skills = await chat.look(
            f"{key}.skills.{at}", "opportunity_areas", areas[_at(area)]["code"]
        )
        skill = str(
            await chat.ask(
                f"{key}.skill.{at}", Pick(Text("opportunities.ask.skill"), _named(skills))
            )
        )
        code = skills[_at(skill)]["code"]
        levels = await chat.look(f"{key}.levels.{at}", "opportunity_levels", code)
        level = str(
            await chat.ask(
                f"{key}.level.{at}", Pick(Text("opportunities.ask.level"), _named(levels))
            )
        )
        codes = [one for one in codes if one.split(":")[1] != code]
        codes.append(levels[_at(level)]["code"])
        if len(codes) <= at:
            chat.say(Text("opportunities.same_skill"))
            break
    return codes


def _named(found: list[dict[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(f"n.{at}", text_from_json(one["name"])) for at, one in enumerate(found))  # type: ignore[arg-type]  # a text in JSON


def _at(option: str) -> int:
    return int(option.removeprefix("n."))


async def _where(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    setting = await _pick(chat, key, "where", tuple(Setting), progress)
    if setting == Setting.HOME:
        return {"setting": setting}
    near = await chat.look(f"{key}.near", "local_examples")
    for number in range(MOST_TRIES):
        question = AskText(
            Text("opportunities.ask.place", {"area": near["area"]}), max_length=LONGEST["place"]
        )
        typed = await chat.ask(f"{key}.place.{number}", question)
        place = await chat.look(f"{key}.found.{number}", "offer_place", typed)
        if place:
            return {"setting": setting, "place": typed}
        chat.say(Text("talent.fault.place"))
    return None


async def _pace(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    return {"pace": await _pick(chat, key, "pace", tuple(Pace), progress)}


async def _pay(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    pay = await _pick(chat, key, "pay", tuple(Pay), progress)
    if pay == Pay.UNPAID:
        return {"pay": pay}
    skip = (Option("skip", Text("opportunities.skip.button")),) if pay == Pay.EXPENSES else ()
    question = AskText(
        Text(f"opportunities.ask.pay_words.{pay}"), max_length=LONGEST["pay_words"], options=skip
    )
    words = await chat.ask(f"{key}.words", question)
    return {"pay": pay, "pay_words": "" if isinstance(words, Picked) else str(words)}


async def _starts(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    if await _pick(chat, key, "starts", ("any", "day"), progress) == "any":
        return {"starts": ""}
    today = chat.now.date()
    question = AskDate(
        Text("opportunities.ask.first_day"), earliest=today, latest=today + STARTS_WITHIN
    )
    return {"starts": (await chat.ask(f"{key}.day", question)).isoformat()}


async def _people(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    question = AskNumber(
        Text("opportunities.ask.people"), low=1, high=MOST_PEOPLE, progress=progress
    )
    return {"people": str(await chat.ask(key, question))}


async def _until(chat: Chat, key: str, organisation: str, progress: Progress) -> Form | None:
    del organisation
    today = chat.now.date()
    weeks = tuple(
        Option(
            (today + timedelta(weeks=one)).isoformat(),
            Text("opportunities.weeks.button", {"count": one}),
            is_main=one == 4,
        )
        for one in (2, 4, 8)
    )
    question = AskDate(
        Text("opportunities.ask.until"),
        earliest=today,
        latest=today + OPEN_FOR,
        options=weeks,
        progress=progress,
    )
    return {"until": (await chat.ask(key, question)).isoformat()}


_ASKERS: dict[str, Callable[[Chat, str, str, Progress], Awaitable[Form | None]]] = {
    "kind": _kind,
    "title": _title,
    "summary": _summary,
    "skills": _skills,
    "where": _where,
    "pace": _pace,
    "pay": _pay,
    "starts": _starts,
    "people": _people,
    "until": _until,
}
