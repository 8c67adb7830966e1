"""Checks calls against the machine-readable description of the Bot API, where it is at hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.support.fake_bot_api.calls import bad_request

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "data" / "telegram" / "api.json"

_BASIC: dict[str, Callable[[Any], bool]] = {
    "Integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "Float": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "String": lambda v: isinstance(v, str),
    "Boolean": lambda v: isinstance(v, bool),
    "InputFile": lambda v: isinstance(v, bytes),
}


class Specification:
    """The methods and types of the Bot API as its description has them."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self.version: str = description["version"]
        self._methods = {
            name: {f["name"]: f for f in method.get("fields", ())}
            for name, method in description["methods"].items()
        }
        self._types: Mapping[str, Any] = description["types"]
        self._fields = {
            name: {f["name"]: f for f in kind.get("fields", ())}
            for name, kind in self._types.items()
        }

    @classmethod
    def beside(cls) -> Specification | None:
        """Read the description that lies beside the project, or None."""
        return cls(json.loads(BESIDE.read_text("utf-8"))) if BESIDE.is_file() else None

    def check(self, method: str, parameters: Mapping[str, Any]) -> None:
        """Refuse unknown or missing parameters and values of another type.

        Raises:
            ApiError: With every problem found.
        """
        fields = self._methods.get(method)
        if fields is None:
            raise bad_request(f"Bot API has no method {method}")
        problems = self._problems(method, fields, parameters)
        if problems:
            raise bad_request("; ".join(problems))

    def _problems(
        self, where: str, fields: Mapping[str, Any], values: Mapping[str, Any]
    ) -> list[str]:
        found = [f"{where} has no {name!r}" for name in values if name not in fields]
        for name, entry in fields.items():
            if name not in values:
                if entry["required"]:
                    found.append(f"{where} lacks {name!r}")
            elif not any(self._fits(values[name], kind) for kind in entry["types"]):
                found.append(f"{where}.{name} is not {' or '.join(entry['types'])}")
        return found

    def _fits(self, value: Any, kind: str) -> bool:
        if kind.startswith("Array of "):
            inner = kind.removeprefix("Array of ")
            return isinstance(value, list) and all(self._fits(item, inner) for item in value)
        if kind in _BASIC:
            return _BASIC[kind](value)
        if not isinstance(value, dict):
            return False
        subtypes = self._types[kind].get("subtypes")
        if subtypes:
            return any(self._fits(value, subtype) for subtype in subtypes)
        return not self._problems(kind, self._fields[kind], value)
