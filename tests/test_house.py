"""The house rules that a machine can check, read in the source."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Typed as anything: what mypy knows of these depends on what else it reads.
opcodes: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

ROOT = Path(__file__).resolve().parents[1]
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50
SHIPPED = ("bot", "content", "storage")
SOURCES = tuple(
    path for part in (*SHIPPED, "tests", "bench") for path in sorted((ROOT / part).rglob("*.py"))
)
SHIPPED_SOURCES = tuple(path for path in SOURCES if path.relative_to(ROOT).parts[0] in SHIPPED)
TREES = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "data", "info", "misc"}


def place(path: Path, node: Any = None) -> str:
    line = f":{node.lineno}" if node is not None else ""
    return f"{path.relative_to(ROOT)}{line}"


def shipped_nodes(*kinds: type[ast.AST]) -> Iterator[tuple[Path, Any]]:
    for path in SHIPPED_SOURCES:
        for node in ast.walk(TREES[path]):
            if isinstance(node, kinds):
                yield path, node


# -- size and names -------------------------------------------------------------------------


def test_no_module_is_too_long() -> None:
    lengths = {place(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    too_long = [
        place(path, node)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_no_name_says_nothing() -> None:
    folders = {part for path in SHIPPED_SOURCES for part in path.relative_to(ROOT).parts[:-1]}
    modules = {path.stem for path in SHIPPED_SOURCES}
    assert (folders | modules) & VAGUE == set()


def test_nothing_is_left_to_do() -> None:
    marks = re.compile("#.*\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b")
    assert [place(path) for path in SOURCES if marks.search(path.read_text("utf-8"))] == []
    unwritten = [place(p, n) for p, n in shipped_nodes(ast.Raise) if _raised(n) == "NotImplemented"]
    assert unwritten == []


def _raised(node: ast.Raise) -> str:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return raised.id.removesuffix("Error") if isinstance(raised, ast.Name) else ""


# -- words ----------------------------------------------------------------------------------

SEVERAL_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
SPEAKS_TO_OPERATORS = {"bot/handlers/health.py", "bot/handlers/refusals.py"}
"""Problems for the operator, and what Telegram's own errors say."""


def test_flows_and_handlers_hold_no_words() -> None:
    found = [
        f"{place(path, node)} {node.value!r}"
        for path in SHIPPED_SOURCES
        if place(path).startswith(("bot/flows/", "bot/handlers/"))
        and place(path) not in SPEAKS_TO_OPERATORS
        for node in _said(TREES[path])
        if SEVERAL_WORDS.search(node.value)
    ]
    assert found == []


def _said(tree: ast.AST) -> Iterator[Any]:
    """Yield texts that are no documentation, no error's and no log line's."""
    silent: set[int] = set()
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_log = isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")
        is_note = isinstance(node, ast.AnnAssign) and "Final" in ast.unparse(node.annotation)
        if is_text or is_log or is_note or isinstance(node, ast.Raise):
            silent.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in silent:
            yield node


# -- what is dangerous ----------------------------------------------------------------------


def repeats_within_a_repeat(parsed: Any, *, is_inside: bool = False) -> bool:
    """Whether an unbounded repeat holds another: such a pattern can take for ever."""
    for opcode, given in parsed:
        if opcode in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT):
            low, high, repeated = given
            is_wide = high != low and high > 10
            if (is_wide and is_inside) or repeats_within_a_repeat(
                repeated, is_inside=is_inside or is_wide
            ):
                return True
        elif opcode is opcodes.SUBPATTERN:
            if repeats_within_a_repeat(given[3], is_inside=is_inside):
                return True
        elif opcode is opcodes.BRANCH:
            if any(repeats_within_a_repeat(one, is_inside=is_inside) for one in given[1]):
                return True
        elif opcode in (opcodes.ASSERT, opcodes.ASSERT_NOT) and repeats_within_a_repeat(given[1]):
            return True
    return False


def patterns() -> Iterator[tuple[str, str]]:
    """Yield every pattern that is written out, and every compiled one of a module."""
    for path, node in shipped_nodes(ast.Call):
        if ast.unparse(node.func).startswith("re.") and node.args:
            text = node.args[0]
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield place(path, node), text.value
    for path in SHIPPED_SOURCES:
        if "re.compile(f" in path.read_text("utf-8"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for value in vars(importlib.import_module(name)).values():
                if isinstance(value, re.Pattern):
                    yield place(path), value.pattern


@pytest.mark.parametrize("evil", [r"(a+)+", r"(?:a*b?)*", r"(x|y+){1,40}z", r"^(\w+\s?)*$"])
def test_patterns_that_take_for_ever_are_known(evil: str) -> None:
    assert repeats_within_a_repeat(parser.parse(evil))


def test_no_pattern_takes_for_ever() -> None:
    found = list(patterns())
    assert len(found) > 50
    assert [
        (where, text) for where, text in found if repeats_within_a_repeat(parser.parse(text))
    ] == []


def test_nothing_is_unpickled_and_no_text_is_run_as_code() -> None:
    banned = {"pickle", "cPickle", "marshal", "shelve", "dill"}
    imported = [
        place(path, node)
        for path, node in shipped_nodes(ast.Import, ast.ImportFrom)
        if {name.name.partition(".")[0] for name in node.names} & banned
        or getattr(node, "module", None) in banned
    ]
    called = [
        place(path, node)
        for path, node in shipped_nodes(ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}
    ]
    assert imported == called == []


def test_updates_are_never_dropped_at_a_start() -> None:
    word = "drop_pending" + "_updates"
    assert [place(path) for path in SHIPPED_SOURCES if word in path.read_text("utf-8")] == []


NAMES_TABLES_OF_THE_REGISTER = "storage/engines/postgres.py:"
"""Vacuuming takes no bound parameter for a table's name; the register's own names are used."""


def test_sql_is_never_put_together_from_values() -> None:
    runs = {"text", "sa.text", "Statement", "exec_driver_sql", "execute", "executemany"}
    made = [
        place(path, inner)
        for path, function in shipped_nodes(ast.FunctionDef, ast.AsyncFunctionDef)
        if place(path).startswith("storage/")
        for inner in ast.walk(function)
        if isinstance(inner, ast.Call)
        and ast.unparse(inner.func).rpartition(".")[2] in runs
        and inner.args
        and _holds_a_value(inner.args[0])
    ]
    assert [where for where in made if not where.startswith(NAMES_TABLES_OF_THE_REGISTER)] == []


def _holds_a_value(statement: ast.AST) -> bool:
    """Whether a statement is put together from anything but constants of its module."""
    if not isinstance(statement, ast.JoinedStr | ast.BinOp):
        return False
    names = [part.id for part in ast.walk(statement) if isinstance(part, ast.Name)]
    return not all(name.isupper() for name in names)


# -- what is installed and tracked ----------------------------------------------------------


def test_known_bad_versions_are_out_of_reach() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "aiohttp>=3.14.5" in project["dependencies"]
    assert "apscheduler>=3.11,<4" in project["dependencies"]
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pinned = re.search(
            r"^aiohttp==(\d+)\.(\d+)\.(\d+)", (ROOT / lock).read_text(), re.MULTILINE
        )
        assert pinned is not None
        assert tuple(map(int, pinned.groups())) >= (3, 14, 5)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_locked_by_hash_and_from_nowhere_in_particular(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pinned = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    assert [one.partition(" ")[0] for one in pinned if one.strip() and "--hash=" not in one] == []
    assert "://" not in text
    assert "--index-url" not in text


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no checkout: nothing says which files are tracked")
    return [name for name in listed.stdout.split("\0") if name]


NOT_NEEDED_TO_RUN = {".pot"}


def test_an_installed_package_holds_every_file_that_it_needs() -> None:
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packed = {pattern.removeprefix("*") for pattern in setup["package-data"]["*"]}
    shipped = [name for name in tracked() if name.partition("/")[0] in SHIPPED]
    endings = {Path(name).suffix for name in shipped} - {".py"}
    assert endings - packed == NOT_NEEDED_TO_RUN & endings


def test_no_tracked_file_knows_a_machine() -> None:
    machine = re.compile(
        r"(?<![\w.])/(?:work|home|Users|private)/\w|pypi\.|pythonhosted|/simple/|\b(?:10|192\.168)"
        r"\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d"
    )
    known: list[str] = []
    for name in tracked():
        path = ROOT / name
        if not path.is_file() or path == Path(__file__).resolve():
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        known.extend(f"{name}: {found.group()}" for found in machine.finditer(text))
    assert known == []
