"""For those who teach: codes with which a class gets its badges."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import TellOfClaims
from bot.conversation import (
    Card,
    Chat,
    Ending,
    Link,
    Option,
    Pick,
    Refusal,
    Text,
    flow,
    onward,
    text_from_json,
)
from bot.flows.teach_code import one_code
from bot.flows.teach_new import new_code
from bot.people.effects import MakeLogin

Json = dict[str, Any]
MAY_TEACH = frozenset({"provider", "staff"})
EVERY_CODE = "all"


@flow("teach", version=3, commands=("teach",), deep_links=("teach",), again="end")
async def teach(chat: Chat, payload: str = "") -> Ending | None:
    """List one's class codes, make one, open one; only for providers and staff.

    Args:
        payload: "teach_<code>_see" or "teach_all_see", or "..._quiet" for no more messages.
    """
    if not chat.roles & MAY_TEACH:
        chat.say(Text("classes.none"))
        return None
    code, _, act = payload.removeprefix("teach_").partition("_")
    if act == "quiet":
        await _tell(chat, "quiet", is_told=False)
    elif act == "see" and code != EVERY_CODE:
        await chat.run("told", one_code, code=code)
    await _home(chat)
    return None


async def _home(chat: Chat) -> None:
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"codes.{trail}", "class_codes", page)
        answer = await chat.ask(f"home.{trail}", _list(found))
        page = page + 1 if answer == "more" else page
        trail = onward(trail, answer)
        code = ""
        if answer == "new":
            code = await chat.run(f"new.{trail}", new_code)
        elif answer == "web":
            await _lead_to_the_web(chat, f"web.{trail}")
        elif answer in ("tell_on", "tell_off"):
            await _tell(chat, f"tell.{trail}", is_told=answer == "tell_on")
        elif answer.startswith("open."):
            code = found["cards"][int(answer.removeprefix("open.")) - found["first"]]["id"]
        if code:
            page = 0
            await chat.run(f"one.{trail}", one_code, code=code)


async def _tell(chat: Chat, key: str, *, is_told: bool) -> None:
    outcome = await chat.call(key, TellOfClaims(is_told))
    told = "classes.told_on" if is_told else "classes.told_off"
    chat.say(Text(outcome.text_id if isinstance(outcome, Refusal) else told))


async def _lead_to_the_web(chat: Chat, key: str) -> None:
    """Give a link that signs in to the pages, where there is more room."""
    login = await chat.call(key, MakeLogin())
    if isinstance(login, Refusal):
        chat.say(Text(login.text_id))
        return
    address = f"{login['link']}?to=classes"
    link = Link(Text("classes.web_open.button"), address)
    chat.say(Text("classes.web_link", {"link": address}), links=(link,))


def _list(found: Json) -> Pick[str]:
    numbered = list(enumerate(found["cards"], found["first"]))
    opens = tuple(
        Option(
            f"open.{number}",
            Text("classes.open.button", {"number": number, "name": one["course"]}),
        )
        for number, one in numbered
    )
    more = (Option("more", Text("classes.more.button")),) if found["has_more"] else ()
    new = Option("new", Text("classes.new.button"), is_main=True)
    web = Option("web", Text("classes.web.button"))
    if not found["total"]:
        return Pick(Text("classes.empty"), (new, web))
    tell = "tell_off" if found["is_told"] else "tell_on"
    options = (*opens, *more, new, web, Option(tell, Text(f"classes.{tell}.button")))
    values = {"count": found["total"], "first": found["first"], "last": found["last"]}
    is_whole = found["first"] == 1 and not found["has_more"]
    text = Text("classes.list" if is_whole else "classes.page", values)
    return Pick(text, options, cards=tuple(_card(number, one) for number, one in numbered))


def _card(number: int, one: Json) -> Card:
    title = Text("classes.card", {"course": one["course"]})
    facts = [text_from_json(one["state"])]
    if one["waiting"]:
        facts.append(Text("classes.waiting", {"count": one["waiting"]}))
    return Card(title, tuple(facts), f"open.{number}")
