"""For those who teach: codes with which a class gets its badges."""

from __future__ import annotations

from typing import Any

from bot.conversation import Card, Chat, Ending, Option, Pick, Text, flow, onward, text_from_json
from bot.flows.teach_code import one_code
from bot.flows.teach_new import new_code

Json = dict[str, Any]
MAY_TEACH = frozenset({"provider", "staff"})


@flow("teach", version=2, commands=("teach",), again="end")
async def teach(chat: Chat) -> Ending | None:
    """List one's class codes, make one, open one; only for providers and staff."""
    if not chat.roles & MAY_TEACH:
        chat.say(Text("classes.none"))
        return None
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"codes.{trail}", "class_codes", page)
        answer = await chat.ask(f"home.{trail}", _list(found))
        page = page + 1 if answer == "more" else page
        trail = onward(trail, answer)
        code = ""
        if answer == "new":
            code = await chat.run(f"new.{trail}", new_code)
        elif answer.startswith("open."):
            code = found["cards"][int(answer.removeprefix("open.")) - found["first"]]["id"]
        if code:
            page = 0
            await chat.run(f"one.{trail}", one_code, code=code)


def _list(found: Json) -> Pick[str]:
    numbered = list(enumerate(found["cards"], found["first"]))
    opens = tuple(
        Option(
            f"open.{number}",
            Text("classes.open.button", {"number": number, "name": one["course"]}),
        )
        for number, one in numbered
    )
    more = (Option("more", Text("classes.more.button")),) if found["has_more"] else ()
    options = (*opens, *more, Option("new", Text("classes.new.button"), is_main=True))
    if not found["total"]:
        return Pick(Text("classes.empty"), options)
    values = {"count": found["total"], "first": found["first"], "last": found["last"]}
    is_whole = found["first"] == 1 and not found["has_more"]
    text = Text("classes.list" if is_whole else "classes.page", values)
    return Pick(text, options, cards=tuple(_card(number, one) for number, one in numbered))


def _card(number: int, one: Json) -> Card:
    title = Text("classes.card", {"course": one["course"]})
    facts = [text_from_json(one["state"])]
    if one["waiting"]:
        facts.append(Text("classes.waiting", {"count": one["waiting"]}))
    return Card(title, tuple(facts), f"open.{number}")
