"""Making a class code: for which course and date, for what, for whom, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from bot.badges.effects import MakeClassCode
from bot.conversation import Card, Chat, Option, Pick, Refusal, Text, text_from_json
from bot.conversation.entries import AskText
from bot.conversation.messages import Value
from bot.conversation.questions import Picked

Json = dict[str, Any]
Line: TypeAlias = "tuple[Text, tuple[Text, ...]]"
"""What a choice is called, and what is known of it."""
LONGEST_WORDS = 100
PLANS = ("attendance", "completion")
WHO = ("look", "now", "single")
HOURS = {"short": 3, "day": 12, "week": 168}
MOST_TRIES = 20


async def new_code(chat: Chat) -> str:
    """Make a code; return its id, or nothing where the person goes back."""
    course = await _course(chat)
    found = await chat.look("dates", "class_course", course) if course else None
    if not found:
        return ""
    instance = await _date(chat, found["dates"])
    plan = str(await chat.ask("plan", Pick(Text("classes.plan"), _options(PLANS))))
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
        ),
    )
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return ""
    return str(made["id"])


async def _course(chat: Chat) -> str:
    """Ask for the course until one is chosen; return its id, or nothing."""
    mine = await chat.look("mine", "teaching")
    if not mine["is_staff"] and not mine["names"]:
        chat.say(Text("classes.no_organisation"))
        return ""
    asked, unknown = _asked(mine)
    for number in range(MOST_TRIES):
        stop = Option("stop", Text("classes.stop.button"))
        question = AskText(asked, max_length=LONGEST_WORDS, options=(stop,))
        words = await chat.ask(f"words.{number}", question)
        if isinstance(words, Picked):
            return ""
        found = await chat.look(f"found.{number}", "class_courses", words)
        if not found:
            chat.say(unknown)
            continue
        titles = [(Text("classes.which_card", {"title": one["title"]}), ()) for one in found]
        which = await chat.ask(f"which.{number}", _numbered("classes.which", titles, "other_words"))
        if which != "other_words":
            return str(found[int(which.removeprefix("n.")) - 1]["id"])
    return ""


def _asked(mine: Json) -> tuple[Text, Text]:
    """Return how the course is asked for, and what is said where none is found."""
    if mine["is_staff"]:
        return Text("classes.course"), Text("classes.no_course")
    values: dict[str, Value] = {"providers": tuple(mine["names"])}
    return Text("classes.course_of", values), Text("classes.no_course_of", values)


async def _date(chat: Chat, dates: list[list[Any]]) -> str:
    """Return the id of the date that the code is for; nothing where it is none of them."""
    if len(dates) < 2:  # one is no choice
        return str(dates[0][0]) if dates else ""
    lines = [(text_from_json(when), (text_from_json(where),)) for _, when, where in dates]
    chosen = await chat.ask("date", _numbered("classes.date", lines, "any_date"))
    return "" if chosen == "any_date" else str(dates[int(chosen.removeprefix("n.")) - 1][0])


def _numbered(text_id: str, titles: Sequence[Line], other: str) -> Pick[str]:
    numbers = tuple(
        Option(f"n.{at}", Text("classes.choose.button", {"number": at, "name": title}))
        for at, (title, _) in enumerate(titles, 1)
    )
    cards = tuple(Card(title, facts, f"n.{at}") for at, (title, facts) in enumerate(titles, 1))
    return Pick(Text(text_id), (*numbers, *_options((other,), is_first_main=False)), cards=cards)


def _options(names: tuple[str, ...], *, is_first_main: bool = True) -> tuple[Option, ...]:
    return tuple(
        Option(name, Text(f"classes.{name}.button"), is_main=is_first_main and name == names[0])
        for name in names
    )
