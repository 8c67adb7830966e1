"""Which skill somebody means by words of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

SAME_WORD = 84.0
"""Two words are taken for one another from this likeness on, of 100."""

ENOUGH, CLEARLY = 0.5, 0.2
"""The share of the words that must be met, and by how much the best must be ahead of the rest."""

_LATER = 0.8
"""What stands in a description counts so much of what stands in a name."""

_WORD = re.compile(r"\w+")
_SHORTEST, _SHORTEST_STEM = 3, 5
_SAYS_NOTHING = frozenset(
    {"and", "are", "can", "for", "good", "how", "skill", "skills", "the", "this", "use", "useful"}
    | {"using", "what", "why", "with", "worth", "you", "your"}
)


def find_skills(words: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the skills that words may mean, the likeliest first; a single one where it is clear.

    Args:
        words: What somebody typed.
        names: By code, the name of the skill, then phrases that describe it.
    """
    wanted = [word for word in _words(words) if word not in _SAYS_NOTHING]
    if not wanted:
        return []
    scores = {code: _score(wanted, phrases) for code, phrases in names.items()}
    likely = (code for code in scores if scores[code] >= ENOUGH)
    found = sorted(likely, key=lambda code: -scores[code])
    if len(found) > 1 and scores[found[0]] - scores[found[1]] >= CLEARLY:
        return found[:1]
    return found


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST]


def _score(wanted: Sequence[str], phrases: Sequence[str]) -> float:
    """Return how much of what is wanted the best phrase of a skill holds, 0 to 1."""
    best = 0.0
    for place, phrase in enumerate(phrases):
        own = _words(phrase)
        met = sum(any(_is_same(word, one) for one in own) for word in wanted) / len(wanted)
        best = max(best, met if place == 0 else met * _LATER)
    return best


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    is_stem = len(short) >= _SHORTEST_STEM and long.startswith(short)
    return is_stem or fuzz.ratio(one, other) >= SAME_WORD
