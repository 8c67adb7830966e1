"""Tell from a course's own words which competences it teaches, and say which words told it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from bot.courses.records import Course
from bot.skills.tagging.phrases import Clause, Found, Phrases, clauses, said_by_phrase
from bot.skills.tagging.records import Tag
from content.load import SHIPPED
from content.tagging import LEVELS, Tagging, TagRule, read_tagging

METHOD = 1
"""Counts up whenever this code reads the same words differently."""
LONGEST_TEXT, MOST_REASONS, DENIED_WITHIN = 20_000, 5, 3

Said = Mapping[str, tuple[Found, ...]]


class Rules:
    """The words of a content folder, ready to be looked for. Immutable.

    Attributes:
        version: Changes whenever the words do, or what is made of them: then tags are made anew.
    """

    def __init__(self, tagging: Tagging) -> None:
        words = f"{METHOD} {tagging.rules.model_dump_json()} {tagging.labels.model_dump_json()}"
        self.version = hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
        self.words = tagging.rules
        labels = tagging.labels.skills
        self.rules: tuple[TagRule, ...] = (
            *tagging.rules.rules,
            *(
                TagRule(id=f"labels-{number}", competence=one.competence, say=one.labels)
                for number, one in enumerate(labels)
            ),
        )
        self._by_phrase: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            for phrase in rule.say:
                self._by_phrase.setdefault(phrase, []).append(at)
        self.denying = frozenset(tagging.rules.taken_back)
        self.phrases = Phrases(
            chain(
                tagging.rules.digital,
                *tagging.rules.level_words.values(),
                *((*rule.say, *rule.beside, *rule.unless) for rule in self.rules),
            )
        )

    def about(self, said: Said) -> list[TagRule]:
        """Return the rules one of whose phrases was said, in their order."""
        found = {at for phrase in said for at in self._by_phrase.get(phrase, ())}
        return [self.rules[at] for at in sorted(found)]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a course says."""

    course: Course
    said: Said
    is_digital: bool

    def has(self, phrases: Iterable[str]) -> bool:
        return not self.said.keys().isdisjoint(phrases)


@cache
def shipped_rules() -> Rules:
    """Return the rules that come with the program, read once."""
    return Rules(read_tagging(SHIPPED))


def infer_tags(course: Course, rules: Rules | None = None) -> tuple[Tag, ...]:
    """Return what the course's title, summary, description, subjects and level tell, by code.

    Pure: the same course and rules give the same tags. Text is read as words only, whatever it
    holds, and no further than 20,000 signs.
    """
    rules = rules or shipped_rules()
    reading = _read(course, rules)
    about = [rule for rule in rules.about(reading.said) if _speaks(rule, reading)]
    spoken = [rule for rule in about if not rule.otherwise] or about
    if not spoken:
        return ()
    usual = _usual_level(reading, rules)
    by_code: dict[str, list[TagRule]] = {}
    for rule in spoken:
        by_code.setdefault(rule.competence, []).append(rule)
    return tuple(
        Tag(code, _level(usual, by_code[code]), reason=_reason(by_code[code], reading.said))
        for code in sorted(by_code)
    )


def usual_level(course: Course, rules: Rules | None = None) -> int:
    """Return the level, 1 to 4, of a course as a whole, by what it says of itself."""
    rules = rules or shipped_rules()
    return 1 + _usual_level(_read(course, rules), rules)


def _read(course: Course, rules: Rules) -> _Reading:
    told = (course.title, course.summary, course.description)
    named = (*sorted(course.subjects), *sorted(course.keywords))
    said_words = clauses((*told, *named), LONGEST_TEXT)
    found = said_by_phrase(
        one for one in rules.phrases.find(said_words) if not _is_denied(one, said_words, rules)
    )
    return _Reading(course, found, not found.keys().isdisjoint(rules.words.digital))


def _is_denied(found: Found, said: tuple[Clause, ...], rules: Rules) -> bool:
    before = said[found.clause][max(0, found.start - DENIED_WITHIN) : found.start]
    return not rules.denying.isdisjoint(before)


def _speaks(rule: TagRule, reading: _Reading) -> bool:
    return (
        (reading.is_digital or not rule.only_digital)
        and (not rule.beside or reading.has(rule.beside))
        and not reading.has(rule.unless)
    )


def _usual_level(reading: _Reading, rules: Rules) -> int:
    """Return the level of the course as a whole: as it is given, as it is told, or as is usual."""
    words = rules.words
    course = reading.course
    if course.level is not None and course.level.value in words.course_levels:
        return LEVELS.index(words.course_levels[course.level.value])
    for level, phrases in words.level_words.items():
        if reading.has(phrases):
            return LEVELS.index(level)
    return LEVELS.index(words.kinds.get(course.kind.value, words.usual))


def _level(usual: int, rules: Iterable[TagRule]) -> int:
    lows = [LEVELS.index(rule.at_least) for rule in rules if rule.at_least]
    highs = [LEVELS.index(rule.at_most) for rule in rules if rule.at_most]
    return 1 + max([min([usual, *highs]), *lows])


def _reason(rules: Iterable[TagRule], said: Said) -> tuple[str, ...]:
    phrases = {phrase for rule in rules for phrase in rule.say if phrase in said}
    places = sorted(
        chain.from_iterable(said[phrase] for phrase in phrases),
        key=lambda one: (one.clause, one.start, one.said),
    )
    return tuple(_distinct(one.said for one in places))[:MOST_REASONS]


def _distinct(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts that say something new: "use excel" says nothing beside "excel"."""
    kept: list[str] = []
    for text in texts:
        if not any(f" {text} " in f" {other} " for other in kept):
            kept.append(text)
            yield text
