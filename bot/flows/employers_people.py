"""An organisation's colleagues and their links, and the address of its report."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import AskText, Chat, Link, Option, Pick, Picked, Refusal, Text, onward
from bot.needs.effects import (
    CloseNeedsPage,
    InviteColleagues,
    OpenNeedsPage,
    RevokeColleagueLink,
)
from bot.needs.employers import LONGEST_TEAM

Json = dict[str, Any]


async def colleagues(chat: Chat, organisation: str) -> None:
    """Show who answers, make links for colleagues, and end them."""
    trail = "0"
    while True:
        found = await chat.look(f"seen.{trail}", "employers_colleagues", organisation)
        if found is None:
            chat.say(Text("employers.gone"))
            return
        answer = str(await chat.ask(f"people.{trail}", _people(found)))
        if answer == "back":
            return
        trail = onward(trail, answer)
        if answer == "invite":
            await _invite(chat, trail, organisation)
        else:
            link = found["links"][int(answer.removeprefix("end."))]
            await chat.call(f"end.{trail}", RevokeColleagueLink(link["id"]))
            chat.say(Text("employers.link_ended"))


def _people(found: Json) -> Pick[str]:
    links = found["links"]
    lines = tuple(_line(at, one) for at, one in enumerate(links, 1))
    ends = tuple(
        Option(f"end.{at}", Text("employers.end_link.button", {"number": at + 1}))
        for at, _ in enumerate(links)
    )
    options = (
        Option("invite", Text("employers.invite.button"), is_main=True),
        *ends,
        Option("back", Text("employers.back.button")),
    )
    values = {"count": found["members"], "lines": lines}
    return Pick(Text("employers.people_links" if links else "employers.people", values), options)


def _line(number: int, one: Json) -> Text:
    values = {
        "number": number,
        "team": one["team"],
        "count": one["uses"],
        "until": date.fromisoformat(one["until"]),
    }
    return Text("employers.team_link_line" if one["team"] else "employers.link_line", values)


async def _invite(chat: Chat, trail: str, organisation: str) -> None:
    question = AskText(
        Text("employers.invite_team"),
        max_length=LONGEST_TEAM,
        options=(Option("all", Text("employers.all_teams.button")),),
    )
    team = await chat.ask(f"team.{trail}", question)
    words = "" if isinstance(team, Picked) else team
    made = await chat.call(f"made.{trail}", InviteColleagues(organisation, words))
    if isinstance(made, Refusal):
        chat.say(Text(made.text_id))
        return
    chat.say(Text("employers.invite_link", {"link": made["link"]}))


async def page(chat: Chat, organisation: str) -> None:
    """Show the address of the report; give it a new one, or switch it off."""
    opened = await chat.call("open", OpenNeedsPage(organisation))
    trail = "0"
    while not isinstance(opened, Refusal):
        link = Link(Text("employers.page_open.button"), opened["link"])
        chat.say(Text("employers.page", {"link": opened["link"]}), links=(link,))
        names = ("back", "new", "off")
        options = tuple(Option(one, Text(f"employers.page.{one}.button")) for one in names)
        answer = await chat.ask(f"page.{trail}", Pick(Text("employers.page_more"), options))
        if answer == "back":
            return
        if answer == "off":
            await chat.call(f"off.{trail}", CloseNeedsPage(organisation))
            chat.say(Text("employers.page_off"))
            return
        trail = onward(trail, answer)
        opened = await chat.call(f"new.{trail}", OpenNeedsPage(organisation, is_new=True))
    chat.say(Text(opened.text_id))
