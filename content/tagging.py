"""The words by which a course's text tells what it teaches, as content that staff edit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator, Field

from content.frameworkfiles import read_framework
from content.problems import BadContent, Problem
from content.reading import Document, read_yaml
from content.schema import Key, Record, Words
from content.typed import typed, typed_value

RULES_FILE, LABELS_FILE = "skills/tagging.yaml", "skills/esco.yaml"
LEVELS = ("basic", "intermediate", "advanced", "highly-advanced")
MAX_PHRASE_WORDS, MIN_BEGINNING, GAP = 8, 3, "..."

LevelName: TypeAlias = Literal["basic", "intermediate", "advanced", "highly-advanced"]


def _phrase(text: str) -> str:
    words = text.split()
    if len(words) > MAX_PHRASE_WORDS:
        raise ValueError(f"has more than {MAX_PHRASE_WORDS} words")
    if words[0] == GAP or words[-1] == GAP or f"{GAP} {GAP}" in text:
        raise ValueError(f'"{GAP}" stands between two words: "share {GAP} online"')
    for word in words:
        if "*" in word.removesuffix("*") or (word != GAP and "..." in word):
            raise ValueError(f'"{word}": a star ends a word, and "{GAP}" stands alone')
        if word.endswith("*") and len(word) <= MIN_BEGINNING:
            raise ValueError(f'"{word}": needs {MIN_BEGINNING} letters before the star')
    return text


Phrase: TypeAlias = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_phrase)]
"""Words in order. "program*" is any word that begins so; "..." is up to three words between."""


class TagRule(Record):
    """Words that tell that a course teaches a competence.

    Attributes:
        id: Its name, shown to staff.
        competence: The code.
        say: One of these has to be said.
        beside: If given, one of these has to be said as well, anywhere.
        unless: One of these takes it back.
        only_digital: Counts only in courses about digital things, where "form" means one on a
            screen.
        otherwise: Counts only where no other rule speaks.
        at_least, at_most: Bounds of the level, whatever the course says of its own.
    """

    id: Key
    competence: Key
    say: tuple[Phrase, ...] = Field(min_length=1)
    beside: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    only_digital: bool = False
    otherwise: bool = False
    at_least: LevelName | None = None
    at_most: LevelName | None = None


class TaggingRules(Record):
    """Everything by which tags are inferred.

    Attributes:
        framework: Whose competences the codes are.
        digital: Phrases of courses about digital things.
        taken_back: Words that deny what follows them: "no coding needed".
        level_words: What a course says of its level, by level.
        course_levels: Levels of qualifications and where they lie: a hint, no equivalence.
        kinds: Where kinds of learning lie that name no level.
        usual: The level of all others.
        rules: In any order.
    """

    id: Key
    version: str
    framework: Key
    source: Words
    licence: Words
    attribution: Words
    retrieved: date
    digital: tuple[Phrase, ...] = Field(min_length=1)
    taken_back: tuple[Phrase, ...] = ()
    level_words: Mapping[LevelName, tuple[Phrase, ...]]
    course_levels: Mapping[Key, LevelName]
    kinds: Mapping[Key, LevelName]
    usual: LevelName
    rules: tuple[TagRule, ...] = Field(min_length=1)


class SkillLabels(Record):
    """Labels of one source that name what a competence is made of."""

    competence: Key
    labels: tuple[Phrase, ...] = Field(min_length=1)


class SkillsList(Record):
    """Names of skills by competence, taken from a source."""

    id: Key
    version: str
    source: Words
    licence: Words
    attribution: Words
    retrieved: date
    skills: tuple[SkillLabels, ...]


@dataclass(frozen=True, slots=True)
class Tagging:
    """The rules and the names of skills that count beside them."""

    rules: TaggingRules
    labels: SkillsList


def read_tagging(root: Path, codes: Collection[str] | None = None) -> Tagging:
    """Read the words of a content folder.

    Args:
        root: The content folder.
        codes: Competences that exist; None accepts any.

    Raises:
        BadContent: A file is missing or wrong; each problem names file, line and field.
    """
    rules_file, labels_file = (read_yaml(root / name, root) for name in (RULES_FILE, LABELS_FILE))
    problems: list[Problem] = []
    for document, name, model in (
        (rules_file, "rules", TagRule),
        (labels_file, "skills", SkillLabels),
    ):
        problems.extend(_wrong_items(document, name, model))
    if problems:
        raise BadContent(problems)
    found = Tagging(typed(TaggingRules, rules_file), typed(SkillsList, labels_file))
    problems.extend(_repeated(rules_file, found.rules))
    if codes is not None:
        named = [rule.competence for rule in found.rules.rules]
        problems.extend(_unknown(rules_file, "rules", named, codes))
        named = [one.competence for one in found.labels.skills]
        problems.extend(_unknown(labels_file, "skills", named, codes))
    if problems:
        raise BadContent(problems)
    return found


def check_tagging(root: Path) -> list[Problem]:
    """Return what is wrong with the words of a content folder, set beside its own framework."""
    try:
        found = read_tagging(root)
        folder = root / "frameworks" / found.rules.framework
        if not folder.is_dir():
            reason = f"there is no folder frameworks/{found.rules.framework}"
            return [Problem(RULES_FILE, 0, "framework", reason)]
        read_tagging(root, _codes(folder, root))
    except BadContent as error:
        return list(error.problems)
    return []


def _codes(folder: Path, root: Path) -> Collection[str] | None:
    try:
        return read_framework(folder, root).competences
    except BadContent:
        return None  # told where frameworks are checked


def _wrong_items(document: Document, name: str, model: type[Record]) -> Iterator[Problem]:
    """Each item by itself, so that every wrong one is told and not the first alone."""
    value: Any = document.value
    items = value.get(name) if isinstance(value, dict) else None
    for at, item in enumerate(items if isinstance(items, list) else ()):
        try:
            typed_value(model, document, (name, at), item)
        except BadContent as error:
            yield from error.problems


def _repeated(document: Document, rules: TaggingRules) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for at, rule in enumerate(rules.rules):
        line = document.line(("rules", at))
        if rule.id in seen:
            reason = f"{rule.id} is given already on line {seen[rule.id]}"
            yield Problem(document.file, line, f"rules.{at}.id", reason)
        seen.setdefault(rule.id, line)
        if rule.at_least and rule.at_most:
            low, high = LEVELS.index(rule.at_least), LEVELS.index(rule.at_most)
            if low > high:
                reason = f"{rule.at_least} lies above at_most, {rule.at_most}"
                path = ("rules", at, "at_least")
                yield Problem(document.file, document.line(path), ".".join(map(str, path)), reason)


def _unknown(
    document: Document, name: str, named: Sequence[str], codes: Collection[str]
) -> Iterator[Problem]:
    for at, code in enumerate(named):
        if code not in codes:
            path = (name, at, "competence")
            reason = f"{code} is not a competence of the framework"
            yield Problem(document.file, document.line(path), ".".join(map(str, path)), reason)
