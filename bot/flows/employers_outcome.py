"""What came of an employer's answers: in one screen, and beside others."""

from __future__ import annotations

from typing import Any

from bot.conversation import Attachment, Chat, Text
from bot.conversation.messages import Value

Json = dict[str, Any]


async def outcome(chat: Chat, key: str, organisation: str) -> None:
    """Say in one screen what came of the answers, with the map."""
    summary = await chat.look(f"{key}.sum", "employers_summary", organisation)
    if summary is None or not summary["needs"]:
        chat.say(Text("employers.no_needs"))
        return
    picture = Attachment("picture", {"source": "needs_map", "organisation": organisation})
    chat.say(Text("employers.map", {"name": summary["name"]}), attachments=(picture,))
    values = {one: summary[one] for one in ("people", "met", "part", "gaps")}
    chat.say(Text("employers.summary", {"count": summary["needs"], **values}))
    if summary["disputed"]:
        chat.say(Text("employers.disputed", {"count": summary["disputed"]}))


async def compared(chat: Chat, key: str, organisation: str) -> None:
    """Say where an organisation stands beside its sector and its city."""
    beside = await chat.look(f"{key}.beside", "needs_compared", organisation)
    if not beside:
        chat.say(Text("employers.compared_none"))
        return
    lines = tuple(_line(one) for one in beside)
    chat.say(Text("employers.compared", {"lines": lines}))


def _line(one: Json) -> Text:
    others = tuple(
        Text(
            f"employers.compared.{name}", _means(one[name]) | {"count": one[name]["organisations"]}
        )
        for name in ("sector", "city")
        if one[name] is not None
    )
    skill = Text(f"framework.{one['framework']}.skill.{one['competence']}.button")
    return Text("employers.compared.line", {"skill": skill, **_means(one), "others": others})


def _means(found: Json) -> dict[str, Value]:
    return {"now": found["now"], "should": found["should"]}
