"""What the courses of a catalogue teach: which have a skill, and what a skill is called."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.courses.phrases import Phrase
from bot.courses.records import Course

Levels = Mapping[str, Sequence[tuple[str, int]]]
"""By course id, each competence that it teaches with the level, 1 to 4."""


@dataclass(frozen=True, slots=True)
class Skills:
    """What courses teach, as a catalogue is indexed with it.

    Attributes:
        levels: Of the courses that teach anything known.
        frameworks: By competence code, the id of the framework that it stands in.
    """

    levels: Levels = field(default_factory=dict)
    frameworks: Mapping[str, str] = field(default_factory=dict)

    def phrase(self, skill: str) -> Phrase:
        """Name a skill ("1.3", or with a level "1.3:2") in words."""
        code, _, level = skill.partition(":")
        framework = self.frameworks.get(code)
        if framework is None:
            return Phrase("search.chip.skill_code", {"code": code})
        named = Phrase(f"framework.{framework}.skill.{code}.button")
        if not level:
            return Phrase("search.chip.skill", {"skill": named})
        to = Phrase(f"framework.{framework}.level.{level}.name")
        return Phrase("search.chip.skill_level", {"skill": named, "level": to})


class SkillRows:
    """The same by the documents of one index, so that a skill finds its courses at once."""

    def __init__(self, courses: Sequence[Course], skills: Skills) -> None:
        self.skills = skills
        self._documents: dict[str, array[int]] = {}
        for document, course in enumerate(courses):
            for code, level in skills.levels.get(course.id, ()):
                for name in (code, f"{code}:{level}"):
                    self._documents.setdefault(name, array("I")).append(document)

    def teaching(self, wanted: Iterable[str]) -> frozenset[int]:
        """Return the documents that teach one of these skills."""
        return frozenset(
            document for skill in wanted for document in self._documents.get(skill, ())
        )

    def levels_of(self, course_id: str, code: str) -> Iterator[int]:
        """Yield the level to which a course teaches a competence, if it does."""
        for own, level in self.skills.levels.get(course_id, ()):
            if own == code:
                yield level


NO_SKILLS = Skills()


def is_skill(text: str) -> bool:
    """Tell whether a text is a competence's code, with or without a level from 1 to 4."""
    code, colon, level = text.partition(":")
    is_code = 2 < len(code) <= 60 and all(one.isalnum() or one in ".-" for one in code)
    return is_code and (not colon or level in ("1", "2", "3", "4"))
