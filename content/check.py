"""Everything that `content check` looks at, beyond what loading refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from content.formats import FORMATS
from content.load import SHIPPED, Content, inspect
from content.pathways import GROUPS
from content.problems import BadContent, Problem
from content.reading import read_yaml
from content.reading_age import reading_age
from content.tagging import RULES_FILE, check_tagging
from content.template import Slot, Template
from content.texts import SourceText
from content.words import SOURCE_LANGUAGE, Entry, Words

MIN_BUTTON, MAX_BUTTON = 2, 24
MAX_READING_AGE = 11.0

_READ_ELSEWHERE = ("typed.", "framework.")
"""Texts whose reading age says nothing, or is looked at where their own files are read."""

_EXAMPLES = {"date": "12 January", "day": "Tuesday 12 January", "money": "£45", "list": "a and b"}


def check(root: Path = SHIPPED) -> list[Problem]:
    """Return every problem of a content folder, sorted by file and line.

    Errors keep the content from being used. Warnings are for the people who write it: reading
    age above 11, translations that are missing or whose English changed.
    """
    return look_over(root)[1]


def look_over(root: Path) -> tuple[Content, list[Problem]]:
    """Return a content folder as far as it can be read, with every problem of it."""
    content, problems = inspect(root)
    problems.extend(_texts(content))
    problems.extend(_translations(content))
    problems.extend(_sources(content))
    problems.extend(_pathways(content))
    problems.extend(_search_files(root))
    if (root / RULES_FILE).exists():
        problems.extend(check_tagging(root))
    return content, sorted(set(problems))


def _texts(content: Content) -> Iterator[Problem]:
    for text in content.texts.values():
        yield from _unknown_formats(text)
        yield from _button(content.words, text)
        yield from _hard_to_read(text)


def _forms(entry: Entry) -> tuple[Template, ...]:
    return (entry,) if isinstance(entry, Template) else tuple(entry.values())


def _unknown_formats(text: SourceText) -> Iterator[Problem]:
    for form in _forms(text.entry):
        for slot in sorted(form.slots, key=lambda slot: slot.name):
            if slot.format not in FORMATS:
                known = ", ".join(filter(None, FORMATS))
                reason = (
                    f"{{{slot.name}:{slot.format}}}: there is no such format; there are {known}"
                )
                yield Problem(text.file, text.line, text.id, reason)


def _button(words: Words, text: SourceText) -> Iterator[Problem]:
    if not text.is_button:
        return
    for language in words.languages:
        entry = words.entry(text.id, language)
        for form in _forms(entry) if entry else ():
            label = _shown(form)
            if form.slots:
                continue
            if not MIN_BUTTON <= len(label) <= MAX_BUTTON:
                reason = f'"{label}" has {len(label)} characters; a button has 2 to 24'
                field = text.id if language == SOURCE_LANGUAGE else f"{text.id} ({language})"
                yield Problem(text.file, text.line, field, reason)


def _hard_to_read(text: SourceText) -> Iterator[Problem]:
    if text.id.startswith(_READ_ELSEWHERE):
        return
    for form in _forms(text.entry):
        age = reading_age(_shown(form))
        if age is not None and age > MAX_READING_AGE:
            reason = f"reading age {age:.1f}; shorter sentences and words bring it to 11 or less"
            yield Problem(text.file, text.line, text.id, reason, "warning")


def _shown(template: Template) -> str:
    """Return a template's words with an example in each place for a value."""
    return "".join(
        _EXAMPLES.get(part.format, "name") if isinstance(part, Slot) else part
        for run in template.runs
        for part in run.parts
    )


def _translations(content: Content) -> Iterator[Problem]:
    totals = Counter(text.file for text in content.texts.values())
    for language, translation in content.translations.items():
        file = f"translations/{language}/messages.po"
        for text_id in translation.fuzzy:
            reason = "the English changed: the translation is not used until it is read again"
            yield Problem(file, 0, text_id, reason, "warning")
        missing: dict[str, list[str]] = {}
        for text_id in translation.missing:
            missing.setdefault(content.texts[text_id].file, []).append(text_id)
        for source, ids in missing.items():
            reason = f"{len(ids)} of {totals[source]} texts are not translated, such as {ids[0]}"
            yield Problem(file, 0, source, reason, "warning")


def _sources(content: Content) -> Iterator[Problem]:
    used = {source for city in content.cities.values() for source in city.sources}
    for city in content.cities.values():
        if city.languages[:1] != (SOURCE_LANGUAGE,):
            file = f"cities/{city.id}/city.yaml"
            yield Problem(file, 0, "languages", "English comes first: every text exists in it")
        if not city.places:
            yield Problem(f"cities/{city.id}/places.csv", 0, "file", "holds no place")
    for source in content.sources.values():
        if source.id in used and not source.url:
            yield Problem("sources.yaml", 0, source.id, "a source of a city needs its url")


def _pathways(content: Content) -> Iterator[Problem]:
    if content.pathways.current:
        for group in GROUPS:
            if not content.pathways.of_group(group):
                yield Problem("pathways", 0, group, "this group has no pathway", "warning")


def _search_files(root: Path) -> Iterator[Problem]:
    """Yield what is wrong with files that the search reads by itself."""
    for path in sorted(root.glob("search/*.yaml")):
        try:
            read_yaml(path, root)
        except BadContent as error:
            yield from error.problems
