"""Translations back from a translator: laid over what is there, text by text.

A row whose English is not today's is left out and told: its translation may say something else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from babel.messages.catalog import Catalog, Message

from bot.publishing.sheets import COLUMNS, catalogue_of
from bot.skills.sheets import as_table
from content.catalogues import DRAFT_MARK, categories_of, read_catalogue, written
from content.load import Content
from content.problems import BadContent, Problem
from content.template import Template
from content.texts import SourceText

Row: TypeAlias = "tuple[int, str, Any, str | tuple[str, ...]]"
"""Line, text id, English, words."""


@dataclass(slots=True)
class Brought:
    """What came back.

    Attributes:
        body: The whole translation with it, as a PO file.
        taken: How many texts it changed.
        problems: Rows that were left out, and why.
    """

    body: bytes = b""
    taken: int = 0
    problems: list[Problem] = field(default_factory=list)


def bring_in(content: Content, language: str, source: Path, *, is_read: bool = False) -> Brought:
    """Lay what came back over a translation.

    Args:
        source: A PO file, or a workbook by its ending.
        is_read: A native speaker has read all of it: it is a draft no longer.

    Raises:
        BadContent: It cannot be read at all.
        ImportRefused: The workbook cannot be opened safely.
    """
    brought = Brought()
    catalogue = catalogue_of(content, language)
    laying = _Laying(content, catalogue)
    read = _from_workbook if source.suffix == ".xlsx" else _from_po
    for at, text_id, english, words in read(source, language):
        reason = laying.put(text_id, english, words)
        if reason == "":
            brought.taken += 1
        elif reason:
            brought.problems.append(Problem(source.name, at, text_id, reason, "warning"))
    if is_read:
        lines = (catalogue.header_comment or "").splitlines()
        kept = [line for line in lines if DRAFT_MARK not in line.casefold()]
        catalogue.header_comment = "\n".join(kept)
    brought.body = written(catalogue)
    return brought


def _from_po(source: Path, language: str) -> Iterator[Row]:
    for message in read_catalogue(source, source.parent, language):
        strings: Any = message.string
        words = strings if isinstance(strings, str) else tuple(strings or ())
        if message.id and message.context and not message.fuzzy and words and all(words):
            english = message.id if isinstance(message.id, str) else tuple(message.id)
            yield message.lineno or 0, message.context, english, words


def _from_workbook(source: Path, language: str) -> Iterator[Row]:
    rows = csv.reader(io.StringIO(as_table(source).decode(), newline=""), strict=True)
    head = next(rows, [])
    if not {"id", "english", "translation"} <= set(head):
        reason = f"the first row has to name the columns: {', '.join(COLUMNS)}"
        raise BadContent([Problem(source.name, 1, "header", reason)])
    plurals: dict[str, dict[str, tuple[int, str, str]]] = {}
    for line, cells in enumerate(rows, 2):
        row = dict(zip(head, cells, strict=False))
        words = row.get("translation", "").strip()
        if not words or not row.get("id"):
            continue
        form = row.get("form", "").strip()
        if form:
            plurals.setdefault(row["id"], {})[form] = (line, row["english"], words)
        else:
            yield line, row["id"], row["english"], words
    forms = categories_of(language)
    for text_id, given in plurals.items():
        line = next(iter(given.values()))[0]
        if given.keys() >= set(forms):
            source_one = given["one"][1] if "one" in given else None
            english = (source_one, given["other"][1])
            yield line, text_id, english, tuple(given[form][2] for form in forms)
        else:
            yield line, text_id, None, ()


class _Laying:
    """Puts translations into a catalogue, in which a text may stand twice: in old English too."""

    def __init__(self, content: Content, catalogue: Catalog) -> None:
        self._content, self._catalogue = content, catalogue
        self._known: dict[str, list[Message]] = {}
        for message in catalogue:
            self._known.setdefault(message.context or "", []).append(message)

    def put(self, text_id: str, english: Any, words: str | tuple[str, ...]) -> str | None:
        """Take a translation; return why it is left out, "" where it is in, None for no change."""
        text = self._content.texts.get(text_id)
        if text is None:
            return "there is no such text"
        if not words:
            return "every form of it has to be filled in"
        own = _english(text)
        if not _is_same(own, english):
            return "its English is not what the bot says today: take it out again for this one"
        if isinstance(own, tuple) is not isinstance(words, tuple):
            return "has other forms than the English"
        known = self._known.get(text_id, ())
        existing = next((one for one in known if _is_same(own, one.id)), None)
        if existing is None:
            self._catalogue.add(own, words, context=text_id, locations=[(text.file, 0)])
            return ""
        if not existing.fuzzy and _is_same(existing.string, words):
            return None
        existing.string = words
        existing.flags.discard("fuzzy")
        existing.previous_id = []
        return ""


def _english(text: SourceText) -> str | tuple[str, str]:
    if isinstance(text.entry, Template):
        return text.entry.source
    return text.entry["one"].source, text.entry["other"].source


def _is_same(own: Any, other: Any) -> bool:
    """Say whether two English texts are one; a sheet does not keep space at the ends."""
    if isinstance(own, tuple | list):
        if not isinstance(other, tuple | list) or len(own) != len(other):
            return False
        return all(b is None or _is_same(a, b) for a, b in zip(own, other, strict=True))
    return isinstance(other, str) and own.strip() == other.strip()
