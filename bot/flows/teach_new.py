"""Making a class code: for which course and date, for what, for whom, for how long."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import MakeClassCode
from bot.conversation import Chat, Option, Pick, Refusal, Text, text_from_json
from bot.flows.badge_declared import levels, skill_of_area
from bot.flows.teach_course import numbered, which_course

Json = dict[str, Any]
PLANS = ("attendance", "completion")
WHO = ("look", "now", "single")
HOURS = {"short": 3, "day": 12, "week": 168}


async def new_code(chat: Chat) -> str:
    """Make a code; return its id, or nothing where the person goes back."""
    course = await which_course(chat)
    if not course:
        return ""
    found = await chat.look("dates", "class_course", course)
    if not found:
        chat.say(Text("classes.withdrawn"))
        return ""
    instance = await _date(chat, found["dates"])
    plan = str(await chat.ask("plan", Pick(Text("classes.plan"), _options(PLANS))))
    framework, skill, level = "", "", 0
    if not found["names_skills"]:
        framework, skill, level = await _skill(chat)
    who = str(await chat.ask("who", Pick(Text("classes.who"), _options(WHO))))
    hours = str(await chat.ask("hours", Pick(Text("classes.hours"), _options(tuple(HOURS)))))
    made = await chat.call(
        "make",
        MakeClassCode(
            plan,
            course,
            instance,
            hours=HOURS[hours],
            most_uses=1 if who == "single" else 0,
            needs_approval=who == "look",
            framework=framework,
            competence=skill,
            level=level,
        ),
    )
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return ""
    return str(made["id"])


async def _skill(chat: Chat) -> tuple[str, str, int]:
    """Ask for what the badge stands where the course does not say it; "", "" and 0 for nothing."""
    areas = await chat.look("areas", "skill_areas")
    options = tuple(
        Option(f"area.{framework}.{area}", Text(f"framework.{framework}.area.{area}.button"))
        for framework, area in areas
    )
    question = Pick(Text("classes.area"), (*options, _option("no_skill")))
    chosen = str(await chat.ask("area", question))
    if chosen == "no_skill":
        chat.say(Text("classes.without_skill"))
        return "", "", 0
    _, framework, area = chosen.split(".", 2)
    skill = await skill_of_area(chat, framework, area, Text("classes.skill"))
    level = await chat.ask("level", levels(framework, "classes.level"))
    return framework, skill, int(level)


async def _date(chat: Chat, dates: list[list[Any]]) -> str:
    """Return the id of the date that the code is for; nothing where it is none of them."""
    if len(dates) < 2:  # one is no choice
        return str(dates[0][0]) if dates else ""
    lines = [(text_from_json(when), (text_from_json(where),)) for _, when, where in dates]
    chosen = await chat.ask("date", numbered("classes.date", lines, "any_date"))
    return "" if chosen == "any_date" else str(dates[int(chosen.removeprefix("n.")) - 1][0])


def _options(names: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(_option(name, name == names[0]) for name in names)


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"classes.{name}.button"), is_main=is_main)
