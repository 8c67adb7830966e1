"""What may be asked, as openapi.yaml says it: the one place for addresses, tools and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

FILE = "openapi.yaml"
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value that an operation takes.

    Attributes:
        schema: What it may be, by JSON Schema, with nothing referred to.
    """

    name: str
    description: str
    schema: Schema
    is_required: bool = False

    @property
    def choices(self) -> Sequence[str]:
        """What it may be, where that is a short list."""
        one = self.schema.get("items", self.schema)
        if one.get("type") == "boolean":
            return ("true", "false")
        return tuple(one.get("enum", ()))

    @property
    def example(self) -> str:
        """How one looks, where that is not clear by itself."""
        examples = self.schema.get("items", self.schema).get("examples", ("",))
        return str(examples[0])

    @property
    def is_list(self) -> bool:
        """Whether it may be given more than once."""
        return bool(self.schema.get("type") == "array")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that may be asked.

    Attributes:
        id: Its name, also that of the tool.
        path: Its address, with "{name}" for values that stand in it.
        summary, description: What it is for.
    """

    id: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]


@cache
def document() -> Mapping[str, Any]:
    """Return the whole description, an OpenAPI document."""
    loaded: Mapping[str, Any] = yaml.safe_load(
        files("bot.assistants").joinpath(FILE).read_text(encoding="utf-8")
    )
    return loaded


@cache
def operations() -> Mapping[str, Operation]:
    """Return what may be asked, by id, in the order of the description."""
    return {
        operation.id: operation
        for path, methods in document()["paths"].items()
        for operation in (_operation(path, methods["get"]),)
    }


def tools() -> Sequence[Mapping[str, Any]]:
    """Return the same as tools of an assistant: name, description and schema of the input."""
    return [
        {
            "name": one.id,
            "title": one.summary,
            "description": one.description or one.summary,
            "inputSchema": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    own.name: {**own.schema, "description": own.description}
                    for own in one.parameters
                },
                "required": [own.name for own in one.parameters if own.is_required],
            },
        }
        for one in operations().values()
    ]


def _operation(path: str, told: Mapping[str, Any]) -> Operation:
    return Operation(
        id=told["operationId"],
        path=path,
        summary=told["summary"],
        description=told.get("description", ""),
        parameters=tuple(_parameter(_plain(one)) for one in told["parameters"]),
    )


def _parameter(told: Mapping[str, Any]) -> Parameter:
    schema = _plain(told["schema"])
    if "items" in schema:
        schema = {**schema, "items": _plain(schema["items"])}
    return Parameter(told["name"], told["description"], schema, told.get("required", False))


def _plain(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference stands for, or what is no reference as it is."""
    reference = told.get("$ref")
    if reference is None:
        return told
    found: Any = document()
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return _plain(found)
