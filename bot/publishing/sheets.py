"""Translations out to a translator: as a PO file, or as a sheet for those without a tool."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from babel.messages.catalog import Catalog, Message

from content.catalogues import (
    catalogue_file,
    categories_of,
    new_catalogue,
    read_catalogue,
    update_catalogue,
    written,
)
from content.load import Content
from content.texts import SourceText

Wanted: TypeAlias = Literal["missing", "all"]
COLUMNS = ("id", "form", "english", "translation", "note")
_WIDTHS = (32, 8, 60, 60, 30)


@dataclass(frozen=True, slots=True)
class Left:
    """How far a translation is, for the texts of one file.

    Attributes:
        missing: Nobody translated them.
        stale: Their English changed since.
    """

    file: str
    texts: int
    missing: int
    stale: int


def left(content: Content, language: str) -> list[Left]:
    """Return what is still to be translated, by file; files that are done are among them."""
    found = content.translations[language]
    missing, stale = set(found.missing), set(found.fuzzy)
    by_file: dict[str, list[str]] = {}
    for text in content.texts.values():
        by_file.setdefault(text.file, []).append(text.id)
    return [
        Left(file, len(ids), len(missing.intersection(ids)), len(stale.intersection(ids)))
        for file, ids in sorted(by_file.items())
    ]


def _wanted(content: Content, language: str, what: Wanted, file: str) -> list[SourceText]:
    found = content.translations[language]
    open_ones = {*found.missing, *found.fuzzy}
    return [
        text
        for text in content.texts.values()
        if (what == "all" or text.id in open_ones) and file in ("", text.file)
    ]


def catalogue_of(content: Content, language: str) -> Catalog:
    """Return a language's translation; an empty one where nobody began it."""
    if catalogue_file(content.root, language).exists():
        return read_catalogue(catalogue_file(content.root, language), content.root, language)
    return new_catalogue((), language)


def as_po(content: Content, language: str, what: Wanted, file: str = "") -> bytes:
    """Return the texts with what is translated of them as a PO file."""
    known = catalogue_of(content, language)
    return written(update_catalogue(known, _wanted(content, language, what, file), language))


def as_workbook(content: Content, language: str, what: Wanted, file: str = "") -> bytes:
    """Return the same as a workbook, a row a text (of a plural: a row a form)."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Translation")
    head = book.add_format({"bold": True, "bottom": 1})
    cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for at, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(at, at, width, cell)
        sheet.write_string(0, at, name, head)
    catalogue = update_catalogue(
        catalogue_of(content, language), _wanted(content, language, what, file), language
    )
    rows = (row for message in catalogue if message.id for row in _rows(message, language))
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            sheet.write_string(line, at, value, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _rows(message: Message, language: str) -> Iterator[tuple[str, ...]]:
    note = " ".join(message.auto_comments)
    english: Any = message.id
    strings: Any = message.string
    if message.fuzzy:
        # What is left as it is must not come back as if somebody had read it again.
        before = strings if isinstance(strings, str) else " / ".join(strings)
        note = f"The English changed: please read it again. It was: {before} {note}"
        strings = "" if isinstance(english, str) else ()
    if isinstance(english, str):
        yield message.context or "", "", english, str(strings or ""), note
        return
    forms = categories_of(language)
    given = tuple(strings) if len(strings or ()) == len(forms) else ("",) * len(forms)
    for form, words in zip(forms, given, strict=True):
        source = english[0] if form == "one" else english[1]
        yield message.context or "", form, source, str(words or ""), note
