"""The facts of the accessibility statement: when it was looked over, tried, and what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from content.problems import BadContent, Problem
from content.reading import read_yaml
from content.schema import Record
from content.typed import typed

FILE: Final = "accessibility.yaml"
GOOD_FOR: Final = timedelta(days=365)
"""After that a statement has to be looked over again."""
TESTED_WITHIN: Final = timedelta(days=365)
WHILE_DRAFTS: Final = "drafts"

FactKey: TypeAlias = Annotated[str, Field(pattern=r"^[a-z_]{2,24}$")]
MaybeDay: TypeAlias = date | Literal[""]


class Method(Record):
    """A way in which the service is tested, and when it last was."""

    key: FactKey
    on: date


class Issue(Record):
    """What does not work yet; `planned` is when it is to be mended, empty where nobody said."""

    key: FactKey
    found: date
    planned: MaybeDay = ""


class Statement(Record):
    """The facts of the statement.

    Attributes:
        reviewed: When somebody last looked it over.
        expert, people: When an outside expert, and people with disabilities, last tried the
            service; empty for never.
    """

    reviewed: date = date.min
    methods: tuple[Method, ...] = ()
    expert: MaybeDay = ""
    people: MaybeDay = ""
    issues: tuple[Issue, ...] = ()

    def shown_issues(self, *, has_drafts: bool) -> tuple[Issue, ...]:
        """Return what does not work; drafts are an issue for as long as there are any."""
        return tuple(one for one in self.issues if has_drafts or one.key != WHILE_DRAFTS)

    def overdue(self, today: date) -> Iterator[str]:
        """Yield what has to be done about the statement, in plain words."""
        if today - self.reviewed > GOOD_FOR:
            yield f"was last looked over on {self.reviewed}: more than a year ago"
        for method in self.methods:
            if today - method.on > TESTED_WITHIN:
                yield f"says that {method.key} was last tested on {method.on}"
        for issue in self.issues:
            if issue.planned and issue.planned < today:
                yield f"says that {issue.key} will be mended by {issue.planned}"

    def text_ids(self) -> Iterator[str]:
        """Yield the texts that it is said with."""
        yield from (f"web.accessibility.method.{one.key}" for one in self.methods)
        yield from (f"web.accessibility.issue.{one.key}" for one in self.issues)


def read_statement(root: Path, texts: Collection[str], problems: list[Problem]) -> Statement:
    """Read the facts; what is wrong with them is added to `problems`.

    Args:
        texts: The ids of all texts.
    """
    if not (root / FILE).exists():
        return Statement()
    try:
        found: Statement = typed(Statement, read_yaml(root / FILE, root))
    except BadContent as error:
        problems.extend(error.problems)
        return Statement()
    missing = [one for one in found.text_ids() if one not in texts]
    problems.extend(Problem(FILE, 0, one, "there is no such text") for one in missing)
    return found
