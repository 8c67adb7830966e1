"""Read YAML and CSV files strictly: text only, no repeated keys, every value with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from content.problems import BadContent, Problem

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
TreePath: TypeAlias = tuple[str | int, ...]

MAX_FILE_BYTES = 4_000_000
MAX_DEPTH = 20
KEY = re.compile(r"[a-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's values and the line on which each begins."""

    file: str
    value: Tree
    lines: Mapping[TreePath, int] = field(repr=False)

    def line(self, path: TreePath) -> int:
        """Return the line of the value at `path`, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _Reader:
    """Turns a composed YAML tree into plain values, refusing what content must not hold."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[TreePath, int] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: Node, path: TreePath) -> Tree:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            return self._refuse(node, path, "an alias (*name); write the value out")
        self._seen.add(id(node))
        if len(path) > MAX_DEPTH:
            return self._refuse(node, path, f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        if isinstance(node, ScalarNode):
            return str(node.value)
        return self._refuse(node, path, "neither text, list nor mapping")

    def _mapping(self, node: MappingNode, path: TreePath) -> Tree:
        found: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, ScalarNode) else ""
            if not KEY.fullmatch(key):
                self._refuse(key_node, (*path, key), "a key must match [a-z0-9._-]{1,64}")
            elif key in found:
                self._refuse(key_node, (*path, key), "this key is given twice")
            else:
                self.lines[(*path, key)] = key_node.start_mark.line + 1
                found[key] = self.value(value_node, (*path, key))
        return found

    def _refuse(self, node: Node, path: TreePath, reason: str) -> str:
        field_name = ".".join(map(str, path)) or "file"
        self.problems.append(Problem(self.file, node.start_mark.line + 1, field_name, reason))
        return ""


def read_text(path: Path, root: Path) -> str:
    """Return a file's text.

    Raises:
        BadContent: It lies outside `root`, is missing, too large or not UTF-8.
    """
    file = relative_name(path, root)
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise BadContent([Problem(file, 0, "file", "lies outside the content folder")])
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadContent([Problem(file, 0, "file", f"is larger than {MAX_FILE_BYTES} bytes")])
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise BadContent([Problem(file, 0, "file", reason)]) from error
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 at byte {error.start}"
        raise BadContent([Problem(file, 0, "file", reason)]) from error


def relative_name(path: Path, root: Path) -> str:
    """Return the name of a file as problems show it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def read_yaml(path: Path, root: Path) -> Document:
    """Read one YAML file; every scalar stays a string.

    Raises:
        BadContent: It is not YAML, repeats a key, or uses aliases.
    """
    return parse_yaml(read_text(path, root), relative_name(path, root))


def parse_yaml(text: str, file: str) -> Document:
    """Read a YAML text; `file` is how problems name it.

    Raises:
        BadContent: It is not YAML, repeats a key, or uses aliases.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise BadContent([Problem(file, line, "file", f"not YAML: {error.problem}")]) from error
    except yaml.YAMLError as error:
        raise BadContent([Problem(file, 0, "file", f"not YAML: {error}")]) from error
    if node is None:
        return Document(file, {}, {})
    reader = _Reader(file)
    value = reader.value(node, ())
    if reader.problems:
        raise BadContent(reader.problems)
    return Document(file, value, reader.lines)


def read_csv(path: Path, root: Path) -> Document:
    """Read one CSV file with a header; the value is a list of rows without their empty cells.

    Raises:
        BadContent: The header repeats a name, or a row is longer or shorter than the header.
    """
    file = relative_name(path, root)
    reader = csv.reader(io.StringIO(read_text(path, root), newline=""), strict=True)
    try:
        return _csv_document(file, reader)
    except csv.Error as error:
        raise BadContent([Problem(file, reader.line_num, "row", f"not CSV: {error}")]) from error


def _csv_document(file: str, reader: Iterator[list[str]]) -> Document:
    header = next(reader, [])
    problems: list[Problem] = []
    if not header or len(set(header)) != len(header):
        problems.append(Problem(file, 1, "header", "must name every column once"))
    rows: list[Tree] = []
    lines: dict[TreePath, int] = {(): 1}
    for row in reader:
        line = getattr(reader, "line_num", 0)
        if len(row) != len(header):
            reason = f"has {len(row)} cells where the header has {len(header)}"
            problems.append(Problem(file, line, "row", reason))
        lines[(len(rows),)] = line
        rows.append({key: cell for key, cell in zip(header, row, strict=False) if cell})
    if problems:
        raise BadContent(problems)
    return Document(file, rows, lines)
