"""A content folder with published files laid over it.

Texts and translations are laid over one by one: what a published file does not say is said as the
program came with it, so that a release with new texts needs no new files.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from bot.publishing.kinds import may_stand
from content.catalogues import catalogue_file, filled_up, read_catalogue, written
from content.problems import BadContent, Problem
from content.reading import read_yaml
from content.template import Template
from content.texts import SourceText, source_texts
from content.words import Entry

_PROGRAM = shutil.ignore_patterns("*.py", "__pycache__", "*.pot", ".*")


def lay_over(base: Path, files: Mapping[str, bytes | None], folder: Path) -> None:
    """Make a folder of what the program came with and of published files.

    Args:
        base: The folder that it came with.
        files: Bodies by path; None takes a file away.
        folder: Where to make it; it must not be there yet.

    Raises:
        ValueError: A path may not be in a published version.
    """
    for path in files:
        if not may_stand(path):
            raise ValueError(f"{path} cannot be published")
    shutil.copytree(base, folder, ignore=_PROGRAM)
    for path, body in files.items():
        place = folder / path
        if body is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(body)
    for path in files:
        if path.startswith("text/") and (folder / path).exists() and (base / path).exists():
            _fill_texts(base, folder, path)
    for path in files:
        if path.startswith("translations/") and (base / path).exists():
            _fill_translation(base, folder, Path(path).parent.name)


def _ids(root: Path, path: str) -> set[str] | None:
    """Return the ids of a file's texts, of those too that are wrong; None where it is no file."""
    problems: list[Problem] = []
    try:
        found = {text.id for text in source_texts(read_yaml(root / path, root), problems)}
    except BadContent:
        return None
    return found | {problem.field for problem in problems}


def _fill_texts(base: Path, folder: Path, path: str) -> None:
    own = _ids(folder, path)
    if own is None:
        return
    known = source_texts(read_yaml(base / path, base), [])
    lines = [_line(text) for text in known if text.id not in own]
    if lines:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write("\n# As the program came with them.\n" + "".join(lines))


def _line(text: SourceText) -> str:
    return f"{text.id}: {json.dumps(_source(text.entry), ensure_ascii=False)}\n"


def _source(entry: Entry) -> str | dict[str, str]:
    if isinstance(entry, Template):
        return entry.source
    return {form: words.source for form, words in entry.items()}


def _fill_translation(base: Path, folder: Path, language: str) -> None:
    try:
        own = read_catalogue(catalogue_file(folder, language), folder, language)
        known = read_catalogue(catalogue_file(base, language), base, language)
    except BadContent:
        return
    merged = filled_up(own, known)
    if merged is not None:
        catalogue_file(folder, language).write_bytes(written(merged))


def paths_in(root: Path) -> dict[str, Path]:
    """Return the files of a content folder that hold content, by path."""
    found = (path for path in root.rglob("*") if path.suffix in {".yaml", ".csv", ".po"})
    return {path.relative_to(root).as_posix(): path for path in found if path.is_file()}
