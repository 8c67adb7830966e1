"""Looking through answers: before they are sent, and a copy of what was."""

from __future__ import annotations

from typing import Any, TypeAlias

from bot.conversation import Chat, Option, Pick, Text, onward, text_from_json
from bot.conversation.messages import Value

Json = dict[str, Any]
Way: TypeAlias = "str | list[str]"


async def look_through(chat: Chat, key: str, response: str) -> Way:
    """Show all answers page by page.

    Returns:
        "send", "later" or "gone"; or the key of a question whose answer shall be changed.
    """
    page, trail = 0, key
    while True:
        found = await chat.look(f"answers.{trail}", "questionnaire_review", response, page)
        if found is None:
            return "gone"
        answer = str(await chat.ask(f"review.{trail}", _screen(found)))
        if answer in ("send", "later"):
            return answer
        if answer.startswith("change."):
            return list(found["lines"][int(answer.removeprefix("change."))]["key"])
        page = (found["page"] + 1) % found["pages"]
        trail = onward(trail, answer)


async def copy_of(chat: Chat, key: str, response: str) -> None:
    """Show a copy of what was sent, in the words under which it was answered."""
    page, trail = 0, key
    while True:
        found = await chat.look(f"answers.{trail}", "questionnaire_sent", response, page)
        if found is None:
            chat.say(Text("questionnaires.gone"))
            return
        names = ("more", "back") if found["pages"] > 1 else ("back",)
        options = tuple(Option(one, Text(f"questionnaires.{one}_copy.button")) for one in names)
        values = {"about": Text(found["about"]), **_pages(found), "lines": _lines(found)}
        answer = await chat.ask(f"copy.{trail}", Pick(Text("questionnaires.copy", values), options))
        if answer == "back":
            return
        page = (found["page"] + 1) % found["pages"]
        trail = onward(trail, answer)


def _screen(found: Json) -> Pick[str]:
    """Return a page of answers, each with a button to change it."""
    options = [
        Option(f"change.{at}", Text("questionnaires.change_one.button", {"number": at + 1}))
        for at, _ in enumerate(found["lines"])
    ]
    if found["pages"] > 1:
        options.append(Option("more", Text("questionnaires.more_answers.button")))
    options.append(Option("send", Text("questionnaires.send.button"), is_main=True))
    options.append(Option("later", Text("questionnaires.later.button")))
    values = {"about": Text(found["about"]), **_pages(found), "lines": _lines(found)}
    return Pick(Text("questionnaires.review", values), tuple(options))


def _pages(found: Json) -> dict[str, Value]:
    return {"page": found["page"] + 1, "pages": found["pages"]}


def _lines(found: Json) -> tuple[Text, ...]:
    return tuple(_line(at, one) for at, one in enumerate(found["lines"], 1))


def _line(number: int, one: Json) -> Text:
    ask = text_from_json(one["ask"])
    if one["item"] is not None:
        item = text_from_json(one["item"])
        ask = Text("questionnaires.for_item", {"item": item, "question": ask})
    told = tuple(map(text_from_json, one["told"]))
    values: dict[str, Value] = {
        "number": number,
        "question": ask,
        "told": told,
        "count": one["more"],
    }
    if one["is_skipped"] or not told:
        return Text("questionnaires.line_skipped", values)
    return Text("questionnaires.line_more" if one["more"] else "questionnaires.line", values)
