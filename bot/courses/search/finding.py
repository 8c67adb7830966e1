"""Finding: gathering candidates, comparing them closely, keeping those that meet the demands."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
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

CLOSELY = 150
MOST = 3000
AS_A_SUBJECT = 0.93
WORTH_SHOWING = 0.45
A_TITLE = 0.86
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
        demands = Demands(asked.criteria, self._courses, self._rows, today, self._knowledge.joining)
        place = asked.understood.place
        centre = place.point if place is not None and place.point is not None else request.near
        documents = self._of_city(request.city)
        if not asked.words:
            return self._everything(documents, demands, centre, today)
        units = self._matcher.subject_units(asked.subject) if asked.subject else []
        close = self._compare(asked, units, demands, documents)
        hits = self._meeting(close, demands, centre, today)
        if not hits and not asked.subject:
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
        demands = Demands((), self._courses, self._rows, today, self._knowledge.joining)
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
        as_title = self._matcher.title_units(asked.words, with_slips=False)
        scores = self._open(gather(self._vocabulary, self._matcher, as_title), demands, documents)
        close = self._as_titles(scores, asked, as_title)
        subject = " ".join(asked.subject)
        by_subject = self._gather_subject(units, demands, documents)
        chosen = best_of(by_subject, self._vocabulary.titles, CLOSELY)
        for document in {*chosen, *close}:
            near = (
                AS_A_SUBJECT * self._closeness.to_subject(document, subject, units) if units else 0
            )
            close[document] = max(close.get(document, 0.0), near)
        best = max(close.values(), default=0.0)
        if best < SURELY_FOUND and len(asked.words) > 1:
            slipped = self._matcher.title_units(asked.words, with_slips=True)
            scores = self._open(
                gather(self._vocabulary, self._matcher, slipped), demands, documents
            )
            for document, near in self._as_titles(scores, asked, slipped).items():
                close[document] = max(close.get(document, 0.0), near)
        return close

    def _as_titles(
        self, scores: dict[int, float], asked: Asked, units: Sequence[Unit]
    ) -> dict[int, float]:
        chosen = best_of(scores, self._vocabulary.titles, CLOSELY)
        return {
            document: self._closeness.to_title(document, asked.typed, units) for document in chosen
        }

    def _gather_subject(
        self, units: Sequence[Unit], demands: Demands | None, documents: Collection[int] | None
    ) -> dict[int, float]:
        found = self._open(gather(self._vocabulary, self._matcher, units), demands, documents)
        if len(found) < ENOUGH:
            texts = self._open(gather_texts(self._vocabulary, units), demands, documents)
            for document, score in texts.items():
                found[document] = found.get(document, 0.0) + score
        return found

    def _open(
        self, scores: dict[int, float], demands: Demands | None, documents: Collection[int] | None
    ) -> dict[int, float]:
        """Only documents of the city that may meet the demands."""
        if documents is not None:
            scores = {n: score for n, score in scores.items() if n in documents}
        if demands is None or not demands.criteria:
            return scores
        return {
            n: score
            for n, score in scores.items()
            if demands.rows_of(n, self._title(n), is_title=True)
        }

    def _title(self, document: int) -> frozenset[str]:
        return frozenset(self._vocabulary.titles[document].split())

    # -- keeping ----------------------------------------------------------------------------

    def _meeting(
        self, close: dict[int, float], demands: Demands, centre: Point | None, today: date
    ) -> list[Candidate]:
        least = WORTH_SHOWING * max(close.values(), default=0.0)
        found: list[Candidate] = []
        for document, relevance in close.items():
            if relevance < least or relevance <= 0.1:
                continue
            rows = demands.rows_of(document, self._title(document), is_title=relevance >= A_TITLE)
            if rows:
                course = self._courses[document]
                found.append(
                    candidate(document, rows, relevance, course, self._rows, centre, today)
                )
        return found

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
            if relevance < max(least, 0.1):
                continue
            first, end = self._rows.starts[document], self._rows.starts[document + 1]
            title = self._title(document)
            missed = {row: len(demands.misses(document, row, title)) for row in range(first, end)}
            fewest = min(missed.values())
            rows = [row for row, count in missed.items() if count == fewest]
            course = self._courses[document]
            one = candidate(document, rows, relevance, course, self._rows, centre, today)
            found.append((fewest, one))
        found.sort(
            key=lambda pair: (
                pair[1].is_closed,
                pair[0],
                -round(pair[1].relevance, 1),
                pair[1].distance_km or 0,
                pair[1].start,
                self._courses[pair[1].document].id,
            )
        )
        return [one for _, one in found]
