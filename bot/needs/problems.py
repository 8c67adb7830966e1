"""Read a problem in an employer's own words into competences, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.courses.phrases import Phrase
from bot.courses.search.knowledge import Knowledge, shipped_knowledge
from bot.courses.search.words import singular, words_of
from bot.needs.records import Target
from bot.skills.tagging.phrases import Clause, Found, Phrases, clauses, parts_of, said_by_phrase
from content.needs import Problem

LONGEST, MOST = 1_000, 4
SHORTEST_CORRECTED, SHORT_WORD = 5, 7
SURE_ENOUGH = 92.0
"""Of 100: how alike a saying and a phrase of several words must be where no phrase was said."""
_ENDINGS = ("", "s", "ing", "ed", "er", "ers")


@dataclass(frozen=True, slots=True)
class Reading:
    """One problem that was read from words.

    Attributes:
        problem: Its id in the content.
        said: The words that told it, as they were understood.
        targets: What people should be able to do; `now` is 0 until somebody says more.
        title, because: Text ids of its name and of the reason.
        is_sure: Whether the words were said; else they only resemble it, and one should ask.
    """

    problem: str
    said: tuple[str, ...]
    targets: tuple[Target, ...]
    title: Phrase
    because: Phrase
    is_sure: bool = True


def as_meant(words: str, problem: Problem, most: int) -> str:
    """Return words with the name of the problem that they mean, of which it is read for sure."""
    return f"{words[: most - len(problem.title) - 3].rstrip()} ({problem.title})"


class ProblemReader:
    """Knows the problems of a content folder. Immutable; never raises, whatever is said."""

    def __init__(self, problems: Mapping[str, Problem], knowledge: Knowledge | None = None) -> None:
        self._problems = tuple(problems.values())
        self._titled = {one.title: one for one in self._problems}
        self._knowledge = knowledge or shipped_knowledge()
        spoken = [phrase for one in self._problems for phrase in one.say]
        every = [*spoken, *(p for one in self._problems for p in (*one.beside, *one.unless))]
        elsewhere = [phrase for one in self._problems for phrase in one.elsewhere]
        self._phrases = Phrases([*every, *elsewhere])
        # Slips are put right in English alone: only its other words are known here.
        self._words = sorted(_vocabulary(every))
        self._known = frozenset(self._words) | _vocabulary(elsewhere)
        self._long = {
            " ".join(part.word for part in parts_of(phrase)): one
            for one in self._problems
            for phrase in one.say
            if len(parts_of(phrase)) > 1
        }

    def read(self, words: str) -> tuple[Reading, ...]:
        """Return the problems that words tell, those that say most first; at most four.

        Words that say which problem they mean (see `as_meant`) tell that one.
        """
        named = self._titled.get(words.removesuffix(")").rpartition(" (")[2])
        if named is not None and words.endswith(")"):
            return (_reading(named, (named.title,)),)
        said = tuple(self._corrected(clause) for clause in clauses((words,), LONGEST))
        found = said_by_phrase(self._phrases.find(said))
        told: list[tuple[int, int, Reading]] = []
        for at, one in enumerate(self._problems):
            hits = _told(one, found)
            if hits:
                texts = tuple(dict.fromkeys(place.said for place in hits))
                told.append((-sum(len(text.split()) for text in texts), at, _reading(one, texts)))
        if told:
            return tuple(reading for _, _, reading in sorted(told, key=lambda x: x[:2])[:MOST])
        return tuple(self._alike(said))

    def _alike(self, said: Sequence[Clause]) -> Iterator[Reading]:
        """Yield the one problem that words resemble, if there is one."""
        text = " ".join(singular(word) for clause in said for word in clause)
        best = process.extractOne(
            text, list(self._long), scorer=fuzz.token_set_ratio, score_cutoff=SURE_ENOUGH
        )
        if best is not None:
            yield _reading(self._long[best[0]], (best[0],), is_sure=False)

    def _corrected(self, clause: Clause) -> Clause:
        return tuple(self._meant(word) for word in clause)

    def _meant(self, word: str) -> str:
        """Return a word of the phrases for one that is no word and differs by a letter or two."""
        is_right = (
            len(word) < SHORTEST_CORRECTED
            or not word.isalpha()
            or word in self._known
            or singular(word) in self._known
            or self._knowledge.is_known(word)
        )
        if is_right:
            return word
        slips = 1 if len(word) < SHORT_WORD else 2
        best = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best else word


def _told(problem: Problem, found: Mapping[str, Sequence[Found]]) -> list[Found]:
    """Return where a problem is told; in other languages than English each phrase is enough."""
    hits = [place for phrase in problem.say for place in found.get(phrase, ())]
    has_beside = not problem.beside or any(phrase in found for phrase in problem.beside)
    if not has_beside or any(phrase in found for phrase in problem.unless):
        hits = []
    return [*hits, *(place for phrase in problem.elsewhere for place in found.get(phrase, ()))]


def _vocabulary(phrases: Iterable[str]) -> set[str]:
    """Return the words of phrases; of a beginning, the forms that it most often takes."""
    found: set[str] = set()
    for phrase in phrases:
        for part in parts_of(phrase):
            endings = _ENDINGS if part.is_beginning else ("",)
            found.update(f"{part.word}{ending}" for ending in endings)
    return {word for word in found if len(word) >= SHORTEST_CORRECTED - 1 and words_of(word)}


def _reading(problem: Problem, said: tuple[str, ...], *, is_sure: bool = True) -> Reading:
    targets = tuple(Target(code, 0, level, key) for key, code, level in problem.levels())
    return Reading(
        problem.id,
        said,
        targets,
        Phrase(f"needs.problem.{problem.id}.title"),
        Phrase(f"needs.problem.{problem.id}.because"),
        is_sure,
    )
