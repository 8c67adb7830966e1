"""Random walks through conversations: presses, words and rubbish, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.conversation import Flow, Registry
from tests.support.scripted_chat import ScriptedChat

Begin = Callable[..., ScriptedChat]

WORDS = (
    "yes", "no", "excel", "evenings near hulme", "hulme", "m145rx", "2", "٢", "২", "۲", "the last",
    "twenty one", "next tuesday", "12/3", "in two weeks", "skip", "nothing near me", "ie", "nage",
    "جی ہاں", "نہیں", "menu", "help", "stop", "language", "back", "nôl", "GOLD", "/menu",
    "/find excel", "/start course_c1", "/start nonsense", "/unknown", "all", "1, 2",
    "not the first",
)  # fmt: skip
RUBBISH = (
    "", " ", "\x00", "\ud800", "\u202egnirts", "e" + "\u0301" * 300, "😀" * 2_000, "x" * 5_000,
    "'; drop table person; --", "<b>bold</b>", "{0}{name}", "%s%n", "../../etc/passwd", "9" * 400,
    "-back", "-fresh", "-wish", "\u2066\u2069", "١" * 50, "and and and", "/" * 40, "\n\n\n", "½",
    "²",
)  # fmt: skip


def walk(
    begin: Begin,
    registry: Registry,
    flow: Flow,
    args: Mapping[str, Any],
    seed: int,
    turns: int,
    *,
    is_polite: bool = False,
    watch: Callable[[ScriptedChat], None] = lambda chat: None,
) -> ScriptedChat:
    """Start a flow and walk on from there.

    Args:
        is_polite: Only press what is offered and type words, without rubbish or interruptions.
        watch: Called after every turn.
    """
    chance = random.Random(f"{flow.name} {seed}")
    chat = begin(registry)
    chat.start(flow.name, **args)
    watch(chat)
    for _ in range(turns):
        if is_polite:
            if chat.session is None or chat.session.flow != flow.name:
                break
            _be_polite(chat, chance)
        else:
            _do_anything(chat, chance)
        watch(chat)
    return chat


def check_not_stuck(chat: ScriptedChat) -> None:
    """Fail where an open question can be answered in no way, or has no way out."""
    question = chat.question
    if question is None:
        return
    assert question.options or question.wants, f"{question.key} offers nothing"
    extras = [one.id for one in question.extras]
    is_menu = chat.session is not None and chat.session.flow == "menu"
    assert is_menu or extras[-1:] == ["-menu"], f"{question.key} has no Menu"
    ids = [one.id for one in chat.buttons]
    assert len(ids) == len(set(ids)), f"{question.key} offers an option twice"


def _be_polite(chat: ScriptedChat, chance: random.Random) -> None:
    buttons = [one.id for one in chat.buttons if not one.url and one.id != "-menu"]
    kind = chance.random()
    if buttons and kind < 0.85:
        forward = [one for one in buttons if one != "-back"] or buttons
        chat.choose(chance.choice(forward if kind < 0.78 else buttons))
    else:
        chat.send(chance.choice(("excel", "2", "yes", "M14 5RX", "hulme", "3 March", "GOLD")))


def _do_anything(chat: ScriptedChat, chance: random.Random) -> None:
    kind = chance.random()
    pressable: Sequence[str] = [one.id for one in chat.buttons if not one.url]
    if pressable and kind < 0.55:
        chat.choose(chance.choice(pressable))
    elif kind < 0.75:
        chat.send(chance.choice(WORDS))
    elif kind < 0.87:
        chat.send(chance.choice(RUBBISH))
    elif kind < 0.93:
        _press_something_old(chat, chance)
    elif kind < 0.96:
        chat.locate(53.46, -2.25)
    elif kind < 0.98:
        chat.edit(f"m{chance.randint(1, 20)}", chance.choice(WORDS))
    else:
        chat.wait(minutes=chance.choice((1, 45, 3_000)))


def _press_something_old(chat: ScriptedChat, chance: random.Random) -> None:
    session = chat.session
    keys = [act.key for act in session.log] if session else []
    if keys:
        option = chance.choice(("-change", "-back", "yes", "nonsense", "-done", "-skip", "-fresh"))
        chat.press(chance.choice(keys), option)
    else:
        chat.press_nonce("0123456789", "yes")
