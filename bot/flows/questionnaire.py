"""Filling in a questionnaire: asked one by one, kept at once, looked through, sent.

Its questions are content. All answers are kept in the turn that gives them, so that whatever
becomes of this talk the next one goes on where it ended.
"""

from __future__ import annotations

from typing import Any, Final

from bot.conversation import Chat, Ending, Refusal, Text, flow, onward, text_from_json
from bot.flows.questionnaire_asking import Answered, Away, ask_step
from bot.flows.questionnaire_grid import Edited
from bot.flows.questionnaire_problem import understood
from bot.flows.questionnaire_review import look_through
from bot.questionnaires.effects import AnswerQuestion, BeginResponse, Given, SendResponse

Json = dict[str, Any]
MOST_ASKED: Final = 24
"""Questions of one talk; then it begins anew where it is, so that no log grows too long."""
FOR_EMPLOYERS: Final = "questionnaires.for_employers"
GONE: Final = "questionnaires.gone"


@flow("questionnaire", version=1, deep_links=("answer",), again="end")
async def questionnaire(
    chat: Chat,
    payload: str = "",
    response: str = "",
    name: str = "",
    subject: str = "",
    wanted: tuple[str, ...] = (),
    is_going_on: bool = False,
    said: str = "",
) -> Ending:
    """Fill in a questionnaire to its end.

    Args:
        payload: A link such as "answer_provision", which names a questionnaire.
        response: What was begun; empty for what the link or the name says.
        name: The questionnaire to begin, about the subject: the course of an evaluation.
        wanted: A question to begin with: its id and what it is asked for.
        is_going_on: The talk goes on: nothing is said about the questionnaire.
        said: Words of the person's own that tell a problem: offered where it is asked for.
    """
    if not response:
        name = name or payload.removeprefix("answer").removeprefix("_")
        begun = (
            await chat.call("begin", BeginResponse(name, "", subject)) if name else Refusal(GONE)
        )
        if isinstance(begun, Refusal):
            return _refused(chat, begun, name)
        response = str(begun["id"])
    about = await chat.look("about", "questionnaire_about", response)
    if about is None:
        chat.say(Text(GONE))
        return chat.start("menu")
    if not is_going_on:
        _introduce(chat, about)
    way = await fill(chat, response, list(wanted), said)
    if isinstance(way, list):
        return chat.start(
            "questionnaire", response=response, wanted=way, is_going_on=True, said=said
        )
    if way == "sent":
        chat.say(Text(about["thanks"]))
    elif way == "later":
        chat.say(Text("questionnaires.kept_for_later"))
    return _on(chat, about, way)


def _refused(chat: Chat, refusal: Refusal, name: str) -> Ending:
    """Go on where it is asked for whom an employer answers, or say why nothing begins."""
    if refusal.text_id == FOR_EMPLOYERS:
        return chat.start("employers", asks=name)
    chat.say(Text(refusal.text_id))
    return chat.start("menu")


def _introduce(chat: Chat, about: Json) -> None:
    if about["has_changed"]:
        chat.say(Text("questionnaires.has_changed"))
    elif about["done"] > 1:
        values = {"done": about["done"], "about": about["about"]}
        chat.say(Text("questionnaires.go_on", values))
    else:
        values = {"intro": Text(about["intro"]), "minutes": about["minutes"]}
        chat.say(Text("questionnaires.begin", values))


def _on(chat: Chat, about: Json, way: str) -> Ending:
    """Go on where the questionnaire belongs."""
    if about["audience"] == "employer":
        return chat.start(
            "employers",
            organisation=about["organisation"],
            has_sent=way == "sent" and about.get("tells_needs", True),
        )
    return chat.start("asks" if about["audience"] == "provider" else "menu")


async def fill(chat: Chat, response: str, wanted: list[str], said: str = "") -> str | list[str]:
    """Ask until it is sent or left.

    Returns:
        "sent", "later" or "gone"; or the question to go on with where the talk has become long.
    """
    trail, more = "0", (said,) if said else ()
    for _ in range(MOST_ASKED):
        step = await chat.look(f"step.{trail}", "questionnaire_step", response, wanted, *more)
        if step is None:
            return "gone"
        if step["kind"] == "end":
            way = await look_through(chat, trail, response)
            if way == "send":
                return await _send(chat, trail, response)
            if isinstance(way, str):
                return way
            wanted = way
            trail = onward(trail, wanted)
            continue
        given = await ask_step(chat, trail, step)
        if given == Away("later"):
            return "later"
        wanted = await _keep(chat, trail, response, step, given)
        trail = onward(trail, f"{step['key']} {given}")
    return wanted


async def _keep(chat: Chat, trail: str, response: str, step: Json, given: Answered) -> list[str]:
    """Keep what was given; return the question to be asked next, empty for the one that follows."""
    key: list[str] = step["key"]
    if isinstance(given, Away):
        return key if given.way == "again" else []
    answer: Given = given.cells if isinstance(given, Edited) else given
    kept = await chat.call(f"keep.{trail}", AnswerQuestion(response, key[0], key[1], answer))
    if isinstance(kept, Refusal):
        chat.say(Text(kept.text_id))
        return []
    if kept is not None and "error" in kept:
        chat.say(text_from_json(kept["error"]))
        return key
    if kept is not None:
        return await understood(chat, trail, response, key, kept)
    return key if isinstance(given, Edited) and given.cells else []


async def _send(chat: Chat, trail: str, response: str) -> str | list[str]:
    sent = await chat.call(f"send.{trail}", SendResponse(response))
    if isinstance(sent, Refusal):
        chat.say(Text(sent.text_id))
        return "gone"
    return "sent"
