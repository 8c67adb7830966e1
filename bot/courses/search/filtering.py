"""Whether a run of a course meets demands; what is not known does not meet them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.courses.records import Course, CourseInstance, Level, Support
from bot.courses.search.criteria import PARTS, STAGES, Criterion
from bot.courses.search.places import kilometres, matches_town
from bot.courses.search.results import FoundPlace
from bot.courses.search.rows import (
    BITS,
    GROUPS,
    NO_RUN,
    Rows,
    is_full,
    is_past,
    start_date_of,
    start_time_of,
)
from bot.courses.search.words import words_of

_STAGE_WORDS = {
    stage: tuple(f" {word} " for word in words.split())
    for stage, words in {
        "beginners": "beginner beginners introduction introductory intro basic basics starter"
        " starters taster foundation absolute terrified started",
        "intermediate": "intermediate improver improvers",
        "advanced": "advanced higher",
    }.items()
}
_EASY = frozenset({"starts", "hours", "part", "weekdays", "patterns", "place", "max_price", "free"})
_DAYTIME = BITS["patterns:daytime"]


class Demands:
    """Criteria made ready for one catalogue: asks rows whether they meet them."""

    def __init__(
        self,
        criteria: Sequence[Criterion],
        courses: Sequence[Course],
        rows: Rows,
        today: date,
        titles: Sequence[str],
        joining: frozenset[str],
    ) -> None:
        self.criteria = tuple(criteria)
        self._titles = titles
        self._said = [tuple(f" {word} " for word in one.words - joining) for one in self.criteria]
        self._groups = [_group(one) for one in self.criteria]
        self._courses, self._rows, self._today = courses, rows, today
        self._masks = [_mask(one) for one in self.criteria]
        wanted = [one.value for one in self.criteria if one.name == "skills"]
        self._teaching = rows.skills.teaching(wanted[0] if wanted else ())
        self._packed = [
            (mask, group if one.is_read else _ALL)
            for one, mask, group in zip(self.criteria, self._masks, self._groups, strict=True)
            if mask
        ]

    def rows_of(self, document: int, *, is_title: bool = False) -> list[int]:
        """The rows of a document that meet every demand, in the provider's order.

        The words of a title answer a demand that was read from the text where the course itself
        says nothing else. With `is_title` the whole request is this title: then its words do so
        whatever the course says, because they were no demands.
        """
        first, end = self._rows.starts[document], self._rows.starts[document + 1]
        if not self.criteria:
            return list(range(first, end))
        return [
            row
            for row in range(first, end)
            if not self.misses(document, row, is_title=is_title, most=1)
        ]

    def may_meet(self, document: int) -> bool:
        """A quick look: False only where no row can meet what the packed facts decide."""
        masks = self._rows.masks
        for row in range(self._rows.starts[document], self._rows.starts[document + 1]):
            mask = masks[row]
            for wanted, group in self._packed:
                if not mask & wanted and mask & group:
                    break
            else:
                return True
        return False

    def misses(
        self, document: int, row: int, *, is_title: bool = False, most: int = 99
    ) -> list[int]:
        """The positions of the demands that a row does not meet, at most so many."""
        found: list[int] = []
        mask = self._rows.masks[row]
        for at, one in enumerate(self.criteria):
            wanted = self._masks[at]
            if (mask & wanted) if wanted else self._meets(one, document, row):
                continue
            if one.is_read and self._says_so(at, document, mask, is_title=is_title):
                continue
            found.append(at)
            if len(found) >= most:
                break
        return found

    def nearest_rows(self, document: int) -> list[int]:
        """The rows of a document that meet every demand, or else those that miss least."""
        first, end = self._rows.starts[document], self._rows.starts[document + 1]
        missed = {row: self.distance(document, row) for row in range(first, end)}
        least = min(missed.values())
        return [row for row, much in missed.items() if much == least]

    def distance(self, document: int, row: int) -> float:
        """How much a row misses: another time or place is a smaller miss than another thing."""
        missed = self.misses(document, row)
        return sum(1.0 if self.criteria[at].name in _EASY else 1.5 for at in missed)

    def _says_so(self, at: int, document: int, mask: int, *, is_title: bool) -> bool:
        """Whether the title answers a demand about which the course says nothing else."""
        one = self.criteria[at]
        group = self._groups[at]
        if not is_title and (not group or mask & group):
            return False
        title = f" {self._titles[document]} "
        if one.name == "levels" and any(_in_title(level, title) for level in one.value):
            return True
        if one.name == "stage" and any(word in title for word in _STAGE_WORDS[one.value]):
            return True
        if all(word in title for word in self._said[at]):
            return True
        text = self._courses[document].level_text if one.name == "levels" else ""
        return bool(text) and any(_level_said(level, text) for level in one.value)

    def run(self, document: int, row: int) -> CourseInstance:
        """The run of a row; one without any facts for a course without runs."""
        runs = self._courses[document].instances
        return runs[row - self._rows.starts[document]] if runs else NO_RUN

    def _meets(self, one: Criterion, document: int, row: int) -> bool:
        course, run = self._courses[document], self.run(document, row)
        match one.name:
            case "starts":
                first, last = one.value
                return _starts_within(run, first, last, self._today)
            case "hours":
                start = start_time_of(run)
                after, before = one.value
                return (
                    start is not None
                    and (not after or start >= after)
                    and (not before or start <= before)
                )
            case "part":
                return self._in_part(one.value, run, self._rows.masks[row])
            case "max_price":
                return run.cost is not None and bool(run.cost <= one.value)
            case "age":
                return bool((course.min_age or 0) <= one.value <= (course.max_age or 999))
            case "languages":
                return any(
                    _speaks(code, wanted) for code in course.languages for wanted in one.value
                )
            case "providers":
                return course.provider.casefold().strip() in one.value
            case "skills":
                return document in self._teaching
            case "place":
                return self._is_at(one.value, row, run)
            case "only_open":
                return run is not NO_RUN and not is_full(run) and not is_past(run, self._today)
        return False

    @staticmethod
    def _in_part(part: str, run: CourseInstance, mask: int) -> bool:
        after, before = PARTS[part]
        start = start_time_of(run)
        if start is None:
            return part in ("morning", "afternoon") and bool(mask & _DAYTIME)
        return (not after or start >= after) and (not before or start <= before)

    def _is_at(self, place: FoundPlace, row: int, run: CourseInstance) -> bool:
        point = self._rows.points[row]
        if point is not None and place.point is not None:
            return kilometres(place.point, point) <= place.radius_km
        return run.venue is not None and matches_town(place, run.venue)


_ALL = (1 << 64) - 1


def _group(one: Criterion) -> int:
    """The facts that say anything about a demand; a title speaks only where there is none."""
    if one.name == "stage":
        return GROUPS["levels"]
    if one.name == "free":
        return _ALL
    return GROUPS.get(one.name, 0)


def _mask(one: Criterion) -> int:
    """The facts of which a row must have one; 0 where that is not how it is decided."""
    if one.name in GROUPS:
        values = one.value if isinstance(one.value, frozenset) else frozenset({one.value})
        return sum(BITS[f"{one.name}:{value}"] for value in values)
    if one.name == "stage":
        mask = sum(BITS[f"levels:{level}"] for level in STAGES[one.value])
        return mask | (BITS[f"support:{Support.BEGINNERS}"] if one.value == "beginners" else 0)
    return BITS["free:yes"] if one.name == "free" else 0


def _starts_within(run: CourseInstance, first: date | None, last: date | None, today: date) -> bool:
    if run.is_flexible_start:
        return (last is None or last >= today) and not is_past(run, first or today)
    start = start_date_of(run)
    return start is not None and (not first or start >= first) and (not last or start <= last)


def _speaks(code: str, wanted: str) -> bool:
    said, asked = code.lower(), wanted.lower()
    return said == asked or said.split("-")[0] == asked


def _in_title(level: Level, title: str) -> bool:
    """Whether a title says a level: "Level 2", "L2", "NVQ 2", "Entry Level 3", "E3"."""
    return any(form in title for form in _LEVEL_FORMS[level])


def _forms(level: Level) -> tuple[str, ...]:
    scale, number = level.value.split("-")
    forms = (f" {scale} {number} ", f" {scale} level {number} ", f" {scale[0]}{number} ")
    return (*forms, f" nvq {number} ") if scale == "level" else forms


_LEVEL_FORMS = {level: _forms(level) for level in Level}


def _level_said(level: Level, text: str) -> bool:
    scale, number = level.value.split("-")
    said = words_of(text)
    return said in ([scale, number], [scale, "level", number]) if text else False
