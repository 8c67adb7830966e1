"""Words by text id and language, filled in and ready to show."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from content.formats import FORMATS, FSI, PDI, Ready, is_right_to_left, isolated, locale_of
from content.template import Parsed, Run, Slot, Span, Template

__all__ = ["SOURCE_LANGUAGE", "Entry", "Plural", "Ready", "Span", "TextLike", "TextValue", "Words"]

log = logging.getLogger(__name__)

SOURCE_LANGUAGE = "en"
MAX_NESTING = 5
_OUR_ADDRESSES = ("https://", "http://", "mailto:", "tg://", "/")
_THEIR_ADDRESSES = ("https://", "http://")


class TextLike(Protocol):
    """A text by its id, with the values to fill it with."""

    @property
    def id(self) -> str:
        """The text's id."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Values by the names in the text's placeholders; a value may be a text itself."""


@dataclass(frozen=True, slots=True)
class TextValue:
    """The plainest text by id, for callers without one of their own."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)


Plural: TypeAlias = Mapping[str, Template]
"""Templates by CLDR plural category ("one", "other" ...), chosen by the value `count`."""

Entry: TypeAlias = "Template | Plural"


class Words:
    """All texts in all languages; immutable, safe to share between threads.

    Args:
        texts: Entries by language and text id; English is the source and has them all.
        shows_missing: Show the id of a text that does not exist (for developers) instead
            of a polite line.
    """

    __slots__ = ("_shows_missing", "_texts", "languages")

    def __init__(
        self, texts: Mapping[str, Mapping[str, Entry]], *, shows_missing: bool = False
    ) -> None:
        self._texts = texts
        self._shows_missing = shows_missing
        self.languages = tuple(texts)

    def render(self, text: TextLike, language: str = SOURCE_LANGUAGE) -> tuple[Span, ...]:
        """Return a text's words with its values shown; English where there is no translation."""
        return self._render(text, language, 0)

    def label(self, text: TextLike, language: str = SOURCE_LANGUAGE) -> str:
        """Return a text's words as one string, as a button or a page title shows them."""
        return "".join([span.text for span in self.render(text, language)])

    def plain(self, text: TextLike, language: str = SOURCE_LANGUAGE) -> str:
        """Return a text's words as one string without direction marks, for matching."""
        words = self.label(text, language)
        return words if words.isascii() else words.replace(FSI, "").replace(PDI, "")

    def short(self, text_id: str, language: str = SOURCE_LANGUAGE, **values: Any) -> str:
        """Return the words of a text by its id as one string."""
        return self.label(TextValue(text_id, values), language)

    def phrases(self, text_id: str, language: str = SOURCE_LANGUAGE) -> tuple[str, ...]:
        """Return the phrases of a text that lists them between commas."""
        listed = self.plain(TextValue(text_id), language).replace("،", ",")
        return tuple(phrase for part in listed.split(",") if (phrase := part.strip()))

    def has(self, text_id: str) -> bool:
        """Whether there is such a text."""
        return text_id in self._texts[SOURCE_LANGUAGE]

    def still_says(self, text_id: str, english: str) -> bool:
        """Tell whether a text says in English what it said then.

        What was kept under an earlier version of content speaks in its own words: they are
        translated only as far as the present version says the same.
        """
        return self.has(text_id) and self.plain(TextValue(text_id)) == english

    def ids(self) -> tuple[str, ...]:
        """Return every text id, sorted."""
        return tuple(sorted(self._texts[SOURCE_LANGUAGE]))

    def entry(self, text_id: str, language: str = SOURCE_LANGUAGE) -> Entry | None:
        """Return a text as it stands in one language, None where it is not there."""
        return self._texts.get(language, {}).get(text_id)

    def language_of(self, text_id: str, language: str) -> str:
        """Return the language in which a text will be shown: the one asked for, or English."""
        return language if text_id in self._texts.get(language, {}) else SOURCE_LANGUAGE

    def is_complete(self, language: str, ids: Iterable[str]) -> bool:
        """Whether every one of the texts exists in the language."""
        texts = self._texts.get(language, {})
        return all(text_id in texts for text_id in ids)

    def _render(self, text: TextLike, language: str, depth: int) -> tuple[Span, ...]:
        entry = self._texts.get(language, {}).get(text.id)
        if entry is None:
            language = SOURCE_LANGUAGE
            entry = self._texts[language].get(text.id)
            if entry is None:
                return self._missing(text.id)
        template = (
            entry
            if entry.__class__ is Template
            else _plural(entry, text.values.get("count"), language)  # type: ignore[arg-type]
        )
        parsed = template.parsed
        if parsed.spans is not None:
            return parsed.spans
        return self._filled(parsed, text, language, depth)

    def _missing(self, text_id: str) -> tuple[Span, ...]:
        log.error("A text does not exist", extra={"action": "text.missing", "text_id": text_id})
        if self._shows_missing:
            return (Span(f"[{text_id}]"),)
        fallback = self._texts[SOURCE_LANGUAGE].get("common.missing_text")
        return (fallback.spans or ()) if isinstance(fallback, Template) else ()

    def _filled(
        self, parsed: Parsed, text: TextLike, language: str, depth: int
    ) -> tuple[Span, ...]:
        spans: list[Span] = []
        for run in parsed.runs:
            url = self._address(run, text) if run.url else ""
            buffer: list[str] = []
            for part in run.parts:
                if part.__class__ is str:
                    buffer.append(part)
                    continue
                shown = self._shown(part, text.values, language, depth)  # type: ignore[arg-type]
                if shown.__class__ is str:
                    buffer.append(shown)
                    continue
                if buffer:
                    _append(spans, Span("".join(buffer), run.style, url))
                    buffer = []
                for span in shown:
                    _append(spans, Span(span.text, span.style or run.style, span.url or url))  # type: ignore[union-attr]
            if buffer:
                _append(spans, Span("".join(buffer), run.style, url))
        return tuple(spans)

    def _shown(
        self, slot: Slot, values: Mapping[str, Any], language: str, depth: int
    ) -> str | tuple[Span, ...]:
        if slot.name not in values:
            return f"{{{slot.name}}}" if self._shows_missing else "…"
        value = values[slot.name]
        if value.__class__ is Ready:
            return str(value)
        if value.__class__ is str and not slot.format:
            return isolated(value, language)
        if hasattr(value, "id") and hasattr(value, "values"):
            return self._nested(value, language, depth + 1)
        show = FORMATS.get(slot.format, FORMATS[""])
        if isinstance(value, tuple | list):
            value = tuple(self._item(item, language, depth + 1) for item in value)
        return show(value, language, self)

    def _nested(self, text: TextLike, language: str, depth: int) -> tuple[Span, ...]:
        if depth > MAX_NESTING:
            return (Span("…"),)
        spans = self._render(text, language, depth)
        shown_in = self.language_of(text.id, language)
        if is_right_to_left(shown_in) is not is_right_to_left(language):
            return (Span(FSI), *spans, Span(PDI))
        return spans

    def _item(self, item: Any, language: str, depth: int) -> Any:
        if hasattr(item, "id") and hasattr(item, "values"):
            return Ready("".join(span.text for span in self._nested(item, language, depth)))
        return item

    def _address(self, run: Run, text: TextLike) -> str:
        parts = [
            part if isinstance(part, str) else str(text.values.get(part.name, ""))
            for part in run.url
        ]
        address = "".join(parts)
        allowed = _OUR_ADDRESSES if isinstance(run.url[0], str) else _THEIR_ADDRESSES
        is_safe = address.startswith(allowed) and not set(address) & set(' \n\t"<>')
        return address if is_safe else ""


def _plural(plural: Plural, count: Any, language: str) -> Template:
    if isinstance(count, int | float):
        chosen = plural.get(str(locale_of(language).plural_form(count)))
        if chosen is not None:
            return chosen
    return plural["other"]


def _append(spans: list[Span], span: Span) -> None:
    if spans and spans[-1].style == span.style and spans[-1].url == span.url:
        spans[-1] = Span(spans[-1].text + span.text, span.style, span.url)
    elif span.text:
        spans.append(span)
