"""One reminder: what it is, and putting it off, changing, stopping or following it."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, onward, text_from_json
from bot.flows.reminder_setting import Json, change_time, offer_undo
from bot.reminders.effects import (
    BringRemindersBack,
    SnoozeReminder,
    StopReminders,
    UnsnoozeReminder,
)
from bot.reminders.snoozing import LENGTHS


async def one_reminder(chat: Chat, reminder: str) -> Ending | None:
    """Show one reminder until the person goes back to the list, or on to what it is about."""
    trail = "0"
    while True:
        found = await chat.look(f"one.{trail}", "reminder", reminder)
        if found is None or found["state"] == "ended":
            chat.say(Text("reminders.gone"))
            return None
        answer = str(await chat.ask(f"act.{trail}", _one(found)))
        if answer == "back":
            return None
        if answer == "open":
            return _opened(chat, found)
        await _act(chat, f"{answer}.{trail}", answer, found)
        trail = onward(trail, answer)


async def press(chat: Chat, reminder: str, act: str) -> Ending | None:
    """Do what was pressed on a reminder that came."""
    found = await chat.look("one", "reminder", reminder)
    if found is None:
        chat.say(Text("reminders.gone"))
        return None
    if act == "open":
        return _opened(chat, found)
    if act == "show":
        return await one_reminder(chat, reminder)
    await _act(chat, act, act, found)
    return None


async def after_course(chat: Chat, reminder: str, act: str) -> Ending:
    """Go on from how a course went; nothing of it is kept."""
    found = await chat.look("one", "reminder", reminder)
    said = {"well": "went_well", "badly": "went_badly", "missed": "was_missed"}[act]
    options = [Option("find", Text("reminders.find.button"))]
    if found is not None and found["opens"] is not None:
        options.insert(0, Option("open", Text("reminders.open_course.button"), is_main=True))
    answer = await chat.ask("next", Pick(Text(f"reminders.{said}"), tuple(options)))
    if answer == "open" and found is not None:
        return _opened(chat, found) or chat.start("discover")
    return chat.start("discover")


def _opened(chat: Chat, found: Json) -> Ending | None:
    opens = found["opens"]
    return chat.start(opens["flow"], **opens["args"]) if opens else None


async def _act(chat: Chat, key: str, act: str, found: Json) -> None:
    if act == "snooze":
        await _snooze(chat, key, found)
    elif act == "change":
        await chat.run(f"{key}.change", change_time, reminder=found)
    elif act == "stop":
        await _stop(chat, key, found)


async def _snooze(chat: Chat, key: str, found: Json) -> None:
    options = tuple(Option(one, Text(f"reminders.{one}.button")) for one in LENGTHS)
    length = str(await chat.ask(f"{key}.length", Pick(Text("reminders.snooze_ask"), options)))
    result = await chat.call(f"{key}.snooze", SnoozeReminder(found["id"], length))
    if result["outcome"] == "snoozed":
        text = Text("reminders.snoozed", {"next": text_from_json(result["next"])})
        await offer_undo(chat, key, text, UnsnoozeReminder(found["id"]))
    else:
        chat.say(Text("reminders.gone"))


async def _stop(chat: Chat, key: str, found: Json) -> None:
    """Stop it, and offer to take that back at once."""
    about = text_from_json(found["about"])
    await chat.call(f"{key}.stop", StopReminders((found["id"],)))
    options = (
        Option("undo", Text("reminders.undo.button")),
        Option("back", Text("reminders.back.button")),
    )
    question = Pick(Text("reminders.stopped", {"about": about}), options)
    if await chat.ask(f"{key}.undo", question) != "undo":
        return
    result = await chat.call(f"{key}.again", BringRemindersBack((found["id"],)))
    if result["outcome"] == "back":
        values = {"about": about, "next": text_from_json(result["next"])}
        chat.say(Text("reminders.brought_back", values))
    else:
        chat.say(Text("reminders.over"))


def _one(found: Json) -> Pick[str]:
    values = {"about": text_from_json(found["about"]), "when": text_from_json(found["when"])}
    text = Text("reminders.one", values)
    if found["next"] is not None:
        text = Text("reminders.one_next", {**values, "next": text_from_json(found["next"])})
    opens = found["opens"]
    options = [Option("open", text_from_json(opens["button"]))] if opens else []
    names = ["snooze", "change", "stop"] if found["state"] != "stopped" else []
    options += [Option(name, Text(f"reminders.{name}.button")) for name in (*names, "back")]
    return Pick(text, tuple(options))
