"""Reading what people type: choices, text, numbers, dates, places, yes and no."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation.choosing import choose
from bot.conversation.cleaning import utf16_length
from bot.conversation.dates import read_dates
from bot.conversation.messages import Text
from bot.conversation.numbers import read_numbers
from bot.conversation.postcodes import find_postcode
from bot.conversation.reading import NotUnderstood, Reader, Reading, Unclear, Understood, look_up
from bot.conversation.reserved import NO, SKIP, YES
from bot.conversation.screen import Option
from bot.conversation.tokens import without, words_of
from bot.conversation.vocabulary import Vocabulary, in_order, spoken, vocabulary_of

YES_NO = (YES, NO)

MOST_READINGS = 5
MOST_ECHOED = 200
_THUMBS = {"👍": "yes", "👎": "no", "✅": "yes", "❌": "no"}
_MOST_AGREEING_WORDS = 5
_LEADING = frozenset(("near", "in", "around", "at", "by", "close", "to", "from", "live", "i", "im"))


def fits_length(text: str, most: int) -> bool:
    """Tell whether the text has at most that many UTF-16 units."""
    return len(text) <= most and utf16_length(text) <= most


def read_choice(
    typed: str, options: tuple[Option, ...], reader: Reader, *, is_strict: bool
) -> Reading:
    """Return the option that the words mean, or several to ask about.

    Args:
        is_strict: Words answer by themselves too; then nothing is asked about.
    """
    found = choose(typed, options, reader, is_strict=is_strict)
    if len(found) == 1:
        return Understood(found[0])
    if found and not is_strict:
        return Unclear(found[:MOST_READINGS])
    return NotUnderstood()


def read_several(typed: str, options: tuple[Option, ...], reader: Reader) -> Reading:
    """Return the options of a list of words; one unclear part is asked about."""
    whole = choose(typed, options, reader, is_strict=True)
    if len(whole) == 1:
        return _several(whole)
    vocabularies = spoken(reader.language)
    words = " ".join(words_of(typed))
    if any(words in vocabulary.everything for vocabulary in vocabularies):
        return _several(tuple(option.id for option in options if not option.url))
    if any(words in vocabulary.nothing for vocabulary in vocabularies):
        return _several(())
    if any(not one.negations.isdisjoint(words.split()) for one in vocabularies):
        return NotUnderstood()
    return _read_parts(_parts(typed, vocabulary_of(reader.language)), options, reader)


def read_text(typed: str, most: int) -> Reading:
    """Return the words, where there are any and not too many."""
    if not typed:
        return NotUnderstood()
    if not fits_length(typed, most):
        return NotUnderstood(Text("conversation.too_many_words", {"most": most}))
    return Understood(typed)


def read_number(typed: str, low: int, high: int, reader: Reader) -> Reading:
    """Return the whole number between the bounds; several are asked about."""
    if any(not v.negations.isdisjoint(words_of(typed)) for v in spoken(reader.language)):
        return NotUnderstood()
    found = read_numbers(typed, reader.language)
    fitting = tuple(number for number in found if low <= number <= high)
    if found and not fitting:
        return NotUnderstood(Text("conversation.outside_number", {"low": low, "high": high}))
    values = tuple({"number": number, "typed": typed} for number in fitting)
    return _one_or_several(values)


def read_date(typed: str, earliest: date | None, latest: date | None, reader: Reader) -> Reading:
    """Return the date between the bounds; several are asked about."""
    found = read_dates(typed, reader.reads.now.date(), reader.language, earliest, latest)
    fitting = tuple(
        day
        for day in found
        if (earliest is None or day >= earliest) and (latest is None or day <= latest)
    )
    if found and not fitting:
        return NotUnderstood(_outside(earliest, latest))
    return _one_or_several(tuple({"date": day.isoformat(), "typed": typed} for day in fitting))


def read_offered(
    found: Reading, typed: str, options: tuple[Option, ...], reader: Reader
) -> str | None:
    """Return the option that words name by its button where they could be read as nothing else."""
    if not options or not isinstance(found, NotUnderstood) or found.reason is not None:
        return None
    chosen = choose(typed, options, reader, is_strict=True)
    return chosen[0] if len(chosen) == 1 else None


def read_place(
    typed: str, options: tuple[Option, ...], reader: Reader, *, is_optional: bool
) -> Reading:
    """Return the place of that name in the person's city; several are asked about."""
    chosen = choose(typed, options, reader, is_strict=True) if options else ()
    if len(chosen) == 1:
        return Understood({"kind": "option", "name": chosen[0]})
    if is_optional and len(choose(typed, (SKIP,), reader, is_strict=True)) == 1:
        return Understood({"kind": "skipped"})
    sought = find_postcode(typed) or typed
    found = look_up(reader.reads, "resolve_place", (sought,))
    if not found:
        bare = " ".join(without(words_of(typed), _LEADING))
        found = look_up(reader.reads, "resolve_place", (bare,)) if bare and bare != sought else []
    return _one_or_several(tuple({**place, "typed": typed} for place in found))


def read_yes_no(typed: str, reader: Reader) -> Reading:
    """Return yes or no, in every shipped language."""
    bare = typed.strip().strip("\ufe0f")
    if bare in _THUMBS:
        return Understood(_THUMBS[bare])
    words = words_of(typed)
    for vocabulary in in_order(reader.language):
        found = _agreement(words, vocabulary)
        if found:
            return Understood(found[0]) if len(found) == 1 else Unclear(found)
    return read_choice(typed, YES_NO, reader, is_strict=False)


def show(stored: Any, options: tuple[Option, ...]) -> Text:
    """Return the words that show a stored answer."""
    by_id = {option.id: option.text for option in options}
    if isinstance(stored, str):
        return by_id.get(stored) or Text("answer.text", {"text": echo(stored)})
    if isinstance(stored, dict):
        return _show_fields(stored, by_id)
    return Text("answer.text", {"text": echo(str(stored))})


def echo(typed: str) -> str:
    """Return typed words as they are shown again: long ones by their beginning."""
    return typed if len(typed) <= MOST_ECHOED else f"{typed[: MOST_ECHOED - 1].rstrip()}…"


def _one_or_several(values: tuple[Any, ...]) -> Reading:
    if not values:
        return NotUnderstood()
    return Understood(values[0]) if len(values) == 1 else Unclear(values[:MOST_READINGS])


def _several(picked: tuple[str, ...]) -> Understood:
    return Understood({"picked": list(dict.fromkeys(picked)), "done": True})


def _parts(typed: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the parts of a list parted by commas, signs and joining words."""
    parted = "".join("," if char in ";\n،؛&+/" else char for char in typed)
    parts: list[str] = []
    for piece in parted.split(","):
        current: list[str] = []
        for word in piece.split():
            if word.casefold() in vocabulary.joints:
                parts.append(" ".join(current))
                current = []
            else:
                current.append(word)
        parts.append(" ".join(current))
    return tuple(part for part in parts if part)


def _read_parts(parts: tuple[str, ...], options: tuple[Option, ...], reader: Reader) -> Reading:
    clear: list[str] = []
    unclear: list[tuple[str, ...]] = []
    for part in parts:
        found = choose(part, options, reader, is_strict=False)
        if not found:
            return NotUnderstood()
        if len(found) == 1:
            clear.append(found[0])
        else:
            unclear.append(found)
    if not unclear:
        return _several(tuple(clear)) if clear else NotUnderstood()
    if len(unclear) > 1:
        return NotUnderstood()
    values = (_several((*clear, one)).value for one in unclear[0][:MOST_READINGS])
    return Unclear(tuple(values))


def _agreement(words: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what a short answer says: yes, no, or both where it is torn."""
    phrase = " ".join(words)
    core = " ".join(without(words, vocabulary.fillers))
    for said in (phrase, core):
        if said in vocabulary.no:
            return ("no",)
        if said in vocabulary.yes:
            return ("yes",)
    if len(words) > _MOST_AGREEING_WORDS:
        return ()
    is_no = any(word in vocabulary.no or word in vocabulary.negations for word in words)
    is_yes = any(word in vocabulary.yes for word in words)
    return tuple(name for name, is_said in (("yes", is_yes), ("no", is_no)) if is_said)


def _outside(earliest: date | None, latest: date | None) -> Text:
    if earliest is not None and latest is not None:
        return Text("conversation.outside_dates", {"earliest": earliest, "latest": latest})
    if earliest is not None:
        return Text("conversation.too_early", {"earliest": earliest})
    return Text("conversation.too_late", {"latest": latest})


def _show_fields(stored: dict[str, Any], by_id: dict[str, Text]) -> Text:
    picked = stored.get("picked")
    if isinstance(picked, list):
        chosen = tuple(by_id[one] for one in picked if one in by_id)
        return Text("answer.list", {"items": chosen}) if chosen else Text("answer.none")
    if picked is not None:
        return by_id.get(picked) or Text("answer.text", {"text": echo(str(picked))})
    if "number" in stored:
        number = stored["number"]
        return by_id.get(str(number)) or Text("answer.number", {"number": number})
    if "date" in stored:
        return Text("answer.date", {"date": date.fromisoformat(stored["date"])})
    if "kind" in stored:
        return _show_place(stored, by_id)
    return Text("answer.text", {"text": echo(str(stored.get("typed", "")))})


def _show_place(place: dict[str, Any], by_id: dict[str, Text]) -> Text:
    if place["kind"] in ("skipped", "location"):
        return Text(f"answer.{place['kind']}")
    if place["kind"] == "option" and place["name"] in by_id:
        return by_id[place["name"]]
    return Text("answer.place", {"place": str(place.get("name", ""))})
