"""What words are about: topics that the tagging rules know, and what is left of the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from bot.courses.records import Course
from bot.courses.search.knowledge import shipped_knowledge
from bot.courses.search.words import stem
from bot.skills.tagging.inferring import Rules, shipped_rules
from bot.skills.tagging.phrases import clauses

LONGEST = 4_000
TOPIC_WEIGHT = 1.6
EVERYWHERE = frozenset({"digital", "digitally"})
"""Words that tell nothing apart where everything is digital."""
ENOUGH = 0.8
"""A course that has so much of what the words weigh is about the same thing."""

Subject = frozenset[str]


class Topics:
    """Reads words as topics ("topic:spreadsheets" for "Excel") and stems."""

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or shipped_rules()
        knowledge = shipped_knowledge()
        self._silent = knowledge.filler | knowledge.weak | EVERYWHERE
        self._topics: dict[str, list[str]] = {}
        for rule in self._rules.rules:
            for phrase in rule.say:
                self._topics.setdefault(phrase, []).append(f"topic:{rule.id}")

    def of(self, *texts: str) -> Subject:
        """Return what texts are about."""
        said = clauses(texts, LONGEST)
        phrases = {one.phrase for one in self._rules.phrases.find(said)}
        topics = {topic for phrase in phrases for topic in self._topics.get(phrase, ())}
        stems = {
            stem(word)
            for clause in said
            for word in clause
            if word not in self._silent and (len(word) > 2 or word in ("ai", "it", "c++", "c#"))
        }
        return frozenset(topics | stems)


class Subjects:
    """The subjects of a catalogue's courses, and how near each is to words."""

    def __init__(self, courses: Iterable[Course], topics: Topics) -> None:
        self._topics = topics
        self._places: dict[str, list[int]] = {}
        counts: Counter[str] = Counter()
        size = 0
        for at, course in enumerate(courses):
            told = (course.title, *course.keywords, course.summary, course.description)
            about = topics.of(*told)
            counts.update(about)
            for term in about:
                self._places.setdefault(term, []).append(at)
            size += 1
        self._weights = {
            term: log(1 + size / count) * (TOPIC_WEIGHT if term.startswith("topic:") else 1.0)
            for term, count in counts.items()
        }

    def nearness(self, words: str) -> Mapping[int, float]:
        """Return how near courses are to words, 0 to 1, by place; those that are far are left out.

        Words that no course has say nothing; empty where none is left.
        """
        terms = [term for term in sorted(self._topics.of(words)) if term in self._weights]
        total = sum(self._weights[term] for term in terms)
        found: dict[int, float] = {}
        for term in terms:
            weight = self._weights[term] / (total * ENOUGH)
            for at in self._places[term]:
                found[at] = found.get(at, 0.0) + weight
        return {at: min(1.0, nearness) for at, nearness in found.items()}
