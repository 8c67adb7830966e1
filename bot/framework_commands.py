"""What the command line does with frameworks: staff add and replace them without code."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import Any

from bot.commands import Tools
from bot.errors import BotError, ImportRefused
from bot.settings import Settings
from bot.skills.blank import blank_head
from bot.skills.sheets import TABLE, write_csv, write_xlsx
from bot.skills.shelf import (
    HEAD,
    SHEETS,
    Change,
    Proposal,
    is_shipped,
    proposed,
    put_in_place,
)
from content.frameworkfiles import FOLDER
from content.frameworks import Framework, QuickCheck
from content.load import Content
from content.problems import Problem
from content.words import TextValue

DRAFT = "sectors-draft"
"""What a framework begins with where nothing else is asked for."""

MOST_NAMED = 12


def list_frameworks(settings: Settings) -> list[dict[str, Any]]:
    """Return every framework, quick check and empty place, by id."""
    with Tools(settings, has_database=False) as tools:
        return [_row(tools.content, key) for key in _keys(tools.content)]


def find_framework(settings: Settings, key: str, version: str = "") -> Framework | QuickCheck:
    """Return a framework or quick check, in an earlier version where one is named.

    Raises:
        BotError: There is no such framework, no such version, or its place is empty.
    """
    with Tools(settings, has_database=False) as tools:
        content = tools.content
    if key not in _keys(content):
        raise BotError(f"There is no framework {key!r}. There are: {_known(_keys(content))}.")
    found = content.archive.get(key, {}).get(version) or content.frameworks.get(key)
    quick = content.quick_archive.get(key, {}).get(version) or content.quick_checks.get(key)
    subject = found or quick
    if subject is None:
        raise BotError(f"{key} is empty.")
    if version and subject.version != version:
        raise BotError(f"{key} has no version {version!r}.")
    return subject


def describe(subject: Framework | QuickCheck) -> Iterator[str]:
    """Yield what a framework is and every sentence of it, as lines."""
    yield from _head(subject)
    yield from _sentences(subject)


def write_framework_template(
    settings: Settings, path: Path, like: str = "", key: str = "", *, is_xlsx: bool
) -> str:
    """Write a framework to fill in: a folder with a sheet, or the sheet alone.

    Args:
        like: What to begin with; where it is empty, the framework it is for, else the draft.
        key: Which framework it is for; one of its own where it is empty.

    Returns:
        What to do next.

    Raises:
        BotError: There is no framework to begin with, or the folder is there already.
        BotError: A sheet alone is asked for where a framework has yet to begin.
    """
    with Tools(settings, has_database=False) as tools:
        content = tools.content
    like = like or (key if key in content.frameworks else DRAFT)
    found = content.frameworks.get(like)
    if found is None:
        raise BotError(f"There is no framework {like!r}. There are: {_known(content.frameworks)}.")
    if path.suffix.casefold() in SHEETS:
        if key and key not in content.frameworks:
            raise BotError(
                f"{key} is not there yet, and a sheet holds the sentences alone. Name a folder: "
                f"python -m bot frameworks template {quote(str(path.with_suffix('')))} --for {key}"
            )
        _write_sheet(found, path)
        return _next_step("Change its sentences", path, key or like)
    sheet = "descriptors.xlsx" if is_xlsx else TABLE
    _write_folder(content, found, path, sheet, key)
    return _next_step(f"Fill in framework.yaml and {sheet} in it", path, key or "ITS-ID")


@contextmanager
def changing(
    settings: Settings, key: str, source: Path, version: str = "", *, is_new: bool | None = None
) -> Iterator[Changing]:
    """Try a source for a framework; it can be put in place as long as the context lasts.

    Args:
        is_new: Whether the framework must not be there yet, or must be; None only looks.

    Raises:
        BotError: It is there or is not, or the source cannot even be tried; or the content folder
            is the program's own, which is said before anything else where it would be changed.
    """
    if is_new is not None and is_shipped(settings.content_dir):
        with Tools(settings, has_database=False) as tools, _in_words(tools):
            raise ImportRefused("frameworks.shipped")
    with Tools(settings) as tools:
        is_there = key in {*tools.content.frameworks, *tools.content.quick_checks}
        if is_new and is_there:
            raise BotError(f"{key} is there already: use `frameworks replace`.")
        if is_new is False and not is_there:
            raise BotError(f"There is no {key} yet: use `frameworks add`.")
        with _in_words(tools), proposed(settings.content_dir, key, source, version) as proposal:
            yield Changing(tools, proposal)


class Changing:
    """A change that was tried and can be put in place."""

    def __init__(self, tools: Tools, proposal: Proposal) -> None:
        self._tools = tools
        self._proposal = proposal

    @cached_property
    def change(self) -> Change:
        """What would change, and what stands against it in content and in the catalogue."""
        change = self._proposal.change
        dangling = [one for code in change.lost for one in self._dangling(code)]
        return replace(change, problems=(*change.problems, *dangling))

    def _dangling(self, code: str) -> Iterator[Problem]:
        courses = self._tools.database.read_now(lambda unit: unit.tags.list_given(code))
        if courses:
            more = f" and {len(courses) - MOST_NAMED} more" if len(courses) > MOST_NAMED else ""
            reason = (
                "providers or staff say that these courses teach it: "
                f"{', '.join(courses[:MOST_NAMED])}{more}. Change their skills tags on the staff "
                "page first, or keep the competence"
            )
            yield Problem("courses", 0, code, reason)

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands against it."""
        return self.change.is_possible

    def lines(self) -> Iterator[str]:
        """Yield what is wrong and what changes, as lines."""
        return _told(self.change)

    def to_json(self) -> dict[str, Any]:
        """Return what is wrong and what changes, for scripts."""
        return {**asdict(self.change), "is_possible": self.is_possible}

    def put_in_place(self) -> None:
        """Do it, and write it to the audit log.

        Raises:
            ImportRefused: The content folder is the program's own.
        """
        change = self.change
        put_in_place(self._tools.settings.content_dir, self._proposal)
        facts = {"version": change.version, "before": change.before_version}
        self._tools.database.write_now(
            lambda unit: unit.audit.record("framework.replaced", subject=change.key, facts=facts)
        )


@contextmanager
def _in_words(tools: Tools) -> Iterator[None]:
    try:
        yield
    except ImportRefused as refusal:
        raise BotError(tools.say(TextValue(refusal.text_id, refusal.values))) from refusal


def _told(change: Change) -> Iterator[str]:
    for problem in change.problems:
        yield f"{problem.severity}: {problem}"
    for one in change.reworded:
        mark = "perhaps another meaning, then give it a new id" if one.is_far else "reworded"
        yield f"{one.item}: {mark}\n  until now: {one.before}\n  from now:  {one.after}"
    for name, items in (("new", change.added), ("gone", change.removed)):
        if items:
            more = f" and {len(items) - MOST_NAMED} more" if len(items) > MOST_NAMED else ""
            yield f"{name}: {', '.join(items[:MOST_NAMED])}{more}"
    before = f" after {change.before_version}" if change.before_version else ""
    if before and change.is_possible and not (change.reworded or change.added or change.removed):
        yield f"No sentence differs from those of version {change.before_version}."
    errors = sum(problem.severity == "error" for problem in change.problems)
    ending = "nothing stands against it" if change.is_possible else f"{errors} errors: not possible"
    yield f"{change.key} {change.version or '(cannot be read)'}{before}: {ending}."


def _keys(content: Content) -> list[str]:
    return sorted({*content.frameworks, *content.quick_checks, *content.slots})


def _known(keys: Iterable[str]) -> str:
    return ", ".join(sorted(keys))


def _row(content: Content, key: str) -> dict[str, Any]:
    subject = content.frameworks.get(key) or content.quick_checks.get(key)
    kept = content.archive.get(key) or content.quick_archive.get(key) or {}
    if subject is None:
        slot = content.slots[key]
        return {
            "id": key,
            "title": slot.title,
            "kind": "place",
            "version": "",
            "status": f"waits for {slot.provider}",
            "earlier": [],
        }
    return {
        "id": key,
        "title": subject.title,
        "kind": "framework" if isinstance(subject, Framework) else "quick check",
        "version": subject.version,
        "status": subject.status,
        "earlier": sorted(kept),
    }


def _head(subject: Framework | QuickCheck) -> Iterator[str]:
    source = subject.source
    yield f"{subject.title}, version {subject.version} ({subject.status})"
    yield f"  {subject.label}"
    yield f"  Source: {source.title}; {source.publisher}; {source.version}"
    yield f"  Licence: {source.licence}. {source.attribution}"
    yield f"  Changes: {subject.changes}"


def _sentences(subject: Framework | QuickCheck) -> Iterator[str]:
    if isinstance(subject, QuickCheck):
        for task in subject.tasks:
            yield f"  {task.id} ({task.tier}): {task.can}"
        return
    for area in subject.areas:
        yield f"{area.code}. {area.title}"
        for own in area.competences:
            yield f"  {own.code} {own.title}"
            for rung in own.rungs:
                yield from (f"    {one.id}: {one.can}" for one in rung.sentences)


def _write_sheet(found: Framework, path: Path) -> None:
    write = write_xlsx if path.suffix.casefold() == ".xlsx" else write_csv
    write(found, path)


def _next_step(task: str, path: Path, key: str) -> str:
    return f"{task}, then: python -m bot frameworks check {quote(str(path))} --for {key}"


def _write_folder(content: Content, found: Framework, path: Path, sheet: str, key: str) -> None:
    """Write a folder to fill in: what the framework is, its sheet, and its other files."""
    if path.exists():
        raise BotError(f"{path} is there already: name a folder that is not.")
    path.mkdir(parents=True)
    own = content.root / FOLDER / found.id
    if key == found.id:
        shutil.copy(own / HEAD, path / HEAD)
    else:
        slot = content.slots.get(key)
        head = blank_head(found, slot.title if slot else "")
        (path / HEAD).write_text(head, encoding="utf-8")
    for name in ("checks.yaml", "statements.csv"):
        if (own / name).is_file():
            shutil.copy(own / name, path / name)
    _write_sheet(found, path / sheet)
