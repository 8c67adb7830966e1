"""Seeing again what one said of descriptors, changing it, and seeing what came of a round."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, onward, text_from_json
from bot.flows.codesign_comment import comment


async def answers(chat: Chat, round_id: str, kind: str) -> Ending:
    """Show what they said, some at a time; whatever is chosen is asked anew."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"answers.{trail}", "codesign_answers", round_id, page)
        if not found["lines"]:
            chat.say(Text("codesign.no_answers"))
            return chat.start("codesign", round_id=round_id)
        options = [
            Option(f"one.{at}", Text("codesign.one.button", {"number": found["first"] + at}))
            for at, _ in enumerate(found["items"])
        ]
        names = [*(["next"] if found["has_more"] or page else []), "back"]
        options += [Option(name, Text(f"codesign.{name}.button")) for name in names]
        lines = tuple(text_from_json(one) for one in found["lines"])
        text = Text("codesign.answers_list", {"lines": lines})
        answer = str(await chat.ask(f"one.{trail}", Pick(text, tuple(options))))
        trail = onward(trail, answer)
        if answer == "back":
            return chat.start("codesign", round_id=round_id)
        if answer == "next":
            page = page + 1 if found["has_more"] else 0
            continue
        item = found["items"][int(answer.removeprefix("one."))]
        refused = await comment(chat, round_id, item, kind, (0, 1))
        chat.say(Text(refused or "codesign.changed"))
        return chat.start("codesign", round_id=round_id, way="answers")


async def came(chat: Chat, round_id: str) -> Ending:
    """Say what came of a round, some at a time."""
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"seen.{trail}", "codesign_came", round_id, page)
        if found is None:
            chat.say(Text("codesign.gone"))
            return chat.start("menu")
        lines = tuple(text_from_json(one) for one in found["lines"])
        if found["state"] == "working" or not lines:
            chat.say(Text(f"codesign.came_{found['state']}_nothing"))
            return chat.start("menu")
        values = {
            "lines": lines,
            "page": found["page"],
            "pages": found["pages"],
            "address": found["address"],
        }
        names = [*(["next"] if found["has_more"] else []), "enough"]
        options = tuple(Option(name, Text(f"codesign.{name}.button")) for name in names)
        text = Text(f"codesign.came_{found['state']}", values)
        answer = str(await chat.ask(f"came.{trail}", Pick(text, options)))
        trail = onward(trail, answer)
        if answer == "enough":
            return chat.start("menu")
        page = page + 1 if page + 1 < found["pages"] else 0
