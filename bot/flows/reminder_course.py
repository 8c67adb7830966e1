"""The reminders of one course."""

from __future__ import annotations

from bot.conversation import Chat, Option, Pick, Text, onward, text_from_json
from bot.flows.reminder_one import one_reminder
from bot.flows.reminder_setting import Done, Json, set_for_course
from bot.reminders.effects import RemindOfCourse


async def remind_before(chat: Chat, key: str, course: str) -> None:
    """Remind of a course at the usual times, with one press, and say when that is."""
    result = await chat.call(key, RemindOfCourse(course))
    outcome = result["outcome"]
    values = {"next": text_from_json(result["next"])} if "next" in result else {}
    chat.say(Text(f"reminders.course.{outcome}", values))


async def course_home(chat: Chat, course: str) -> Done:
    """Show what can be reminded of for a course; set what is pressed, open what is set."""
    trail = "0"
    while True:
        found = await chat.look(f"course.{trail}", "course_reminders", course)
        if found is None or not (found["kinds"] or found["held"]):
            chat.say(Text("reminders.course.none"))
            return None
        answer = str(await chat.ask(f"what.{trail}", _what(found)))
        if answer == "back":
            return "list"
        done = await _chosen(chat, f"{answer}.{trail}", course, answer, found)
        if done is not None:
            return done
        trail = onward(trail, answer)


async def _chosen(chat: Chat, key: str, course: str, answer: str, found: Json) -> Done:
    done: Done = None
    if answer == "when":
        done = await chat.run(
            key, set_for_course, course=course, kind="course_start", title=found["title"]
        )
    elif answer in found["held"]:
        done = await chat.run(key, one_reminder, reminder=found["held"][answer])
    else:
        _say_set(chat, await chat.call(f"set.{key}", RemindOfCourse(course, (answer,))))
    return done


def _say_set(chat: Chat, result: Json) -> None:
    if "next" in result:
        chat.say(Text("reminders.set", {"next": text_from_json(result["next"])}))
    else:
        chat.say(Text(f"reminders.course.{result['outcome']}"))


def _what(found: Json) -> Pick[str]:
    kinds = dict.fromkeys((*found["kinds"], *found["held"]))
    options = [
        Option(
            kind,
            Text("work.picked", {"label": _label(kind)}) if kind in found["held"] else _label(kind),
        )
        for kind in kinds
    ]
    if "course_start" in found["kinds"]:
        options.append(Option("when", Text("reminders.course.when.button")))
    options.append(Option("back", Text("reminders.back.button")))
    return Pick(Text("reminders.course.ask", {"title": found["title"]}), tuple(options))


def _label(kind: str) -> Text:
    return Text(f"reminders.course.{kind}.button")
