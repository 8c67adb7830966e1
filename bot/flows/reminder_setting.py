"""Setting a reminder: when, of what, said back, and confirmed."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any, Literal, TypeAlias

from bot.conversation import (
    AskText,
    Chat,
    Ending,
    Option,
    Pick,
    Picked,
    Text,
    Typed,
    onward,
    text_from_json,
)
from bot.reminders import Daily, Lead, Once, Relative, Rule, Weekly, rule_to_json
from bot.reminders.effects import ChangeReminder, SetReminder, TakeReminderBack
from bot.reminders.kinds import WORDED

Json = dict[str, Any]
Done: TypeAlias = Ending | Literal["list"] | None
"""Where to go on: in another flow, at the list of all reminders, or where it was."""

LONGEST = 200
MORNING, EVENING = time(9), time(18, 30)
ONCE = ("tomorrow", "week", "month", "quarter")
REGULAR = ("two_evenings", "every_evening", "saturday", "monday")
BEFORE = ("day_before", "hours_before", "both_before")


def preset(name: str, today: date) -> Rule:
    """Return the rule behind a button."""
    days = {"tomorrow": 1, "week": 7, "month": 30, "quarter": 91}
    if name in days:
        return Once(today + timedelta(days=days[name]), MORNING)
    evening_before, hours_before = Lead(1, "days", time(18)), Lead(2, "hours")
    rules: dict[str, Rule] = {
        "two_evenings": Weekly((1, 3), EVENING, today),
        "every_evening": Daily(EVENING, today),
        "saturday": Weekly((5,), time(10), today),
        "monday": Weekly((0,), MORNING, today),
        "day_before": Relative((evening_before,)),
        "hours_before": Relative((hours_before,)),
        "both_before": Relative((evening_before, hours_before)),
    }
    return rules[name]


async def ask_rule(
    chat: Chat, presets: tuple[str, ...], ask: str, said: str = "", *, needs: str = "time"
) -> Json | None:
    """Ask when, until it is clear; return the reading with the words beside it, or None.

    Where they ask for no more reminders instead, the state is "stop" and "said" is how.

    Args:
        presets: The times that are buttons.
        ask: The id of the question.
        said: What they said already.
        needs: "before" where there is something to be before of.
    """
    trail, question = "0", Text(ask)
    while True:
        answer: str | Typed = Typed(said) if said and trail == "0" else ""
        if not answer:
            answer = await chat.ask(f"when.{trail}", _when(presets, question))
        if answer == "no":
            return None
        if isinstance(answer, Typed):
            read = await chat.look(f"read.{trail}", "read_reminder", answer.text, needs)
            if read["state"] == "stop":
                return {"state": "stop", "said": answer.text}
        else:
            rule = rule_to_json(preset(str(answer), chat.now.date()))
            one = await chat.look(f"say.{trail}", "say_rule", rule)
            read = {"state": "read", "readings": [one], "words": "", "is_again": False}
        if read["state"] == "read":
            chosen = await _chosen(chat, trail, read["readings"])
            if chosen is not None:
                return {**read, **chosen, "readings": []}
        question = _again(read, ask, needs)
        trail = onward(trail, answer)


def _again(read: Json, ask: str, needs: str) -> Text:
    """Ask again, and say why."""
    state = read["state"]
    if state == "read":
        return Text(ask)
    if state == "no_day":
        return Text("reminders.no_day", {"day": read["day"]})
    if state == "repeats":
        return Text("reminders.repeats", {"when": text_from_json(read["readings"][0]["said"])})
    if state == "unread" and needs == "before":
        return Text("reminders.unread_before")
    return Text(f"reminders.{state}")


def _when(presets: tuple[str, ...], text: Text) -> Pick[str | Typed]:
    options = tuple(Option(one, Text(f"reminders.preset.{one}.button")) for one in presets)
    no = Option("no", Text("reminders.no.button"))
    return Pick(text, (*options, no), accepts_text=True)


async def _chosen(chat: Chat, trail: str, readings: list[Json]) -> Json | None:
    """Return the one reading, or the one that is meant."""
    if len(readings) == 1:
        return readings[0]
    said = [text_from_json(one["said"]) for one in readings]
    options = tuple(
        Option(f"r{number}", Text("reminders.reading.button", {"when": one}))
        for number, one in enumerate(said)
    )
    other = Option("other", Text("reminders.other.button"))
    question = Pick(Text("reminders.which"), (*options, other))
    answer = str(await chat.ask(f"which.{trail}", question))
    return None if answer == "other" else readings[int(answer[1:])]


async def set_own(
    chat: Chat,
    said: str = "",
    kind: str = "own",
    presets: tuple[str, ...] = ONCE,
    words: str = "",
) -> Done:
    """Set a reminder of the person's own."""
    ask = "reminders.ask" if kind == "own" and not words else "reminders.ask_when"
    heard = await ask_rule(chat, presets, ask, said)
    if heard is None:
        chat.say(Text("reminders.left"))
        return None
    if heard["state"] == "stop":
        return chat.start("stop_reminders", said=heard["said"])
    words = words or str(heard["words"])
    kind = "ask_again" if kind == "own" and heard["is_again"] else kind
    if kind == "own" and not words:
        words = await _what(chat)
    if not await _confirmed(chat, heard, _about(kind, words)):
        return None
    effect = SetReminder(kind, heard["rule"], words=words, is_set_by_person=heard["has_time"])
    return await _closed(chat, "set", await chat.call("set", effect))


async def _what(chat: Chat) -> str:
    """Ask what it is about; a bare nudge will do."""
    bare = Option("bare", Text("reminders.bare.button"))
    question = AskText(Text("reminders.ask_what"), max_length=LONGEST, options=(bare,))
    answer = await chat.ask("what", question)
    return "" if isinstance(answer, Picked) else str(answer)


def _about(kind: str, words: str) -> Text:
    bare = "_bare" if kind in WORDED and not words else ""
    return Text(f"reminders.about.{kind}{bare}", {"words": words})


async def _confirmed(chat: Chat, heard: Json, about: Text, left: str = "left") -> bool:
    """Say back what was understood; True where it is right.

    Args:
        left: What to say where it is not.
    """
    values = {"when": text_from_json(heard["said"]), "about": about}
    if heard["is_once"] or heard["next"] is None:
        text = Text("reminders.confirm_once", values)
    else:
        text = Text("reminders.confirm", {**values, "next": text_from_json(heard["next"])})
    options = (
        Option("yes", Text("reminders.yes.button"), is_main=True),
        Option("no", Text("reminders.no.button")),
    )
    if await chat.ask("confirm", Pick(text, options)) == "yes":
        return True
    chat.say(Text(f"reminders.{left}"))
    return False


async def change_time(chat: Chat, reminder: Json) -> Done:
    """Ask for another time of a reminder and give it that."""
    presets: tuple[str, ...] = ONCE if reminder["is_once"] else REGULAR
    needs = "time"
    if reminder["is_course"]:
        presets, needs = BEFORE, "before"
    ask = "reminders.ask_before" if reminder["is_course"] else "reminders.ask_when"
    heard = await ask_rule(chat, presets, ask, needs=needs)
    if heard is None:
        chat.say(Text("reminders.kept_as_it_was"))
        return None
    if heard["state"] == "stop":
        return chat.start("stop_reminders", said=heard["said"])
    if not await _confirmed(chat, heard, text_from_json(reminder["about"]), "kept_as_it_was"):
        return None
    effect = ChangeReminder(reminder["id"], heard["rule"])
    return await _closed(chat, "change", await chat.call("change", effect))


async def set_for_course(chat: Chat, course: str, kind: str, title: str) -> Done:
    """Ask when to be reminded of a course, and do that."""
    heard = await ask_rule(chat, BEFORE, "reminders.ask_before", needs="before")
    if heard is None:
        chat.say(Text("reminders.left"))
        return None
    if heard["state"] == "stop":
        return chat.start("stop_reminders", said=heard["said"])
    about = Text(f"reminders.about.{kind}", {"title": title})
    if not await _confirmed(chat, heard, about):
        return None
    effect = SetReminder(kind, heard["rule"], course)
    return await _closed(chat, "set", await chat.call("set", effect))


async def _closed(chat: Chat, key: str, result: Json) -> Done:
    """Say what came of it; what was done can be undone at once."""
    outcome = result["outcome"]
    if outcome not in ("set", "changed"):
        chat.say(Text(f"reminders.{outcome}"))
        return None
    text = Text(f"reminders.{outcome}", {"next": text_from_json(result["next"])})
    undo: Any = TakeReminderBack(result["id"])
    if outcome == "changed":
        undo = ChangeReminder(result["id"], result["before"])
    if not await wants_undo(chat, f"{key}.undo", text):
        return "list"
    await chat.call(f"{key}.undone", undo)
    chat.say(Text("reminders.undone"))
    return None


async def wants_undo(chat: Chat, key: str, text: Text) -> bool:
    """Say what was done; True where it is to be taken back, False for the list."""
    options = (
        Option("undo", Text("reminders.undo.button")),
        Option("back", Text("reminders.back.button")),
    )
    return await chat.ask(key, Pick(text, options)) == "undo"
