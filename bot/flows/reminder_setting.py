"""Setting a reminder: when, of what, said back, and confirmed."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from bot.conversation import (
    AskText,
    Chat,
    Option,
    Pick,
    Picked,
    Text,
    Typed,
    onward,
    text_from_json,
)
from bot.reminders import Daily, Lead, Once, Relative, Rule, Weekly, rule_to_json
from bot.reminders.effects import ChangeReminder, SetReminder, StopReminders
from bot.reminders.kinds import WORDED

Json = dict[str, Any]

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

    Args:
        presets: The times that are buttons.
        ask: The id of the question.
        said: What they said already.
        needs: "before" where there is something to be before of.
    """
    trail, hint = "0", ""
    while True:
        answer: str | Typed = Typed(said) if said and trail == "0" else ""
        if not answer:
            answer = await chat.ask(f"when.{trail}", _when(presets, hint or ask))
        if answer == "no":
            return None
        if isinstance(answer, Typed):
            read = await chat.look(f"read.{trail}", "read_reminder", answer.text, needs)
        else:
            rule = rule_to_json(preset(str(answer), chat.now.date()))
            one = await chat.look(f"say.{trail}", "say_rule", rule)
            read = {"state": "read", "readings": [one], "words": "", "is_again": False}
        if read["state"] == "stop":
            return {"state": "stop", "words": read["words"]}
        if read["state"] == "read":
            chosen = await _chosen(chat, trail, read["readings"])
            if chosen is not None:
                return {**read, **chosen, "readings": []}
        hint = _hint(read["state"], needs)
        trail = onward(trail, answer)


def _hint(state: str, needs: str) -> str:
    if state == "read":
        return ""
    if state == "unread" and needs == "before":
        return "reminders.unread_before"
    return f"reminders.{state}"


def _when(presets: tuple[str, ...], text_id: str) -> Pick[str | Typed]:
    options = tuple(Option(one, Text(f"reminders.preset.{one}.button")) for one in presets)
    no = Option("no", Text("reminders.no.button"))
    return Pick(Text(text_id), (*options, no), accepts_text=True)


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
) -> Json | None:
    """Set a reminder of the person's own; return what `ask_rule` heard where it was a stop."""
    ask = "reminders.ask" if kind == "own" and not words else "reminders.ask_when"
    heard = await ask_rule(chat, presets, ask, said)
    if heard is None:
        chat.say(Text("reminders.left"))
        return None
    if heard["state"] == "stop":
        return heard
    words = words or str(heard["words"])
    kind = "ask_again" if kind == "own" and heard["is_again"] else kind
    if kind == "own" and not words:
        words = await _what(chat)
    if not await _confirmed(chat, heard, _about(kind, words)):
        return None
    effect = SetReminder(kind, heard["rule"], words=words, is_set_by_person=heard["has_time"])
    await _closed(chat, "set", await chat.call("set", effect))
    return None


async def _what(chat: Chat) -> str:
    """Ask what it is about; a bare nudge will do."""
    bare = Option("bare", Text("reminders.bare.button"))
    question = AskText(Text("reminders.ask_what"), max_length=LONGEST, options=(bare,))
    answer = await chat.ask("what", question)
    return "" if isinstance(answer, Picked) else str(answer)


def _about(kind: str, words: str) -> Text:
    bare = "_bare" if kind in WORDED and not words else ""
    return Text(f"reminders.about.{kind}{bare}", {"words": words})


async def _confirmed(chat: Chat, heard: Json, about: Text) -> bool:
    """Say back what was understood; True where it is right."""
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
    chat.say(Text("reminders.left"))
    return False


async def change_time(chat: Chat, reminder: Json) -> None:
    """Ask for another time of a reminder and give it that."""
    presets: tuple[str, ...] = ONCE if reminder["is_once"] else REGULAR
    needs = "time"
    if reminder["is_course"]:
        presets, needs = BEFORE, "before"
    ask = "reminders.ask_before" if reminder["is_course"] else "reminders.ask_when"
    heard = await ask_rule(chat, presets, ask, needs=needs)
    if heard is None or heard["state"] == "stop":
        chat.say(Text("reminders.left"))
        return
    if not await _confirmed(chat, heard, text_from_json(reminder["about"])):
        return
    effect = ChangeReminder(reminder["id"], heard["rule"])
    await _closed(chat, "change", await chat.call("change", effect))


async def set_for_course(chat: Chat, course: str, kind: str, title: str) -> None:
    """Ask when to be reminded of a course, and do that."""
    heard = await ask_rule(chat, BEFORE, "reminders.ask_before", needs="before")
    if heard is None or heard["state"] == "stop":
        chat.say(Text("reminders.left"))
        return
    about = Text(f"reminders.about.{kind}", {"title": title})
    if not await _confirmed(chat, heard, about):
        return
    effect = SetReminder(kind, heard["rule"], course)
    await _closed(chat, "set", await chat.call("set", effect))


async def _closed(chat: Chat, key: str, result: Json) -> None:
    """Say what came of it; what was done can be undone at once."""
    outcome = result["outcome"]
    if outcome not in ("set", "changed"):
        chat.say(Text(f"reminders.{outcome}"))
        return
    text = Text(f"reminders.{outcome}", {"next": text_from_json(result["next"])})
    undo: Any = StopReminders((result["id"],))
    if outcome == "changed":
        undo = ChangeReminder(result["id"], result["before"])
    await offer_undo(chat, key, text, undo)


async def offer_undo(chat: Chat, key: str, text: Text, undo: Any) -> None:
    """Say what was done, with one press to take it back."""
    options = (
        Option("undo", Text("reminders.undo.button")),
        Option("back", Text("reminders.back.button")),
    )
    if await chat.ask(f"{key}.undo", Pick(text, options)) == "undo":
        await chat.call(f"{key}.undone", undo)
        chat.say(Text("reminders.undone"))
