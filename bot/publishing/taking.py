"""An upload as the files that it makes: itself, and what is kept because of it.

A new version of a questionnaire, a framework or a route leaves the old one where answers, results
and people on their way find it again.
"""

from __future__ import annotations

import codecs
import contextlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ImportRefused
from bot.publishing.bringing import bring_in
from bot.publishing.folder import paths_in
from bot.publishing.kinds import Kind, kind_of
from bot.questionnaires import shelf as questionnaires
from bot.skills import shelf as frameworks
from bot.skills.sheets import as_table
from content.frameworkrevisions import REVISIONS
from content.load import Content, inspect
from content.problems import BadContent, Problem
from content.reading import MAX_FILE_BYTES, Tree, read_csv, read_yaml

_ZIP = b"PK\x03\x04"
_SPREADSHEET = ".xlsx"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an upload comes to.

    Attributes:
        files: By path; None takes a file away. Empty where nothing could be taken.
        problems: What is wrong with it, or was left out of it.
        count: Of a translation: how many texts it changed.
    """

    files: Mapping[str, bytes | None]
    problems: tuple[Problem, ...] = ()
    count: int = 0


def take(live: Path, draft: Path, path: str, source: Path, *, is_read: bool = False) -> Taken:
    """Return what an upload makes of the content; nothing is changed.

    Args:
        live: The folder in use: versions count on from there.
        draft: The folder with the draft over it: translations are laid over that.
        path: Which file it is to be.
        source: The upload.
        is_read: Of a translation: a native speaker has read all of it.

    Raises:
        ImportRefused: It cannot be opened safely, or is not what may be uploaded there.
    """
    kind = kind_of(path)
    if kind is None:
        raise ImportRefused("publishing.refused.kind")
    body = _checked(source, kind)
    if body is None:
        source = _renamed(source, _SPREADSHEET)
    try:
        return _taken(live, draft, path, source, body, is_read=is_read)
    except BadContent as error:
        return Taken({}, error.problems)


def _checked(source: Path, kind: Kind) -> bytes | None:
    """Return the body of a text file; None for a workbook."""
    if source.stat().st_size > MAX_FILE_BYTES:
        raise ImportRefused("publishing.refused.size")
    body = source.read_bytes()
    if body.startswith(_ZIP):
        if _SPREADSHEET not in kind.endings:
            raise ImportRefused("publishing.refused.sheet")
        return None
    if not body.strip():
        raise ImportRefused("publishing.refused.empty")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused("publishing.refused.encoding", at=error.start) from error
    if "\x00" in text:
        raise ImportRefused("publishing.refused.encoding", at=text.index("\x00"))
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").encode() + b"\n"


def _renamed(source: Path, ending: str) -> Path:
    named = source.with_suffix(ending)
    if named != source:
        shutil.copyfile(source, named)
    return named


def _taken(
    live: Path, draft: Path, path: str, source: Path, body: bytes | None, *, is_read: bool
) -> Taken:
    kind, key = path.split("/", 1)[0], Path(path).stem
    if kind == "translations":
        named = source if body is None else _written(source, ".po", body)
        content = inspect(draft)[0]
        brought = bring_in(content, Path(path).parent.name, named, is_read=is_read)
        if not (brought.taken or is_read):
            nothing = Problem(path, 0, "file", "there is no new translation in it")
            return Taken({}, tuple(brought.problems) or (nothing,))
        return Taken({path: brought.body}, tuple(brought.problems), brought.taken)
    if kind == "questionnaires":
        named = source if body is None else _written(source, _ending(body), body)
        return _questionnaire(inspect(live)[0], key, named)
    if kind == "frameworks":
        named = source if body is None else _written(source, Path(path).suffix, body)
        return _framework(live, path, named)
    if body is None:
        body = as_table(source)
    _read(source, path, body)
    if kind == "pathways":
        return Taken({path: body, **_kept_pathway(live, path, body)})
    return Taken({path: body})


def _read(source: Path, path: str, body: bytes) -> None:
    """Read a file for once: what no reader survives ends here, and not with the draft it is in."""
    read = read_csv if path.endswith(".csv") else read_yaml
    with contextlib.suppress(BadContent):
        read(_written(source, Path(path).suffix, body), source.parent)


def _ending(body: bytes) -> str:
    """Say whether a questionnaire is written as a table."""
    return ".csv" if body.removeprefix(codecs.BOM_UTF8).startswith(b"section,") else ".yaml"


def _written(source: Path, ending: str, body: bytes) -> Path:
    named = source.with_name(f"upload{ending}")
    named.write_bytes(body)
    return named


def _questionnaire(content: Content, key: str, source: Path) -> Taken:
    with questionnaires.proposed(content, key, source) as proposal:
        files = _changed(content.root, proposal.root, "questionnaires/")
        return Taken(files, proposal.change.problems)


def _framework(live: Path, path: str, source: Path) -> Taken:
    key = path.split("/")[1]
    if path.endswith("descriptors.csv"):
        return take_framework(live, key, source)
    with tempfile.TemporaryDirectory() as name:
        given = Path(name) / key
        kept = shutil.ignore_patterns("versions", REVISIONS)
        shutil.copytree(live / "frameworks" / key, given, ignore=kept)
        shutil.copyfile(source, given / path.split("/", 2)[2])
        return take_framework(live, key, given)


def take_framework(live: Path, key: str, source: Path) -> Taken:
    """Return what a framework's folder or sheet makes; its version is counted on where needed."""
    with frameworks.proposed(live, key, source) as proposal:
        copy = proposal.folder.parent.parent
        files = _changed(live, copy, f"frameworks/{key}/")
        return Taken(files, proposal.change.problems)


def _changed(before: Path, after: Path, under: str) -> dict[str, bytes | None]:
    was, will = paths_in(before), paths_in(after)
    found: dict[str, bytes | None] = {}
    for path in sorted({*was, *will}):
        if not path.startswith(under):
            continue
        if path not in will:
            found[path] = None
        elif path not in was or was[path].read_bytes() != will[path].read_bytes():
            found[path] = will[path].read_bytes()
    return found


def _kept_pathway(live: Path, path: str, body: bytes) -> dict[str, bytes | None]:
    """Return the file in which a route stays as it was, where the new one counts its version up."""
    old = live / path
    if not old.exists():
        return {}
    with tempfile.TemporaryDirectory() as name:
        new = Path(name) / old.name
        new.write_bytes(body)
        was, will = _version(old, live), _version(new, Path(name))
    if not was.isdigit() or not will.isdigit() or int(will) <= int(was):
        return {}
    return {f"pathways/earlier/{old.stem}.{was}.yaml": old.read_bytes()}


def _version(file: Path, root: Path) -> str:
    try:
        tree: Tree = read_yaml(file, root).value
    except BadContent:
        return ""
    found = tree.get("version", "") if isinstance(tree, dict) else ""
    return found if isinstance(found, str) else ""
