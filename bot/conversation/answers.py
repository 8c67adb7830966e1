"""Reading what people type: choices, text, numbers, dates, places, yes and no."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation.messages import Text
from bot.conversation.reading import (
    NotUnderstood,
    Reader,
    Reading,
    Unclear,
    Understood,
)
from bot.conversation.screen import Option

YES_NO = (Option("yes", Text("choice.yes")), Option("no", Text("choice.no")))


def fits_length(text: str, most: int) -> bool:
    """Tell whether the text has at most that many UTF-16 units."""
    return len(text) <= most and len(text.encode("utf-16-le", "surrogatepass")) <= 2 * most


def read_choice(
    typed: str, options: tuple[Option, ...], reader: Reader, *, is_strict: bool
) -> Reading:
    """Return the option that the words mean."""
    wanted = typed.casefold().strip()
    for position, option in enumerate(options, 1):
        words = (reader.words(option.text), *option.words, str(position))
        if any(wanted == word.casefold() for word in words):
            return Understood(option.id)
    return NotUnderstood()


def read_several(typed: str, options: tuple[Option, ...], reader: Reader) -> Reading:
    """Return the options that a list of words means."""
    chosen = [read_choice(part, options, reader, is_strict=False) for part in typed.split(",")]
    if all(isinstance(one, Understood) for one in chosen):
        return Understood({"picked": [getattr(one, "value", "") for one in chosen], "done": True})
    return NotUnderstood()


def read_text(typed: str, most: int) -> Reading:
    """Return the words, where there are any and not too many."""
    if not typed:
        return NotUnderstood()
    return Understood(typed) if fits_length(typed, most) else NotUnderstood()


def read_number(typed: str, low: int, high: int, reader: Reader) -> Reading:
    """Return the whole number between the bounds."""
    if typed.isdigit() and len(typed) < 10 and low <= int(typed) <= high:
        return Understood({"number": int(typed), "typed": typed})
    return NotUnderstood()


def read_date(typed: str, earliest: date | None, latest: date | None, reader: Reader) -> Reading:
    """Return the date between the bounds."""
    return NotUnderstood()


def read_place(
    typed: str, options: tuple[Option, ...], reader: Reader, *, is_optional: bool
) -> Reading:
    """Return the place of that name in the person's city."""
    found = reader.reads.look("resolve_place", (typed,))
    places = tuple({**place, "typed": typed} for place in found[:5])
    if len(places) > 1:
        return Unclear(places)
    return Understood(places[0]) if places else NotUnderstood()


def read_yes_no(typed: str, reader: Reader) -> Reading:
    """Return yes or no."""
    return read_choice(typed, YES_NO, reader, is_strict=False)


def show(stored: Any, options: tuple[Option, ...]) -> Text:
    """Return the words that show a stored answer."""
    by_id = {option.id: option.text for option in options}
    if isinstance(stored, str):
        return by_id.get(stored) or Text("answer.text", {"text": stored})
    if isinstance(stored, dict):
        return _show_fields(stored, by_id)
    return Text("answer.text", {"text": str(stored)})


def _show_fields(stored: dict[str, Any], by_id: dict[str, Text]) -> Text:
    if "picked" in stored and isinstance(stored["picked"], list):
        chosen = tuple(by_id[one] for one in stored["picked"] if one in by_id)
        return Text("answer.list", {"items": chosen}) if chosen else Text("answer.none")
    if "picked" in stored:
        return by_id.get(stored["picked"]) or Text("answer.text", {"text": stored["picked"]})
    if "number" in stored:
        return by_id.get(str(stored["number"])) or Text(
            "answer.number", {"number": stored["number"]}
        )
    if "date" in stored:
        return Text("answer.date", {"date": date.fromisoformat(stored["date"])})
    if stored.get("kind") == "skipped":
        return Text("answer.skipped")
    if stored.get("kind") == "location":
        return Text("answer.location")
    if stored.get("kind") == "option":
        return by_id.get(stored["name"]) or Text("answer.text", {"text": stored["name"]})
    if "name" in stored:
        return Text("answer.place", {"place": stored["name"]})
    return Text("answer.text", {"text": str(stored.get("typed", ""))})
