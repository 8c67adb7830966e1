"""What goes out, for staff in the chat: looked at, stopped, and let go on."""

from __future__ import annotations

from typing import Any

from bot.campaigns.effects import LetGoOn, StopEverything
from bot.conversation import Chat, Ending, Option, Pick, Refusal, Text, flow, onward


@flow("outbound", version=1, again="end")
async def outbound(chat: Chat) -> Ending | None:
    """Say what is being sent, and stop everything or let it go on."""
    trail = "0"
    while True:
        state = await chat.look(f"state.{trail}", "staff_sending")
        if not state["may"]:
            return chat.start("menu")
        answer = str(await chat.ask(f"what.{trail}", _outbound(state)))
        if answer == "done":
            return chat.start("menu")
        if answer == "sending":
            chat.say(_sending(state))
        elif answer == "go_on":
            outcome = await chat.call(f"on.{trail}", LetGoOn())
            chat.say(_told(outcome, "staff.going"))
        else:
            await _stop(chat, trail)
        trail = onward(trail, answer)


def _outbound(state: dict[str, Any]) -> Pick[str]:
    names = ("sending", "go_on" if state["stopped"] else "stop", "done")
    options = tuple(Option(name, Text(f"staff.{name}.button")) for name in names)
    if state["stopped"]:
        return Pick(Text("staff.what_stopped", {"reason": state["reason"]}), options)
    return Pick(Text("staff.what"), options)


def _sending(state: dict[str, Any]) -> Text:
    if not state["runs"]:
        return Text("staff.nothing_sent")
    lines = tuple(
        Text(
            "staff.run",
            {
                "name": run["name"],
                "state": Text(f"staff.run.{run['state']}"),
                "done": run["done"],
                "size": run["size"],
            },
        )
        for run in state["runs"]
    )
    return Text("staff.sending", {"lines": lines})


async def _stop(chat: Chat, trail: str) -> None:
    """Ask why, which is asking whether as well, and stop everything."""
    names = ("wrong_words", "wrong_people", "fault", "keep")
    options = tuple(Option(name, Text(f"staff.why.{name}.button")) for name in names)
    why = str(await chat.ask(f"why.{trail}", Pick(Text("staff.why"), options)))
    if why != "keep":
        outcome = await chat.call(f"stop.{trail}", StopEverything(why))
        chat.say(_told(outcome, "staff.stopped"))


def _told(outcome: object, done: str) -> Text:
    return Text(outcome.text_id if isinstance(outcome, Refusal) else done)
