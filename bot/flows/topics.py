"""What the city may write about: every topic is off until somebody turns it on, and off again."""

from __future__ import annotations

from typing import Any

from bot.campaigns.effects import NoteInterest, SetInterests, SetTopic
from bot.conversation import (
    AskText,
    Chat,
    Ending,
    Option,
    Pick,
    Text,
    YesNo,
    flow,
    onward,
)
from bot.people.consent import TOPICS, Purpose
from bot.people.effects import SetAgeBand
from bot.talent.effects import SetWork

Json = dict[str, Any]
LONGEST_INTEREST = 60


@flow("topics", version=2, commands=("topics",), deep_links=("topics",), again="end")
async def topics(chat: Chat) -> Ending:
    """Show the topics with their state; a press turns one on or off, and going back undoes it."""
    state = await chat.look("state", "topics")
    trail = "0"
    while True:
        answer = await chat.ask(f"choose.{trail}", _topics(state))
        if answer in ("done", "work"):
            return chat.start("menu" if answer == "done" else "work")
        if answer == "forget":
            chat.do(f"forget.{trail}", SetInterests())
            state = {**state, "interests": []}
        elif answer == "off":
            for topic in state["on"]:
                chat.do(f"off.{topic}.{trail}", SetTopic(topic, is_on=False))
            if state.get("work"):
                chat.do(f"off.work.{trail}", SetWork())
            state = {**state, "on": [], "work": []}
        else:
            state = await _turn(chat, trail, str(answer), state)
        trail = onward(trail, answer)


def _topics(state: Json) -> Pick[str]:
    lines = tuple(
        Text("topics.line", {"name": _name(topic), "state": Text(f"topics.{_state(state, topic)}")})
        for topic in TOPICS
    )
    work = Text("topics.on" if state.get("work") else "topics.off")
    lines = (*lines, Text("topics.line", {"name": Text("topics.work.name"), "state": work}))
    options = [
        Option(topic.value, Text(f"topics.{topic.value}.turn_{_other(state, topic)}.button"))
        for topic in TOPICS
    ]
    options.append(Option("work", Text("topics.work.button")))
    if len(state["on"]) + len(state.get("work", ())) > 1:
        options.append(Option("off", Text("topics.all_off.button")))
    if state["interests"]:
        options.append(Option("forget", Text("topics.forget.button")))
        lines = (*lines, Text("topics.interests", {"subjects": tuple(state["interests"])}))
    options.append(Option("done", Text("topics.done.button"), is_main=bool(state["on"])))
    return Pick(Text("topics.ask", {"sender": state["sender"], "lines": lines}), tuple(options))


def _name(topic: Purpose) -> Text:
    return Text(f"topics.{topic.value}.name")


def _state(state: Json, topic: Purpose) -> str:
    return "on" if topic.value in state["on"] else "off"


def _other(state: Json, topic: Purpose) -> str:
    return "off" if topic.value in state["on"] else "on"


async def _turn(chat: Chat, trail: str, topic: str, state: Json) -> Json:
    """Turn a topic on or off, after what has to be asked first."""
    is_on = topic not in state["on"]
    if is_on and topic == Purpose.INVITATIONS and not state["is_adult"]:
        if not await chat.ask(f"adult.{trail}", YesNo(Text("topics.adult_ask"))):
            chat.say(Text("topics.adults_only"))
            return state
        chat.do(f"age.{trail}", SetAgeBand("18-plus"))
        state = {**state, "is_adult": True}
    if refusal := chat.do(f"set.{topic}.{trail}", SetTopic(topic, is_on)):
        chat.say(Text(refusal))
        return state
    others = [one for one in state["on"] if one != topic]
    state = {**state, "on": [*others, topic] if is_on else others}
    if is_on and topic == Purpose.NEW_COURSES and not state["interests"]:
        return {**state, "interests": await _interests(chat, trail)}
    return state


async def _interests(chat: Chat, trail: str) -> list[str]:
    """Ask what they would like to hear about."""
    question = AskText(
        Text("topics.interest_ask"),
        max_length=LONGEST_INTEREST,
        options=(Option("all", Text("topics.interest_all.button")),),
    )
    words = await chat.ask(f"interest.{trail}", question)
    if not isinstance(words, str):
        return []
    chat.do(f"noted.{trail}", NoteInterest(words))
    return [words]
