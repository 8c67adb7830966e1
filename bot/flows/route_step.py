"""One step of a route: why it is there, ways to take it, and the person's own word on it."""

from __future__ import annotations

from typing import Any

from bot.conversation import Attachment, Chat, Ending, Option, Pick, Text, onward
from bot.courses.effects import RecordUnmetSkill
from bot.flows.course import cards_of, course, opens
from bot.flows.discover import search
from bot.flows.next_steps import next_steps
from bot.skills.pathway_effects import MarkStep

Json = dict[str, Any]

SEARCHED = ("course", "event", "drop-in", "self-paced", "volunteering", "in-work", "family")
PACES = ("evenings", "daytime", "online", "free")


async def show_step(chat: Chat, pathway: str, step: str) -> Ending | None:
    """Show a step until the person goes back to the route."""
    trail = "0"
    while True:
        found = await chat.look(f"step.{trail}", "route_step", pathway, step)
        if found is None:
            chat.say("routes.step_gone")
            return None
        act = str(await chat.ask(f"do.{trail}", Pick(_text(found), _options(found))))
        if act == "route":
            return None
        if act == "worth":
            return chat.start("worth", payload=_link(found["needs"][0]["code"]))
        if act == "next":
            step = found["next"]
        else:
            await ACTS[act](chat, f"{act}.{trail}", pathway, step, found)
        trail = onward(trail, f"{act} {step}")


def _link(code: str) -> str:
    return f"worth_{code.replace('.', '-')}"


def picture_of(found: Json) -> dict[str, str]:
    """Return what a route's picture is made from: the states of its steps as they are now."""
    states = "".join(
        "e" if reason == "estimated" else state[0] for _, state, reason, _ in found["steps"]
    )
    return {
        "source": "route",
        "pathway": found["pathway"],
        "version": found["version"],
        "states": states,
    }


def _text(found: Json) -> Text:
    values = {name: found[name] for name in ("number", "count")}
    named = {"name": Text(found["short"]), "goal": Text(found["goal"])}
    reason = Text(f"routes.reason.{found['reason']}")
    return Text("routes.step_text", {**values, **named, "reason": reason})


def _options(found: Json) -> tuple[Option, ...]:
    if found["state"] == "held":
        names = ["next"] if found["next"] else []
        names += ["not_yet", "ways", "worth", "route"]
    else:
        names = ["courses", "ways", "done", "worth", "route"]
    return tuple(_option(name, name == names[0]) for name in names)


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"routes.{name}.button"), is_main=is_main)


async def _courses(chat: Chat, key: str, pathway: str, step: str, found: Json) -> None:
    """Look for what is on near the person for a skill of the step."""
    needs = [one for one in found["needs"] if not one["is_met"]]
    if not needs:
        await chat.run(
            f"{key}.any", show_offers, pathway=pathway, step=step, kind="course", found=found
        )
        return
    need = needs[0] if len(needs) == 1 else await _which(chat, f"{key}.skill", needs)
    if need is not None:
        await chat.run(
            f"{key}.of",
            next_steps,
            competence=need["code"],
            level=need["level"],
            is_child=True,
            can_check=False,
        )


async def _which(chat: Chat, key: str, needs: list[Json]) -> Json | None:
    options = tuple(Option(one["code"], _skill(one)) for one in needs)
    question = Pick(Text("routes.which_skill"), (*options, _option("back")))
    code = str(await chat.ask(key, question))
    return next((one for one in needs if one["code"] == code), None)


def _skill(need: Json) -> Text:
    return Text(f"framework.{need['framework']}.skill.{need['code']}.button")


async def _ways(chat: Chat, key: str, pathway: str, step: str, found: Json) -> None:
    """Tell other ways to take the step, and look for what is on for one of them."""
    trail = "0"
    told = [(kind, text) for kind, text, _ in found["ways"] if text]
    kinds = [kind for kind, _, is_searched in found["ways"] if is_searched and kind in SEARCHED]
    lines = (
        *(
            Text("routes.way", {"kind": Text(f"routes.how.{kind}"), "words": Text(text)})
            for kind, text in told
        ),
        Text("routes.badge_way"),
    )
    options = (*(_way(kind) for kind in kinds), *(_way(pace) for pace in PACES), _option("back"))
    while True:
        text = Text("routes.ways_told" if trail == "0" else "routes.ways", {"lines": lines})
        chosen = str(await chat.ask(f"{key}.{trail}", Pick(text, options)))
        if chosen == "back":
            return
        kind = chosen.removeprefix("way.")
        await chat.run(
            f"{key}.{kind}.{trail}", show_offers, pathway=pathway, step=step, kind=kind, found=found
        )
        trail = onward(trail, chosen)


def _way(kind: str) -> Option:
    return Option(f"way.{kind}", Text(f"routes.way.{kind}.button"))


async def show_offers(chat: Chat, pathway: str, step: str, kind: str, found: Json) -> None:
    """Show what is on for one way of taking a step, until the person has seen enough."""
    offers = await chat.look("offers", "way_courses", pathway, step, kind)
    what = Text(f"routes.way.{kind}.button")
    if not offers["cards"]:
        need = found["needs"][0]
        skill = f"{need['code']}:{need['level']}"
        await chat.call("unmet", RecordUnmetSkill(skill, offers["request"]))
        chat.say(Text("routes.no_offers", {"what": what, "name": Text(found["short"])}))
        return
    trail = "0"
    options = (*opens(offers["cards"]), _option("all"), _option("back"))
    question = Pick(
        Text("routes.offers", {"what": what, "name": Text(found["short"])}),
        options,
        cards=cards_of(offers["cards"]),
    )
    while True:
        answer = str(await chat.ask(f"offer.{trail}", question))
        if answer == "back":
            return
        if answer == "all":
            await chat.run(f"all.{trail}", search, request=offers["request"], is_child=True)
            return
        await chat.run(f"{answer}.{trail}", course, payload=answer[5:], is_child=True)
        trail = onward(trail, answer)


async def _done(chat: Chat, key: str, pathway: str, step: str, found: Json) -> None:
    """Take the person's word that they can do it now."""
    await chat.call(key, MarkStep(pathway, step, "done"))
    route = await chat.look(f"{key}.route", "route", pathway)
    if route is None:
        return
    values = {"name": Text(found["short"]), "count": route["held"], "total": route["count"]}
    text_id = "routes.all_done" if not route["next"] else "routes.step_done"
    chat.say(Text(text_id, values), attachments=(Attachment("picture", picture_of(route)),))


async def _not_yet(chat: Chat, key: str, pathway: str, step: str, found: Json) -> None:
    """Put the step back on the route."""
    await chat.call(key, MarkStep(pathway, step, "open"))
    chat.say(Text("routes.step_open", {"name": Text(found["short"])}))


ACTS = {"courses": _courses, "ways": _ways, "done": _done, "not_yet": _not_yet}
