"""The questions of a sitting, one by one: answered, explained, left and gone on with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.conversation import Chat, Ending, Option, Pick, Text, onward
from bot.flows.skills_extras import ask_feeling
from bot.flows.skills_result import end_of_sitting, tell_area
from bot.skills.effects import FinishSitting, KeepAnswer, KeepFeeling, StartSitting

Json = dict[str, Any]

ANSWERS = {"not_yet": 0, "with_help": 1, "alone": 2, "could_show": 3, "not_for_me": None}
FELT = ("whole", "quick", "areas")
"""What is long enough to be worth two more questions, for the evaluation."""


@dataclass
class Sat:
    """How far a sitting has come.

    Attributes:
        scope: The framework, the mode and the parts.
        id: Empty until the first answer: nothing is kept before.
        state: Stands for all answers so far.
        area: The area of the last answer.
        skipped: Areas about which the person wants no more questions.
        feeling: What they told of how they feel, where they were asked and did not skip.
        breaks: How often they had enough for now.
        has_felt_after: Whether they were asked again how they feel, once it was all told.
        route: The route that they came from; empty for none.
    """

    scope: Json
    id: str = ""
    state: str = "0"
    area: str = ""
    skipped: list[str] = field(default_factory=list)
    feeling: tuple[int, int] | None = None
    breaks: int = 0
    has_felt_after: bool = False
    route: str = ""


async def sit(
    chat: Chat, scope: Json, asks_feeling: bool, sitting: str = "", route: str = ""
) -> Ending:
    """Ask until it is enough, tell the result, and lead on."""
    sat = Sat(scope, sitting, route=route)
    typed = await chat.look("typed", "skills_typed", chat.language)
    if asks_feeling and scope["mode"] in FELT:
        sat.feeling = await ask_feeling(chat, "before")
    step = await chat.look("next", "skills_next", scope, sat.id)
    while True:
        while step["item"]:
            has_ended_area = scope["mode"] == "whole" and sat.area not in ("", step["at"][0])
            if has_ended_area and not await _goes_on(chat, sat, step["at"][0]):
                break
            answer = await _ask(chat, sat, step, typed)
            if answer == "enough":
                break
            await _keep(chat, sat, step, answer)
            step = await _next(chat, sat, step["item"])
        if step.get("is_gone"):
            chat.say(Text("skills.gone"))
            return chat.start("menu")
        ending = await _enough(chat, sat, step)
        if ending is not None:
            return ending
        step = await _next(chat, sat, f"again.{sat.breaks}")


async def _goes_on(chat: Chat, sat: Sat, area: str) -> bool:
    """Tell the result of the area that is over; return whether the person wants the next one."""
    over, sat.area = sat.area, area
    told = await chat.run(
        f"told.{over}.{sat.breaks}",
        tell_area,
        sitting=sat.id,
        framework=sat.scope["framework"],
        area=over,
        state=sat.state,
        next_area=area,
    )
    return bool(told)


async def _ask(chat: Chat, sat: Sat, step: Json, typed: Json) -> str:
    key = f"q.{step['item']}" + (f".{sat.breaks}" if sat.breaks else "")
    answer = str(await chat.ask(key, _question(sat, step, typed)))
    if answer == "mean":
        chat.say(_example(sat.scope, step))
        answer = str(await chat.ask(f"{key}.told", _question(sat, step, typed, has_example=True)))
    return answer


def _question(sat: Sat, step: Json, typed: Json, *, has_example: bool = False) -> Pick[str]:
    names = [*ANSWERS, *(() if has_example else ("mean",)), "enough"]
    options = tuple(
        Option(name, Text(f"skills.{name}.button"), words=tuple(typed.get(name, ())))
        for name in names
    )
    done, left = step["count"]
    return Pick(_words(sat.scope, step), options, progress=(done, done + left))


def _words(scope: Json, step: Json) -> Text:
    framework = f"framework.{scope['framework']}"
    if scope["mode"] == "tasks":
        return Text("skills.ask_task", {"can": Text(f"{framework}.task.{step['item']}.can")})
    values = {
        "can": Text(f"{framework}.can.{step['item']}"),
        "area": Text(f"{framework}.area.{step['at'][0]}.button"),
    }
    return Text("skills.ask_draft" if step.get("is_draft") else "skills.ask", values)


def _example(scope: Json, step: Json) -> Text:
    framework = f"framework.{scope['framework']}"
    if scope["mode"] == "tasks":
        example = Text(f"{framework}.task.{step['item']}.example")
    else:
        _, code, level = step["at"]
        example = Text(f"{framework}.skill.{code}.{level}.example")
    return Text("skills.example", {"example": example})


async def _keep(chat: Chat, sat: Sat, step: Json, answer: str) -> None:
    """Keep an answer; the sitting begins with the first of them."""
    if not sat.id:
        scope = sat.scope
        begun = StartSitting(scope["framework"], scope["mode"], tuple(scope["parts"]))
        sat.id = str(await chat.call("start", begun))
        if sat.feeling:
            await chat.call("feel.before", KeepFeeling(sat.id, "before", *sat.feeling))
    await chat.call(f"keep.{step['item']}", KeepAnswer(sat.id, step["item"], ANSWERS[answer]))
    sat.state = onward(sat.state, f"{step['item']} {answer}")
    sat.area = step["at"][0]


async def _next(chat: Chat, sat: Sat, after: str) -> Json:
    found: Json = await chat.look(
        f"next.{after}", "skills_next", sat.scope, sat.id, list(sat.skipped)
    )
    return found


async def _enough(chat: Chat, sat: Sat, step: Json) -> Ending | None:
    """Tell the result; return None where the person goes on."""
    if not sat.id:
        chat.say(Text("skills.nothing_told"))
        return _back_to_route(chat, sat) if sat.route else chat.start("menu")
    sat.breaks += 1
    await chat.call(f"finish.{sat.breaks}", FinishSitting(sat.id))
    if sat.feeling and not sat.has_felt_after and not step["item"]:
        sat.has_felt_after = True
        after = await ask_feeling(chat, "after")
        if after:
            await chat.call("feel.after", KeepFeeling(sat.id, "after", *after))
    told: Any = await chat.run(
        f"end.{sat.breaks}",
        end_of_sitting,
        sitting=sat.id,
        scope=sat.scope,
        state=sat.state,
        more=_ways_on(sat, step),
    )
    if isinstance(told, Ending):
        return told
    if told == "route":
        return _back_to_route(chat, sat)
    if told == "skip":
        sat.skipped.append(step["at"][0])
        sat.area = ""
    return None


def _ways_on(sat: Sat, step: Json) -> tuple[str, ...]:
    """Name the ways on from a result that lead through this sitting."""
    ways = ["route"] if sat.route else []
    if step["item"]:
        ways += ["on", "skip"] if sat.scope["mode"] == "whole" else ["on"]
    return tuple(ways)


def _back_to_route(chat: Chat, sat: Sat) -> Ending:
    return chat.start("pathways", payload=f"route_{sat.route}")
