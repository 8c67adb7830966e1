"""Comparing a request with the most promising courses of a catalogue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bot.courses.search.asking import Asked
from bot.courses.search.closeness import Closeness, Typed, Wanted
from bot.courses.search.filtering import Demands
from bot.courses.search.gathering import ENOUGH, best_of, gather, gather_texts
from bot.courses.search.matching import Matcher, Unit
from bot.courses.search.vocabulary import Vocabulary

CLOSELY = 70
DEEPER = 3000
WORTH_A_LOOK = 0.3
AS_A_SUBJECT = 0.93
SURELY_FOUND = 0.93
WORTH_SHOWING = 0.45
A_TITLE = 0.78
MAYBE_A_TITLE = 0.62
LIKE_A_TITLE = 0.4
ENOUGH_OPEN = 40
FEW = 10


@dataclass(slots=True)
class Compared:
    """How relevant courses are.

    Attributes:
        relevance: By document, 0 to 1.
        titles: Documents whose title the whole request is: none of its words is a filter there.
        by_title, by_subject: How near each came, read as a title and as a subject.
    """

    relevance: dict[int, float] = field(default_factory=dict)
    titles: set[int] = field(default_factory=set)
    by_title: dict[int, float] = field(default_factory=dict)
    by_subject: dict[int, float] = field(default_factory=dict)

    @property
    def best(self) -> float:
        """The highest relevance, 0 where nothing was found."""
        return max(self.relevance.values(), default=0.0)


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look: what courses must meet (None: nothing), and of which city they must be."""

    demands: Demands | None = None
    documents: Collection[int] | None = None


class Comparer:
    """Compares requests with the courses of one catalogue."""

    def __init__(self, vocabulary: Vocabulary, matcher: Matcher, closeness: Closeness) -> None:
        self._vocabulary, self._matcher, self._closeness = vocabulary, matcher, closeness

    def compare(self, asked: Asked, units: Sequence[Unit], within: Within) -> Compared:
        """Read the request both as a title and as a subject; the better reading counts."""
        found = Compared()
        wanted = Wanted(units, is_subject=True)
        self._as_title(found, asked, wanted, within, with_slips=False)
        as_title = found.best
        subject = " ".join(asked.subject)
        by_subject = {
            document: AS_A_SUBJECT * self._closeness.to_subject(document, subject, wanted)
            for document in self._promising(self._gather_subject(units), within)
        }
        if by_subject and self._are_few(by_subject, within):
            for document in self._promising(gather_texts(self._vocabulary, units), within):
                near = AS_A_SUBJECT * self._closeness.to_subject(document, subject, wanted)
                by_subject.setdefault(document, near)
        surest = max(as_title, max(by_subject.values(), default=0.0))
        may_be_title = as_title > LIKE_A_TITLE and len(asked.words) > 1
        if surest < WORTH_SHOWING or (may_be_title and surest < SURELY_FOUND):
            self._as_title(found, asked, wanted, within, with_slips=True)
        found.by_title, found.by_subject = dict(found.relevance), by_subject
        for document, near in by_subject.items():
            title = found.relevance.get(document, 0.0)
            if near > title:
                found.relevance[document] = 0.9 * near + 0.1 * max(title, 0.5 * near)
        return found

    @staticmethod
    def _are_few(documents: Collection[int], within: Within) -> bool:
        """Whether so few of the documents meet the demands that mentions are worth a look."""
        demands = within.demands
        if demands is None or not demands.criteria:
            return False
        meeting = (n for n in documents if demands.rows_of(n))
        return sum(1 for _ in islice(meeting, FEW)) < FEW

    def like(self, words: Sequence[str], title: str) -> Compared:
        """Courses whose titles are like one that exists."""
        units = self._matcher.title_units(words, with_slips=False)
        scores = gather(self._vocabulary, self._matcher, units)
        wanted = Wanted(units)
        chosen = best_of(scores, self._vocabulary.titles, CLOSELY)
        return Compared({n: self._closeness.to_subject(n, title, wanted) for n in chosen})

    def _as_title(
        self, found: Compared, asked: Asked, subject: Wanted, within: Within, *, with_slips: bool
    ) -> None:
        units = self._matcher.title_units(asked.words, with_slips=with_slips)
        wanted, typed = Wanted(units), _typed(asked)
        best = found.best
        for document in self._promising(gather(self._vocabulary, self._matcher, units), within):
            least = max(WORTH_SHOWING * best, found.relevance.get(document, 0.0))
            near, has_all = self._closeness.to_title(document, typed, wanted, least)
            if near <= least or not (
                near > MAYBE_A_TITLE
                or not subject.units
                or self._closeness.answers(document, subject)
            ):
                continue
            found.relevance[document] = near
            best = max(best, near)
            if near >= A_TITLE and has_all:
                found.titles.add(document)

    def _gather_subject(self, units: Sequence[Unit]) -> dict[int, float]:
        found = gather(self._vocabulary, self._matcher, units)
        if len(found) < ENOUGH:
            found = dict(found)
            for document, score in gather_texts(self._vocabulary, units).items():
                found[document] = found.get(document, 0.0) + score
        return found

    def _promising(self, scores: dict[int, float], within: Within) -> list[int]:
        """The best documents, of the city and such that may meet the demands."""
        if within.documents is not None:
            scores = {n: score for n, score in scores.items() if n in within.documents}
        titles, demands = self._vocabulary.titles, within.demands
        if demands is None or not demands.criteria:
            return best_of(scores, titles, CLOSELY)
        chosen = best_of(scores, titles, 2 * CLOSELY)
        kept = [n for n in chosen if demands.rows_of(n, is_title=True)]
        if len(kept) >= ENOUGH_OPEN or len(chosen) == len(scores):
            return kept[:CLOSELY]
        seen = frozenset(chosen)
        least = WORTH_A_LOOK * scores[chosen[0]]
        others = {
            n: s for n, s in scores.items() if s > least and n not in seen and demands.may_meet(n)
        }
        for document in best_of(others, titles, DEEPER):
            if demands.rows_of(document):
                kept.append(document)
                if len(kept) >= CLOSELY:
                    break
        return kept


def _typed(asked: Asked) -> Typed:
    used = dict(asked.understood.corrections)
    words = [used.get(word, word) for word in asked.words]
    return Typed(asked.typed, " ".join(words), asked.understood.text.lower(), frozenset(words))
