"""A badge in an older backpack: put there under a hash, and taken out again."""

from __future__ import annotations

from typing import Any

from bot.badges.effects import AddToBackpack, TakeFromBackpack
from bot.conversation import (
    AskUnkept,
    Attachment,
    Chat,
    Link,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
)

Json = dict[str, Any]
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


async def add_to_backpack(chat: Chat, key: str, found: Json) -> None:
    """Ask for the address of the account there, and hand over the link and the pictures."""
    question = AskUnkept(
        Text("my_badges.backpack.email"),
        "email_hash",
        Text("my_badges.backpack.wrong"),
        options=(Option("no", Text("my_badges.not_now.button")),),
    )
    hashed = await chat.ask(f"{key}.email", question)
    if isinstance(hashed, Picked):
        return
    effect = AddToBackpack(found["token"], hashed["digest"], hashed["salt"])
    done = await chat.call(f"{key}.done", effect)
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
        return
    if found["is_sample"]:
        chat.say(Text("my_badges.backpack.is_sample"))
    say_pictures(chat, found, PICTURES, Text("my_badges.backpack.added", {"link": done["link"]}))


async def take_from_backpack(chat: Chat, key: str, found: Json) -> None:
    """Take it out, once the person is sure: its link there never comes back."""
    options = (
        Option("yes", Text("my_badges.backpack.out_yes.button")),
        Option("no", Text("my_badges.backpack.out_no.button"), is_main=True),
    )
    if await chat.ask(f"{key}.sure", Pick(Text("my_badges.backpack.out_sure"), options)) == "no":
        return
    done = await chat.call(f"{key}.done", TakeFromBackpack(found["token"]))
    chat.say(Text(done.text_id if isinstance(done, Refusal) else "my_badges.backpack.out"))


def say_pictures(chat: Chat, found: Json, forms: dict[str, str], text: Text) -> None:
    """Hand over forms of a badge: as files, or where a browser gets them."""
    if found["is_web"]:
        links = tuple(
            Link(Text(f"my_badges.file.{ending}.button"), f"{found['page']}.{ending}")
            for ending in forms
        )
        chat.say(text, links=links)
        return
    attachments = tuple(
        Attachment(
            "document",
            {
                "name": f"badge-{found['plan']}.{ending}",
                "media_type": media_type,
                "source": "badge",
                "token": found["token"],
                "form": ending,
            },
        )
        for ending, media_type in forms.items()
    )
    chat.say(text, attachments=attachments)
