"""Type a document's values with pydantic, and say what is wrong with file, line and field."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from content.problems import BadContent, Problem
from content.reading import Document, TreePath

Model = TypeVar("Model", bound=BaseModel)

_TOO_EMPTY = ("string_too_short", "date_")


def typed(model: type[Model], document: Document, path: TreePath = (), **more: Any) -> Model:
    """Return the part of a document at `path` as a record, with `more` fields added.

    Raises:
        BadContent: A field is missing, unknown or not what it should be.
    """
    value: Any = document.value
    for step in path:
        value = value[step]
    if isinstance(value, dict):
        value = {**value, **more}
    return typed_value(model, document, path, value)


def typed_value(model: type[Model], document: Document, path: TreePath, value: Any) -> Model:
    """Return a value that stands at `path` of a document as a record.

    Raises:
        BadContent: A field is missing, unknown or not what it should be.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise BadContent(
            _problem(
                document, path, found["loc"], _reason(found["type"], found["msg"], found["input"])
            )
            for found in error.errors(include_url=False, include_context=False)
        ) from error


def _problem(
    document: Document, path: TreePath, location: tuple[int | str, ...], reason: str
) -> Problem:
    full = (*path, *location)
    return Problem(document.file, document.line(full), ".".join(map(str, full)) or "file", reason)


def _reason(kind: str, message: str, value: object) -> str:
    if value == "" and kind.startswith(_TOO_EMPTY):
        return "is empty: write it in"
    return message.removeprefix("Value error, ")
