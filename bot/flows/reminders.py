"""Reminders: setting, listing, putting off, changing and stopping them."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow, onward, text_from_json
from bot.conversation.messages import Value
from bot.flows.reminder_course import course_home
from bot.flows.reminder_one import after_course, one_reminder, press
from bot.flows.reminder_setting import ONCE, REGULAR, Json, set_own
from bot.reminders.effects import BringRemindersBack, StopReminders, WantReminders

NEW = {
    "own": ("own", ONCE),
    "practice": ("practice", REGULAR),
    "step": ("next_step", REGULAR),
    "recheck": ("recheck", ("quarter", "month")),
    "again": ("ask_again", ("month", "quarter")),
}
"""What can be set from here: the kind, and the times that are buttons."""
ACTS = frozenset({"open", "snooze", "change", "stop", "show"})
HOW = frozenset({"well", "badly", "missed"})


@flow("reminders", version=1, commands=("reminders", "remind"), deep_links=("remind",), again="end")
async def reminders(chat: Chat, payload: str = "", said: str = "") -> Ending | None:
    """Begin where a button or a link points to, then show the list."""
    parts = payload.removeprefix("remind").strip("_").split("_")
    if parts[0] == "new" or payload.startswith("new"):
        return await _new(chat, parts[-1]) or await _home(chat)
    if parts[0] == "course" and len(parts) > 1:
        done = await chat.run("course", course_home, course="_".join(parts[1:]))
        return done or await _home(chat)
    if len(parts) > 1 and parts[-1] in HOW:
        onwards: Ending = await chat.run("how", after_course, reminder=parts[0], act=parts[-1])
        return onwards
    if len(parts) > 1 and parts[-1] in ACTS:
        ended: Ending | None = await chat.run("press", press, reminder=parts[0], act=parts[-1])
        return ended
    if said:
        heard = await chat.run("said", set_own, said=said)
        if heard is not None:
            await _stop_by_words(chat, "said", heard)
    return await _home(chat)


async def _new(chat: Chat, name: str) -> Ending | None:
    """Set one of the offered kinds at once."""
    kind, presets = NEW.get(name, NEW["own"])
    heard = await chat.run("new", set_own, kind=kind, presets=presets)
    if heard is not None:
        await _stop_by_words(chat, "new", heard)
    return None


async def _home(chat: Chat) -> Ending:
    """Show the list a page at a time; open what is pressed, set what is typed."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"list.{trail}", "reminders", page)
        answer = await chat.ask(f"home.{trail}", _list(found))
        key = f"{trail}"
        page = page + 1 if answer == "more" else 0
        if isinstance(answer, Typed):
            heard = await chat.run(f"typed.{key}", set_own, said=answer.text)
            if heard is not None:
                await _stop_by_words(chat, key, heard)
        elif answer == "watched":
            return chat.start("alerts")
        elif answer == "done":
            return chat.start("menu")
        elif answer == "off_all":
            await _stop_all(chat, key)
        elif answer == "on":
            count = await chat.call(f"on.{key}", WantReminders())
            chat.say(Text("reminders.turned_on", {"count": count}))
        elif answer.startswith("open."):
            done = await chat.run(f"{answer}.{key}", one_reminder, reminder=answer[5:])
            if done is not None:
                return done  # type: ignore[no-any-return]  # an ending of the child
        elif answer in NEW:
            kind, presets = NEW[answer]
            await chat.run(f"{answer}.{key}", set_own, kind=kind, presets=presets)
        trail = onward(trail, answer)


async def _stop_by_words(chat: Chat, key: str, heard: Json) -> None:
    """Stop all of them where "stop" was said; which one is meant is pressed in the list."""
    if not heard["words"]:
        await _stop_all(chat, key)
    else:
        chat.say(Text("reminders.stop_which"))


async def _stop_all(chat: Chat, key: str) -> None:
    """Stop every reminder, and offer to take it back at once."""
    stopped = await chat.call(f"off.{key}", StopReminders())
    text = Text("reminders.all_stopped", {"count": len(stopped)})
    options = (
        Option("undo", Text("reminders.undo.button")),
        Option("back", Text("reminders.back.button")),
    )
    if stopped and await chat.ask(f"undo.{key}", Pick(text, options)) == "undo":
        await chat.call(f"again.{key}", BringRemindersBack(tuple(stopped)))
        chat.say(Text("reminders.all_back"))


def _list(found: Json) -> Pick[str | Typed]:
    lines = found["lines"]
    opens = tuple(
        Option(
            f"open.{one['id']}",
            Text(
                "reminders.open.button",
                {"number": number, "about": text_from_json(one["about"])},
            ),
        )
        for number, one in enumerate(lines, found["first"])
    )
    options = (*opens, *(_option(name) for name in _names(found)))
    return Pick(_text(found), options, accepts_text=True)


def _names(found: Json) -> list[str]:
    names = ["on"] if found["is_muted"] else []
    names += ["more"] if found["has_more"] else []
    names += ["own", "practice"]
    names += ["step"] if found["has_route"] else []
    names += ["recheck"] if found["has_result"] else []
    names += ["watched"] if found["has_watched"] else []
    names += ["off_all"] if found["total"] > 1 else []
    return [*names, "done"]


def _option(name: str) -> Option:
    shown = "new" if name == "own" else name
    return Option(name, Text(f"reminders.{shown}.button"), is_main=name in ("on", "own"))


def _text(found: Json) -> Text:
    if not found["total"]:
        return Text("reminders.none")
    lines = tuple(_line(one, number) for number, one in enumerate(found["lines"], found["first"]))
    values = {"lines": lines, "count": found["total"]}
    if found["is_muted"]:
        return Text("reminders.list_muted", values)
    if found["first"] == 1 and not found["has_more"]:
        return Text("reminders.list", values)
    return Text("reminders.list_page", {**values, "first": found["first"], "last": found["last"]})


def _line(one: Json, number: int) -> Text:
    values: dict[str, Value] = {
        "number": number,
        "about": text_from_json(one["about"]),
        "when": text_from_json(one["when"]),
    }
    if one["next"] is None:
        return Text("reminders.line", values)
    return Text("reminders.line_next", {**values, "next": text_from_json(one["next"])})
