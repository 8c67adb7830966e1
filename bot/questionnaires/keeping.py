"""Answers as bytes and back, whole after weeks; what cannot be read is refused, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from bot.questionnaires.records import SKIPPED, Filled, GridCell, Key, Value
from content.conditions import number


class BadAnswers(ValueError):  # noqa: N818 - said as one says it
    """Bytes are no answers."""


def dump_answers(filled: Filled) -> bytes:
    """Return answers as JSON; equal answers give equal bytes."""
    rows = [
        {"question": key.question, "item": key.item, **_dumped(filled.answers[key])}
        for key in sorted(filled.answers)
    ]
    return orjson.dumps(
        {"questionnaire": filled.questionnaire, "version": filled.version, "answers": rows}
    )


def load_answers(body: bytes | str) -> Filled:
    """Return what `dump_answers` wrote.

    Raises:
        BadAnswers: It is something else.
    """
    try:
        tree: Any = orjson.loads(body)
        answers = {
            Key(str(row["question"]), str(row["item"])): _value(row) for row in tree["answers"]
        }
        return Filled(str(tree["questionnaire"]), int(tree["version"]), answers)
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadAnswers("these are no answers to a questionnaire") from error


def _dumped(value: Value) -> Mapping[str, Any]:
    if value is SKIPPED:
        return {"skipped": True}
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, Decimal):
        return {"number": format(value, "f")}
    if isinstance(value, tuple) and value and isinstance(value[0], GridCell):
        cells = [one for one in value if isinstance(one, GridCell)]
        return {"grid": {one.row: [one.now, one.should] for one in cells}}
    return {"chosen": value}


def _value(row: Mapping[str, Any]) -> Value:
    if row.get("skipped"):
        return SKIPPED
    if "text" in row:
        return str(row["text"])
    if "number" in row:
        found = number(str(row["number"]))
        if found is None:
            raise ValueError("no number")
        return found
    if "grid" in row:
        return tuple(
            GridCell(key, int(now), int(should)) for key, (now, should) in row["grid"].items()
        )
    return tuple(str(one) for one in row["chosen"])
