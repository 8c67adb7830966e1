"""One reminder: what it is, and putting it off, changing, stopping or following it."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, onward, text_from_json
from bot.flows.reminder_setting import Done, Json, change_time, wants_undo
from bot.reminders.effects import (
    BringRemindersBack,
    SnoozeReminder,
    StopReminders,
    UnsnoozeReminder,
)
from bot.reminders.snoozing import LENGTHS


async def one_reminder(chat: Chat, reminder: str) -> Done:
    """Show one reminder until the person goes back to the list, or on to what it is about."""
    trail = "0"
    while True:
        found = await chat.look(f"one.{trail}", "reminder", reminder)
        if found is None or found["state"] == "ended":
            chat.say(Text("reminders.gone"))
            return None
        answer = str(await chat.ask(f"act.{trail}", _one(found)))
        if answer == "back":
            return "list"
        if answer == "open":
            return _opened(chat, found)
        done = await _act(chat, f"{answer}.{trail}", answer, found)
        if done is not None:
            return done
        trail = onward(trail, answer)


async def press(chat: Chat, reminder: str, act: str) -> Done:
    """Do what was pressed on a reminder that came."""
    found = await chat.look("one", "reminder", reminder)
    if found is None:
        chat.say(Text("reminders.gone"))
        return None
    if act == "open":
        return _opened(chat, found)
    if act == "show":
        return await one_reminder(chat, reminder)
    return await _act(chat, act, act, found)


async def after_course(chat: Chat, reminder: str, act: str) -> Ending:
    """Go on from how a course went; nothing of it is kept."""
    found = await chat.look("one", "reminder", reminder)
    said = {"well": "went_well", "badly": "went_badly", "missed": "was_missed"}[act]
    options = [Option("find", Text("reminders.find.button"))]
    if found is not None and found["opens"] is not None:
        options.insert(0, Option("open", Text("reminders.open_course.button"), is_main=True))
        options.append(Option("evaluate", Text("reminders.evaluate.button")))
    answer = await chat.ask("next", Pick(Text(f"reminders.{said}"), tuple(options)))
    if answer == "open" and found is not None:
        return _opened(chat, found) or chat.start("discover")
    if answer == "evaluate" and found is not None and found["opens"] is not None:
        course = str(found["opens"]["args"].get("payload", "")).removeprefix("course_")
        return chat.start("questionnaire", name="evaluation", subject=course)
    return chat.start("discover")


def _opened(chat: Chat, found: Json) -> Ending | None:
    opens = found["opens"]
    return chat.start(opens["flow"], **opens["args"]) if opens else None


async def _act(chat: Chat, key: str, act: str, found: Json) -> Done:
    if act == "snooze":
        return await _snooze(chat, key, found)
    if act == "change":
        done: Done = await chat.run(f"{key}.change", change_time, reminder=found)
        return done
    if act == "stop":
        return await stop_one(chat, key, found)
    await _turn_on(chat, f"{key}.on", found)
    return None


async def _snooze(chat: Chat, key: str, found: Json) -> Done:
    options = tuple(Option(one, Text(f"reminders.{one}.button")) for one in LENGTHS)
    length = str(await chat.ask(f"{key}.length", Pick(Text("reminders.snooze_ask"), options)))
    result = await chat.call(f"{key}.snooze", SnoozeReminder(found["id"], length))
    if result["outcome"] != "snoozed":
        chat.say(Text("reminders.gone"))
        return None
    text = Text("reminders.snoozed", {"next": text_from_json(result["next"])})
    if not await wants_undo(chat, f"{key}.undo", text):
        return "list"
    undone = await chat.call(f"{key}.undone", UnsnoozeReminder(found["id"]))
    chat.say(Text("reminders.undone" if undone["outcome"] == "back" else "reminders.undone_over"))
    return None


async def stop_one(chat: Chat, key: str, found: Json) -> Done:
    """Stop it, and offer to take that back at once."""
    await chat.call(f"{key}.stop", StopReminders((found["id"],)))
    text = Text("reminders.stopped", {"about": text_from_json(found["about"])})
    if not await wants_undo(chat, f"{key}.undo", text):
        return "list"
    await _turn_on(chat, f"{key}.again", found)
    return None


async def _turn_on(chat: Chat, key: str, found: Json) -> None:
    """Let it come again, and say when."""
    result = await chat.call(key, BringRemindersBack((found["id"],)))
    outcome = result["outcome"]
    if outcome == "back":
        values = {
            "about": text_from_json(found["about"]),
            "next": text_from_json(result["next"]),
        }
        chat.say(Text("reminders.brought_back", values))
    else:
        chat.say(Text(f"reminders.{outcome}"))


def _one(found: Json) -> Pick[str]:
    values = {"about": text_from_json(found["about"]), "when": text_from_json(found["when"])}
    is_off = found["state"] in ("stopped", "muted")
    text = Text("reminders.one_off" if is_off else "reminders.one", values)
    if found["next"] is not None:
        text = Text("reminders.one_next", {**values, "next": text_from_json(found["next"])})
    opens = found["opens"]
    options = [Option("open", text_from_json(opens["button"]))] if opens else []
    names = ["turn_on"] if is_off else ["snooze", "change", "stop"]
    options += [
        Option(name, Text(f"reminders.{name}.button"), is_main=name == "turn_on")
        for name in (*names, "back")
    ]
    return Pick(text, tuple(options))
