"""Joining two chats into one person, invitations to a role, and the way to the staff page."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Ending, Link, Option, Pick, Refusal, Text, flow
from bot.conversation.messages import Value
from bot.people.effects import AcceptInvitation, JoinPerson, MakeLogin, OfferJoin


@flow("join", version=1, commands=("join",), deep_links=("join",), again="end")
async def join(chat: Chat, payload: str = "") -> Ending | None:
    """Make a link to the other channel, or take up one that was made there."""
    token = payload.removeprefix("join_")
    if token:
        return await _take_up(chat, token)
    ways = await chat.look("ways", "join_ways")
    if not ways["to"]:
        chat.say(Text("join.no_telegram"))
        return chat.start("menu")
    options = (
        Option("yes", Text(f"join.{ways['to']}.button"), is_main=True),
        Option("no", Text("join.no.button")),
    )
    if await chat.ask("sure", Pick(Text("join.ask"), options)) == "no":
        return chat.start("menu")
    offer = await chat.call("offer", OfferJoin())
    link = Link(Text("join.open.button"), offer["link"])
    chat.say(Text("join.link", {"link": offer["link"]}), links=(link,))
    return None


async def _take_up(chat: Chat, token: str) -> Ending:
    options = (
        Option("yes", Text("join.yes.button"), is_main=True),
        Option("no", Text("join.no.button")),
    )
    if await chat.ask("confirm", Pick(Text("join.confirm"), options)) == "yes":
        outcome = await chat.call("join", JoinPerson(token))
        chat.say(Text(_refused(outcome) if isinstance(outcome, Refusal) else "join.done"))
    return chat.start("menu")


def _refused(refusal: Refusal) -> str:
    """Return what is said of a link that does not join; one nobody made is as good as used."""
    return "join.same" if refusal.text_id == "join.same_person" else "join.used"


@flow("invite", version=1, deep_links=("invite",))
async def invite(chat: Chat, payload: str = "") -> Ending:
    """Take up a role that somebody invited the person to."""
    token = payload.removeprefix("invite_")
    found = await chat.look("invitation", "invitation", token)
    if not found:
        chat.say(Text("invite.used"))
        return chat.start("menu")
    role = role_of(found)
    everywhere = (Text("invite.everywhere"),)
    values: dict[str, Value] = {"role": role, "cities": tuple(found["cities"]) or everywhere}
    options = (
        Option("yes", Text("invite.yes.button"), is_main=True),
        Option("no", Text("invite.no.button")),
    )
    if await chat.ask("sure", Pick(Text("invite.ask", values), options)) == "no":
        chat.say(Text("invite.declined"))
    else:
        outcome = await chat.call("accept", AcceptInvitation(token))
        is_taken = not isinstance(outcome, Refusal)
        chat.say(Text("invite.done", values) if is_taken else Text("invite.used"))
        if is_taken and found["role"] == "provider":
            chat.say(Text("classes.welcome"))
    return chat.start("menu")


def role_of(found: dict[str, Any]) -> Text:
    """Say what a role is that somebody is invited to, with the organisation of a provider."""
    if found.get("provider"):
        return Text("role.provider_of", {"provider": found["provider"]})
    return Text(f"role.{found['role']}")


@flow("staff", version=2, commands=("staff",), again="end")
async def staff(chat: Chat) -> Ending | None:
    """Give staff and providers a link that signs them in; let some stop what goes out."""
    if not chat.roles & {"staff", "provider"}:
        chat.say(Text("staff.none"))
        return None
    login = await chat.call("login", MakeLogin())
    link = Link(Text("staff.open.button"), login["link"])
    chat.say(Text("staff.link", {"link": login["link"]}), links=(link,))
    await _tell_what_waits(chat, login["link"])
    sending = await chat.look("sending", "staff_sending")
    return chat.start("outbound") if sending["may"] else None


async def _tell_what_waits(chat: Chat, login: str) -> None:
    """Say what waits for a decision, with a way to each page; the link signs in once."""
    waiting = await chat.look("waiting", "staff_waiting")
    if waiting:
        links = tuple(
            Link(Text(f"staff.waits.{one['kind']}.button"), f"{login}?to={one['page']}")
            for one in waiting
        )
        chat.say(Text("staff.waiting", {"lines": tuple(map(_waits, waiting))}), links=links)


def _waits(one: dict[str, Any]) -> Text:
    line = Text(f"staff.waits.{one['kind']}", {"count": one["count"]})
    return Text("staff.waits.late", {"line": line, "late": one["late"]}) if one["late"] else line
