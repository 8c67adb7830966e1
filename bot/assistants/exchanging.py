"""Messages of assistants, and how a tool asks for what it tells."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP message of an assistant, or the answer to one."""

    body: bytes
    headers: Mapping[str, str]
    status: int = 200


Ask = Callable[[str, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
"""Answers one use of a tool, by its name and arguments: {"answer": ...} or {"refused": words}."""
