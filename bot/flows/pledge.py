"""The #ImALifelongLearner pledge: a promise, a card with it to share, and a badge."""

from __future__ import annotations

from bot.badges.effects import MakePledge
from bot.campaigns.effects import KeepPledge, SetTopic
from bot.campaigns.promises import LONGEST, problem_of
from bot.conversation import AskText, Chat, Ending, Option, Picked, Text, YesNo, flow
from bot.conversation import Pick as Choose
from bot.conversation.messages import Attachment
from bot.flows.badge_earn import told

BROADCAST = 32


@flow("pledge", version=1, commands=("pledge",), deep_links=("pledge",), again="end")
async def pledge(chat: Chat, payload: str = "") -> Ending | None:
    """Take a promise, show it as a card, offer the badge and news."""
    found = await chat.look("mine", "my_pledge")
    promise = await _promise(chat, found["words"])
    if not promise:
        chat.say(Text("pledge.not_now"))
        return None
    broadcast = payload.removeprefix("pledge").strip("_")[:BROADCAST]
    if refusal := chat.do("keep", KeepPledge(promise, broadcast)):
        chat.say(Text(refusal))
        return None
    card = Attachment("picture", {"source": "pledge", "words": promise})
    chat.say(Text("pledge.kept", {"words": promise}), attachments=(card,))
    await _badge(chat, promise)
    if not found["hears_news"]:
        await _news(chat, found["sender"])
    return None


async def _promise(chat: Chat, before: str) -> str:
    """Ask for the promise until it can stand on a card; empty where they would rather not."""
    asked = Text("pledge.again", {"words": before}) if before else Text("pledge.ask")
    number = 0
    while True:
        question = AskText(
            asked,
            max_length=2 * LONGEST,
            options=(Option("not_now", Text("pledge.not_now.button")),),
        )
        typed = await chat.ask(f"promise.{number}", question)
        if isinstance(typed, Picked):
            return ""
        problem = problem_of(typed)
        if not problem:
            return " ".join(typed.split())
        asked, number = Text(problem), number + 1


async def _badge(chat: Chat, promise: str) -> None:
    options = (
        Option("quiet", Text("pledge.quiet.button"), is_main=True),
        Option("told", Text("pledge.told.button")),
        Option("none", Text("pledge.no_badge.button")),
    )
    answer = await chat.ask("badge", Choose(Text("pledge.badge_ask"), options))
    if answer != "none":
        is_told = answer == "told"
        told(chat, await chat.call("given", MakePledge(promise if is_told else "", is_told)))


async def _news(chat: Chat, sender: str) -> None:
    """Ask once whether the city may write; nothing is on by itself."""
    if await chat.ask("news", YesNo(Text("pledge.news_ask", {"sender": sender}))):
        refusal = chat.do("news_on", SetTopic("news", is_on=True))
        chat.say(Text(refusal or "pledge.news_on"))
