"""What may be asked beside the can-do sentences: how people feel, and what they know."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Text, onward
from bot.skills.effects import FinishSitting, KeepAnswer

Json = dict[str, Any]

STEPS = range(1, 6)
LETTERS = "abcd"


async def ask_feeling(chat: Chat, moment: str) -> tuple[int, int] | None:
    """Ask how sure somebody feels and how they cope; None where they skip."""
    sure = str(await chat.ask(f"{moment}.sure", _scale(f"skills.sure.{moment}", "sure")))
    if sure == "skip":
        return None
    cope = str(await chat.ask(f"{moment}.cope", _scale("skills.cope", "cope")))
    return int(sure), int(cope) if cope != "skip" else 0


def _scale(text_id: str, name: str) -> Pick[str]:
    options = tuple(Option(str(n), Text(f"skills.{name}.{n}.button")) for n in STEPS)
    return Pick(Text(text_id), (*options, Option("skip", Text("choice.skip"))))


async def ask_checks(chat: Chat, sitting: str, scope: Json, state: str, most: int) -> str:
    """Ask knowledge checks, each with its right answer explained; return the new state."""
    chat.say(Text("skills.check.about"))
    right = asked = 0
    unknown = False
    step = await chat.look("first", "skills_next", scope, sitting, [], most)
    while step["item"]:
        item = step["item"]
        answer = str(await chat.ask(f"c.{item}", _check(scope, step)))
        if answer == "enough":
            break
        chosen = LETTERS.index(answer) if answer in LETTERS else None
        await chat.call(f"keep.{item}", KeepAnswer(sitting, item, chosen))
        state = onward(state, f"{item} {answer}")
        found = await chat.look(f"right.{item}", "skills_check", scope["framework"], item)
        if found["right"] >= 0:
            asked += 1
            unknown |= chosen is None
            right += chosen == found["right"]
            chat.say(_explained(scope, item, chosen, found["right"]))
        step = await chat.look(f"next.{item}", "skills_next", scope, sitting, [], most)
    await chat.call("finish", FinishSitting(sitting))
    if asked:
        text_id = "skills.checked_unknown" if unknown else "skills.checked"
        chat.say(Text(text_id, {"right": right, "count": asked}))
    return state


def _check(scope: Json, step: Json) -> Pick[str]:
    check = f"framework.{scope['framework']}.check.{step['item']}"
    values: dict[str, Any] = {"question": Text(f"{check}.question")}
    values |= {one: Text(f"{check}.option.{n}") for n, one in enumerate(LETTERS)}
    options = [Option(one, Text(f"skills.check.{one}.button"), words=(one,)) for one in LETTERS]
    options += [Option(one, Text(f"skills.check.{one}.button")) for one in ("pass", "enough")]
    done, left = step["count"]
    return Pick(Text("skills.check.ask", values), tuple(options), progress=(done, done + left))


def _explained(scope: Json, item: str, chosen: int | None, right: int) -> Text:
    check = f"framework.{scope['framework']}.check.{item}"
    values = {"right": Text(f"{check}.option.{right}"), "why": Text(f"{check}.explanation")}
    if chosen is None:
        return Text("skills.check.passed", values)
    return Text("skills.check.right" if chosen == right else "skills.check.wrong", values)
