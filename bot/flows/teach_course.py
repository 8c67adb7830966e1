"""For which course or event a class code is: a few of one's own at once, of many by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from bot.conversation import Card, Chat, Option, Pick, Text
from bot.conversation.entries import AskText
from bot.conversation.messages import Value
from bot.conversation.questions import Picked

Json = dict[str, Any]
Line: TypeAlias = "tuple[Text, tuple[Text, ...]]"
"""What a choice is called, and what is known of it."""
LONGEST_WORDS = 100
MOST_TRIES = 20


async def which_course(chat: Chat) -> str:
    """Ask for the course until one is chosen; return its id, or nothing."""
    mine = await chat.look("mine", "teaching")
    if mine["is_staff"]:
        return await _find(chat, Text("classes.course"), Text("classes.no_course"))
    if not mine["names"]:
        chat.say(Text("classes.no_organisation"))
        return ""
    values: dict[str, Value] = {"providers": tuple(mine["names"])}
    own = await chat.look("listed", "own_courses")
    if own["has_more"]:
        return await _find(
            chat, Text("classes.course_of", values), Text("classes.no_course_of", values)
        )
    if not own["courses"]:
        chat.say(Text("classes.no_own", values))
        return ""
    chosen = await chat.ask("own", numbered("classes.own", _titles(own["courses"]), "stop"))
    return "" if chosen == "stop" else _chosen(own["courses"], chosen)


async def _find(chat: Chat, asked: Text, unknown: Text) -> str:
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
        question_which = numbered("classes.which", _titles(found), "other_words")
        which = await chat.ask(f"which.{number}", question_which)
        if which != "other_words":
            return _chosen(found, which)
    return ""


def numbered(text_id: str, titles: Sequence[Line], other: str) -> Pick[str]:
    """Return a question with a numbered choice for each of some titles, and one for none."""
    numbers = tuple(
        Option(f"n.{at}", Text("classes.choose.button", {"number": at, "name": title}))
        for at, (title, _) in enumerate(titles, 1)
    )
    cards = tuple(Card(title, facts, f"n.{at}") for at, (title, facts) in enumerate(titles, 1))
    none = Option(other, Text(f"classes.{other}.button"))
    return Pick(Text(text_id), (*numbers, none), cards=cards)


def _titles(courses: Sequence[Json]) -> list[Line]:
    return [(Text("classes.which_card", {"title": one["title"]}), ()) for one in courses]


def _chosen(courses: Sequence[Json], option: str) -> str:
    return str(courses[int(option.removeprefix("n.")) - 1]["id"])
