"""Texts as people will meet them: a question with its buttons, filled with values like real ones.

Nothing is played here: a button stands under the text whose id begins its own, so that every text
of every file is shown, those too that few people ever see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from content.formats import locale_of
from content.load import Content
from content.template import Slot, Template
from content.texts import SourceText
from content.words import Entry, Ready, TextValue

Look: TypeAlias = Literal["chat", "page", "typed"]
_AT: Final = datetime(2027, 1, 12, 18, 30)  # noqa: DTZ001 - an example, on no clock of the world
_BY_FORMAT: Final[Mapping[str, Any]] = {
    "date": _AT, "full_date": _AT, "day": _AT, "weekday": _AT, "time": _AT, "moment": _AT,
    "number": 1200, "money": Decimal(45), "miles": 1.9, "walk": 1.9, "weekdays": (1, 3),
    "minutes": 90, "language": "ur",
}  # fmt: skip
_LISTS: Final = frozenset({"list", "either", "commas", "lines"})
_HEADS: Final = ("", ".ask", ".text", ".title", ".intro", ".name")
"""What may stand behind the id that a button's id begins with, in the text that it belongs to."""
SAMPLES: Final = "sample."
_NOT_IN_CHAT: Final = ("web.", "preview.", "imports.", "frameworks.", "shelf.")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words in one style."""

    text: str
    style: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in one of its forms; `form` is empty where it has one alone."""

    form: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button's label; `is_missing` where English stands in."""

    id: str
    label: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """A text with the buttons that belong to it.

    Attributes:
        id: Of the text; of the first button where no text is theirs.
        look: Whether it stands in the chat, on a page, or is what people may type.
        said: The text in each of its forms; none for buttons alone.
        is_missing: English stands in for a translation.
        is_stale: A translation is there, of an English that is no longer said.
    """

    id: str
    look: Look
    said: tuple[Said, ...]
    buttons: tuple[Button, ...]
    is_missing: bool = False
    is_stale: bool = False


def groups(content: Content) -> dict[str, int]:
    """Return the files that hold texts, with how many screens each makes."""
    by_file: dict[str, list[SourceText]] = {}
    for text in content.texts.values():
        by_file.setdefault(text.file, []).append(text)
    return {file: len(_owned(texts)) for file, texts in sorted(by_file.items())}


def group_of(path: str, known: Collection[str]) -> str:
    """Return the group that holds the texts of a file, as some files are one group together."""
    stem, folder = path.rsplit(".", 1)[0], "/".join(path.split("/")[:2])
    return next((one for one in (path, stem, folder) if one in known), "")


def screens(content: Content, file: str, language: str, city: str = "") -> list[Screen]:
    """Return every text of a file in a language.

    Args:
        city: Whose name stands where a text names a city.
    """
    texts = [text for text in content.texts.values() if text.file == file]
    drawer = _Drawer(content, language, city)
    return [drawer.screen(key, own, buttons) for key, own, buttons in _owned(texts)]


Owned: TypeAlias = "tuple[str, SourceText | None, list[SourceText]]"


def _owned(texts: Iterable[SourceText]) -> list[Owned]:
    """Return texts in the order of the file, each with the buttons that are its own."""
    texts = list(texts)
    found: dict[str, Owned] = {text.id: (text.id, text, []) for text in texts if not text.is_button}
    for text in texts:
        if text.is_button:
            key = _owner(text.id, found)
            found.setdefault(key, (text.id, None, []))[2].append(text)
    return list(found.values())


def _owner(button: str, texts: Mapping[str, Owned]) -> str:
    parts = button.split(".")
    at = next(index for index, part in enumerate(parts) if part in {"button", "buttons"})
    for length in range(at, 0, -1):
        stem = ".".join(parts[:length])
        for head in _HEADS:
            if stem + head in texts:
                return stem + head
    return f"({parts[0]})"


class _Drawer:
    """Fills texts with values in one language."""

    def __init__(self, content: Content, language: str, city: str) -> None:
        self._words, self._language = content.words, language
        found = content.translations.get(language)
        self._stale = frozenset(found.fuzzy) if found else frozenset()
        known = content.cities.get(city) or next(iter(content.cities.values()), None)
        self._city = known.named(language) if known else ""

    def screen(self, key: str, own: SourceText | None, buttons: list[SourceText]) -> Screen:
        return Screen(
            id=key,
            look=_look(own.id if own else buttons[0].id),
            said=tuple(self._said(own.id)) if own else (),
            buttons=tuple(self._button(one) for one in buttons),
            is_missing=own is not None and self._is_missing(own.id),
            is_stale=own is not None and own.id in self._stale,
        )

    def _is_missing(self, text_id: str) -> bool:
        return self._words.language_of(text_id, self._language) != self._language

    def _button(self, one: SourceText) -> Button:
        said = next(self._said(one.id))
        label = "".join(span.text for span in said.spans)
        return Button(one.id, label, self._is_missing(one.id))

    def _said(self, text_id: str) -> Iterator[Said]:
        language = self._words.language_of(text_id, self._language)
        entry = self._words.entry(text_id, language)
        if entry is None:
            return
        for form, count in _counts(entry, language):
            values = self._values(entry, count)
            spans = self._words.render(TextValue(text_id, values), self._language)
            shown = tuple(Span(one.text, one.style, one.url) for one in spans)
            yield Said(form, shown)

    def _values(self, entry: Entry, count: float | None) -> dict[str, Any]:
        forms = (entry,) if isinstance(entry, Template) else tuple(entry.values())
        slots = {slot for form in forms for slot in form.slots}
        values = {slot.name: self._value(slot) for slot in slots}
        return values if count is None else {**values, "count": count}

    def _value(self, slot: Slot) -> Any:
        if slot.format in _BY_FORMAT:
            return _BY_FORMAT[slot.format]
        if slot.name in ("city", "city_name"):
            return self._city
        if slot.name in ("count", "number", "total", "minutes"):
            return 3
        known = f"{SAMPLES}{slot.name}"
        words = self._words.short(known) if self._words.has(known) else f"[{slot.name}]"
        return (words, f"{words} 2") if slot.format in _LISTS else Ready(words)


def _look(text_id: str) -> Look:
    if text_id.startswith("typed."):
        return "typed"
    return "page" if text_id.startswith(_NOT_IN_CHAT) else "chat"


def _counts(entry: Entry, language: str) -> Iterator[tuple[str, float | None]]:
    """Yield each form of a text with a number that it is used for."""
    if isinstance(entry, Template):
        yield "", None
        return
    rule = locale_of(language).plural_form
    numbers = (*range(1, 30), 0, 100, 1000, 1_000_000, 1.5)
    for form in entry:
        yield form, next((number for number in numbers if rule(number) == form), 1)
