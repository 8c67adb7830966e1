"""Reads content once in a test process where it comes to the same: most of the time of many tests.

A whole folder is known by the bytes of all its files, a catalogue and a YAML file by theirs, and a
template by its source. Whatever changed is read anew.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeVar

from babel.messages.catalog import Catalog

import content.catalogues
import content.check
import content.frameworkfiles
import content.load
import content.reading
import content.template
from content.catalogues import read_catalogue
from content.check import check
from content.load import SHIPPED, Content, inspect
from content.problems import Problem
from content.reading import Document

T = TypeVar("T")
TEMPLATES = 50_000
FOLDERS = 8
Folder = tuple[tuple[str, bytes], ...]
_parsed_yaml = content.reading.parse_yaml
_catalogues: dict[bytes, Catalog] = {}
_documents: dict[tuple[str, str], bytes] = {}
_inspected: dict[object, tuple[Content, list[Problem]]] = {}
_checked: dict[object, list[Problem]] = {}
_digests: dict[tuple[str, int, int, int], bytes] = {}


def read_content_once() -> None:
    """From now on, in this process."""
    known: Any = content
    known.load.read_catalogue = _catalogue
    known.load.inspect = known.check.inspect = _inspect
    known.check.check = _check
    known.reading.parse_yaml = _document
    known.template._parse = lru_cache(TEMPLATES)(known.template._parse)
    known.check.reading_age = lru_cache(TEMPLATES)(known.check.reading_age)
    known.frameworkfiles.reading_age = lru_cache(TEMPLATES)(known.frameworkfiles.reading_age)


def _catalogue(path: Path, root: Path, language: str) -> Catalog:
    try:
        words = path.read_bytes()
    except OSError:
        return read_catalogue(path, root, language)
    if words not in _catalogues:
        _catalogues[words] = read_catalogue(path, root, language)
    return _catalogues[words]


def _document(text: str, file: str) -> Document:
    """Return a document of its own for every reader: some take it apart."""
    if (text, file) not in _documents:
        _documents[text, file] = pickle.dumps(_parsed_yaml(text, file))
    found: Document = pickle.loads(_documents[text, file])
    return found


def _inspect(
    root: Path = SHIPPED,
    *,
    cities: Collection[str] | None = None,
    shows_missing: bool = False,
) -> tuple[Content, list[Problem]]:
    wanted = None if cities is None else frozenset(cities)

    def read() -> tuple[Content, list[Problem]]:
        return inspect(root, cities=cities, shows_missing=shows_missing)

    folder = _folder(root)
    found, problems = _kept(_inspected, folder and (folder, wanted, shows_missing), read)
    return (found if found.root == root else replace(found, root=root)), list(problems)


def _check(root: Path = SHIPPED) -> list[Problem]:
    problems = _kept(_checked, _folder(root), lambda: check(root))
    return list(problems)


def _kept(found: dict[object, T], key: object, read: Callable[[], T]) -> T:
    if not key:
        return read()
    if key not in found:
        while len(found) >= FOLDERS:
            found.pop(next(iter(found)))
        found[key] = read()
    found[key] = found.pop(key)
    return found[key]


def _folder(root: Path) -> Folder | None:
    """Return what a folder holds; None where that cannot be said, as of one with links."""
    try:
        return tuple(sorted(_files(root, "")))
    except OSError:
        return None


def _files(folder: Path | str, name: str) -> Iterator[tuple[str, bytes]]:
    with os.scandir(folder) as found:
        for one in found:
            if one.is_dir(follow_symlinks=False):
                if one.name != "__pycache__":
                    yield from _files(one.path, f"{name}{one.name}/")
            elif not one.name.endswith(".py"):
                yield name + one.name, _digest(one)


def _digest(file: os.DirEntry[str]) -> bytes:
    found = file.stat(follow_symlinks=False)
    if not S_ISREG(found.st_mode):
        raise OSError
    key = (file.path, found.st_ino, found.st_size, found.st_mtime_ns)
    if key not in _digests:
        _digests[key] = hashlib.sha256(Path(file.path).read_bytes()).digest()
    return _digests[key]
