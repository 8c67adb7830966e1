"""Translations as gettext PO files: msgctxt is the text id, msgid the English text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.plural import to_gettext

from content.formats import FORMATS, locale_of
from content.problems import BadContent, Problem
from content.reading import read_text, relative_name
from content.template import Template, TemplateError, parse
from content.texts import SourceText, entry_names
from content.words import Entry

DRAFT_MARK = "awaiting native review"
_LEFT_OUT = (
    b'"POT-Creation-Date:',
    b'"Generated-By:',
    b'"Report-Msgid-Bugs-To:',
    b'"Language-Team:',
    b'"PO-Revision-Date: YEAR',
)
"""Header lines that change with every run or say nothing."""
CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Translation:
    """One language's texts that may be used, and how far the work is.

    Attributes:
        language: BCP 47 code.
        entries: Finished texts by id.
        is_draft: The header says that a native speaker has still to read it.
        fuzzy, missing: Ids of texts whose English changed, or that nobody translated.
    """

    language: str
    entries: Mapping[str, Entry]
    is_draft: bool = False
    fuzzy: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def categories_of(language: str) -> tuple[str, ...]:
    """Return the plural categories of a language, in the order of its PO file's forms."""
    tags = locale_of(language).plural_form.tags | {"other"}
    return tuple(category for category in CLDR_ORDER if category in tags)


def catalogue_file(root: Path, language: str) -> Path:
    """Return where a language's translation is kept."""
    return root / "translations" / language / "messages.po"


def read_catalogue(path: Path, root: Path, language: str) -> Catalog:
    """Read a PO file.

    Raises:
        BadContent: It cannot be read or parsed.
    """
    text = read_text(path, root)
    try:
        return read_po(io.BytesIO(text.encode()), locale=None, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        reason = f"not a PO file: {error}"
        raise BadContent([Problem(relative_name(path, root), line, language, reason)]) from error


def translate(
    catalogue: Catalog,
    texts: Mapping[str, SourceText],
    language: str,
    file: str,
    problems: list[Problem],
) -> Translation:
    """Return what a catalogue translates of the texts; faults are added to `problems`.

    A fuzzy entry, or one whose English is not today's, is not used.
    """
    entries: dict[str, Entry] = {}
    fuzzy: list[str] = []
    for message in catalogue:
        text = texts.get(message.context or "")
        if text is None or not _is_translated(message):
            continue
        if message.fuzzy or message.id != _message_id(text.entry):
            fuzzy.append(text.id)
            continue
        try:
            entries[text.id] = _entry(message, text, language)
        except TemplateError as error:
            problems.append(Problem(file, message.lineno or 0, text.id, str(error)))
    fuzzy = [text_id for text_id in fuzzy if text_id not in entries]
    missing = tuple(sorted(texts.keys() - entries.keys() - set(fuzzy)))
    is_draft = DRAFT_MARK in (catalogue.header_comment or "").casefold()
    return Translation(language, entries, is_draft, tuple(sorted(fuzzy)), missing)


def _is_translated(message: Message) -> bool:
    strings: Any = message.string
    return bool(message.id) and all([strings] if isinstance(strings, str) else strings)


def _entry(message: Message, text: SourceText, language: str) -> Entry:
    strings: Any = message.string
    if isinstance(text.entry, Template):
        return _like_source(parse(str(strings)), text.entry)
    forms = categories_of(language)
    if isinstance(strings, str) or len(strings) != len(forms):
        raise TemplateError(f"needs {len(forms)} plural forms: {', '.join(forms)}")
    other = text.entry["other"]
    return {
        form: _like_source(parse(words), other, may_lack=frozenset({"count"}))
        for form, words in zip(forms, strings, strict=True)
    }


def _like_source(
    template: Template, source: Template, may_lack: frozenset[str] = frozenset()
) -> Template:
    if not template.slots and not source.slots:
        return template
    formats = sorted({slot.format for slot in template.slots} - FORMATS.keys())
    if formats:
        raise TemplateError(f"there is no format {', '.join(formats)}")
    unknown = template.names - source.names
    lacking = source.names - template.names - may_lack
    if unknown or lacking:
        wrong = [f"{{{name}}} is not in the English" for name in sorted(unknown)]
        wrong += [f"{{{name}}} of the English is missing" for name in sorted(lacking)]
        raise TemplateError("; ".join(wrong))
    return template


def _message_id(entry: Entry) -> str | tuple[str, str]:
    if isinstance(entry, Template):
        return entry.source
    return entry["one"].source, entry["other"].source


def new_catalogue(texts: Iterable[SourceText], language: str = "") -> Catalog:
    """Return a catalogue of the English texts, without translations.

    With a language its plural forms are those of CLDR.
    """
    catalogue = Catalog(
        locale=language or None,
        project="Learning City Bot",
        version="content",
        msgid_bugs_address=" ",
        last_translator="nobody yet",
        language_team=" ",
        fuzzy=False,
        header_comment=f"# {language or 'Template'} translation of the Learning City Bot.",
    )
    if language:
        _set_plural_forms(catalogue, language)
    for text in sorted(texts, key=lambda text: (text.file, text.line)):
        catalogue.add(
            _message_id(text.entry),
            context=text.id,
            locations=[(text.file, 0)],
            auto_comments=tuple(_notes(text)),
        )
    return catalogue


def _notes(text: SourceText) -> Iterator[str]:
    if text.is_button:
        yield "A button: 2 to 24 characters."
    names = sorted(entry_names(text.entry))
    if names:
        yield "Keep: " + ", ".join(f"{{{name}}}" for name in names)


def _set_plural_forms(catalogue: Catalog, language: str) -> None:
    catalogue.mime_headers = [("Plural-Forms", to_gettext(locale_of(language).plural_form))]


def update_catalogue(old: Catalog, texts: Iterable[SourceText], language: str) -> Catalog:
    """Return the catalogue brought up to the English texts.

    Changed English keeps its old translation, marked fuzzy; what is gone is left out.
    """
    new = new_catalogue(texts, language)
    if old.header_comment:
        new.header_comment = old.header_comment
    old_by_id = {message.context: message for message in old if message.id}
    for message in new:
        before = old_by_id.get(message.context)
        if not message.id or before is None or not _is_translated(before):
            continue
        if isinstance(before.id, str) is not isinstance(message.id, str):
            continue
        message.string = before.string
        message.user_comments = list(before.user_comments)
        if before.id != message.id:
            message.previous_id = [before.id] if isinstance(before.id, str) else list(before.id)
        if before.fuzzy or before.id != message.id:
            message.flags.add("fuzzy")
    return new


def filled_up(own: Catalog, known: Catalog) -> Catalog | None:
    """Return a catalogue with what another translates and it does not; None where there is nothing.

    An entry of the same text whose English is another stays beside it: the one with the English
    of the day is used.
    """
    has = {(message.context, _english(message)) for message in own if _is_translated(message)}
    lacks = [
        message
        for message in known
        if _is_translated(message) and (message.context, _english(message)) not in has
    ]
    for message in lacks:
        own.add(
            message.id,
            message.string,
            context=message.context,
            flags=message.flags,
            auto_comments=message.auto_comments,
            user_comments=message.user_comments,
        )
    return own if lacks else None


def _english(message: Message) -> Any:
    return tuple(message.id) if isinstance(message.id, list | tuple) else message.id


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a PO file, in an order and without dates that would change it."""
    file = io.BytesIO()
    write_po(
        file, catalogue, width=96, include_lineno=False, include_previous=True, ignore_obsolete=True
    )
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_LEFT_OUT))


def extract(root: Path, texts: Iterable[SourceText], languages: Iterable[str]) -> list[Path]:
    """Bring the template and every language's PO file up to the English texts.

    Returns:
        The files that changed.
    """
    texts = list(texts)
    files = {root / "translations" / "messages.pot": new_catalogue(texts)}
    for language in languages:
        path = catalogue_file(root, language)
        if path.exists():
            catalogue = update_catalogue(read_catalogue(path, root, language), texts, language)
        else:
            catalogue = new_catalogue(texts, language)
            catalogue.header_comment += f"\n# Status: draft, {DRAFT_MARK}."
        files[path] = catalogue
    return [path for path, catalogue in files.items() if _replace(path, written(catalogue))]


def _replace(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_bytes(content)
    draft.replace(path)
    return True
