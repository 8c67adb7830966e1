"""The buttons of messages from the city, and those messages again."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bot.campaigns.content import BADGE_WAYS
from bot.campaigns.effects import ActOnMessage, SetTopic
from bot.conversation import Chat, Ending, Option, Pick, Text, flow
from bot.conversation.messages import Drawn
from bot.conversation.screen import Link

Json = dict[str, Any]
OPENED: Final = {
    "find": ("discover", "wish"),
    "skills": ("skills", "payload"),
    "results": ("my_results", ""),
    "saved": ("saved", ""),
    "alerts": ("alerts", ""),
    "routes": ("pathways", "payload"),
    "route": ("pathways", "payload"),
    "course": ("course", "payload"),
    "badges": ("badges", "payload"),
    "cv": ("cv", "payload"),
    "worth": ("worth", "payload"),
    "next": ("next_steps", "payload"),
    "reminders": ("reminders", ""),
    "topics": ("topics", ""),
    "codesign": ("codesign", "payload"),
}
"""The flow that a button opens by the first word of its target, and what it is told."""
PARTS = 4


@flow("campaign", version=1, deep_links=("cm",), again="end")
async def campaign(chat: Chat, payload: str = "") -> Ending | None:
    """Do what a button of a message does; a message that is not theirs does nothing."""
    parts = payload.split("_")
    if len(parts) != PARTS:
        chat.say(Text("citynews.gone"))
        return None
    return await _press(chat, "press", parts[1], parts[2], parts[3])


@flow("news", version=1, commands=("news",), deep_links=("news",), again="end")
async def news(chat: Chat) -> Ending | None:
    """Show what the city wrote last, and let it be opened again."""
    recent = await chat.look("recent", "recent_messages")
    if not recent:
        options = (Option("topics", Text("citynews.topics.button"), is_main=True),)
        await chat.ask("none", Pick(Text("citynews.none"), options))
        return chat.start("topics")
    lines = tuple(
        Text("citynews.line", {"when": date.fromisoformat(one["on"]), "name": one["name"]})
        for one in recent
    )
    opening = tuple(
        Option(f"open.{number}", Text("citynews.open.button", {"number": number + 1}))
        for number, _ in enumerate(recent)
    )
    topics = Option("topics", Text("citynews.topics.button"))
    question = Pick(Text("citynews.recent", {"lines": lines}), (*opening, topics))
    answer = str(await chat.ask("which", question))
    if answer == "topics":
        return chat.start("topics")
    return await _again(chat, recent[int(answer.removeprefix("open."))])


async def _again(chat: Chat, one: Json) -> Ending | None:
    """Show a message again, with what can be done about it."""
    broadcast, number = one["broadcast"], one["number"]
    buttons = await chat.look("buttons", "message_buttons", broadcast, number)
    links = tuple(
        Link(Text("name.button", {"name": label}), url) for _, _, label, url in buttons if url
    )
    words = Drawn("message_words", (broadcast, number))
    chat.say(Text("citynews.shown", {"words": words}), links=links)
    options = tuple(
        Option(f"do.{name}", _label(kind, label)) for name, kind, label, url in buttons if not url
    )
    topics = Option("topics", Text("citynews.topics.button"))
    answer = str(await chat.ask("what", Pick(Text("citynews.what"), (*options, topics))))
    if answer == "topics":
        return chat.start("topics")
    return await _press(chat, "again", broadcast, number, answer.removeprefix("do."))


def _label(kind: str, label: str) -> Text:
    return Text("citynews.off.button") if kind == "off" else Text("name.button", {"name": label})


async def _press(chat: Chat, key: str, broadcast: str, number: str, option: str) -> Ending | None:
    button = await chat.look(f"{key}.button", "campaign_button", broadcast, number, option)
    if button is None:
        chat.say(Text("citynews.gone"))
        return None
    if button["kind"] == "off":
        return await _leave(chat, key, broadcast, button["topic"])
    if button["kind"] == "pledge":
        return chat.start("pledge", payload=f"pledge_{broadcast}")
    if button["kind"] == "poll":
        await chat.call(f"{key}.said", ActOnMessage(broadcast, "poll", "", option))
        chat.say(Text("citynews.answered", {"answer": button["label"]}))
        return None
    await chat.call(f"{key}.opened", ActOnMessage(broadcast, "open", option))
    if button["kind"] == "badge":
        return chat.start("badges", payload=f"badges_{BADGE_WAYS[button['target']]}")
    return _open(chat, button["target"])


def _open(chat: Chat, target: str) -> Ending:
    name, _, rest = target.partition("_")
    flow_name, told = OPENED.get(name, ("menu", ""))
    if told == "wish" and rest:
        return chat.start(flow_name, wish=rest.replace("_", " "))
    if told == "payload" and rest:
        return chat.start(flow_name, payload=target)
    return chat.start(flow_name)


async def _leave(chat: Chat, key: str, broadcast: str, topic: str) -> Ending | None:
    """Turn the topic of a message off at once; a mistake is one press away from undone."""
    await chat.call(f"{key}.off", SetTopic(topic, is_on=False, broadcast=broadcast))
    options = (
        Option("topics", Text("citynews.topics.button")),
        Option("undo", Text("citynews.undo.button")),
    )
    left = Text("citynews.left", {"topic": Text(f"topics.{topic}.name")})
    if await chat.ask(f"{key}.left", Pick(left, options)) == "topics":
        return chat.start("topics")
    await chat.call(f"{key}.on", SetTopic(topic, is_on=True))
    chat.say(Text("citynews.undone", {"topic": Text(f"topics.{topic}.name")}))
    return None
