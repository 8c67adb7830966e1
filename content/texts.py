"""English texts from YAML: nested or dotted ids, plurals as mappings of CLDR categories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from content.problems import Problem
from content.reading import KEY, Document, Tree, TreePath
from content.template import Template, TemplateError, parse
from content.words import Entry

CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
PathText: TypeAlias = "tuple[TreePath, str | Mapping[str, str]]"


@dataclass(frozen=True, slots=True)
class SourceText:
    """An English text and where it is written."""

    id: str
    file: str
    line: int
    entry: Entry

    @property
    def is_button(self) -> bool:
        """Whether it is a button's label: a part of its id is "button" or "buttons"."""
        return is_button(self.id)

    @property
    def names(self) -> frozenset[str]:
        """The names of the values that it needs."""
        return entry_names(self.entry)


def is_button(text_id: str) -> bool:
    """Whether a text id is that of a button's label."""
    return not {"button", "buttons"}.isdisjoint(text_id.split("."))


def entry_names(entry: Entry) -> frozenset[str]:
    """Return the names of the values that a text needs in any of its forms."""
    if isinstance(entry, Template):
        return entry.names
    return frozenset().union(*(form.names for form in entry.values()))


def source_texts(document: Document, problems: list[Problem]) -> Iterator[SourceText]:
    """Yield the texts of a document; what is wrong is added to `problems`."""
    if not isinstance(document.value, dict):
        problems.append(Problem(document.file, 1, "file", "must be a mapping of text ids"))
        return
    for path, written in _walk(document.value, ()):
        text_id, line = ".".join(map(str, path)), document.line(path)
        try:
            entry = _entry(text_id, written)
        except TemplateError as error:
            problems.append(Problem(document.file, line, text_id, str(error)))
            continue
        yield SourceText(text_id, document.file, line, entry)


def _walk(tree: Mapping[str, Tree], path: TreePath) -> Iterator[PathText]:
    for key, value in tree.items():
        here = (*path, key)
        if isinstance(value, dict) and value.keys() <= CATEGORIES and "other" in value:
            yield here, {form: str(words) for form, words in value.items()}
        elif isinstance(value, dict):
            yield from _walk(value, here)
        elif isinstance(value, list):
            yield here, {}
        else:
            yield here, value


def _entry(text_id: str, written: str | Mapping[str, str]) -> Entry:
    if not KEY.fullmatch(text_id):
        raise TemplateError("a text id must match [a-z0-9._-]{1,64}")
    if isinstance(written, str):
        if not written.strip():
            raise TemplateError("is empty")
        return parse(written)
    if set(written) != {"one", "other"}:
        raise TemplateError("an English plural has exactly the forms one and other")
    return {form: parse(words) for form, words in written.items()}
