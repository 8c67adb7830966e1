"""What staff see of content: files, what an upload came to, a draft as it would go live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.publishing.differing import Difference
from bot.publishing.records import Draft, Published
from content.problems import Problem

Of: TypeAlias = Literal["live", "draft"]
"""Whether what is in use is meant, or that with somebody's draft over it."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the content in use.

    Attributes:
        about: What it says of itself in its first line; empty where it says nothing.
        is_changed: Staff published it over what the program came with.
        is_in_draft: The draft of whoever asks changes it.
    """

    path: str
    size: int
    about: str = ""
    is_changed: bool = False
    is_in_draft: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What is in use.

    Attributes:
        current: The newest version that was published.
        in_use: The number of the one that this program uses.
        problems: Why the newest is not in use; none where it is.
        drafted: How many files the draft of whoever asks changes.
    """

    current: Published
    in_use: int
    problems: Sequence[Problem] = ()
    drafted: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of an upload: either files are in the draft, or `refused` says why not.

    Attributes:
        refused: The id of a text, with `values` for it; empty where it was taken.
        problems: What is wrong with it, or was left out of it.
        count: Of a translation: how many texts it changes.
    """

    paths: Sequence[str] = ()
    refused: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A draft as it would go live.

    Attributes:
        problems: Of the whole content with it; an error among them keeps it from going live.
        clashes: Files that somebody else published since the draft was begun.
        seen: The version that it was held against.
    """

    draft: Draft
    differences: Sequence[Difference]
    problems: Sequence[Problem]
    clashes: frozenset[str]
    seen: int

    @property
    def is_possible(self) -> bool:
        """Whether it may go live."""
        return not self.clashes and not any(one.severity == "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class Step:
    """One version against another.

    Attributes:
        on: The number of the one that it is held against.
    """

    version: Published
    differences: Sequence[Difference]
    on: int
