"""What is wrong with content: every fault names its file, line and field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a content file.

    Attributes:
        file: The file, relative to the content folder.
        line: Counted from 1; 0 where it is not known.
        field: The path of the field, such as `wards.3.lat`, or a text id.
        reason: What is wrong and what would be right.
        severity: An "error" keeps the content from being used; a "warning" does not.
    """

    file: str
    line: int
    field: str
    reason: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.reason}"


class BadContent(Exception):  # noqa: N818 - said as one says it: the content is bad
    """Content cannot be used as it is; `problems` says everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))
