"""What can be earned: one file a badge, checked when it is read.

`content/badges/<id>.yaml` says what a badge stands for and how long it is good. Its words are
texts, `badge.<id>.name`, `.description`, `.criteria`, `.caption` and `.how`, so that they are
translated like all others. Whoever changes what a badge stands for counts its version up: badges
that were awarded before keep saying what they said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from content.frameworks import Framework, LevelNumber
from content.problems import BadContent, Problem
from content.reading import Document, read_yaml
from content.schema import Key, Record
from content.typed import typed

FOLDER = "badges"
WORDS = ("name", "description", "criteria", "caption", "how")

PlanId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,23}$")]
Version: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{1,3}$")]
Kind: TypeAlias = Literal[
    "assessment",
    "attendance",
    "completion",
    "pathway",
    "informal",
    "in-work",
    "volunteering",
    "pledge",
]
Confirmed: TypeAlias = Literal["self", "provider", "named", "parts", "staff"]
About: TypeAlias = Literal["itself", "area", "course", "pathway", "skill"]
OfficialType: TypeAlias = Literal[
    "Assessment",
    "Badge",
    "CertificateOfCompletion",
    "CommunityService",
    "Competency",
    "Course",
    "LearningProgram",
    "MicroCredential",
]
Shape: TypeAlias = Literal["circle", "shield", "hexagon", "square"]
Sign: TypeAlias = Literal["steps", "chair", "tick", "route", "leaf", "bench", "people", "heart"]


class Art(Record):
    """How the badge looks: a shape with a sign in it, in the city's colour.

    Attributes:
        shape: Provider-verified badges and self-declared ones never share one.
    """

    shape: Shape
    sign: Sign


class Stands(Record):
    """A level of a competence that a badge stands for."""

    framework: Key
    competence: Key
    level: LevelNumber


class BadgePlan(Record):
    """A badge that can be earned.

    Attributes:
        id: The name of its file.
        version: Counts up when it comes to stand for something else.
        kind: How it is earned.
        type: What Open Badges calls it.
        about: What each award is about: the badge itself, or an area, course, pathway or skill.
        confirmed: Who says that it was earned: the person alone, a provider, somebody whom the
            person named, the parts that are held, or staff.
        framework: For badges about an area: whose areas.
        months: How long it is good; 0 for ever.
        stands: Levels of competences; for badges about something they follow from that.
        tags: Words by which other people's software sorts badges; not shown here.
    """

    id: PlanId
    version: Version
    kind: Kind
    type: OfficialType
    about: About
    confirmed: Confirmed
    art: Art
    framework: str = ""
    months: Annotated[int, Field(ge=0, le=120)] = 0
    stands: tuple[Stands, ...] = ()
    tags: tuple[Annotated[str, Field(min_length=2, max_length=40)], ...] = ()

    @property
    def is_self_declared(self) -> bool:
        """Whether nobody but the person says so."""
        return self.confirmed == "self"

    def text(self, name: str) -> str:
        """Return the id of one of its texts, such as "name"."""
        return f"badge.{self.id}.{name}"

    @property
    def texts(self) -> tuple[str, ...]:
        """The ids of all its texts."""
        return tuple(self.text(name) for name in WORDS)

    @model_validator(mode="after")
    def _stands_for_something(self) -> BadgePlan:
        if self.about == "itself" and not self.stands:
            raise ValueError("name the levels of competences that it stands for, in `stands`")
        if self.about != "itself" and self.stands:
            raise ValueError(
                f"what it stands for follows from its {self.about}: leave out `stands`"
            )
        if (self.about == "area") != bool(self.framework):
            raise ValueError("a badge about an area names its framework, and no other does")
        return self

    @model_validator(mode="after")
    def _never_looks_tested(self) -> BadgePlan:
        if (self.kind == "assessment") != (self.type == "Assessment"):
            raise ValueError("a self-assessment, and nothing else, is of the type Assessment")
        if self.kind == "assessment" and not self.is_self_declared:
            raise ValueError("a self-assessment is confirmed by nobody but the person: `self`")
        return self


def read_badges(
    root: Path,
    frameworks: Mapping[str, Framework],
    texts: Mapping[str, object],
    problems: list[Problem],
) -> dict[str, BadgePlan]:
    """Read every badge of a content folder; what is wrong is added to `problems`.

    Args:
        root: The folder.
        frameworks: Those whose competences badges may stand for, by id.
        texts: All texts, by id.
        problems: Where faults go.
    """
    found: dict[str, BadgePlan] = {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            document = read_yaml(path, root)
            plan = typed(BadgePlan, document, id=path.stem)
        except BadContent as error:
            problems.extend(error.problems)
            continue
        problems.extend(_joins(plan, document, frameworks, texts))
        found[plan.id] = plan
    problems.extend(_same_look(found))
    return found


def _joins(
    plan: BadgePlan,
    document: Document,
    frameworks: Mapping[str, Framework],
    texts: Mapping[str, object],
) -> Iterator[Problem]:
    """Yield what names something that is not there."""
    for text_id in plan.texts:
        if text_id not in texts:
            yield Problem(document.file, 0, "file", f"the text {text_id} is missing")
    if plan.framework and plan.framework not in frameworks:
        line = document.line(("framework",))
        yield Problem(document.file, line, "framework", f"there is no framework {plan.framework}")
    for at, stands in enumerate(plan.stands):
        framework = frameworks.get(stands.framework)
        if framework is None or stands.competence not in framework.competences:
            reason = f"{stands.framework} has no competence {stands.competence}"
            yield Problem(document.file, document.line(("stands", at)), f"stands.{at}", reason)


def _same_look(found: Mapping[str, BadgePlan]) -> Iterator[Problem]:
    """Yield badges that look alike though only one of them was confirmed by others."""
    for plan in found.values():
        alike = [one for one in found.values() if one.art.shape == plan.art.shape]
        if plan.is_self_declared and any(not one.is_self_declared for one in alike):
            reason = f"the shape {plan.art.shape} is that of badges that others confirm"
            yield Problem(f"{FOLDER}/{plan.id}.yaml", 0, "art.shape", reason)
