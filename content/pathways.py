"""The records that pathways are made of: routes of steps towards something that people want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from content.frameworks import LevelNumber
from content.schema import Key, Record
from content.texts import SourceText

LEAST_STEPS, MOST_STEPS = 4, 8

Group: TypeAlias = Literal["life", "work", "sectors"]
GROUPS: tuple[Group, ...] = ("life", "work", "sectors")

WayKind: TypeAlias = Literal[
    "course", "event", "drop-in", "self-paced", "volunteering", "in-work", "family", "badge"
]
Outcome: TypeAlias = Literal["life", "jobs", "learning"]

PathwayId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9-]{2,24}$")]
StepId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9-]{2,16}$")]
Version: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
Weeks: TypeAlias = Annotated[int, Field(ge=1, le=52)]


class Way(Record):
    """One way to take a step.

    Attributes:
        search: What to look for in the catalogue; empty where there is nothing to look for.
        text: The id of the text that says how; empty where a search says it all.
    """

    search: str = Field(default="", max_length=80)
    text: str = ""

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Way:
        if not self.search and not self.text:
            raise ValueError("needs words that say how, or something to search for")
        return self


class Step(Record):
    """One step of a pathway.

    Attributes:
        id: Stays from version to version for as long as the step means the same.
        needs: The level, 1 to 4, that it asks for in each competence, by code.
        weeks: About how long it takes with a lesson or two a week.
        ways: By their kind.
        goal, short: Ids of the texts that say what one can do then, and of its short name.
    """

    id: StepId
    needs: Mapping[Key, LevelNumber] = Field(min_length=1, max_length=4)
    weeks: Weeks
    ways: Mapping[WayKind, Way] = Field(min_length=2)
    goal: str
    short: str


class Pathway(Record):
    """A route of steps.

    Attributes:
        id: The name of its file.
        version: Counts up when steps change their meaning, come or go.
        group: Where people find it.
        place: Where it stands in its group: lower ones come first.
        frameworks: The frameworks of the competences that it needs.
        is_draft: One of those is a draft: said wherever the pathway is shown.
        steps: In the order in which they are best taken.
        sources: Ids of the sources of facts in it.
        title, button, who: Ids of texts: its name, a short name, and who it is for.
        leads_to: What it leads to, as ids of texts: everyday life, jobs, further learning.
    """

    id: PathwayId
    version: Version
    group: Group
    place: Annotated[int, Field(ge=1, le=99)] = 50
    frameworks: tuple[Key, ...] = ("digcomp3",)
    is_draft: bool = False
    steps: tuple[Step, ...] = Field(min_length=LEAST_STEPS, max_length=MOST_STEPS)
    sources: tuple[Key, ...] = ()
    title: str
    button: str
    who: str
    leads_to: Mapping[Outcome, str] = Field(min_length=1)

    @property
    def weeks(self) -> int:
        """About how many weeks the whole of it takes."""
        return sum(step.weeks for step in self.steps)

    @property
    def competences(self) -> tuple[str, ...]:
        """The codes of every competence that it needs, in the order of its steps."""
        return tuple(dict.fromkeys(code for step in self.steps for code in step.needs))

    def find_step(self, step: str) -> Step | None:
        """Return a step by its id."""
        return next((one for one in self.steps if one.id == step), None)


@dataclass(frozen=True, slots=True)
class Pathways:
    """Every pathway of a content folder.

    Attributes:
        current: The present version of each, by id, in the order of the groups.
        earlier: Versions that some people still follow, by id and version.
        texts: The words of all of them.
    """

    current: Mapping[str, Pathway] = field(default_factory=dict)
    earlier: Mapping[tuple[str, str], Pathway] = field(default_factory=dict)
    texts: tuple[SourceText, ...] = ()

    def find(self, pathway: str, version: str = "") -> Pathway | None:
        """Return a pathway in the version asked for, or else as it is now."""
        return self.earlier.get((pathway, version)) or self.current.get(pathway)

    def of_group(self, group: str) -> tuple[Pathway, ...]:
        """Return the pathways of a group."""
        return tuple(one for one in self.current.values() if one.group == group)

    def needing(self, competence: str) -> tuple[Pathway, ...]:
        """Return the pathways that need a competence."""
        return tuple(one for one in self.current.values() if competence in one.competences)
