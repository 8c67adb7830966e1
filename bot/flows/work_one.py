"""One invitation to work: what it is and why, and every way to answer it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import (
    AskText,
    Chat,
    Drawn,
    Ending,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
    flow,
    onward,
    text_from_json,
)
from bot.flows.work_sharing import seen_lines, share
from bot.talent.effects import AnswerInvitation, ReportMisuse, SetWork, TakeShareBack
from bot.talent.reports import LONGEST, WHYS

Json = dict[str, Any]
PARTS = 3
OPEN_ACTS = ("yes", "later", "no")


@flow("invited", version=1, deep_links=("inv",), again="end")
async def invited(chat: Chat, payload: str = "") -> Ending | None:
    """Do what a button of an invitation does; one that is not theirs does nothing."""
    parts = payload.split("_")
    key, act = (parts[1], parts[2]) if len(parts) == PARTS else ("", "")
    ending: Ending | None = await chat.run("one", one_invitation, key=key, act=act)
    return ending


async def one_invitation(chat: Chat, key: str, act: str) -> Ending | None:
    """Show an invitation until the person is done with it.

    Args:
        act: What was pressed under the message: "yes", "no", "later", "stop"; others only open it.
    """
    trail = "0"
    while True:
        found = await chat.look(f"found.{trail}", "work_invitation", key)
        if found is None:
            chat.say(Text("work_invites.gone"))
            return None
        if trail == "0" and found["shared"] and found["shared"]["has_message"]:
            chat.say(Text("work_invites.message", {"words": Drawn("work_message", (key,))}))
        answer = act if trail == "0" and act in _offered(found) else ""
        answer = answer or str(await chat.ask(f"do.{trail}", _screen(found)))
        if answer == "done":
            return None
        trail = onward(trail, answer)
        ended = await _do(chat, f"{answer}.{trail}", answer, found)
        if ended is not None:
            return chat.start("work") if ended == "settings" else None


def _offered(found: Json) -> tuple[str, ...]:
    """Return what can be done with an invitation as it stands."""
    state = found["state"]
    if state == "shared":
        return ("change", "take_back", "report") if found["is_open"] else ("take_back", "report")
    names = [one for one in OPEN_ACTS if found["is_open"] and one != state]
    return (*names, *(("stop",) if found["kind"] in found["on"] else ()), "report")


def _screen(found: Json) -> Pick[str]:
    options = tuple(
        Option(name, Text(f"work_invites.{name}.button"), is_main=at == 0)
        for at, name in enumerate((*_offered(found), "done"))
    )
    who = {"employer": found["employer"]}
    lines = [Text(f"work_invites.state_line.{found['state']}", who)]
    shared = found["shared"]
    if shared:
        seen = seen_lines(shared["parts"], shared["name"], shared["contact"])
        lines.append(Text("work_invites.they_see", {"lines": seen}))
    values = {
        "employer": found["employer"],
        "title": found["title"],
        "facts": tuple(map(text_from_json, found["facts"])),
        "summary": Drawn("work_summary", (found["id"],)),
        "because": tuple(map(text_from_json, found["because"])),
        "until": date.fromisoformat(found["until"]) if found["until"] else "",
        "state": tuple(lines),
    }
    return Pick(Text("work_invites.one", values), options)


async def _do(chat: Chat, key: str, answer: str, found: Json) -> str | None:
    """Do what was pressed; return where it leads, or nothing to stay."""
    if answer in ("yes", "change"):
        await share(chat, key, found)
        return None
    if answer == "report":
        await _report(chat, key, found)
        return None
    if answer == "stop":
        return await _stop(chat, key, found)
    if answer == "take_back":
        await chat.call(f"{key}.done", TakeShareBack(found["id"]))
        chat.say(Text("work_invites.taken_back", {"employer": found["employer"]}))
        return None
    return await _said(chat, key, answer, found)


async def _said(chat: Chat, key: str, answer: str, found: Json) -> str | None:
    """Keep a no, or a not now; a mistake is one press away from undone."""
    done = await chat.call(f"{key}.said", AnswerInvitation(found["id"], answer))
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
        return None
    options = (
        Option("fine", Text("work_invites.fine.button"), is_main=True),
        Option("undo", Text("work_invites.undo.button")),
    )
    values = {"employer": found["employer"]}
    text = Text(f"work_invites.said_{answer}", values)
    if await chat.ask(f"{key}.sure", Pick(text, options)) == "fine":
        return "done"
    await chat.call(f"{key}.undone", AnswerInvitation(found["id"], ""))
    return None


async def _stop(chat: Chat, key: str, found: Json) -> str | None:
    """Turn this kind of invitation off at once; a mistake is one press away from undone.

    What is on now is shown anew: a screen from before would still say otherwise.
    """
    left = tuple(one for one in found["on"] if one != found["kind"])
    await chat.call(f"{key}.off", SetWork(left))
    options = (
        Option("settings", Text("work_invites.fine.button"), is_main=True),
        Option("undo", Text("work_invites.undo.button")),
    )
    values = {"name": Text(f"work_invites.{found['kind']}.name")}
    answer = str(await chat.ask(f"{key}.sure", Pick(Text("work_invites.stopped", values), options)))
    if answer != "undo":
        return answer
    await chat.call(f"{key}.on", SetWork(tuple(found["on"])))
    chat.say(Text("work_invites.on_again", values))
    return None


async def _report(chat: Chat, key: str, found: Json) -> None:
    """Tell the city's staff what is wrong; the employer does not learn who said it."""
    whys = tuple(Option(one, Text(f"work_invites.why.{one}.button")) for one in WHYS)
    back = Option("back", Text("work_invites.back.button"))
    question = Pick(Text("work_invites.why", {"employer": found["employer"]}), (*whys, back))
    why = str(await chat.ask(f"{key}.why", question))
    if why == "back":
        return
    skip = (Option("skip", Text("work_invites.skip.button")),)
    asked = AskText(Text("work_invites.report_words"), max_length=LONGEST, options=skip)
    words = await chat.ask(f"{key}.words", asked)
    effect = ReportMisuse(found["id"], why, "" if isinstance(words, Picked) else str(words))
    done = await chat.call(f"{key}.sent", effect)
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
    else:
        chat.say(Text("work_invites.reported", {"reference": done["reference"]}))
