"""One descriptor at a time: is it clear, does it matter, what would you say instead."""

from __future__ import annotations

from typing import Any

from bot.codesign.effects import GiveComment, SayMissing
from bot.codesign.records import LONGEST_WORDS, Clear, Matters
from bot.conversation import (
    AskText,
    Chat,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
    onward,
    text_from_json,
)

Json = dict[str, Any]
WORDS = "words"
"""Clear, and they would still say it differently."""


async def comment(
    chat: Chat, round_id: str, item: str, kind: str, progress: tuple[int, int]
) -> str:
    """Ask about a descriptor, and keep what is said at once.

    Args:
        progress: Descriptors done, and of how many.

    Returns:
        The id of the text that says why it could not be kept, or nothing.
    """
    found = await chat.look(f"item.{item}", "codesign_item", round_id, item)
    if found is None:
        return ""
    said = await _asked(chat, round_id, item, kind, found, progress)
    key = onward(item, f"{said.clear} {said.matters} {said.is_skipped} {said.words}")
    kept = await chat.call(f"keep.{item}.{key}", said)
    return kept.text_id if isinstance(kept, Refusal) else ""


async def _asked(
    chat: Chat,
    round_id: str,
    item: str,
    kind: str,
    found: Json,
    progress: tuple[int, int],
) -> GiveComment:
    values = {name: text_from_json(found[name]) for name in ("can", "skill", "level", "example")}
    clear = await chat.ask(f"clear.{item}", _clear(values, progress))
    if clear == "skip":
        return GiveComment(round_id, item, is_skipped=True)
    matters = await chat.ask(f"matters.{item}", _matters(kind, progress))
    words = "" if clear == Clear.YES else await _words(chat, item, values)
    return GiveComment(
        round_id,
        item,
        str(Clear.YES) if clear == WORDS else clear,
        "" if matters == "skip" else matters,
        words,
    )


def _clear(values: dict[str, Text], progress: tuple[int, int]) -> Pick[str]:
    names = (Clear.YES, WORDS, Clear.PARTLY, Clear.NO, "skip")
    options = tuple(Option(str(one), Text(f"codesign.clear.{one}.button")) for one in names)
    return Pick(Text("codesign.clear", values), options, progress=progress)


def _matters(kind: str, progress: tuple[int, int]) -> Pick[str]:
    names = (*Matters, "skip")
    options = tuple(Option(str(one), Text(f"codesign.matters.{one}.button")) for one in names)
    return Pick(Text(f"codesign.matters.{kind}"), options, progress=progress)


async def _words(chat: Chat, item: str, values: dict[str, Text]) -> str:
    question = AskText(
        Text("codesign.instead", {"can": values["can"]}),
        max_length=LONGEST_WORDS,
        options=(Option("none", Text("codesign.instead.none.button")),),
    )
    answer = await chat.ask(f"words.{item}", question)
    return "" if isinstance(answer, Picked) else answer


async def missing(chat: Chat, round_id: str) -> None:
    """Ask what is missing altogether."""
    question = AskText(
        Text("codesign.missing"),
        max_length=LONGEST_WORDS,
        options=(Option("none", Text("codesign.missing.none.button")),),
    )
    answer = await chat.ask("missing", question)
    if isinstance(answer, Picked):
        return
    kept = await chat.call(f"missing.{onward('', answer)}", SayMissing(round_id, answer))
    chat.say(Text(kept.text_id if isinstance(kept, Refusal) else "codesign.missing_kept"))
