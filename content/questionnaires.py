"""The records that a questionnaire is made of, checked when they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Field, model_validator

from content.conditions import Clause, Condition, clauses
from content.needs import Label
from content.schema import Key, Record, Words

LONGEST_TEXT, MOST_SCALE = 2_000, 10

Kind: TypeAlias = Literal["choice", "several", "number", "scale", "text", "place", "grid"]
Audience: TypeAlias = Literal["employer", "provider", "learner"]
Form: TypeAlias = Literal["plain", "web", "email"]


class Option(Record):
    """One of the answers that can be chosen.

    Attributes:
        id: What is kept, and what conditions name.
        label: What a button says.
        text: The id of that text.
    """

    id: Key
    label: Label
    text: str


class GridRow(Record):
    """A competence of a grid: where people are, and where they should be."""

    framework: Key
    competence: Key

    @property
    def id(self) -> str:
        """What is kept with an answer."""
        return f"{self.framework}:{self.competence}"


class Question(Record):
    """One question.

    Attributes:
        id: What is kept with an answer; stays when words change a little.
        ask, help: What is read; `help` may be empty.
        kind: How it is answered: "choice" (one option), "several", "number", "scale" (from
            `least` to `most`), "text", "place", or "grid" (levels now and needed by competence).
        options: In order; for choices alone.
        has_other: Whether something else may be typed.
        needed: Whether it cannot be skipped.
        least, most: Bounds of a number or a scale, of how many options, or of a text's length.
        unit: What a number counts, such as "people"; empty for none.
        low, high: What the ends of a scale mean.
        form: What a text has to be.
        rows: Competences of a grid; `rows_from` a question whose roles or problems bring them.
        when: When it is asked; None for always.
        prefill: What is known under this name is offered as an answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    id: Key
    ask: Words
    help: str = Field(default="", max_length=400)
    kind: Kind
    options: tuple[Option, ...] = ()
    has_other: bool = False
    needed: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = Field(default="", max_length=40)
    low: str = Field(default="", max_length=60)
    high: str = Field(default="", max_length=60)
    form: Form = "plain"
    rows: tuple[GridRow, ...] = ()
    rows_from: Key | Literal[""] = ""
    when: Condition | None = None
    prefill: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Question:
        reason = _fault(self)
        if reason:
            raise ValueError(reason)
        return self

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of its options."""
        return tuple(option.id for option in self.options)

    def conditions(self) -> Iterator[Clause]:
        """Yield every test of when it is asked."""
        if self.when is not None:
            yield from clauses(self.when)


def _fault(one: Question) -> str:
    """Return what a question of its kind lacks, or has and cannot have."""
    has_options = one.kind in ("choice", "several")
    if has_options != bool(one.options):
        return f"a {one.kind} question has {'options' if has_options else 'no options'}"
    if len(set(one.option_ids)) != len(one.options):
        return "two options have one id"
    if one.has_other and not has_options:
        return "has_other belongs to questions with options"
    if (one.kind == "grid") != bool(one.rows or one.rows_from):
        return "rows or rows_from belong to a grid, and a grid has them"
    if one.least is not None and one.most is not None and one.least > one.most:
        return "least is more than most"
    if one.kind == "scale" and not (
        one.least is not None
        and one.most is not None
        and 1 <= one.most - one.least <= MOST_SCALE
        and one.least == one.least.to_integral_value()
        and one.most == one.most.to_integral_value()
    ):
        return f"a scale has whole numbers as least and most, at most {MOST_SCALE} apart"
    return "" if one.form == "plain" or one.kind == "text" else "form belongs to a text"


class Section(Record):
    """Questions that belong together.

    Attributes:
        title: Shown above them; empty for none. "{item}" in it is what it is repeated for.
        for_each: A question of which each chosen option repeats the section; empty for once.
        questions: In order.
    """

    id: Key
    title: str = Field(default="", max_length=200)
    for_each: Key | Literal[""] = ""
    questions: tuple[Question, ...] = Field(min_length=1)


class Questionnaire(Record):
    """A questionnaire of one version.

    Attributes:
        id: The name of its file.
        version: A whole number; changes whenever answers would mean something else.
        title, intro, thanks: What people read before and after.
        short: For a button.
        minutes: How long it takes most people.
        audience: Who is asked.
        sections: In order.
        is_earlier: An earlier version, kept so that its answers can be read.
    """

    id: Key
    version: Annotated[int, Field(ge=1, le=9_999)]
    title: Words
    short: Label
    intro: Words
    thanks: Words
    minutes: Annotated[int, Field(ge=1, le=60)]
    audience: Audience
    sections: tuple[Section, ...] = Field(min_length=1)
    is_earlier: bool = False

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its id."""
        return {one.id: one for section in self.sections for one in section.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section of every question."""
        return {one.id: section for section in self.sections for one in section.questions}

    def text_id(self, name: str) -> str:
        """Return the id of one of its texts; an earlier version has texts of its own."""
        version = f".{self.version}" if self.is_earlier else ""
        return f"questionnaire.{self.id}{version}.{name}"
