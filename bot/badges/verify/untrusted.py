"""Reading JSON that anybody may have written."""

from __future__ import annotations

import json
from typing import Any, NoReturn

MAX_DOCUMENT = 256 * 1024
MAX_DEPTH = 64


class BadJson(ValueError):  # noqa: N818 - named for what happened
    """The text is no JSON object that we would look at."""


def read_object(text: str | bytes) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        BadJson: It is no object, too large, nested too deep, names a member twice, or holds a
            number or a character that JSON does not have.
    """
    if len(text) > MAX_DOCUMENT:
        raise BadJson("too large")
    try:
        found = json.loads(
            text if isinstance(text, str) else text.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
        )
        _check_depth(found)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except BadJson:
        raise
    except (ValueError, RecursionError) as error:
        raise BadJson(type(error).__name__) from error
    if not isinstance(found, dict):
        raise BadJson("no object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two members of one name may be read as either; what was signed would be in doubt."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("a member is named twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise BadJson(constant)


def _check_depth(value: Any) -> None:
    waiting = [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise BadJson("too deep")
        if isinstance(one, dict):
            waiting.extend((inner, depth + 1) for inner in one.values())
        elif isinstance(one, list):
            waiting.extend((inner, depth + 1) for inner in one)
