"""One question of a questionnaire, asked in the way that its kind needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.conversation import (
    AskNumber,
    AskText,
    Chat,
    Many,
    Option,
    Pick,
    Picked,
    Text,
    Typed,
    text_from_json,
)
from bot.flows.questionnaire_grid import Edited, ask_grid
from bot.questionnaires.effects import Given
from bot.questionnaires.records import OTHER

Json = dict[str, Any]
Answered: TypeAlias = "Given | Away | Edited"

LONGEST: Final = 2_000
MOST_NUMBER: Final = 10_000_000
MOST_USUAL: Final = 9
"""Options of a long list that are shown at once; the others are one press away."""


@dataclass(frozen=True, slots=True)
class Away:
    """No answer: it is gone on with "later", asked "again", or stands as it is ("right")."""

    way: str


async def ask_step(chat: Chat, key: str, step: Json) -> Answered:
    """Ask a question; return what was given, None where it is left out, or Away."""
    if step["section"]:
        chat.say(Text(step["section"]))
    if step["known"]:
        kept = await _confirm(chat, key, step)
        if kept is not None:
            return kept
    if step["kind"] == "grid":
        return await _grid(chat, key, step)
    if step["kind"] in ("choice", "scale"):
        return await _choice(chat, key, step)
    if step["kind"] == "several":
        return await _several(chat, key, step)
    if step["kind"] == "number":
        return await _number(chat, key, step)
    return await _words(chat, key, step)


async def _confirm(chat: Chat, key: str, step: Json) -> Answered:
    """Offer what is known already; return None where the person wants to give another answer.

    Whoever types where words are asked for gives the other answer at once.
    """
    known = step["known"]
    told = tuple(map(text_from_json, known["told"]))
    options = (
        Option("keep", Text("questionnaires.keep.button"), is_main=True),
        Option("other", Text("questionnaires.change_it.button")),
    )
    text = Text("questionnaires.known", {"question": _ask(step), "told": told})
    far = _far(step)
    question: Pick[str | Typed] = Pick(text, options, progress=far)
    if step["kind"] in ("text", "place"):
        question = Pick(text, options, accepts_text=True, progress=far)
    answer = await chat.ask(f"known.{key}", question)
    if isinstance(answer, Typed):
        return answer.text
    if answer == "other":
        return None
    given = known["given"]
    return given if isinstance(given, str) else tuple(given)


async def _choice(chat: Chat, key: str, step: Json) -> Answered:
    options = _scale(step) if step["kind"] == "scale" else _options(step["options"])
    beside = (_other(),) if step["other"] else ()
    question: Pick[str | Typed] = Pick(
        _text(step), (*options, *beside, *_ways(step)), accepts_text=step["other"],
        progress=_far(step),
    )  # fmt: skip
    answer = await chat.ask(f"q.{key}", question)
    if isinstance(answer, Typed):
        return OTHER + answer.text
    if answer == "way.other":
        return await _other_words(chat, key, step)
    return _meant(answer)


async def _several(chat: Chat, key: str, step: Json) -> Answered:
    every = _options(step["options"])
    usual = min(step["options"]["usual"] or len(every), MOST_USUAL)
    first = every if len(every) <= MOST_USUAL + 3 else every[:usual]
    rest = every[len(first) :]
    more = (Option("way.more", Text("questionnaires.more.button")),) if rest else ()
    beside = (_other(),) if step["other"] else ()
    least = 1 if step["needed"] else 0
    chosen = list(
        await chat.ask(
            f"q.{key}",
            Many(_text(step), (*first, *more, *beside), least=least, progress=_far(step)),
        )
    )
    if "way.more" in chosen:
        text = Text("questionnaires.more", {"question": _ask(step)})
        chosen += await chat.ask(f"more.{key}", Many(text, rest))
    given = [one for one in chosen if not one.startswith("way.")]
    if "way.other" in chosen:
        words = await _other_words(chat, key, step)
        given += [words] if isinstance(words, str) else []
    return tuple(given) or None


async def _other_words(chat: Chat, key: str, step: Json) -> Answered:
    text = Text("questionnaires.other_words", {"question": _ask(step)})
    none = Option("way.none", Text("questionnaires.back_to_list.button"))
    words = await chat.ask(f"other.{key}", AskText(text, max_length=LONGEST, options=(none,)))
    return Away("again") if isinstance(words, Picked) else OTHER + words


async def _number(chat: Chat, key: str, step: Json) -> Answered:
    """Ask for a number in digits or words; whoever leaves it out presses a button."""
    low, high = step["bounds"]
    if step["needed"]:
        question = AskNumber(
            _text(step), low or 0, min(high or MOST_NUMBER, MOST_NUMBER), progress=_far(step)
        )
        return str(await chat.ask(f"q.{key}", question))
    return await _words(chat, key, step)


async def _words(chat: Chat, key: str, step: Json) -> Answered:
    question = AskText(_text(step), max_length=LONGEST, options=_ways(step), progress=_far(step))
    answer = await chat.ask(f"q.{key}", question)
    return _meant(answer.id) if isinstance(answer, Picked) else answer


async def _grid(chat: Chat, key: str, step: Json) -> Answered:
    found = await ask_grid(chat, key, step, _text(step), _far(step))
    if isinstance(found, Edited):
        return found
    return None if found.way == "skip" else Away(found.way)


def _meant(option: str) -> Answered:
    """Return what a button means: an option, nothing for leaving out, or going on later."""
    if option == "way.skip":
        return None
    return Away("later") if option == "way.later" else option


def _text(step: Json) -> Text:
    """Return the question with what helps to answer it."""
    ask, now = _ask(step), step["now"]
    if now:
        told = tuple(map(text_from_json, now["told"]))
        return Text("questionnaires.ask_again", {"question": ask, "now": told})
    if step["ends"]:
        low, high = map(Text, step["ends"])
        return Text("questionnaires.ask_scale", {"question": ask, "low": low, "high": high})
    if step["help"]:
        return Text("questionnaires.ask_helped", {"question": ask, "help": Text(step["help"])})
    return Text("questionnaires.ask", {"question": ask})


def _ask(step: Json) -> Text:
    """Return the question, with what it is asked for where it is asked for several things."""
    ask = Text(step["ask"])
    if step["item"] is None:
        return ask
    return Text("questionnaires.for_item", {"item": text_from_json(step["item"]), "question": ask})


def _options(found: Json) -> tuple[Option, ...]:
    return tuple(
        Option(one, Text(f"{found['before']}{one}{found['after']}")) for one in found["ids"]
    )


def _scale(step: Json) -> tuple[Option, ...]:
    low, high = step["bounds"]
    return tuple(
        Option(str(one), Text("questionnaires.scale.button", {"number": one, "most": high}))
        for one in range(low, high + 1)
    )


def _other() -> Option:
    return Option("way.other", Text("questionnaires.other.button"))


def _ways(step: Json) -> tuple[Option, ...]:
    names = ("later",) if step["needed"] else ("skip", "later")
    return tuple(Option(f"way.{name}", Text(f"questionnaires.{name}.button")) for name in names)


def _far(step: Json) -> tuple[int, int] | None:
    """Return how far it is; nothing where an answer is changed, which leads no farther."""
    done, about = step["progress"]
    return None if step["now"] else (done, about)
