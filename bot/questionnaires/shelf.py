"""The questionnaires of a content folder: adding one, replacing one, keeping what was asked before.

A source is tried in a copy of the whole content before anything is put into the folder. Answers are
kept by the ids of questions and options: a new file may not give them another meaning under the
version that is in use.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from bot.errors import ImportRefused
from bot.skills.sheets import as_table
from bot.skills.shelf import FAR, is_shipped
from content.check import check
from content.load import Content, inspect
from content.problems import Problem
from content.questionnairefiles import EARLIER, FOLDER, lists_of, read_questionnaires
from content.questionnaires import Question, Questionnaire
from content.reading import KEY, MAX_FILE_BYTES

ENDINGS = (".yaml", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of a questionnaire.

    Attributes:
        version, before_version: 0 where it cannot be read, where there was none.
        added, removed, reworded: Ids of questions.
        problems: What is wrong and was not before: with an error among them it cannot be done.
    """

    key: str
    version: int
    before_version: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands against it."""
        return not any(one.severity == "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that was tried, and the copy of the content in which it is made."""

    change: Change
    root: Path

    def content(self) -> Content:
        """Read the content as it would be."""
        return inspect(self.root)[0]


@contextmanager
def proposed(content: Content, key: str, source: Path) -> Iterator[Proposal]:
    """Try a questionnaire in a copy of the content folder, which lasts as long as the context.

    Args:
        content: As it is now.
        key: The questionnaire's id.
        source: A .yaml, .csv or .xlsx file.

    Raises:
        ImportRefused: "shelf.id", "shelf.no_file" or "shelf.source", or the workbook cannot be
            opened safely.
    """
    if not KEY.fullmatch(key):
        raise ImportRefused("shelf.id", id=key)
    root = content.root
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "content"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        written = _put(copy / FOLDER, key, source, _files(copy, key))
        before = content.questionnaires.current.get(key)
        lists = lists_of(content.needs, content.frameworks)
        after = read_questionnaires(copy, lists, []).current.get(key)
        if before and after and after.version > before.version:
            _archive(copy, before, root)
        faults = [one for one in check(copy) if one.file.startswith(FOLDER)]
        faults += meanings(before, after, f"{FOLDER}/{written.name}")
        named = [_of_source(one, written, source) for one in faults]
        yield Proposal(_change(key, before, after, named), copy)


def put_in_place(root: Path, proposal: Proposal) -> None:
    """Put a proposed questionnaire into the content folder.

    Raises:
        ImportRefused: "frameworks.shipped" where the folder is the program's own;
            "frameworks.impossible" where something is wrong.
    """
    if is_shipped(root):
        raise ImportRefused("frameworks.shipped")
    if not proposal.change.is_possible:
        raise ImportRefused("frameworks.impossible")
    change = proposal.change
    (root / EARLIER).mkdir(parents=True, exist_ok=True)
    archived = f"{change.key}.{change.before_version}"
    for path in _files(proposal.root, archived, EARLIER):
        _replace(path, root / EARLIER / path.name)
    new = _files(proposal.root, change.key)
    for path in new:
        _replace(path, root / FOLDER / path.name)
    for path in _files(root, change.key):
        if path.name not in {one.name for one in new}:
            path.unlink()


def _replace(source: Path, place: Path) -> None:
    """Put a file in another's place at once: nobody reads half of it."""
    staged = place.with_name(f".{place.name}.new")
    shutil.copyfile(source, staged)
    staged.replace(place)


def _files(root: Path, name: str, folder: str = FOLDER) -> list[Path]:
    found = (root / folder / f"{name}{ending}" for ending in ENDINGS[:2])
    return [path for path in found if path.is_file()]


def _of_source(fault: Problem, written: Path, source: Path) -> Problem:
    """Return a fault of the file that was given, by the name under which its writer knows it."""
    is_its_own = fault.file == f"{FOLDER}/{written.name}"
    return replace(fault, file=source.name) if is_its_own else fault


def _put(folder: Path, key: str, source: Path, old: list[Path]) -> Path:
    ending = source.suffix.casefold()
    if not source.is_file():
        raise ImportRefused("shelf.no_file", source=str(source))
    if ending not in ENDINGS or source.stat().st_size > MAX_FILE_BYTES:
        raise ImportRefused("shelf.source", source=str(source))
    body = source.read_bytes() if ending == ".yaml" else as_table(source)
    for path in old:
        path.unlink()
    folder.mkdir(exist_ok=True)
    place = folder / f"{key}{'.yaml' if ending == '.yaml' else '.csv'}"
    place.write_bytes(body)
    return place


def _archive(copy: Path, before: Questionnaire, root: Path) -> None:
    (copy / EARLIER).mkdir(exist_ok=True)
    for path in _files(root, before.id):
        kept = copy / EARLIER / f"{before.id}.{before.version}{path.suffix}"
        shutil.copyfile(path, kept)


def _change(
    key: str, before: Questionnaire | None, after: Questionnaire | None, faults: list[Problem]
) -> Change:
    was = before.questions if before else {}
    will = after.questions if after else {}
    return Change(
        key=key,
        version=after.version if after else 0,
        before_version=before.version if before else 0,
        added=tuple(one for one in will if one not in was),
        removed=tuple(one for one in was if one not in will) if after else (),
        reworded=tuple(one for one in will if one in was and will[one].ask != was[one].ask),
        problems=tuple(sorted(set(faults))),
    )


def meanings(
    before: Questionnaire | None, after: Questionnaire | None, file: str
) -> Iterator[Problem]:
    """Yield what answers that are kept would no longer mean."""
    if before is None or after is None or after.version > before.version:
        return
    if after.version < before.version:
        reason = f"is {after.version}, and {before.version} is in use: give a higher one"
        yield Problem(file, 0, "version", reason)
        return
    for key, was in before.questions.items():
        will = after.questions.get(key)
        lost = "the question is gone" if will is None else _lost(was, will)
        if lost:
            reason = f"{lost}: answers are kept by it. Make the version {before.version + 1}"
            yield Problem(file, 0, key, reason)
        elif will and fuzz.token_set_ratio(was.ask.casefold(), will.ask.casefold()) < FAR:
            reason = (
                f'was "{was.ask}" and is "{will.ask}": if answers would mean something else, make '
                f"the version {before.version + 1}"
            )
            yield Problem(file, 0, key, reason, "warning")


def _lost(was: Question, will: Question) -> str:
    if was.kind != will.kind:
        return f"it was a {was.kind} question"
    if was.kind == "scale" and (was.least, was.most) != (will.least, will.most):
        return "the scale has other ends"
    gone = [one for one in was.option_ids if one not in will.option_ids]
    return f"the answer {gone[0]} is gone" if gone else ""
