"""Values as JSON and back: plain values for logs, typed values for texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bot.conversation.messages import Text, Value
from bot.errors import FlowDefinitionError


def plain(value: Any) -> Any:
    """Return the value as it comes back from JSON: lists for tuples, strings for dates.

    Raises:
        FlowDefinitionError: It cannot be kept as JSON.
    """
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return plain(_json_default(value))


def frozen(value: Any) -> Any:
    """Return a JSON value with its lists made tuples."""
    return tuple(frozen(part) for part in value) if isinstance(value, list) else value


def to_text(value: Any) -> str:
    """Return compact JSON with sorted names, equal for equal values."""
    return json.dumps(
        value,
        default=_json_default,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def text_to_json(text: Text) -> dict[str, Any]:
    """Return a text as JSON, its values with their types: {"t": id, "v": {name: value}}."""
    return {"t": text.id, "v": {name: _typed(value) for name, value in text.values.items()}}


def text_from_json(written: Mapping[str, Any]) -> Text:
    """Return the text that `text_to_json` wrote."""
    values = written.get("v", {})
    return Text(written["t"], {name: _untyped(value) for name, value in values.items()})


def _typed(value: Value) -> Any:
    if isinstance(value, Text):
        return text_to_json(value)
    if isinstance(value, (tuple, list)):
        return [_typed(part) for part in value]
    if isinstance(value, datetime):
        return {"$dt": value.isoformat()}
    if isinstance(value, date):
        return {"$d": value.isoformat()}
    if isinstance(value, time):
        return {"$t": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$n": str(value)}
    return value


def _untyped(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_untyped(part) for part in value)
    if not isinstance(value, Mapping):
        return value  # type: ignore[no-any-return]  # JSON scalars are values
    if "t" in value:
        return text_from_json(value)
    ((kind, written),) = value.items()
    value_of: Value = _TYPES[kind](written)
    return value_of


_TYPES: dict[str, Any] = {
    "$dt": datetime.fromisoformat,
    "$d": date.fromisoformat,
    "$t": time.fromisoformat,
    "$n": Decimal,
}


def _json_default(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise FlowDefinitionError(f"{type(value).__name__} cannot be kept as JSON")
