"""Stopping reminders in words, wherever they are typed: all of them, or the one that is meant."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, flow, onward, text_from_json
from bot.conversation.messages import Value
from bot.flows.reminder_one import stop_one
from bot.flows.reminder_setting import Json, wants_undo
from bot.reminders.effects import BringRemindersBack, StopReminders


@flow("stop_reminders", version=1, commands=("stop_reminders",), again="end")
async def stop_reminders(chat: Chat, said: str = "") -> Ending:
    """Stop the only reminder that can be meant, or ask which; then show what is on."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"meant.{trail}", "reminders_meant", said, page)
        if not found["total"]:
            _say_none_is_on(chat, found)
            break
        if found["total"] == 1 and found["is_sure"]:
            await stop_one(chat, f"only.{trail}", found["lines"][0])
            break
        answer = await chat.ask(f"which.{trail}", which_to_stop(found))
        if answer == "more":
            page = page + 1 if found["has_more"] else 0
            trail = onward(trail, answer)
            continue
        await _stop(chat, str(answer), found)
        break
    return chat.start("reminders")


def _say_none_is_on(chat: Chat, found: Json) -> None:
    if not found["has_muted"]:  # the list says of those that they are off
        chat.say(Text("reminders.none_is_on"))


async def _stop(chat: Chat, answer: str, found: Json) -> None:
    if answer == "all":
        named = tuple(one["id"] for one in found["lines"]) if found["is_named"] else ()
        await stop_all(chat, "all", named)
    for one in found["lines"]:
        if answer == f"stop.{one['id']}":
            await stop_one(chat, "one", one)


async def stop_all(chat: Chat, key: str, reminders: tuple[str, ...] = ()) -> None:
    """Stop some reminders, or else every one, and offer to take it back at once."""
    stopped = await chat.call(f"off.{key}", StopReminders(reminders))
    text = Text("reminders.all_stopped", {"count": len(stopped)})
    if stopped and await wants_undo(chat, f"undo.{key}", text):
        await chat.call(f"again.{key}", BringRemindersBack(tuple(stopped)))
        chat.say(Text("reminders.all_back"))


def which_to_stop(found: Json) -> Pick[str]:
    """Ask which of the reminders to stop; those that were named all at once where all are shown."""
    numbered = list(enumerate(found["lines"], found["first"]))
    lines = tuple(_line(one, number) for number, one in numbered)
    pressed = [
        Option(f"stop.{one['id']}", Text("reminders.open.button", _named(one, number)))
        for number, one in numbered
    ]
    is_paged = found["has_more"] or found["first"] > 1
    buttons = {"more": "more"} if is_paged else {}
    if found["total"] > 1 and not (found["is_named"] and is_paged):
        buttons["all"] = "off_all"
    buttons["none"] = "stop_none"
    others = [Option(name, Text(f"reminders.{label}.button")) for name, label in buttons.items()]
    text = Text("reminders.stop_ask", {"lines": lines, "count": found["total"]})
    return Pick(text, (*pressed, *others))


def _line(one: Json, number: int) -> Text:
    values = {**_named(one, number), "when": text_from_json(one["when"])}
    return Text("reminders.line", values)


def _named(one: Json, number: int) -> dict[str, Value]:
    return {"number": number, "about": text_from_json(one["about"])}
