"""Where the quick check places a person: its own words, its rule, and the way on."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, onward
from bot.flows.skills_skill import next_steps_for

Json = dict[str, Any]


async def place_of_tasks(chat: Chat, sitting: str, state: str, can_go_on: bool) -> Ending | str:
    """Tell the place, what stands before the next one, and how it was worked out."""
    found = await chat.look("place", "skills_place", sitting, state)
    if found is None:
        chat.say(Text("skills.gone"))
        return chat.start("menu")
    framework = f"framework.{found['framework']}"
    if can_go_on:
        chat.say(Text("skills.tasks_open", {"count": found["count"]}))
    else:
        chat.say(_placed(found, framework))
    trail = "0"
    while True:
        names = (["on"] if can_go_on else ["next"]) + ["rule", "other", "done"]
        options = tuple(
            Option(one, Text(f"skills.{one}.button"), is_main=one == names[0]) for one in names
        )
        answer = str(await chat.ask(f"then.{trail}", Pick(Text("skills.what_next"), options)))
        if answer == "on":
            return answer
        if answer == "other":
            return chat.start("skills")
        if answer == "done":
            chat.say(Text("skills.done_told"))
            return chat.start("menu", is_done=True)
        if answer == "rule":
            values = {"rule": Text(f"{framework}.rule"), "label": Text(f"{framework}.label")}
            chat.say(Text("skills.rule", values))
        elif found["place"] == "start":
            wish = await chat.look(f"wish.{trail}", "say_words", "skills.first_steps_wish")
            return chat.start("discover", wish=wish)
        else:
            await next_steps_for(chat, f"next.{trail}", next(iter(found["codes"]), ""))
        trail = onward(trail, answer)


def _placed(found: Json, framework: str) -> Text:
    values: dict[str, Any] = {
        "place": Text(f"{framework}.place.{found['place']}.name"),
        "meaning": Text(f"{framework}.place.{found['place']}.meaning"),
        "label": Text(f"{framework}.label"),
        "tasks": tuple(
            Text("skills.point", {"words": Text(f"{framework}.task.{one}.can")})
            for one in found["missing"]
        ),
    }
    return Text("skills.placed_missing" if found["missing"] else "skills.placed", values)
