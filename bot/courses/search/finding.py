"""Finding: gathering candidates, comparing them closely, keeping those that meet the demands."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.courses.records import Course, Point
from bot.courses.search.asking import Asked
from bot.courses.search.closeness import Closeness
from bot.courses.search.filtering import Demands
from bot.courses.search.gathering import ENOUGH, best_of, gather, gather_texts
from bot.courses.search.knowledge import Knowledge
from bot.courses.search.matching import Matcher, Unit
from bot.courses.search.ranking import Candidate, candidate, ordered
from bot.courses.search.requests import SearchRequest
from bot.courses.search.rows import Rows
from bot.courses.search.vocabulary import Vocabulary
from bot.courses.search.words import words_of

CLOSELY = 100
MOST = 3000
AS_A_SUBJECT = 0.93
WORTH_SHOWING = 0.45
A_TITLE = 0.78
LEAST = 0.3
LONG_REQUEST = 16
SURELY_FOUND = 0.93


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        hits: All candidates that meet the demands, in order.
        alternatives: Where there are no hits: the nearest ones that do not.
        units: What the subject's words stood for.
    """

    hits: list[Candidate]
    alternatives: list[Candidate]
    demands: Demands
    units: Sequence[Unit] = ()


class Finder:
    """Searches one catalogue."""

    def __init__(
        self,
        courses: Sequence[Course],
        vocabulary: Vocabulary,
        rows: Rows,
        matcher: Matcher,
        closeness: Closeness,
        knowledge: Knowledge,
    ) -> None:
        self._courses, self._vocabulary, self._rows = courses, vocabulary, rows
        self._matcher, self._closeness, self._knowledge = matcher, closeness, knowledge

    def find(self, request: SearchRequest, asked: Asked, today: date) -> Found:
        """All courses worth showing for a request."""
        demands = Demands(
            asked.criteria,
            self._courses,
            self._rows,
            today,
            self._vocabulary.titles,
            self._knowledge.joining,
        )
        place = asked.understood.place
        centre = place.point if place is not None and place.point is not None else request.near
        documents = self._of_city(request.city)
        if not asked.words:
            return self._everything(documents, demands, centre, today)
        units = self._matcher.subject_units(asked.subject) if asked.subject else []
        close = self._compare(asked, units, demands, documents)
        hits = self._meeting(close, demands, centre, today)
        if not asked.subject and max((hit.relevance for hit in hits), default=0.0) < A_TITLE:
            return self._everything(documents, demands, centre, today)
        is_near = centre is not None
        if hits:
            ranked = ordered(hits, self._courses, is_near=is_near, is_cheap=asked.reading.is_cheap)
            return Found(ranked, [], demands, units)
        close = self._compare(asked, units, None, documents)
        return Found([], self._alternatives(close, demands, centre, today), demands, units)

    def like(self, course: Course, today: date, most: int) -> list[Candidate]:
        """Courses with titles and subjects like this one's."""
        words = words_of(course.title)
        units = self._matcher.title_units(words, with_slips=False)
        scores = gather(self._vocabulary, self._matcher, units)
        demands = Demands(
            (), self._courses, self._rows, today, self._vocabulary.titles, self._knowledge.joining
        )
        near = {
            document: self._closeness.to_subject(document, course.title, units)
            for document in best_of(scores, self._vocabulary.titles, CLOSELY)
            if self._courses[document].city == course.city
        }
        hits = self._meeting(near, demands, None, today)
        return ordered(hits, self._courses, is_near=False, is_cheap=False)[:most]

    def _of_city(self, city: str) -> Collection[int] | None:
        if not city:
            return None
        return {n for n, course in enumerate(self._courses) if course.city in (city, "")}

    # -- comparing --------------------------------------------------------------------------

    def _compare(
        self,
        asked: Asked,
        units: Sequence[Unit],
        demands: Demands | None,
        documents: Collection[int] | None,
    ) -> dict[int, float]:
        """How relevant the most promising documents are, those that may meet the demands."""

        def promising(scores: dict[int, float]) -> list[int]:
            return self._promising(scores, demands, documents)

        close = self._as_titles(asked, promising, with_slips=False)
        surest = max(close.values(), default=0.0)
        subject = " ".join(asked.subject)
        by_subject: dict[int, float] = {}
        for document in promising(self._gather_subject(units)):
            near = AS_A_SUBJECT * self._closeness.to_subject(document, subject, units)
            by_subject[document] = near
            surest = max(surest, near)
        if surest < WORTH_SHOWING or (
            surest < SURELY_FOUND and 1 < len(asked.words) < LONG_REQUEST
        ):
            for document, near in self._as_titles(asked, promising, with_slips=True).items():
                close[document] = max(close.get(document, 0.0), near)
        return _joined(close, by_subject)

    def _as_titles(
        self, asked: Asked, promising: Callable[[dict[int, float]], list[int]], *, with_slips: bool
    ) -> dict[int, float]:
        units = self._matcher.title_units(asked.words, with_slips=with_slips)
        written = asked.understood.text.lower()
        used = dict(asked.understood.corrections)
        meant = " ".join(used.get(word, word) for word in asked.words)
        return {
            document: self._closeness.to_title(document, asked.typed, meant, written, units)
            for document in promising(gather(self._vocabulary, self._matcher, units))
        }

    def _gather_subject(self, units: Sequence[Unit]) -> dict[int, float]:
        found = gather(self._vocabulary, self._matcher, units)
        if len(found) < ENOUGH:
            found = dict(found)
            for document, score in gather_texts(self._vocabulary, units).items():
                found[document] = found.get(document, 0.0) + score
        return found

    def _promising(
        self, scores: dict[int, float], demands: Demands | None, documents: Collection[int] | None
    ) -> list[int]:
        """The best documents, of the city and such that may meet the demands."""
        if documents is not None:
            scores = {n: score for n, score in scores.items() if n in documents}
        titles = self._vocabulary.titles
        if demands is None or not demands.criteria:
            return best_of(scores, titles, CLOSELY)
        chosen = best_of(scores, titles, 2 * CLOSELY)
        kept = [n for n in chosen if demands.rows_of(n, is_title=True)]
        if len(kept) >= CLOSELY or len(chosen) == len(scores):
            return kept[:CLOSELY]
        others = {n: score for n, score in scores.items() if demands.may_meet(n)}
        for number in chosen:
            others.pop(number, None)
        rest = best_of(others, titles, MOST)
        return kept + [n for n in rest if demands.rows_of(n)][: CLOSELY - len(kept)]

    # -- keeping ----------------------------------------------------------------------------

    def _meeting(
        self, close: dict[int, float], demands: Demands, centre: Point | None, today: date
    ) -> list[Candidate]:
        least = max(LEAST, WORTH_SHOWING * max(close.values(), default=0.0))
        found: list[Candidate] = []
        for document, relevance in close.items():
            if relevance >= least and (
                rows := demands.rows_of(document, is_title=relevance >= A_TITLE)
            ):
                found.append(self._candidate(document, rows, relevance, centre, today))
        return found

    def _candidate(
        self,
        document: int,
        rows: Sequence[int],
        relevance: float,
        centre: Point | None,
        today: date,
    ) -> Candidate:
        course = self._courses[document]
        return candidate(document, rows, relevance, course, self._rows, centre, today)

    def _everything(
        self, documents: Collection[int] | None, demands: Demands, centre: Point | None, today: date
    ) -> Found:
        """Courses without a subject: all that meet the demands."""
        every = range(len(self._courses)) if documents is None else sorted(documents)
        found: list[Candidate] = []
        for document in every:
            rows = demands.rows_of(document, frozenset(), is_title=False)
            if rows:
                found.append(
                    candidate(
                        document, rows, 0.5, self._courses[document], self._rows, centre, today
                    )
                )
        ranked = ordered(found, self._courses, is_near=centre is not None, is_cheap=False)
        if ranked or not demands.criteria:
            return Found(ranked, [], demands)
        close = dict.fromkeys(array("I", list(every)[:MOST]), 0.5)
        return Found([], self._alternatives(close, demands, centre, today), demands)

    def _alternatives(
        self, close: dict[int, float], demands: Demands, centre: Point | None, today: date
    ) -> list[Candidate]:
        """The courses that miss least, the most relevant first."""
        least = 0.6 * max(close.values(), default=0.0)
        found: list[tuple[int, Candidate]] = []
        for document, relevance in close.items():
            if relevance < max(least, LEAST):
                continue
            first, end = self._rows.starts[document], self._rows.starts[document + 1]
            missed = {row: len(demands.misses(document, row)) for row in range(first, end)}
            fewest = min(missed.values())
            rows = [row for row, count in missed.items() if count == fewest]
            found.append((fewest, self._candidate(document, rows, relevance, centre, today)))
        found.sort(key=lambda pair: (pair[1].is_closed, pair[0], *self._likeness(pair[1])))
        return [one for _, one in found]

    def _likeness(self, one: Candidate) -> tuple[float, float, date, str]:
        identity = self._courses[one.document].id
        return -round(one.relevance, 1), one.distance_km or 0.0, one.start, identity


def _joined(as_titles: dict[int, float], by_subject: dict[int, float]) -> dict[int, float]:
    """The better of both; a little of the likeness to the whole request settles what is equal."""
    found: dict[int, float] = {}
    for document in as_titles.keys() | by_subject.keys():
        title, subject = as_titles.get(document, 0.0), by_subject.get(document, 0.0)
        found[document] = (
            title if title >= subject else 0.9 * subject + 0.1 * max(title, 0.5 * subject)
        )
    return found
