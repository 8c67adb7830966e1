"""Drawing the screen that a walk ends at: its says, its question, and what the engine adds."""

from __future__ import annotations

import string
from typing import Any

from bot.conversation import compacting
from bot.conversation.answers import echo
from bot.conversation.entries import AskPlace
from bot.conversation.messages import Text
from bot.conversation.questions import MISSING, Many, Question
from bot.conversation.reserved import (
    BACK,
    DONE,
    FRESH,
    MENU,
    NONE_OF_THESE,
    SEARCH,
    SKIP,
    STAY,
)
from bot.conversation.screen import Answered, AskedQuestion, Explained, Option, Screen
from bot.conversation.session import Doubt, Session
from bot.conversation.walk import Walk
from bot.errors import FlowDefinitionError

_ID_LETTERS = frozenset(string.ascii_lowercase + string.digits + "._-")
_MOST_ID = 40


def draw(walk: Walk, session: Session, explained: Explained = "") -> Screen:
    """Return the screen at which a walk ended.

    Args:
        session: The session as it is after the turn.
        explained: Why what the person did was not taken.
    """
    question = walk.question
    if question is None:
        return Screen(walk.last_says)
    key = walk.frontier
    doubt = session.doubt if session.doubt and session.doubt.key == key else None
    options, cards = question.choices, getattr(question, "cards", ())
    _check(walk.flow.name, key, question)
    if doubt is not None:
        options, cards = _offered(question, doubt), ()
    stored = walk.fold.get(key)
    picked = question.picked(stored.value) if isinstance(question, Many) and stored else ()
    can_go_back = bool(session.log) or walk.is_change or doubt is not None
    hint = _hint(walk, doubt, explained, can_go_back=can_go_back)
    # A doubt about a wish is a question of its own: "yes" must not seem to answer the other one.
    is_wish = hint is not None and doubt is not None and doubt.kind == "wish"
    asked = AskedQuestion(
        key=key,
        nonce=session.nonce(key),
        text=hint if is_wish and hint else question.text,
        options=options,
        extras=_extras(walk, question, session, doubt, picked, can_go_back=can_go_back),
        cards=cards,
        picked=picked,
        hint=None if is_wish else hint,
        wants=question.wants,
        progress=getattr(question, "progress", None),
        can_go_back=can_go_back,
        is_change=walk.is_change,
    )
    # Where nothing was taken, what was said before stands right above: only the question comes.
    return Screen(() if walk.is_change or explained else walk.last_says, asked)


def answered(walk: Walk, session: Session, key: str) -> Answered | None:
    """Return how the question that was just answered is shown, or None while it stays open."""
    question, act = walk.answered, walk.fold.get(key)
    if question is None or act is None or question.restore(act.value) is MISSING:
        return None
    return Answered(key, session.nonce(key), question.text, question.show(act.value))


def _offered(question: Question[Any], doubt: Doubt) -> tuple[Option, ...]:
    if doubt.kind == "wish":
        return (SEARCH,)
    known = {option.id: option for option in question.choices}
    return tuple(
        known.get(option) or Option(option, question.show(value))
        for option, value in doubt.offered.items()
    )


def _extras(
    walk: Walk,
    question: Question[Any],
    session: Session,
    doubt: Doubt | None,
    picked: tuple[str, ...],
    *,
    can_go_back: bool,
) -> tuple[Option, ...]:
    extras: list[Option] = []
    if doubt is not None:
        extras.append(STAY if doubt.kind == "wish" else NONE_OF_THESE)
    elif isinstance(question, Many) and len(picked) >= question.least:
        extras.append(DONE)
    elif isinstance(question, AskPlace) and question.is_optional:
        extras.append(SKIP)
    if compacting.is_long(session):
        extras.append(FRESH)
    if can_go_back:
        extras.append(BACK)
    # The menu has no way to itself.
    return tuple(extras) if "menu" in walk.flow.commands else (*extras, MENU)


def _hint(
    walk: Walk, doubt: Doubt | None, explained: Explained, *, can_go_back: bool
) -> Text | None:
    if doubt is not None:
        return Text(f"conversation.{doubt.kind}", {"typed": echo(doubt.text)})
    if walk.taken is not None and walk.taken.reason is not None:
        return walk.taken.reason
    if explained in ("", "which", "wish") or walk.question is None:
        return None
    if explained == "gone":
        return Text("conversation.gone")
    typed = {"typed": echo(walk.taken.typed) if walk.taken is not None else ""}
    if explained == "way_out":
        return Text(_way_out(walk, can_go_back=can_go_back), typed)
    return Text(f"conversation.{explained}.{walk.question.kind}", typed)


def _way_out(walk: Walk, *, can_go_back: bool) -> str:
    """Return the text that names the ways out which are there: no button is named that is not."""
    if "menu" in walk.flow.commands:
        return "conversation.way_out_in_menu"
    return "conversation.way_out" if can_go_back else "conversation.way_out_at_start"


def _check(flow: str, key: str, question: Question[Any]) -> None:
    seen: set[str] = set()
    for option in question.choices:
        is_right = 0 < len(option.id) <= _MOST_ID and set(option.id) <= _ID_LETTERS
        if not is_right or option.id.startswith("-") or option.id in seen:
            raise FlowDefinitionError(f"{flow}: question {key!r} has the option id {option.id!r}")
        seen.add(option.id)
    if question.kind in ("choice", "many") and not seen and not hasattr(question, "accepts_text"):
        raise FlowDefinitionError(f"{flow}: question {key!r} offers nothing")
