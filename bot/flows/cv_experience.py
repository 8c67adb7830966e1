"""What was learned outside courses: writing it down step by step, changing it, deleting it."""

from __future__ import annotations

from typing import Any

from bot.conversation import AskText, Chat, Option, Pick, Picked, Refusal, Text, onward
from bot.cv.effects import BringExperienceBack, DeleteExperience, KeepExperience, ShowExperience
from bot.cv.records import LONGEST_PART, LONGEST_WHEN, SKILLS

Json = dict[str, Any]
TOLD = ("situation", "done", "learned")
ASKED = ("skill", *TOLD, "when")


async def experiences(chat: Chat) -> None:
    """List what was written; open one or write another."""
    trail = "0"
    while True:
        found = await chat.look(f"list.{trail}", "cv_experiences")
        state = await chat.look(f"room.{trail}", "cv")
        if not found:
            chat.say(Text("cv.experience.about"))
            await chat.run(f"first.{trail}", write)
            return
        answer = str(await chat.ask(f"which.{trail}", _list(found, has_room=state["has_room"])))
        if answer == "back":
            return
        trail = onward(trail, answer)
        if answer == "new":
            await chat.run(f"new.{trail}", write)
        else:
            await chat.run(f"one.{trail}", one_experience, experience=answer.removeprefix("open."))


async def write(chat: Chat) -> None:
    """Ask what happened, what they did and what they learned, and keep it once it is right."""
    told: Json = {}
    for part in ASKED:
        told[part] = await _ask(chat, part, part)
    ways = (
        Option("keep", Text("cv.experience.keep.button"), is_main=True),
        Option("no", Text("cv.experience.drop.button")),
    )
    if await chat.ask("sure", Pick(Text("cv.experience.sure", _values(told)), ways)) == "no":
        chat.say(Text("cv.experience.dropped"))
        return
    key = await chat.call("kept", KeepExperience("", **told))
    if isinstance(key, Refusal):
        chat.say(Text(key.text_id))
    else:
        chat.say(Text("cv.experience.kept" if key else "cv.experience.full"))


async def one_experience(chat: Chat, experience: str) -> None:
    """Show one experience, and change, hide or delete it."""
    trail = "0"
    while True:
        told = await _told(chat, trail, experience)
        if told is None:
            chat.say(Text("cv.experience.gone"))
            return
        answer = str(await chat.ask(f"act.{trail}", _one(told)))
        if answer == "back":
            return
        key, trail = f"{answer}.{trail}", onward(trail, answer)
        if answer == "change":
            await _change(chat, key, experience, told)
        elif answer == "delete":
            if await _delete(chat, key, experience):
                return
        else:
            done = await chat.call(key, ShowExperience(experience, answer == "show"))
            text_id = done.text_id if isinstance(done, Refusal) else f"cv.experience.{done}"
            chat.say(Text(text_id))


async def _told(chat: Chat, key: str, experience: str) -> Json | None:
    found: Json | None = await chat.look(f"one.{key}", "cv_experience", experience)
    if found is None:
        return None
    told = dict(found)
    for part in TOLD:
        told[part] = await chat.look(f"{part}.{key}", "cv_part", experience, part)
    return told


async def _ask(chat: Chat, key: str, part: str) -> str:
    if part == "skill":
        options = tuple(Option(one, Text(f"cv.skill.{one}.button")) for one in SKILLS)
        return str(await chat.ask(key, Pick(Text("cv.ask.skill"), options)))
    if part == "when":
        skip = (Option("skip", Text("cv.skip.button")),)
        question = AskText(Text("cv.ask.when"), max_length=LONGEST_WHEN, options=skip)
        when = await chat.ask(key, question)
        return "" if isinstance(when, Picked) else when
    return str(await chat.ask(key, AskText(Text(f"cv.ask.{part}"), max_length=LONGEST_PART)))


async def _change(chat: Chat, key: str, experience: str, told: Json) -> None:
    options = tuple(Option(part, Text(f"cv.change.{part}.button")) for part in ASKED)
    part = str(await chat.ask(f"{key}.part", Pick(Text("cv.experience.which"), options)))
    changed = {one: told[one] for one in ASKED}
    changed[part] = await _ask(chat, f"{key}.{part}", part)
    done = await chat.call(f"{key}.kept", KeepExperience(experience, **changed))
    chat.say(Text(done.text_id if isinstance(done, Refusal) else "cv.experience.changed"))


async def _delete(chat: Chat, key: str, experience: str) -> bool:
    """Delete it, and offer to take that back at once; say whether it is gone."""
    await chat.call(f"{key}.done", DeleteExperience(experience))
    ways = (
        Option("undo", Text("cv.undo.button")),
        Option("back", Text("cv.to_list.button"), is_main=True),
    )
    if await chat.ask(f"{key}.undo", Pick(Text("cv.experience.deleted"), ways)) == "back":
        return True
    outcome = await chat.call(f"{key}.again", BringExperienceBack(experience))
    chat.say(Text(f"cv.experience.{outcome}"))
    return bool(outcome != "back")


def _list(found: list[Json], *, has_room: bool) -> Pick[str]:
    options = [
        Option(f"open.{one['id']}", Text("cv.open_one.button", {"number": number, **_labels(one)}))
        for number, one in enumerate(found, 1)
    ]
    names = ["new", "back"] if has_room else ["back"]
    options += [Option(name, Text(f"cv.experience.{name}.button")) for name in names]
    lines = tuple(
        Text(
            "cv.experience.line" if one["is_shown"] else "cv.experience.line_hidden",
            {"number": number, **_labels(one)},
        )
        for number, one in enumerate(found, 1)
    )
    return Pick(Text("cv.experience.list", {"lines": lines}), tuple(options))


def _labels(one: Json) -> Json:
    return {"skill": Text(f"cv.skill.{one['skill']}"), "label": one["label"]}


def _one(told: Json) -> Pick[str]:
    names = ("change", "hide" if told["is_shown"] else "show", "delete", "back")
    options = tuple(Option(name, Text(f"cv.experience.{name}.button")) for name in names)
    text_id = "cv.experience.one" if told["is_shown"] else "cv.experience.one_hidden"
    return Pick(Text(text_id, _values(told)), options)


def _values(told: Json) -> Json:
    skill = Text(f"cv.skill.{told['skill']}")
    when = Text("cv.experience.at", {"when": told["when"]}) if told["when"] else ""
    return {"skill": skill, "when": when, **{part: told[part] for part in TOLD}}
