"""The person's list: saved courses, with what changed about them."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow, onward
from bot.courses.effects import MarkSavedSeen
from bot.flows.course import Json, cards_of, course, opens
from bot.flows.discover import wish_of


@flow("saved", version=2, commands=("saved",), again="end")
async def saved(chat: Chat) -> Ending:
    """Show the list a few at a time; open what is pressed."""
    page = 0
    trail = "0"
    while True:
        found = await chat.look(f"saved.{trail}", "saved_courses", page)
        if not found["total"]:
            find = Option("find", Text("saved.find.button"), is_main=True)
            typed = await chat.ask("none", Pick(Text("saved.none"), (find,), accepts_text=True))
            return chat.start("discover", wish=wish_of(typed))
        answer = await chat.ask(f"list.{trail}", _list(found))
        changed = tuple(one["id"] for one in found["cards"] if one["status"])
        if changed:
            await chat.call(f"seen.{trail}", MarkSavedSeen(changed))
        if isinstance(answer, Typed):
            return chat.start("discover", wish=wish_of(answer))
        if answer == "more":
            page += 1
        elif answer == "find":
            return chat.start("discover")
        else:
            await chat.run(f"{answer}.{trail}", course, payload=answer[5:], is_child=True)
        trail = onward(trail, answer)


def _list(found: Json) -> Pick[str | Typed]:
    cards = cards_of(found["cards"])
    options = list(opens(found["cards"], found["first"]))
    if found["has_more"]:
        options.append(Option("more", Text("saved.more.button")))
    options.append(Option("find", Text("saved.find.button")))
    values = {"count": found["total"], "first": found["first"], "last": found["last"]}
    is_one_page = found["first"] == 1 and not found["has_more"]
    text_id = "saved.list" if is_one_page else "saved.page"
    return Pick(Text(text_id, values), tuple(options), cards=cards, accepts_text=True)
