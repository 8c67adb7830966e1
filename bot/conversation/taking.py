"""Taking what a person did as the answer to the question that it was meant for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.conversation import answers
from bot.conversation.cleaning import clean
from bot.conversation.entries import AskText
from bot.conversation.given import Located, Pressed, Wrote
from bot.conversation.messages import Text
from bot.conversation.questions import MISSING, Many, Missing, Pick, Question
from bot.conversation.reading import NotUnderstood, Reader, Reading, Unclear, Understood, look_up
from bot.conversation.reserved import DONE
from bot.conversation.screen import Explained, Option
from bot.conversation.session import Act, Doubt
from bot.conversation.unkept import AskUnkept

if TYPE_CHECKING:
    from bot.conversation.walk import Walk


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of what the person did.

    Attributes:
        act: The act, where it was accepted.
        is_repeat: It says again what the log says already.
        explained: Why it was not taken.
        reason: A text that says so better than the question's usual one.
        doubt: What to offer instead.
        changes: The key of an earlier question that it opens.
        wish: Words to begin a search with, once the person agreed.
        link: The deep link that the words stand for, such as a code.
        typed: The words that were not taken.
    """

    act: Act | None = None
    is_repeat: bool = False
    explained: Explained = ""
    reason: Text | None = None
    doubt: Doubt | None = None
    changes: str = ""
    wish: str = ""
    link: str = ""
    typed: str = ""


def take(walk: Walk, key: str, question: Question[Any], stored: Any) -> Taken:
    """Take what was given to a walk as the answer to a question.

    Args:
        stored: The answer so far, or None.
    """
    given = walk.given
    if isinstance(given, Pressed):
        return _take_press(walk, key, question, stored, given.option)
    if isinstance(given, Wrote):
        return _take_words(walk, key, question, stored, given)
    if isinstance(given, Located):
        value = question.locate(given.lat, given.lon)
        if isinstance(value, Missing):
            return _misread(walk, key, None, "")
        return _accept(walk, key, question, stored, value)
    return Taken()


def _take_press(walk: Walk, key: str, question: Question[Any], stored: Any, option: str) -> Taken:
    doubt = walk.session.doubt
    if doubt is not None and doubt.key == key:
        if option in doubt.offered:
            return _accept(walk, key, question, stored, doubt.offered[option])
        if option == "-wish":
            return Taken(wish=doubt.text)
    if option == "-stay":
        return Taken()
    chosen = next((one for one in question.choices if one.id == option), None)
    if chosen is not None and chosen.changes:
        return Taken(changes=_beside(key, chosen.changes))
    value = question.press(option, stored)
    if isinstance(value, Missing):
        return Taken(explained="gone")
    return _accept(walk, key, question, stored, value)


def _take_words(walk: Walk, key: str, question: Question[Any], stored: Any, given: Wrote) -> Taken:
    typed = clean(given.text)
    link = "" if isinstance(question, AskText | AskUnkept) else _link_said(walk, typed)
    if link:
        return Taken(link=link)
    reader = Reader(walk.reads, walk.session.opening.language)
    doubt = walk.session.doubt
    if doubt is not None and doubt.key == key and doubt.kind == "wish":
        agreed = answers.read_yes_no(typed, reader)
        if isinstance(agreed, Understood):
            return Taken(wish=doubt.text) if agreed.value == "yes" else Taken()
    finished = _finish(question, typed, reader, stored)
    if finished is not None:
        return _accept(walk, key, question, stored, finished, given.source)
    reading = _read_doubt(walk, key, question, typed, reader) or _read(question, typed, reader)
    if isinstance(reading, Understood):
        changes = _changed_by(question, reading.value)
        if changes:
            return Taken(changes=_beside(key, changes))
        return _accept(walk, key, question, stored, reading.value, given.source)
    if isinstance(reading, Unclear):
        return _which(key, typed, reading)
    if isinstance(question, Pick) and _is_wish(walk, typed):
        return Taken(explained="wish", doubt=Doubt(key, "wish", typed))
    return _misread(walk, key, reading.reason, typed)


def _read(question: Question[Any], typed: str, reader: Reader) -> Reading:
    return question.read(typed, reader) if typed else NotUnderstood()


def _read_doubt(
    walk: Walk, key: str, question: Question[Any], typed: str, reader: Reader
) -> Reading | None:
    """Read words typed where readings were offered; None where they choose none of them."""
    doubt = walk.session.doubt
    if doubt is None or doubt.key != key or not doubt.offered:
        return None
    options = tuple(Option(one, question.show(value)) for one, value in doubt.offered.items())
    reading = answers.read_choice(typed, options, reader, is_strict=True)
    return Understood(doubt.offered[reading.value]) if isinstance(reading, Understood) else None


def _finish(question: Question[Any], typed: str, reader: Reader, stored: Any) -> Any | None:
    """Return the finished choice of several where the words say that it is done."""
    if not isinstance(question, Many):
        return None
    said = answers.read_choice(typed, (DONE,), reader, is_strict=True)
    value = question.press(DONE.id, stored) if isinstance(said, Understood) else MISSING
    return None if isinstance(value, Missing) else value


def _which(key: str, typed: str, reading: Unclear) -> Taken:
    offered = {
        value if isinstance(value, str) else f"-{position}": value
        for position, value in enumerate(reading.values, 1)
    }
    return Taken(explained="which", doubt=Doubt(key, "which", typed, offered))


def _misread(walk: Walk, key: str, reason: Text | None, typed: str) -> Taken:
    times = walk.session.misread if walk.session.asked == key else 0
    explained: Explained = ("again", "examples", "way_out")[min(times, 2)]
    return Taken(explained=explained, reason=reason, typed=typed)


def _accept(
    walk: Walk, key: str, question: Question[Any], stored: Any, value: Any, source: str = ""
) -> Taken:
    if value == stored and question.restore(value) is not MISSING:
        return Taken(is_repeat=True)
    return Taken(act=Act(key, value, walk.reads.now, source))


def _is_wish(walk: Walk, typed: str) -> bool:
    """Tell whether the words hold a known subject, so that a search may be offered."""
    return bool(typed) and bool(look_up(walk.reads, "is_wish", (typed,)))


def _link_said(walk: Walk, typed: str) -> str:
    """Return the deep link that the words stand for wherever no words are asked for."""
    return str(look_up(walk.reads, "said_link", (typed,))) if typed else ""


def _changed_by(question: Question[Any], value: Any) -> str:
    return next((one.changes for one in question.choices if one.id == value), "")


def _beside(key: str, other: str) -> str:
    """Return the key of a question beside this one, or from the root where it begins with "/"."""
    folder, slash, _ = key.rpartition("/")
    return other[1:] if other.startswith("/") else folder + slash + other
