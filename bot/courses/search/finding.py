"""Finding: the courses worth showing, in order, and the nearest ones where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.courses.records import Course, Point
from bot.courses.search.asking import Asked
from bot.courses.search.comparing import A_TITLE, FEW, WORTH_SHOWING, Compared, Comparer, Within
from bot.courses.search.criteria import Criterion
from bot.courses.search.filtering import Demands
from bot.courses.search.matching import Unit
from bot.courses.search.ranking import Candidate, candidate, ordered
from bot.courses.search.requests import SearchRequest
from bot.courses.search.rows import Rows
from bot.courses.search.subject import SubjectReader
from bot.courses.search.vocabulary import Vocabulary
from bot.courses.search.words import words_of

LEAST = 0.14
BROWSED = 0.5
MOST = 600


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        hits: All candidates that meet the demands, in order.
        alternatives: Where there are no hits: the nearest ones that do not.
        units: What the subject's words stood for.
        compared: How near courses came; None where no subject was named.
    """

    hits: list[Candidate]
    alternatives: list[Candidate]
    demands: Demands
    units: Sequence[Unit] = ()
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class _From:
    """From where and when somebody looks."""

    centre: Point | None
    today: date


class Finder:
    """Searches one catalogue."""

    def __init__(
        self,
        courses: Sequence[Course],
        vocabulary: Vocabulary,
        rows: Rows,
        subjects: SubjectReader,
        comparer: Comparer,
        joining: frozenset[str],
    ) -> None:
        self._courses, self._vocabulary, self._rows = courses, vocabulary, rows
        self._subjects, self._comparer, self._joining = subjects, comparer, joining
        self._cities: dict[str, frozenset[int]] = {}
        self._soonest: tuple[date, list[int]] = (date.min, [])

    def find(
        self,
        request: SearchRequest,
        asked: Asked,
        today: date,
        among: frozenset[int] | None = None,
    ) -> Found:
        """All courses worth showing for a request; with `among`, of these documents only."""
        demands = self._demands(asked.criteria, today)
        here = self._within(request.city, asked.criteria)
        if among is not None:
            here = among if here is None else here & among
        within = Within(demands, here)
        place = asked.understood.place
        centre = place.point if place is not None and place.point is not None else request.near
        seen = _From(centre, today)
        if not asked.words:
            return self._everything(within, demands, seen)
        units = self._subjects.units(asked.subject) if asked.subject else []
        compared = self._comparer.compare(asked, units, within)
        hits = self._meeting(compared, demands, seen)
        if not asked.subject and max((hit.relevance for hit in hits), default=0.0) < A_TITLE:
            return self._everything(within, demands, seen)
        if hits:
            ranked = ordered(
                hits,
                self._courses,
                is_near=centre is not None,
                is_cheap=asked.reading.is_cheap,
                words=len(asked.words),
            )
            return Found(ranked, [], demands, units, compared)
        compared = self._comparer.compare(asked, units, Within(None, within.documents))
        nearest = self._alternatives(compared, demands, seen)
        return Found([], nearest, demands, units, compared)

    def find_among(
        self, request: SearchRequest, asked: Asked, today: date, among: frozenset[int]
    ) -> Found:
        """Those of some documents that would be worth showing among all, however far down."""
        found = self.find(request, asked, today, among)
        if found.hits:
            every = self.find(request, asked, today)
            best = max((one.relevance for one in every.hits), default=0.0)
            kept = [one for one in found.hits if one.relevance >= WORTH_SHOWING * best]
            found = replace(found, hits=kept)
        return found

    def judge(
        self, request: SearchRequest, asked: Asked, documents: Sequence[int], today: date
    ) -> Found:
        """Documents as they meet the demands, each with the run that misses least."""
        demands = self._demands(asked.criteria, today)
        place = asked.understood.place
        centre = place.point if place is not None and place.point is not None else request.near
        seen = _From(centre, today)
        judged = [
            self._candidate(one, demands.nearest_rows(one), BROWSED, seen) for one in documents
        ]
        return Found([], judged, demands)

    def like(self, course: Course, today: date, most: int) -> list[Candidate]:
        """Courses of the same city with titles like this one's."""
        compared = self._comparer.like(words_of(course.title), course.title)
        near = {n: r for n, r in compared.relevance.items() if self._courses[n].city == course.city}
        hits = self._meeting(Compared(near), self._demands((), today), _From(None, today))
        return ordered(hits, self._courses, is_near=False, is_cheap=False)[:most]

    def _demands(self, criteria: Sequence[Criterion], today: date) -> Demands:
        titles = self._vocabulary.titles
        return Demands(criteria, self._courses, self._rows, today, titles, self._joining)

    def _within(self, city: str, criteria: Sequence[Criterion]) -> frozenset[int] | None:
        """Where to look: in a city, and where a skill is asked for only where it is taught."""
        here = self._of_city(city)
        for one in criteria:
            if one.name == "skills":
                teaching = self._rows.skills.teaching(one.value)
                here = teaching if here is None else here & teaching
        return here

    def _of_city(self, city: str) -> frozenset[int] | None:
        """The documents of a city and of none; None where those are all."""
        if not city:
            return None
        if city not in self._cities:
            courses = enumerate(self._courses)
            here = frozenset(n for n, course in courses if course.city in (city, ""))
            self._cities[city] = here
        found = self._cities[city]
        return None if len(found) == len(self._courses) else found

    def _meeting(self, compared: Compared, demands: Demands, seen: _From) -> list[Candidate]:
        """The relevant courses that meet the demands; where they are few, also lesser ones."""
        least = max(LEAST, WORTH_SHOWING * compared.best)
        found: list[Candidate] = []
        lesser: list[Candidate] = []
        for document, relevance in compared.relevance.items():
            rows = demands.rows_of(document, is_title=document in compared.titles)
            if rows and relevance >= LEAST:
                one = self._candidate(document, rows, relevance, seen)
                (found if relevance >= least else lesser).append(one)
        if found and demands.criteria and len(found) < FEW:
            lesser.sort(key=lambda one: (-one.relevance, one.document))
            found += lesser[: FEW - len(found)]
        return found

    def _candidate(
        self, document: int, rows: Sequence[int], relevance: float, seen: _From
    ) -> Candidate:
        course = self._courses[document]
        return candidate(document, rows, relevance, course, self._rows, seen.centre, seen.today)

    # -- without a subject --------------------------------------------------------------------

    def _everything(self, within: Within, demands: Demands, seen: _From) -> Found:
        """Courses without a subject: those that meet the demands, at most the soonest 600."""
        found: list[Candidate] = []
        every = self._by_start(seen.today)
        for document in every:
            if within.documents is not None and document not in within.documents:
                continue
            if demands.may_meet(document) and (rows := demands.rows_of(document)):
                found.append(self._candidate(document, rows, BROWSED, seen))
                if len(found) >= MOST:
                    break
        ranked = ordered(found, self._courses, is_near=seen.centre is not None, is_cheap=False)
        if ranked or not demands.criteria:
            return Found(ranked, [], demands)
        some = [n for n in every if within.documents is None or n in within.documents][:MOST]
        compared = Compared(dict.fromkeys(some, BROWSED))
        return Found([], self._alternatives(compared, demands, seen), demands)

    def _by_start(self, today: date) -> list[int]:
        """All documents: those that can be joined first, the soonest start first."""
        day, order = self._soonest
        if day != today or len(order) != len(self._courses):
            nowhere = _From(None, today)
            each = [
                self._candidate(n, self._every_row(n), 0.0, nowhere)
                for n in range(len(self._courses))
            ]
            each.sort(key=lambda one: (one.is_closed, one.start < today, one.start, one.document))
            order = [one.document for one in each]
            self._soonest = today, order
        return order

    def _every_row(self, document: int) -> range:
        return range(self._rows.starts[document], self._rows.starts[document + 1])

    # -- where nothing meets the demands ---------------------------------------------------------

    def _alternatives(self, compared: Compared, demands: Demands, seen: _From) -> list[Candidate]:
        """The courses that miss least, the most relevant first."""
        least = max(LEAST, 0.6 * compared.best)
        found: list[tuple[float, Candidate]] = []
        for document, relevance in compared.relevance.items():
            if relevance >= least:
                rows = self._every_row(document)
                missed = {row: demands.distance(document, row) for row in rows}
                fewest = min(missed.values())
                best = [row for row, count in missed.items() if count == fewest]
                found.append((fewest, self._candidate(document, best, relevance, seen)))
        found.sort(key=lambda pair: (pair[1].is_closed, pair[0], *self._likeness(pair[1])))
        return [one for _, one in found]

    def _likeness(self, one: Candidate) -> tuple[float, float, date, str]:
        identity = self._courses[one.document].id
        return -round(one.relevance, 1), one.distance_km or 0.0, one.start, identity
