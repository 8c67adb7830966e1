"""Reminders: setting, listing, putting off, changing and stopping them."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, Typed, flow, onward, text_from_json
from bot.conversation.messages import Value
from bot.flows.reminder_course import course_home
from bot.flows.reminder_one import after_course, one_reminder, press
from bot.flows.reminder_setting import ONCE, REGULAR, Done, Json, set_own
from bot.flows.reminder_stopping import stop_all
from bot.reminders.effects import WantReminders

NEW = {
    "own": ("own", ONCE),
    "practice": ("practice", REGULAR),
    "step": ("next_step", REGULAR),
    "recheck": ("recheck", ("quarter", "month")),
    "again": ("ask_again", ("month", "quarter")),
}
"""What can be set from here: the kind, and the times that are buttons."""
LEADS_TO = {"watched": "alerts", "done": "menu"}
ACTS = frozenset({"open", "snooze", "change", "stop", "show"})
HOW = frozenset({"well", "badly", "missed"})


@flow("reminders", version=2, commands=("reminders", "remind"), deep_links=("remind",), again="end")
async def reminders(chat: Chat, payload: str = "", said: str = "") -> Ending | None:
    """Begin where a button or a link points to, then show the list."""
    parts = payload.removeprefix("remind").strip("_").split("_")
    done: Done = "list"
    if parts[0] == "new" or payload.startswith("new"):
        kind, presets = NEW.get(parts[-1], NEW["own"])
        done = await chat.run("new", set_own, kind=kind, presets=presets)
    elif parts[0] == "course" and len(parts) > 1:
        done = await chat.run("course", course_home, course="_".join(parts[1:]))
    elif len(parts) > 1 and parts[-1] in HOW:
        done = await chat.run("how", after_course, reminder=parts[0], act=parts[-1])
    elif len(parts) > 1 and parts[-1] in ACTS:
        done = await chat.run("press", press, reminder=parts[0], act=parts[-1])
        if done is None:  # what was under way goes on
            return None
    elif said:
        done = await chat.run("said", set_own, said=said)
    return done if isinstance(done, Ending) else await _home(chat)


async def _home(chat: Chat) -> Ending:
    """Show the list a page at a time; open what is pressed, set what is typed."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"list.{trail}", "reminders", page)
        answer = await chat.ask(f"home.{trail}", _list(found))
        page = page + 1 if answer == "more" else 0
        done = await _answered(chat, trail, answer)
        if isinstance(done, Ending):
            return done
        trail = onward(trail, answer)


async def _answered(chat: Chat, key: str, answer: str | Typed) -> Done:
    """Do what was typed or pressed at the list."""
    done: Done = None
    if isinstance(answer, Typed):
        done = await chat.run(f"typed.{key}", set_own, said=answer.text)
    elif answer in LEADS_TO:
        done = chat.start(LEADS_TO[answer])
    elif answer == "off_all":
        await stop_all(chat, key)
    elif answer == "on":
        count = await chat.call(f"on.{key}", WantReminders())
        chat.say(Text("reminders.turned_on", {"count": count}))
    elif answer == "stopped":
        done = await chat.run(f"stopped.{key}", _stopped_home)
    elif answer.startswith("open."):
        done = await chat.run(f"{answer}.{key}", one_reminder, reminder=answer[5:])
    elif answer in NEW:
        kind, presets = NEW[answer]
        done = await chat.run(f"{answer}.{key}", set_own, kind=kind, presets=presets)
    return done


async def _stopped_home(chat: Chat) -> Done:
    """Show what was stopped a page at a time; what is pressed can be turned on again."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"list.{trail}", "stopped_reminders", page)
        if not found["total"]:
            return "list"
        answer = str(await chat.ask(f"home.{trail}", _stopped_list(found)))
        if answer == "back":
            return "list"
        if answer == "more":
            page = page + 1 if found["has_more"] else 0
        else:
            return await _one_again(chat, answer[5:], trail)
        trail = onward(trail, answer)


async def _one_again(chat: Chat, reminder: str, trail: str) -> Done:
    done: Done = await chat.run(f"open.{trail}", one_reminder, reminder=reminder)
    return done


def _stopped_list(found: Json) -> Pick[str]:
    names = ["more"] if found["has_more"] or found["first"] > 1 else []
    options = (*_opens(found), *(_option(name) for name in (*names, "back")))
    return Pick(Text("reminders.list_stopped", {"lines": _lines(found)}), options)


def _list(found: Json) -> Pick[str | Typed]:
    options = (*_opens(found), *(_option(name) for name in _names(found)))
    return Pick(_text(found), options, accepts_text=True)


def _opens(found: Json) -> tuple[Option, ...]:
    return tuple(
        Option(
            f"open.{one['id']}",
            Text(
                "reminders.open.button",
                {"number": number, "about": text_from_json(one["about"])},
            ),
        )
        for number, one in enumerate(found["lines"], found["first"])
    )


def _lines(found: Json) -> tuple[Text, ...]:
    return tuple(_line(one, number) for number, one in enumerate(found["lines"], found["first"]))


def _names(found: Json) -> list[str]:
    names = ["on"] if found["is_muted"] else []
    names += ["more"] if found["has_more"] else []
    names += ["own", "practice"]
    names += ["stopped"] if found["stopped"] else []
    names += ["step"] if found["has_route"] else []
    names += ["recheck"] if found["has_result"] else []
    names += ["watched"] if found["has_watched"] else []
    names += ["off_all"] if found["total"] > 1 else []
    return [*names, "done"]


def _option(name: str) -> Option:
    shown = "new" if name == "own" else name
    shown = "show_stopped" if name == "stopped" else shown
    return Option(name, Text(f"reminders.{shown}.button"), is_main=name in ("on", "own"))


def _text(found: Json) -> Text:
    if not found["total"]:
        return Text("reminders.none_on" if found["stopped"] else "reminders.none")
    values = {"lines": _lines(found), "count": found["total"]}
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
