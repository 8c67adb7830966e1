"""Going back to an earlier version of the content without losing what people did meanwhile.

Answers, results and routes are kept under the version in which they were seen. What goes back to
older words therefore counts its version on, and the newer one is kept where it can be read.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.publishing.taking import Taken, take, take_framework
from content.load import Content, inspect

_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
_COUNTED = re.compile(r"(questionnaires|pathways)/([a-z0-9_-]+)\.(yaml|csv)")
_FRAMEWORK = re.compile(r"frameworks/([a-z0-9_-]+)/")


def go_back(live: Path, target: Path, paths: Iterable[str]) -> Iterator[Taken]:
    """Yield what has to be put over the content in use, so that it says what an earlier one said.

    Args:
        live: The folder in use.
        target: The folder of the earlier version.
        paths: Files that differ between them and of which versions are counted.
    """
    paths = sorted(paths)
    content = inspect(live)[0]
    for path in paths:
        found = _COUNTED.fullmatch(path)
        if found and (target / path).exists():
            yield _counted(content, live, target, path)
    for key in sorted({one[1] for path in paths if (one := _FRAMEWORK.match(path))}):
        if (target / "frameworks" / key / "framework.yaml").exists():
            yield _framework(live, target, key)


def _counted(content: Content, live: Path, target: Path, path: str) -> Taken:
    body = (target / path).read_text(encoding="utf-8")
    next_one = _now(content, path) + 1
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / Path(path).name
        source.write_text(_with_version(body, next_one, source.suffix), encoding="utf-8")
        return take(live, live, path, source)


def _now(content: Content, path: str) -> int:
    key = Path(path).stem
    if path.startswith("questionnaires/"):
        asked = content.questionnaires.current.get(key)
        return asked.version if asked else 0
    route = content.pathways.current.get(key)
    return int(route.version) if route else 0


def _with_version(body: str, version: int, ending: str) -> str:
    if ending != ".csv":
        return _VERSION.sub(f'version: "{version}"', body, count=1)
    rows = list(csv.DictReader(io.StringIO(body, newline="")))
    for row in rows:
        if row.get("question") == "version":
            row["ask"] = str(version)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _framework(live: Path, target: Path, key: str) -> Taken:
    """Take a framework as it was; the version of the one in use is counted on."""
    with tempfile.TemporaryDirectory() as name:
        given = Path(name) / key
        kept = shutil.ignore_patterns("versions")
        shutil.copytree(target / "frameworks" / key, given, ignore=kept)
        now = _VERSION.search((live / "frameworks" / key / "framework.yaml").read_text("utf-8"))
        head = given / "framework.yaml"
        if now is not None:
            said = head.read_text("utf-8")
            head.write_text(_VERSION.sub(lambda _: now[0], said, count=1), "utf-8")
        return take_framework(live, key, given)
