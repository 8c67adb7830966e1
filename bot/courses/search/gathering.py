"""Gathering the courses that hold a request's words, best first."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from heapq import nlargest

from bot.courses.search.matching import Matcher, Unit
from bot.courses.search.vocabulary import Vocabulary

TOO_MANY = 4000
ENOUGH = 60
IN_SUBJECTS = 0.4
IN_TEXTS = 0.25
LONG_TITLE = 0.2


def gather(vocabulary: Vocabulary, matcher: Matcher, units: Sequence[Unit]) -> dict[int, float]:
    """For each document whose title answers some unit, how much it answers."""
    each = [_documents(vocabulary, matcher, unit) for unit in units]
    found: dict[int, float] = {}
    for documents in sorted(each, key=len):
        if found and len(documents) > TOO_MANY:
            for document in found.keys() & documents.keys():
                found[document] += documents[document]
        elif not found:
            found = documents
        else:
            _add(found, documents)
    return found


def _add(found: dict[int, float], documents: dict[int, float]) -> None:
    get = found.get
    for document, weight in documents.items():
        found[document] = get(document, 0.0) + weight


def _documents(vocabulary: Vocabulary, matcher: Matcher, unit: Unit) -> dict[int, float]:
    """The documents of one unit; of several alternatives in one title the best counts."""
    options: list[tuple[float, Iterable[int]]] = [
        (weight, vocabulary.titles_with(number)) for number, weight in unit.single.items()
    ]
    options += [(weight, matcher.holding(families)) for families, weight in unit.compound]
    options.sort(key=lambda option: option[0])
    found: dict[int, float] = {}
    for weight, documents in options:
        found.update(dict.fromkeys(documents, weight * unit.weight))
    return found


def gather_texts(vocabulary: Vocabulary, units: Sequence[Unit]) -> dict[int, float]:
    """The same for subject areas and descriptions, where words tell less."""
    found: dict[int, float] = {}
    for unit in units:
        best: dict[int, float] = {}
        for share, field in (
            (IN_TEXTS, vocabulary.in_texts),
            (IN_SUBJECTS, vocabulary.in_subjects),
        ):
            several = [field.get(number, _NONE) for number in unit.surest]
            if unit.together:
                sets = [set(field.get(number, _NONE)) for number in unit.together]
                best.update(dict.fromkeys(set.intersection(*sets), share * unit.weight))
            for documents in several:
                if len(documents) <= TOO_MANY:
                    best.update(dict.fromkeys(documents, share * unit.weight))
        _add(found, best)
    return found


_NONE: array[int] = array("I")


def best_of(scores: dict[int, float], titles: Sequence[str], most: int) -> list[int]:
    """The best documents; of equals the shortest titles."""
    if len(scores) <= most:
        return list(scores)
    least = sorted(scores.values(), reverse=True)[most] - LONG_TITLE
    good = [document for document, score in scores.items() if score >= least]
    return nlargest(most, good, key=lambda n: scores[n] - min(LONG_TITLE, len(titles[n]) * 0.004))
