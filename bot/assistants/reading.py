"""Reading the values that somebody sends by what is written of them, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from bot.assistants.description import Operation, Parameter, Schema
from bot.errors import BotError

_INTEGER = re.compile(r"-?[0-9]{1,9}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?\Z")
_BOOLEANS = {"true": True, "false": False}
LONGEST = 500


class NotReadError(BotError):
    """A value is not what it may be.

    Attributes:
        parameter: Its name.
        why: "unknown", "missing", "twice", "many", "type", "enum", "low", "high", "long",
            "short" or "pattern".
        allowed: What it may be, where that is one short list, number or form.
    """

    def __init__(self, parameter: str, why: str, allowed: str = "") -> None:
        super().__init__(f"{parameter}: {why} {allowed}".strip())
        self.parameter, self.why, self.allowed = parameter, why, allowed


def read_values(operation: Operation, sent: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the values of an operation: numbers, booleans, texts and lists of texts.

    Args:
        sent: By name every text that was sent, as a query holds them.

    Raises:
        NotReadError: One is unknown, missing, or not what it may be.
    """
    known = {one.name: one for one in operation.parameters}
    for name in sent:
        if name not in known:
            raise NotReadError(name[:60], "unknown", ", ".join(known))
    values = {}
    for one in operation.parameters:
        if one.name in sent:
            values[one.name] = _value(one, sent[one.name])
        elif one.is_required:
            raise NotReadError(one.name, "missing")
    return values


def as_sent(arguments: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return a tool's arguments as a query would hold them; what is null was not sent."""
    return {
        name: [_text(one) for one in (value if isinstance(value, list) else [value])]
        for name, value in arguments.items()
        if value is not None
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _value(parameter: Parameter, texts: Sequence[str]) -> Any:
    schema, name = parameter.schema, parameter.name
    if schema.get("type") == "array":
        if len(texts) > schema["maxItems"]:
            raise NotReadError(name, "many", str(schema["maxItems"]))
        if len(set(texts)) < len(texts):
            raise NotReadError(name, "twice")
        return [_one(name, schema["items"], text) for text in texts]
    if len(texts) > 1:
        raise NotReadError(name, "twice")
    return _one(name, schema, texts[0])


def _one(name: str, schema: Schema, text: str) -> Any:
    if "enum" in schema:
        if text not in schema["enum"]:
            raise NotReadError(name, "enum", ", ".join(schema["enum"]))
        return text
    kind = schema["type"]
    if kind == "boolean":
        if text not in _BOOLEANS:
            raise NotReadError(name, "enum", ", ".join(_BOOLEANS))
        return _BOOLEANS[text]
    if kind in ("integer", "number"):
        return _number(name, schema, text)
    return _words(name, schema, text)


def _number(name: str, schema: Schema, text: str) -> float:
    form = _INTEGER if schema["type"] == "integer" else _NUMBER
    if not form.match(text):
        raise NotReadError(name, "type", schema["type"])
    number = int(text) if schema["type"] == "integer" else float(text)
    if not isfinite(number) or number > schema["maximum"]:
        raise NotReadError(name, "high", str(schema["maximum"]))
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    if number < least or (number == least and "exclusiveMinimum" in schema):
        raise NotReadError(name, "low", str(least))
    return number


def _words(name: str, schema: Schema, text: str) -> str:
    if len(text) > schema.get("maxLength", LONGEST):
        raise NotReadError(name, "long", str(schema.get("maxLength", LONGEST)))
    if len(text) < schema.get("minLength", 0):
        raise NotReadError(name, "short", str(schema["minLength"]))
    if "\0" in text:
        raise NotReadError(name, "type", "string")
    if "pattern" in schema and not re.search(schema["pattern"].replace("$", r"\Z"), text):
        raise NotReadError(name, "pattern", schema.get("examples", [schema["pattern"]])[0])
    if schema.get("format") == "date":
        _check_day(name, text)
    return text


def _check_day(name: str, text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise NotReadError(name, "type", "date") from error
