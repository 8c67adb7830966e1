"""From candidates to the answer: hits with reasons, counts, what was relaxed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.courses.phrases import Phrase
from bot.courses.records import Course
from bot.courses.search.asking import Asked
from bot.courses.search.comparing import Compared
from bot.courses.search.finding import Found
from bot.courses.search.ranking import Candidate
from bot.courses.search.requests import SearchRequest
from bot.courses.search.results import Chip, Hit, SearchResult, Weight
from bot.courses.search.rows import BITS, NO_RUN, Rows
from bot.courses.search.vocabulary import Vocabulary

MOST_HITS = 200
COUNTED = 400
FEW = 5


class Presenter:
    """Makes answers for one catalogue."""

    def __init__(self, courses: Sequence[Course], vocabulary: Vocabulary, rows: Rows) -> None:
        self._courses, self._vocabulary, self._rows = courses, vocabulary, rows

    def present(
        self,
        request: SearchRequest,
        asked: Asked,
        found: Found,
        today: date,  # noqa: ARG002
    ) -> SearchResult:
        """The answer to a request."""
        start = max(0, request.offset)
        page = found.hits[start : start + max(0, min(request.limit, MOST_HITS))]
        others = found.alternatives[: max(0, min(request.limit, FEW))]
        alternatives = tuple(self._alternative(one, found) for one in others)
        missed = {chip for hit in alternatives for chip in hit.misses}
        chips = asked.understood.chips
        return SearchResult(
            hits=tuple(self._hit(one, asked, found) for one in page),
            total=len(found.hits),
            understood=asked.understood,
            corrections=asked.understood.corrections,
            counts=self._counts(found.hits[:COUNTED]),
            relaxed=tuple(chip for chip in chips if chip.id in missed),
            alternatives=alternatives,
        )

    def hits(self, asked: Asked, found: Found) -> tuple[Hit, ...]:
        """Every hit, in order."""
        return tuple(self._hit(one, asked, found) for one in found.hits)

    def weighed(self, found: Found) -> dict[str, Weight]:
        """What the place of each course that was found rests on, by course id."""
        compared = found.compared or Compared()
        return {
            self._courses[one.document].id: Weight(
                relevance=round(one.relevance, 4),
                by_title=compared.by_title.get(one.document),
                by_subject=compared.by_subject.get(one.document),
                start=None if one.start == date.max else one.start,
                distance_km=one.distance_km,
                is_closed=one.is_closed,
            )
            for one in (found.hits or found.alternatives)
        }

    def judged(self, found: Found) -> tuple[Hit, ...]:
        """Every judged course with what it misses, in the order in which it was asked about."""
        return tuple(self._alternative(one, found) for one in found.alternatives)

    def similar(self, course: Course, found: Sequence[Candidate], limit: int) -> tuple[Hit, ...]:
        """Hits that are like a course, without itself."""
        reason = Phrase("search.reason.similar", {"title": course.title})
        others = [one for one in found if self._courses[one.document].id != course.id]
        return tuple(self._made(one, (reason,)) for one in others[:limit])

    def _hit(self, one: Candidate, asked: Asked, found: Found) -> Hit:
        return self._made(one, self._reasons(one, asked, found))

    def _made(
        self, one: Candidate, reasons: tuple[Phrase, ...], misses: tuple[str, ...] = ()
    ) -> Hit:
        return Hit(
            course=self._courses[one.document],
            instance=None if one.run is NO_RUN else one.run,
            score=round(one.relevance, 4),
            reasons=reasons,
            distance_km=one.distance_km,
            is_past=one.is_past,
            is_full=one.is_full,
            misses=misses,
        )

    def _alternative(self, one: Candidate, found: Found) -> Hit:
        missed = found.demands.misses(one.document, one.row)
        chips = [chip for at in missed for chip in found.demands.criteria[at].chips]
        return self._made(one, (), tuple(chip.id for chip in chips))

    def _reasons(self, one: Candidate, asked: Asked, found: Found) -> tuple[Phrase, ...]:
        """Why a course is here: what its title or text answers, and the filters it meets."""
        reasons = list(self._word_reasons(one.document, found))
        chips: list[Chip] = [chip for demand in asked.criteria for chip in demand.chips]
        if chips:
            parts = tuple(chip.phrase for chip in chips)
            reasons.append(Phrase("search.reason.meets", {"parts": parts}))
        return tuple(reasons)

    def _word_reasons(self, document: int, found: Found) -> list[Phrase]:
        numbers = frozenset(self._vocabulary.title_words(document))
        in_title: list[str] = []
        in_text: list[str] = []
        reasons: list[Phrase] = []
        for unit in found.units:
            said = " ".join(unit.words)
            words = [number for number in unit.single if number in numbers]
            held = [self._vocabulary.words[n] for n in sorted(words, key=lambda n: -unit.single[n])]
            for families, _ in unit.compound:
                if all(not family.isdisjoint(numbers) for family in families):
                    held.append(
                        " ".join(self._vocabulary.words[min(f & numbers)] for f in families)
                    )
                    break
            if said in held or (held and held[0] in said.split()):
                in_title.append(said)
            elif held:
                reasons.append(Phrase("search.reason.means", {"typed": said, "used": held[0]}))
            else:
                in_text.append(said)
        if in_title:
            reasons.insert(0, Phrase("search.reason.title", {"words": tuple(in_title)}))
        elif in_text and not reasons:
            reasons.append(Phrase("search.reason.text", {"words": tuple(in_text)}))
        return reasons

    def _counts(self, found: Sequence[Candidate]) -> dict[str, dict[str, int]]:
        """How many of the courses have each fact in some run."""
        totals: dict[int, int] = {}
        for one in found:
            mask = 0
            first, end = self._rows.starts[one.document], self._rows.starts[one.document + 1]
            for row in range(first, end):
                mask |= self._rows.masks[row]
            totals[mask] = totals.get(mask, 0) + 1
        counts: dict[str, dict[str, int]] = {}
        for name, bit in BITS.items():
            count = sum(times for mask, times in totals.items() if mask & bit)
            if count:
                group, _, value = name.partition(":")
                counts.setdefault(group, {})[value] = count
        return counts
