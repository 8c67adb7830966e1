"""The catalogue's search index: immutable, built at once, swapped whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.courses.records import Course
from bot.courses.search.asking import Asked, Asker
from bot.courses.search.closeness import Closeness
from bot.courses.search.comparing import Comparer
from bot.courses.search.finding import Finder
from bot.courses.search.knowledge import Knowledge, shipped_knowledge
from bot.courses.search.matching import Matcher
from bot.courses.search.places import Places, places_for
from bot.courses.search.presenting import Presenter
from bot.courses.search.reading import Facts, Reader
from bot.courses.search.requests import SearchRequest
from bot.courses.search.results import Hit, SearchResult, Understood, Weight
from bot.courses.search.rows import Rows
from bot.courses.search.skills import NO_SKILLS, Skills
from bot.courses.search.spelling import Speller
from bot.courses.search.subject import SubjectReader
from bot.courses.search.vocabulary import Vocabulary

__all__ = ["CourseIndex"]

A_MEANING, A_NAME = 0.3, 0.6


class CourseIndex:
    """All courses of a catalogue, ready to be searched. Safe to share between threads."""

    def __init__(
        self,
        courses: tuple[Course, ...],
        now: date,
        knowledge: Knowledge,
        places: Places,
        skills: Skills = NO_SKILLS,
    ) -> None:
        self._courses = courses
        self._places = {course.id: at for at, course in enumerate(courses)}
        self.now = now
        vocabulary = Vocabulary(courses)
        rows = Rows(courses, places.of_venue, skills)
        speller = Speller(vocabulary, knowledge, places.words)
        matcher = Matcher(vocabulary, knowledge, speller)
        facts = Facts(rows.unknown(), frozenset(rows.languages))
        reader = Reader(knowledge, places, vocabulary.subject_words(), facts)
        self._asker = Asker(knowledge, places, vocabulary, speller, reader, skills)
        comparer = Comparer(vocabulary, matcher, Closeness(vocabulary, knowledge))
        self._subjects = SubjectReader(vocabulary, knowledge, matcher)
        self._finder = Finder(
            courses, vocabulary, rows, self._subjects, comparer, knowledge.joining
        )
        self._rows = rows
        self._presenter = Presenter(courses, vocabulary, rows)

    @classmethod
    def build(
        cls,
        courses: Iterable[Course],
        now: date,
        *,
        knowledge: Knowledge | None = None,
        places: Places | None = None,
        skills: Skills = NO_SKILLS,
    ) -> CourseIndex:
        """Index the courses.

        Args:
            courses: In any order; the order changes no answer. Of two with one id the last counts.
            now: The local day from which past and "next month" count.
            knowledge: What staff say of words; the shipped content where None.
            places: Places that requests may name; those of the courses' cities where None.
            skills: What the courses teach.
        """
        unique = {course.id: course for course in courses}
        ordered = tuple(unique[key] for key in sorted(unique))
        found = places if places is not None else places_for(ordered)
        return cls(ordered, now, knowledge or shipped_knowledge(), found, skills)

    def __len__(self) -> int:
        return len(self._courses)

    def __iter__(self) -> Iterator[Course]:
        return iter(self._courses)

    def get(self, course_id: str) -> Course | None:
        """The course with this id, None where there is none."""
        at = self._places.get(course_id)
        return None if at is None else self._courses[at]

    def understand(self, text: str, request: SearchRequest | None = None) -> Understood:
        """How a line of text is read, without searching; `request` gives place, day and filters."""
        given = request or SearchRequest()
        return self._ask(
            SearchRequest(
                text,
                given.filters,
                given.near,
                now=given.now,
                ignored=given.ignored,
                city=given.city,
            )
        ).understood

    def search(self, request: SearchRequest) -> SearchResult:
        """The best courses for a request. Never raises, whatever the text."""
        asked = self._ask(request)
        today = request.now or self.now
        return self._presenter.present(
            request, asked, self._finder.find(request, asked, today), today
        )

    def explain(self, request: SearchRequest) -> dict[str, Weight]:
        """What the place of each course rests on that a search finds, by course id."""
        asked = self._ask(request)
        found = self._finder.find(request, asked, request.now or self.now)
        return self._presenter.weighed(found)

    def among(self, request: SearchRequest, course_ids: Iterable[str]) -> tuple[Hit, ...]:
        """Those of some courses that a search would show, however far down, the best first.

        For news: whether a new course answers a search does not hang on how many others do.
        """
        asked, today = self._ask(request), request.now or self.now
        documents = frozenset(at for one in course_ids if (at := self._places.get(one)) is not None)
        found = self._finder.find_among(request, asked, today, documents)
        return self._presenter.hits(asked, found)

    def teaching(self, competence: str) -> dict[str, int]:
        """By course id, the level to which courses teach a competence."""
        skills, found = self._rows.skills, {}
        for document in sorted(skills.teaching([competence])):
            course_id = self._courses[document].id
            found[course_id] = max(skills.levels_of(course_id, competence))
        return found

    def judge(self, request: SearchRequest, course_ids: Iterable[str]) -> tuple[Hit, ...]:
        """These courses as they suit a request's filters and place, each with what it misses.

        Ids that are unknown are left out; the words of a subject are not looked at.
        """
        asked, today = self._ask(request), request.now or self.now
        documents = [at for one in course_ids if (at := self._places.get(one)) is not None]
        return self._presenter.judged(self._finder.judge(request, asked, documents, today))

    def names_subject(self, text: str) -> bool:
        """Whether words name something to learn that the catalogue answers, and are no mere talk.

        A phrase that staff gave a meaning needs little else; other words must come near a title.
        """
        request = SearchRequest(text)
        asked = self._ask(request)
        if not asked.subject:
            return False
        found = self._finder.find(request, asked, self.now)
        best = max((hit.relevance for hit in found.hits or found.alternatives), default=0.0)
        is_meant = any(self._subjects.is_meant(unit) for unit in found.units)
        return best >= (A_MEANING if is_meant else A_NAME)

    def similar(self, course_id: str, limit: int = 3) -> tuple[Hit, ...]:
        """Courses like this one, without itself; empty where the id is unknown."""
        course = self.get(course_id)
        if course is None:
            return ()
        found = self._finder.like(course, self.now, limit + 1)
        return self._presenter.similar(course, found, limit)

    def _ask(self, request: SearchRequest) -> Asked:
        return self._asker.ask(request, request.now or self.now)
