"""The words of a result, each with the language that it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.skills.report import AreaReport
from bot.skills.results import Standing
from bot.skills.summary import range_of_mean
from content.frameworks import Framework, QuickCheck
from content.load import Content
from content.words import TextValue


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words and the language that they are in, which may be English for want of a translation."""

    text: str
    language: str


class Wording:
    """Words of one framework or quick check, in a language where they are there in it.

    An earlier version speaks in its own words: they are translated only as far as the present
    version says the same.
    """

    def __init__(self, content: Content, language: str, subject: Framework | QuickCheck) -> None:
        self._words = content.words
        self._language = language
        self._id = subject.id
        self._subject = subject

    def say(self, name: str, own: str) -> Phrase:
        """Return a text of the framework.

        Args:
            name: Its id after `framework.<id>.`.
            own: How the framework says it in English.
        """
        text_id = f"framework.{self._id}.{name}"
        if self._words.still_says(text_id, own):
            spoken = self._words.language_of(text_id, self._language)
            return Phrase(self._words.plain(TextValue(text_id), self._language), spoken)
        return Phrase(own, "en")

    def words(self, text_id: str, **values: Any) -> str:
        """Return a text of the program's own."""
        return self._words.short(text_id, self._language, **values)

    @property
    def title(self) -> Phrase:
        """What the framework is called."""
        return self.say("title", self._subject.title)

    @property
    def label(self) -> Phrase:
        """What has to be said beside it."""
        return self.say("label", self._subject.label)


class SkillWording(Wording):
    """Words of a framework's competences and levels."""

    def __init__(self, content: Content, language: str, framework: Framework) -> None:
        super().__init__(content, language, framework)
        self.framework = framework

    def area(self, code: str) -> Phrase:
        """Return an area's name."""
        title = next(area.title for area in self.framework.areas if area.code == code)
        return self.say(f"area.{code}.title", title)

    def short_area(self, code: str) -> Phrase:
        """Return an area's name where there is little room."""
        short = next(area.short for area in self.framework.areas if area.code == code)
        return self.say(f"area.{code}.button", short)

    def skill(self, code: str) -> Phrase:
        """Return a competence's short name."""
        return self.say(f"skill.{code}.button", self.framework.competences[code].short)

    def full_skill(self, code: str) -> Phrase:
        """Return a competence's title."""
        return self.say(f"skill.{code}.title", self.framework.competences[code].title)

    def can(self, item: str) -> Phrase:
        """Return a can-do sentence; its id where the framework does not have it."""
        sentence = self.framework.find_sentence(item)
        return self.say(f"can.{item}", sentence.can) if sentence else Phrase(item, "en")

    def level(self, level: int) -> Phrase:
        """Return a level's name, 0 being "not yet"."""
        if level == 0:
            return Phrase(self.words("results.level.none"), self._language)
        return self.say(f"level.{level}.name", self.framework.levels[level - 1].name)

    def reading(self, standing: Standing) -> str:
        """Return a level with its range in words."""
        if standing.is_clear:
            return self.level(standing.level).text
        return self.words(
            "results.range",
            low=self.level(standing.low).text,
            high=self.level(standing.high).text,
        )

    def mean(self, area: AreaReport) -> str:
        """Return an area's mean level in words: a band, or between two."""
        low, high = range_of_mean(area.mean, is_rough=area.is_rough)
        if low == high:
            return self.level(low).text
        names = {"low": self.level(low).text, "high": self.level(high).text}
        return self.words("results.between", **names)

    @property
    def scale(self) -> tuple[str, ...]:
        """The names of the four bands, lowest first."""
        return tuple(self.level(number).text for number in range(1, 5))
