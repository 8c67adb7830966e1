"""My badges: what I have, what is within reach, and codes that somebody gave me."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.badges.effects import LookAtCode, UseCode
from bot.conversation import (
    Card,
    Chat,
    Ending,
    Option,
    Pick,
    Refusal,
    Text,
    Typed,
    flow,
    onward,
    text_from_json,
)
from bot.conversation.entries import AskText
from bot.conversation.questions import Picked
from bot.flows.badge_earn import earn
from bot.flows.badge_one import one_badge
from bot.flows.discover import wish_of

Json = dict[str, Any]
TOKEN = 22
"""Letters of a badge's token: what follows behind a "_" is what is to be done with it."""
LONGEST_CODE = 60
LONGEST_CALLED = 60
UNKNOWN = "badges.code.unknown"
NO_CODE = {
    UNKNOWN: "my_badges.no_such_code",
    "badges.code.too_many": "badges.code.too_many",
    "badges.code.busy": "badges.code.busy",
}
"""What is said of words that lead to no code, or not now, before they are searched for."""


@flow(
    "badges",
    version=4,
    commands=("badges",),
    deep_links=("badge", "claim", "code", "badges"),
    again="end",
)
async def badges(chat: Chat, payload: str = "") -> Ending:
    """Show the badges, or go where the payload points to.

    Args:
        payload: "badge_<token>", "badge_<token>_<act>", "claim_<code or link>", "code_<words>" for
            words that were typed anywhere, "badges_earn", or "badges_<way to earn one>".
    """
    kind, _, rest = payload.partition("_")
    token, act = rest[:TOKEN], rest[TOKEN + 1 :]
    if kind == "badge" and token and act != "all":
        ending = await chat.run("one", one_badge, token=token, act=act)
        if ending is not None:
            return ending  # type: ignore[no-any-return]  # what the child returns
    elif kind == "claim" and rest:
        await chat.run("claim", use_code, code=rest[:LONGEST_CODE])
    elif kind == "code" and rest:
        ending = await chat.run("said", said_code, words=rest[:LONGEST_CODE])
        if ending is not None:
            return ending  # type: ignore[no-any-return]  # what the child returns
    elif kind == "badges" and rest:
        ending = await chat.run("earn", earn, way="" if rest == "earn" else rest)
        if ending is not None:
            return ending  # type: ignore[no-any-return]  # what the child returns
    return await _home(chat)


async def _home(chat: Chat) -> Ending:
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"list.{trail}", "my_badges", page)
        answer = await chat.ask(f"home.{trail}", _list(found))
        page = page + 1 if answer == "more" else page
        key = f"{trail}"
        ending: Ending | None = None
        if isinstance(answer, Typed):
            if not _is_code(answer.text):
                return chat.start("discover", wish=wish_of(answer))
            await chat.run(f"typed.{key}", use_code, code=answer.text[:LONGEST_CODE])
        elif answer == "code":
            await chat.run(f"code.{key}", ask_code)
        elif answer == "earn":
            ending = await chat.run(f"earn.{key}", earn)
        elif answer.startswith("open."):
            chosen = found["cards"][int(answer.removeprefix("open.")) - found["first"]]
            ending = await chat.run(f"{answer}.{key}", one_badge, token=chosen["token"])
        if ending is not None:
            return ending
        trail = onward(trail, answer)


def _list(found: Json) -> Pick[str | Typed]:
    numbered = list(enumerate(found["cards"], found["first"]))
    opens = [
        Option(
            f"open.{number}",
            Text("my_badges.open.button", {"number": number, "name": text_from_json(one["name"])}),
        )
        for number, one in numbered
    ]
    names = (["more"] if found["has_more"] else []) + ["earn", "code"]
    options = (*opens, *(_option(name, name == "earn" and not opens) for name in names))
    claimed = found.get("claimed", 0)
    if not found["total"]:
        none = Text("my_badges.none_yet", {"count": claimed}) if claimed else Text("my_badges.none")
        return Pick(none, options, accepts_text=True)
    cards = tuple(_card(number, one) for number, one in numbered)
    values = {"count": found["total"], "first": found["first"], "last": found["last"]}
    is_whole = found["first"] == 1 and not found["has_more"]
    text = Text("my_badges.list" if is_whole else "my_badges.page", values)
    return Pick(text, options, cards=cards, accepts_text=True)


def _card(number: int, one: Json) -> Card:
    facts = [Text(f"my_badges.state.{one['state']}", {"on": date.fromisoformat(one["on"])})]
    if one["is_shown"]:
        facts.append(Text("my_badges.is_shown"))
    return Card(text_from_json(one["name"]), tuple(facts), f"open.{number}")


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"my_badges.{name}.button"), is_main=is_main)


def _is_code(typed: str) -> bool:
    """Tell code words such as "maple otter 47" from a wish to learn something."""
    words = typed.replace("-", " ").split()
    return len(words) == 3 and words[-1].isdecimal() and len(words[-1]) == 2


async def ask_code(chat: Chat) -> None:
    """Ask for the code words that were said in the room."""
    question = AskText(
        Text("my_badges.code"), max_length=LONGEST_CODE, options=(_option("no_code"),)
    )
    answer = await chat.ask("words", question)
    if not isinstance(answer, Picked):
        await chat.run("use", use_code, code=answer)


async def said_code(chat: Chat, words: str) -> Ending | None:
    """Claim a badge with words that look like a code; search for them where they are none."""
    found = await chat.call("try", LookAtCode(words))
    refused, wish = _refused(found), words.replace("-", " ")
    if refused in NO_CODE:
        chat.say(Text(NO_CODE[refused], {"words": wish}))
        return chat.start("search", request={"text": wish})
    await _claim(chat, words, found)
    return None


async def use_code(chat: Chat, code: str) -> None:
    """Claim a badge with a code."""
    await _claim(chat, code, await chat.call("try", LookAtCode(code)))


async def _claim(chat: Chat, code: str, found: Any) -> None:
    """Claim what was found, by the name that the person gives, unless they did before."""
    if not _refused(found) and found["state"] == "offered":
        values = {"name": found["name"], "by": found["by"]}
        question = AskText(
            Text("my_badges.called", values),
            max_length=LONGEST_CALLED,
            options=(_option("no_name"), _option("wrong_code")),
        )
        answer = await chat.ask("called", question)
        if isinstance(answer, Picked) and answer.id == "wrong_code":
            chat.say(Text("my_badges.not_claimed"))
            return
        called = "" if isinstance(answer, Picked) else answer
        found = await chat.call("claim", UseCode(code, called))
    refused = _refused(found)
    if not refused and found["state"] == "had":
        refused = "my_badges.had"
    chat.say(Text(refused or f"my_badges.claim.{found['state']}"))


def _refused(found: Any) -> str:
    """Return why a code leads to nothing; empty where it leads to a badge."""
    if isinstance(found, Refusal):
        return found.text_id or UNKNOWN  # nobody asked: the talk was further on when it was new
    return str(found.get("refused", ""))
