"""The frameworks of a content folder: adding one, replacing one by a new version, keeping the old.

Nothing is put into the folder before all of it is tried: on a copy of the whole content, so that
whatever else names a competence (routes, rules for tags, crosswalks) is checked as well.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from bot.errors import ImportRefused
from bot.skills.sheets import TABLE, as_table, revisions_in
from content.check import check
from content.frameworkfiles import FOLDER, Frameworks, read_frameworks
from content.frameworkrevisions import REVISIONS
from content.frameworks import Framework, QuickCheck
from content.frameworkversions import SLOT, VERSIONS
from content.load import SHIPPED
from content.problems import Problem
from content.reading import KEY, MAX_FILE_BYTES

HEAD, QUICK_HEAD = "framework.yaml", "quickcheck.yaml"
SHEETS = (".csv", ".xlsx")
FAR = 45
"""Of 100: words less alike than this hardly mean the same."""

_OWN_FILES = (HEAD, QUICK_HEAD, TABLE, "checks.yaml", "statements.csv", REVISIONS)
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
_LAST_NUMBER = re.compile(r"\d+(?=\D*\Z)")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence whose words changed under its id; `is_far` where it may mean something else."""

    item: str
    before: str
    after: str
    is_far: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What would become of a framework.

    Attributes:
        version, before_version: The new one and the one until now; the latter empty for a new one.
        added, removed: Ids of items.
        reworded: Items that stay, in other words.
        lost: Codes of competences that would be gone.
        problems: What is wrong and was not before: with an error among them it cannot be done.
    """

    key: str
    version: str
    before_version: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[Reworded, ...]
    lost: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands against it."""
        return not any(one.severity == "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change with the folder that would take the framework's place."""

    change: Change
    folder: Path


@contextmanager
def proposed(root: Path, key: str, source: Path, version: str = "") -> Iterator[Proposal]:
    """Try a framework in a copy of the content folder, which lasts as long as the context.

    Args:
        root: The content folder.
        key: The framework's id.
        source: A folder with framework.yaml (or quickcheck.yaml), or a sheet of descriptors for a
            framework that is there.
        version: The new version; where it is empty, the source's own, or the next number.

    Raises:
        ImportRefused: "frameworks.id", "frameworks.source" or "frameworks.sheet_alone".
        ImportRefused: A workbook cannot be opened safely.
    """
    if not KEY.fullmatch(key):
        raise ImportRefused("frameworks.id", id=key)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "content"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        _put(copy / FOLDER / key, source, version)
        yield Proposal(_change(root, copy, key), copy / FOLDER / key)


def is_shipped(root: Path) -> bool:
    """Whether a content folder is the program's own, which the next installation overwrites."""
    return root.resolve() == SHIPPED.resolve()


def put_in_place(root: Path, proposal: Proposal) -> Path:
    """Put a proposed framework into the content folder; a running bot takes it at its next reload.

    Returns:
        The framework's folder.

    Raises:
        ImportRefused: "frameworks.shipped" where the folder is the program's own;
            "frameworks.impossible" where something is wrong.
    """
    if is_shipped(root):
        raise ImportRefused("frameworks.shipped")
    if not proposal.change.is_possible:
        raise ImportRefused("frameworks.impossible")
    place = root / FOLDER / proposal.change.key
    place.parent.mkdir(exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".framework-", dir=root))
    try:
        shutil.copytree(proposal.folder, staged / "new")
        if place.exists():
            place.rename(staged / "old")
        try:
            (staged / "new").rename(place)
        except OSError:
            if (staged / "old").exists():
                (staged / "old").rename(place)
            raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return place


def _put(place: Path, source: Path, version: str) -> None:
    """Put a source in a framework's place; what was there becomes one of its versions."""
    head = next((name for name in (HEAD, QUICK_HEAD) if (place / name).is_file()), "")
    before = _version_of(place / head) if head else ""
    if head:
        _archive(place, place / VERSIONS / before)
    if source.is_dir():
        _take_folder(place, source)
    elif source.suffix.casefold() in SHEETS and source.is_file():
        if head != HEAD:
            raise ImportRefused("frameworks.sheet_alone")
        shutil.rmtree(place / "areas", ignore_errors=True)
        (place / TABLE).write_bytes(as_table(source))
        (place / REVISIONS).unlink(missing_ok=True)  # what the version before had changed
        if (revisions := revisions_in(source)) is not None:
            (place / REVISIONS).write_bytes(revisions)
    else:
        raise ImportRefused("frameworks.source", source=str(source))
    head = next((name for name in (HEAD, QUICK_HEAD) if (place / name).is_file()), head)
    own = _version_of(place / head)
    _set_version(place / head, version or (own if own != before else _next(before)))


def _archive(place: Path, archive: Path) -> None:
    if archive.exists() or not archive.name:
        return
    kept = shutil.ignore_patterns(VERSIONS, SLOT)
    shutil.copytree(place, archive, ignore=kept)


def _take_folder(place: Path, source: Path) -> None:
    """Take the files that make a framework out of a folder, and no others."""
    if not any((source / name).is_file() for name in (HEAD, QUICK_HEAD)):
        raise ImportRefused("frameworks.source", source=str(source))
    place.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place / "areas", ignore_errors=True)
    for name in _OWN_FILES:
        (place / name).unlink(missing_ok=True)
        if (source / name).is_file():
            _copy(source / name, place / name)
    sheet = source / "descriptors.xlsx"
    if sheet.is_file() and not (place / TABLE).is_file():
        (place / TABLE).write_bytes(as_table(sheet))
    for path in sorted((source / "areas").glob("*.yaml")):
        (place / "areas").mkdir(exist_ok=True)
        _copy(path, place / "areas" / path.name)


def _copy(path: Path, to: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ImportRefused("frameworks.source", source=str(path))
    to.write_bytes(path.read_bytes())


def _version_of(head: Path) -> str:
    found = _VERSION.search(head.read_text(encoding="utf-8", errors="replace"))
    return found[0].partition(":")[2].split("#")[0].strip().strip("\"'") if found else ""


def _set_version(head: Path, version: str) -> None:
    text = head.read_text(encoding="utf-8", errors="replace")
    line = f'version: "{version}"'
    changed, count = _VERSION.subn(lambda _: line, text, count=1)
    head.write_text(changed if count else f"{line}\n{text}", encoding="utf-8")


def _next(version: str) -> str:
    """Return the version after one: its last number counted on."""
    found = _LAST_NUMBER.search(version)
    if found is None:
        return f"{version}-2"
    return f"{version[: found.start()]}{int(found[0]) + 1}{version[found.end() :]}"


def _change(root: Path, copy: Path, key: str) -> Change:
    known = {_said(one) for one in check(root)}
    problems = [one for one in check(copy) if _said(one) not in known]
    before, after = read_frameworks(root, []), read_frameworks(copy, [])
    was, will = _words(before, key), _words(after, key)
    problems += _used_again(after, key, was, will)
    return Change(
        key=key,
        version=_current_version(after, key),
        before_version=_current_version(before, key),
        added=tuple(item for item in will if item not in was),
        removed=tuple(item for item in was if item not in will) if will else (),
        reworded=tuple(
            Reworded(item, was[item], words, _are_far(was[item], words))
            for item, words in will.items()
            if item in was and was[item] != words
        ),
        lost=tuple(code for code in _codes(before, key) if code not in _codes(after, key)),
        problems=tuple(sorted(set(problems))),
    )


def _codes(found: Frameworks, key: str) -> tuple[str, ...]:
    framework = found.frameworks.get(key)
    return tuple(framework.competences) if framework else ()


def _said(problem: Problem) -> tuple[str, str, str]:
    """Return what makes a problem the same one in another copy: lines may move."""
    return problem.file, problem.field, problem.reason


def _are_far(before: str, after: str) -> bool:
    return fuzz.token_set_ratio(before.casefold(), after.casefold()) < FAR


def _current_version(found: Frameworks, key: str) -> str:
    one = found.frameworks.get(key) or found.quick_checks.get(key)
    return one.version if one else ""


def _words(found: Frameworks, key: str) -> dict[str, str]:
    one = found.frameworks.get(key) or found.quick_checks.get(key)
    return _words_of(one) if one else {}


def _words_of(one: Framework | QuickCheck) -> dict[str, str]:
    if isinstance(one, QuickCheck):
        return {task.id: task.can for task in one.tasks}
    words = {sentence.id: sentence.can for _, _, sentence in one.sentences()}
    return words | {found.id: found.question for found in one.checks}


def meanings(before: Frameworks, after: Frameworks) -> Iterator[Problem]:
    """Yield what ids of items would no longer mean, in every framework."""
    for key in sorted({*after.frameworks, *after.quick_checks}):
        yield from _used_again(after, key, _words(before, key), _words(after, key))


def _used_again(
    found: Frameworks, key: str, was: dict[str, str], will: dict[str, str]
) -> Iterator[Problem]:
    """Yield ids that an earlier version used, the last one did not, and that come back."""
    archive: dict[str, Framework | QuickCheck] = {
        **found.archive.get(key, {}),
        **found.quick_archive.get(key, {}),
    }
    for version, one in archive.items():
        said = _words_of(one)
        for item in sorted((said.keys() & will.keys()) - was.keys()):
            if said[item] != will[item]:
                reason = f'meant "{said[item]}" in version {version}: use an id never used before'
                yield Problem(f"{FOLDER}/{key}", 0, item, reason)
