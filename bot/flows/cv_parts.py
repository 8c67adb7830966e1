"""The parts of a CV: each can be filled alone, or all in turn."""

from __future__ import annotations

from typing import Any, Final

from bot.conversation import AskText, Chat, Many, Option, Pick, Picked, Refusal, Text, onward
from bot.cv.effects import ChooseForCv, SayOnCv
from bot.cv.records import LONGEST_INTERESTS, LONGEST_NAME
from bot.flows.cv_experience import experiences, write
from bot.flows.naming import is_grown_up

Json = dict[str, Any]
CHOSEN: Final = {"badges": "badges", "levels": "areas", "routes": "routes"}
"""Parts of which the person chooses, with the names that storing them has."""
PARTS: Final = ("interests", "name", *CHOSEN, "experiences")
LONGEST: Final = {"name": LONGEST_NAME, "interests": LONGEST_INTERESTS}


async def build(chat: Chat, key: str, state: Json) -> None:
    """Go through all parts of an empty CV; of one with something on it, let one be chosen."""
    if state["is_empty"]:
        for part in PARTS:
            await _step(chat, f"{key}.{part}", part, state)
        chat.say(Text("cv.built"))
        return
    trail = "0"
    while True:
        found = await chat.look(f"{key}.now.{trail}", "cv")
        options = tuple(Option(one, Text(f"cv.part.{one}.button")) for one in (*PARTS, "back"))
        part = str(await chat.ask(f"{key}.part.{trail}", Pick(Text("cv.which_part"), options)))
        if part == "back":
            return
        await fill(chat, f"{key}.{part}.{trail}", part, found)
        trail = onward(trail, part)


async def _step(chat: Chat, key: str, part: str, state: Json) -> None:
    """Fill a part on the way through all; what there is nothing for is passed over."""
    if part in CHOSEN and not await chat.look(f"{key}.any", "cv_offered", CHOSEN[part]):
        return
    if part == "name" and not (state["may_name"] or state.get("asks_age", False)):
        return
    if part == "experiences":
        ways = (
            Option("yes", Text("cv.experience.begin.button"), is_main=True),
            Option("no", Text("cv.experience.later.button")),
        )
        if await chat.ask(f"{key}.want", Pick(Text("cv.experience.about"), ways)) == "yes":
            await chat.run(f"{key}.write", write)
        return
    await fill(chat, key, part, state)


async def fill(chat: Chat, key: str, part: str, state: Json) -> None:
    """Fill one part."""
    if part == "experiences":
        await chat.run(key, experiences)
    elif part in CHOSEN:
        await _choose(chat, key, part)
    elif part == "name" and not await _may_name(chat, key, state):
        if not state.get("asks_age", False):
            chat.say(Text("cv.adults_only"))
    else:
        await _say(chat, key, part, state)


async def _may_name(chat: Chat, key: str, state: Json) -> bool:
    known = {**state, "is_adult": state["may_name"]}
    without = Text("cv.name_none.button")
    return await is_grown_up(chat, key, known, Text("cv.age"), without)


async def _say(chat: Chat, key: str, part: str, state: Json) -> None:
    """Ask for words of the person's own."""
    options = [Option("keep", Text(f"cv.{part}_keep.button" if state[part] else "cv.skip.button"))]
    if state[part]:
        options.append(Option("none", Text(f"cv.{part}_none.button")))
    text_id = f"cv.{part}_now" if state[part] else f"cv.{part}_ask"
    question = AskText(
        Text(text_id, {"now": state[part]}), max_length=LONGEST[part], options=tuple(options)
    )
    answer = await chat.ask(f"{key}.words", question)
    if isinstance(answer, Picked) and answer.id == "keep":
        return
    words = "" if isinstance(answer, Picked) else answer
    done = await chat.call(f"{key}.kept", SayOnCv("name" if part == "name" else "interests", words))
    chat.say(Text(done.text_id if isinstance(done, Refusal) else f"cv.{part}_{done}"))


async def _choose(chat: Chat, key: str, part: str) -> None:
    """Let the person choose what of a part is shown."""
    offered = await chat.look(f"{key}.offered", "cv_offered", CHOSEN[part])
    if not offered:
        chat.say(Text(f"cv.{part}_none"))
        return
    options = tuple(
        Option(one["id"], Text("name.button", {"name": _name(one, part)})) for one in offered
    )
    now = tuple(_name(one, part) for one in offered if one["is_on"])
    text = Text(f"cv.{part}_now", {"lines": now}) if now else Text(f"cv.{part}_ask")
    chosen = await chat.ask(f"{key}.chosen", Many(text, options))
    kept = CHOSEN[part]
    if kept == "badges":
        effect = ChooseForCv("badges", tuple(chosen))
    else:
        effect = ChooseForCv("areas" if kept == "areas" else "routes", tuple(chosen))
    count = await chat.call(f"{key}.kept", effect)
    chat.say(Text("cv.chosen", {"count": count}) if count else Text("cv.chosen_none"))


def _name(one: Json, part: str) -> Text:
    """Return what a thing is called: of badges as they are signed, of all else by text id."""
    return Text("cv.title", {"name": one["name"]}) if part == "badges" else Text(one["name"])
