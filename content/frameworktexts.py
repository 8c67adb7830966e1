"""The words of frameworks as texts, so that they are translated and shown like all others.

Where a framework has its words, `framework.<id>.` and what stands behind it is the text's id:
`skill.<code>.title|button|use`, `skill.<code>.<level>.example`, `can.<sentence id>`,
`check.<id>.question|explanation`, `check.<id>.option.<0 to 3>`, `area.<code>.title|button`,
`level.<1 to 4>.name|meaning`, `title`, `short`, `label`. A quick check has `task.<id>.can|example`,
`place.<id>.name|meaning` and `skill.<code>.title|button`. English stays in the framework's files.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.frameworkfiles import FOLDER
from content.frameworks import Check, Competence, Framework, QuickCheck
from content.template import literal
from content.texts import SourceText


def framework_texts(framework: Framework) -> Iterator[SourceText]:
    """Yield every text of a framework."""
    for name, words in _words(framework):
        yield _text(framework.id, name, words)


def quick_check_texts(check: QuickCheck) -> Iterator[SourceText]:
    """Yield every text of a quick check."""
    for name, words in _quick_words(check):
        yield _text(check.id, name, words)


def _words(framework: Framework) -> Iterator[tuple[str, str]]:
    yield from (
        ("title", framework.title),
        ("short", framework.short),
        ("label", framework.label),
    )
    for number, level in enumerate(framework.levels, 1):
        yield f"level.{number}.name", level.name
        yield f"level.{number}.meaning", level.meaning
    for area in framework.areas:
        yield f"area.{area.code}.title", area.title
        yield f"area.{area.code}.button", area.short
    for competence in framework.competences.values():
        yield from _of_competence(competence)
    for check in framework.checks:
        yield from _of_check(check)


def _of_competence(competence: Competence) -> Iterator[tuple[str, str]]:
    skill = f"skill.{competence.code}"
    yield f"{skill}.title", competence.title
    yield f"{skill}.button", competence.short
    yield f"{skill}.use", competence.use
    for level, rung in enumerate(competence.rungs, 1):
        yield f"{skill}.{level}.example", rung.example
        for sentence in rung.sentences:
            yield f"can.{sentence.id}", sentence.can


def _of_check(check: Check) -> Iterator[tuple[str, str]]:
    yield f"check.{check.id}.question", check.question
    for number, option in enumerate(check.options):
        yield f"check.{check.id}.option.{number}", option
    yield f"check.{check.id}.explanation", check.explanation


def _quick_words(check: QuickCheck) -> Iterator[tuple[str, str]]:
    yield from (("title", check.title), ("short", check.short), ("label", check.label))
    yield "rule", check.rule
    for skill in check.skills:
        yield f"skill.{skill.code}.title", skill.title
        yield f"skill.{skill.code}.button", skill.short
    for task in check.tasks:
        yield f"task.{task.id}.can", task.can
        yield f"task.{task.id}.example", task.example
    for place in check.places:
        yield f"place.{place.id}.name", place.name
        yield f"place.{place.id}.meaning", place.meaning


def _text(framework: str, name: str, words: str) -> SourceText:
    """Take the words as they stand: nothing in them is a mark or a place for a value."""
    return SourceText(f"framework.{framework}.{name}", f"{FOLDER}/{framework}", 0, literal(words))
