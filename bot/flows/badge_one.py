"""One badge: what it says, its page, its files, and what can be done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.badges.effects import DeleteBadge, ShowBadge
from bot.conversation import (
    Attachment,
    Chat,
    Ending,
    Link,
    Option,
    Pick,
    Refusal,
    Text,
    onward,
    text_from_json,
)
from bot.conversation.entries import AskText
from bot.conversation.questions import Picked
from bot.flows.badge_backpack import add_to_backpack, say_pictures, take_from_backpack
from bot.flows.badge_declared import DECLARED
from bot.flows.badge_on_cv import put_on_cv, take_off_cv
from bot.flows.naming import is_grown_up

Json = dict[str, Any]
FORMS = {"png": "image/png", "svg": "image/svg+xml", "json": "application/vc+ld+json"}
LONGEST_NAME = 60


async def one_badge(chat: Chat, token: str, act: str = "") -> Ending | None:
    """Show one badge until the person goes back; None for the list.

    Args:
        act: What to do with it at once; empty to show it.
    """
    trail, is_new = "0", not act
    while True:
        found = await chat.look(f"badge.{trail}", "badge", token)
        if found is None:
            chat.say(Text("my_badges.gone"))
            return None
        if is_new:
            chat.say(_text(found), attachments=_picture(found), links=_links(found))
        if act not in _acts(found):
            question = Pick(Text("my_badges.then"), _options(found))
            act = str(await chat.ask(f"act.{trail}", question))
        if act == "back":
            return None
        if act == "again":
            return _again(chat, found)
        trail = onward(trail, act)
        if act == "cv":
            ending = await put_on_cv(chat, f"{act}.{trail}", token)
            if ending is not None:
                return ending
        elif await _do(chat, f"{act}.{trail}", act, found):
            return None
        act, is_new = "", False


def _text(found: Json) -> Text:
    values: dict[str, Any] = {
        "name": text_from_json(found["name"]),
        "says": text_from_json(found["says"]),
        "on": date.fromisoformat(found["on"]),
    }
    if found["state"] == "revoked":
        values["reason"] = Text(found["reason"] or "my_badges.no_reason")
    if found["state"] in ("ready", "over") and found["until"]:
        values["until"] = date.fromisoformat(found["until"])
        return Text(f"my_badges.one.{found['state']}_until", values)
    return Text(f"my_badges.one.{found['state']}", values)


def _picture(found: Json) -> tuple[Attachment, ...]:
    if found["state"] not in ("ready", "over", "revoked"):
        return ()
    return (Attachment("picture", {"source": "badge", "token": found["token"]}),)


def _links(found: Json) -> tuple[Link, ...]:
    opens = found["is_shown"] or found["is_web"]
    if not opens or found["state"] in ("waiting", "failed"):
        return ()
    return (Link(Text("my_badges.page.button"), found["page"]),)


def _acts(found: Json) -> list[str]:
    if found["state"] in ("waiting", "failed"):
        return ["what", "delete", "back"]
    if found["state"] == "revoked":
        again = ["again"] if found["plan"] in DECLARED else []
        in_pack = ["off_backpack"] if found["in_backpack"] else []
        return [*again, "what", "files", *in_pack, "delete", "back"]
    show = "hide" if found["is_shown"] else "show"
    pack = "off_backpack" if found["in_backpack"] else "backpack"
    in_pack = [pack] if found["state"] == "ready" or found["in_backpack"] else []
    on_cv = ["off_cv"] if found["is_on_cv"] else ["cv"] if found["state"] == "ready" else []
    again = ["again"] if found["ends_soon"] else []
    return [show, "linkedin", "files", *in_pack, *on_cv, "what", *again, "delete", "back"]


def _options(found: Json) -> tuple[Option, ...]:
    return tuple(
        Option(
            name,
            Text(f"my_badges.{name}.button"),
            is_main=name == "show",
            url=found["linked_in"] if name == "linkedin" else "",
        )
        for name in _acts(found)
    )


def _again(chat: Chat, found: Json) -> Ending:
    if found["plan"] == "skills-check":
        parts = [found["about"].split(".")[1]]
        return chat.start(
            "skills", framework=found["about"].split(".")[0], mode="areas", parts=parts
        )
    return chat.start("badges", payload=f"badges_{found['plan']}")


async def _do(chat: Chat, key: str, act: str, found: Json) -> bool:
    """Do what was pressed; return whether the badge is gone now."""
    if act == "show":
        await _show(chat, key, found, "my_badges.shown")
    elif act == "linkedin":
        await _linkedin(chat, key, found)
    elif act == "hide":
        await chat.call(key, ShowBadge(found["token"], is_shown=False))
        chat.say(Text("my_badges.hidden"))
    elif act == "files":
        _say_files(chat, found)
    elif act == "backpack":
        await add_to_backpack(chat, key, found)
    elif act == "off_backpack":
        await take_from_backpack(chat, key, found)
    elif act == "off_cv":
        await take_off_cv(chat, key, found["token"])
    elif act == "what":
        await _say_what(chat, key, found)
    elif act == "delete":
        return await _delete(chat, key, found)
    return False


async def _show(chat: Chat, key: str, found: Json, text_id: str) -> None:
    """Open the page, with a name on it only where a grown-up writes one."""
    name, without = "", Text("my_badges.no_name.button")
    if await is_grown_up(chat, key, found, Text("my_badges.age"), without):
        options = (Option("no_name", without, is_main=True),)
        question = AskText(Text("my_badges.show_as"), max_length=LONGEST_NAME, options=options)
        answer = await chat.ask(f"{key}.name", question)
        name = "" if isinstance(answer, Picked) else answer
    shown = await chat.call(key, ShowBadge(found["token"], is_shown=True, shown_as=name))
    if isinstance(shown, Refusal):
        chat.say(Text(shown.text_id))
        return
    now = await chat.look(f"{key}.now", "badge", found["token"])
    if now is None:
        return
    links = [Link(Text("my_badges.page.button"), now["page"])]
    if now["linked_in"]:
        links.append(Link(Text("my_badges.linkedin.button"), now["linked_in"]))
    chat.say(Text(text_id, {"link": now["page"]}), links=tuple(links))


async def _linkedin(chat: Chat, key: str, found: Json) -> None:
    """LinkedIn shows the page's address, so the page has to be open for everybody."""
    if found["linked_in"]:
        link = Link(Text("my_badges.linkedin.button"), found["linked_in"])
        chat.say(Text("my_badges.linkedin_ready"), links=(link,))
        return
    options = (
        Option("show", Text("my_badges.show.button"), is_main=True),
        Option("no", Text("my_badges.not_now.button")),
    )
    if (
        await chat.ask(f"{key}.sure", Pick(Text("my_badges.linkedin_needs_page"), options))
        == "show"
    ):
        await _show(chat, f"{key}.show", found, "my_badges.shown_for_linkedin")


def _say_files(chat: Chat, found: Json) -> None:
    """Hand over all forms: as files, or where a browser gets them."""
    text = Text("my_badges.files_with_link", {"link": found["page"]})
    say_pictures(chat, found, FORMS, Text("my_badges.files") if found["is_web"] else text)


async def _say_what(chat: Chat, key: str, found: Json) -> None:
    what = await chat.look(key, "badge_what", found["token"])
    if what is None:
        chat.say(Text("my_badges.what"))
        return
    values = {
        "criteria": text_from_json(what["criteria"]),
        "who": Text(f"my_badges.confirmed.{what['confirmed']}"),
    }
    chat.say(Text("my_badges.what_for", values))


async def _delete(chat: Chat, key: str, found: Json) -> bool:
    options = (
        Option("yes", Text("my_badges.delete_yes.button")),
        Option("no", Text("my_badges.delete_no.button"), is_main=True),
    )
    question = Pick(Text("my_badges.delete_sure", {"name": text_from_json(found["name"])}), options)
    if await chat.ask(f"{key}.sure", question) == "no":
        return False
    deleted = await chat.call(key, DeleteBadge(found["token"]))
    is_gone = not isinstance(deleted, Refusal)
    chat.say(Text("my_badges.deleted" if is_gone else "my_badges.gone"))
    return True
