"""The records from which employers start: sectors, roles, and problems in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from pydantic import Field

from content.schema import Key, Record, Source, Words
from content.tagging import LEVELS, LevelName, Phrase

SIC_SECTIONS = "ABCDEFGHIJKLMNOPQRS"
"""Sections of SIC 2007 in which employers are found; T and U are households and embassies."""

MAX_LABEL = 24

Section: TypeAlias = Annotated[str, Field(pattern=f"^[{SIC_SECTIONS}]$")]
Label: TypeAlias = Annotated[str, Field(min_length=2, max_length=MAX_LABEL)]
Profile: TypeAlias = Mapping[Key, Mapping[Key, LevelName]]
"""Levels by competence by framework."""


class Sector(Record):
    """A sector that employers choose from.

    Attributes:
        sic: The sections of the national classification that belong to it.
    """

    id: Key
    title: Words
    short: Label
    sic: tuple[Section, ...] = Field(min_length=1)


class Role(Record):
    """A role to start from: what somebody in it should be able to do.

    Attributes:
        group: The file in which it stands, such as "office".
        sectors: Where it is usual; empty for everywhere.
        use: What people in it do.
        profile: Levels by competence by framework.
        about: By competence, the words of what it means in this role where the competence is wide:
            "letters and documents" for creating content. Courses are looked for by them.
    """

    id: Key
    group: Key
    title: Words
    short: Label
    sectors: tuple[Key, ...] = ()
    use: Words
    profile: Profile = Field(min_length=1)
    about: Mapping[Key, Words] = Field(default_factory=dict)

    def levels(self) -> Iterator[tuple[str, str, int]]:
        """Yield framework, competence and level (1 to 4) in the order in which they are written."""
        yield from levels_of(self.profile)


class Problem(Record):
    """A problem in employers' words and what would help.

    Attributes:
        title: Names it.
        because: Why these competences help; shown as the reason.
        say, beside, unless: Phrases as the tagging has them.
        leads_to: Levels by competence by framework.
        elsewhere: Phrases of other languages, each enough by itself.
    """

    id: Key
    title: Words
    because: Words
    say: tuple[Phrase, ...] = Field(min_length=1)
    beside: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    leads_to: Profile = Field(min_length=1)
    elsewhere: tuple[Phrase, ...] = ()

    def levels(self) -> Iterator[tuple[str, str, int]]:
        """Yield framework, competence and level (1 to 4) in the order in which they are written."""
        yield from levels_of(self.leads_to)


class Said(Record):
    """How a problem is said in another language than English."""

    id: Key
    say: tuple[Phrase, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Starts:
    """Everything from which an employer can start.

    Attributes:
        sectors, roles, problems: By id, in the order of the files.
        sources: Where facts of these files come from.
    """

    sectors: Mapping[str, Sector] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def roles_for(self, sector: str) -> tuple[Role, ...]:
        """Return all roles: those usual in a sector first, then those usual everywhere."""
        return tuple(
            sorted(
                self.roles.values(),
                key=lambda role: 0 if sector in role.sectors else 1 if not role.sectors else 2,
            )
        )


def levels_of(profile: Profile) -> Iterator[tuple[str, str, int]]:
    """Yield framework, competence and level, 1 to 4."""
    for framework, levels in profile.items():
        for code, level in levels.items():
            yield framework, code, 1 + LEVELS.index(level)
