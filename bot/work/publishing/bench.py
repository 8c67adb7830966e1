"""Where content is tried: a process of its own that answers lines of JSON and may fall over.

What staff upload is read here first: a file that no reader survives ends this process and not the
chats, and a second content never stands in the memory of the program.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import ImportRefused
from bot.publishing.differing import differ
from bot.publishing.examining import examine
from bot.publishing.folder import lay_over
from bot.publishing.going_back import go_back
from bot.publishing.screens import groups, screens
from bot.publishing.sheets import as_po, as_workbook, left
from bot.publishing.taking import Taken, take
from content.load import Content, inspect
from content.problems import BadContent, Problem

MOST_MEMORY = 2 * 1024**3
MOST_TOLD = 300
"""Faults: a file that is wrong in every line needs no more to be mended."""


@lru_cache(maxsize=1)
def _content(root: str, version: str) -> Content:
    del version  # only tells one reading from the next
    return inspect(Path(root))[0]


def _read(path: str | None) -> bytes | None:
    return None if path is None else Path(path).read_bytes()


def _lay(base: str, files: Mapping[str, str | None], folder: str) -> bool:
    bodies = {path: _read(body) for path, body in files.items()}
    lay_over(Path(base), bodies, Path(folder))
    return True


def _examine(live: str, root: str) -> list[dict[str, Any]]:
    return [asdict(one) for one in examine(Path(live), Path(root))[:MOST_TOLD]]


def _take(
    live: str, draft: str, path: str, source: str, out: str, *, is_read: bool
) -> dict[str, Any]:
    return _put_out(take(Path(live), Path(draft), path, Path(source), is_read=is_read), out)


def _back(live: str, target: str, paths: list[str], out: str) -> list[dict[str, Any]]:
    return [_put_out(one, out) for one in go_back(Path(live), Path(target), paths)]


def _put_out(taken: Taken, out: str) -> dict[str, Any]:
    files: dict[str, str | None] = {}
    for path, body in taken.files.items():
        place = Path(out) / f"{len(list(Path(out).iterdir()))}"
        if body is not None:
            place.write_bytes(body)
        files[path] = None if body is None else str(place)
    problems = [asdict(one) for one in taken.problems[:MOST_TOLD]]
    return {"files": files, "problems": problems, "count": taken.count}


def _differ(pairs: Iterable[tuple[str, str | None, str | None]]) -> list[dict[str, Any]]:
    return [asdict(differ(path, _read(before), _read(after))) for path, before, after in pairs]


def _groups(root: str, version: str) -> dict[str, int]:
    return groups(_content(root, version))


def _screens(root: str, version: str, file: str, language: str, city: str) -> list[dict[str, Any]]:
    content = _content(root, version)
    return [asdict(one) for one in screens(content, file, language, city)]


def _left(root: str, version: str) -> dict[str, list[dict[str, Any]]]:
    content = _content(root, version)
    return {key: [asdict(one) for one in left(content, key)] for key in content.translations}


def _sheet(
    root: str, version: str, language: str, form: str, what: Any, file: str, out: str
) -> str:
    write = as_workbook if form == "xlsx" else as_po
    place = Path(out) / f"sheet.{form}"
    place.write_bytes(write(_content(root, version), language, what, file))
    return str(place)


def _workbook(root: str, version: str, path: str, out: str) -> str | None:
    """Write a questionnaire or a framework's sentences as a workbook; None where there is none."""
    from bot.questionnaires.sheets import write_xlsx as write_questions
    from bot.skills.sheets import write_xlsx as write_sentences

    content, place = _content(root, version), Path(out) / "sheet.xlsx"
    asked = content.questionnaires.current.get(Path(path).stem)
    framework = content.frameworks.get(Path(path).parent.name)
    if path.startswith("questionnaires/") and asked:
        write_questions(place, asked)
    elif path.startswith("frameworks/") and framework:
        write_sentences(framework, place)
    else:
        return None
    return str(place)


ACTS: Mapping[str, Callable[..., Any]] = {
    "lay": _lay,
    "examine": _examine,
    "take": _take,
    "back": _back,
    "differ": _differ,
    "groups": _groups,
    "screens": _screens,
    "left": _left,
    "sheet": _sheet,
    "workbook": _workbook,
}


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked for; every failure has words for whoever asked."""
    try:
        return {"done": ACTS[question.pop("do")](**question)}
    except BadContent as error:
        return {"problems": [asdict(one) for one in error.problems]}
    except ImportRefused as refusal:
        return {"refused": refusal.text_id, "values": refusal.values}
    except RecursionError:
        reason = "is nested too deeply"
        return {"problems": [asdict(Problem("", 0, "file", reason))]}
    except Exception:  # noqa: BLE001 - whatever a file does to a reader, the next question is asked
        traceback.print_exc()
        return {"failed": True}


def _bound() -> None:
    """Come last, and take no more memory than the largest content needs."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        os.nice(10)


def main() -> None:
    """Answer questions until nobody asks any more."""
    _bound()
    for line in sys.stdin.buffer:
        said = json.dumps(answer(json.loads(line)), default=str).encode()
        sys.stdout.buffer.write(said + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
