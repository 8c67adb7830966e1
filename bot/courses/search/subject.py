"""The subject of a request: which of its words tell what somebody wants to learn, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.courses.search.knowledge import Knowledge, Words, stems
from bot.courses.search.matching import Matcher, Unit
from bot.courses.search.vocabulary import Vocabulary
from bot.courses.search.words import singular, stem

LONGEST_PHRASE = 7
MOST_BETWEEN = 2
LANGUAGE_SHARE = 2.5
A_NUMBER, SAID_BY_THE_WAY, A_PURPOSE, NOT_HELD = 0.3, 0.3, 0.6, 0.35
SAID_APART = 0.8
EVERYDAY = 20
A_FEW, HELD_BY_SOME = 3, 0.004
TOGETHER = 0.5
PURPOSES = frozenset({"for", "to", "as", "because", "so", "since", "while", "when", "after"})


@dataclass(frozen=True, slots=True)
class _Part:
    """Some words of a subject: a phrase that has a meaning, or one plain word."""

    words: Words
    is_phrase: bool
    share: float = 1.0


class SubjectReader:
    """Turns the subject of a request into units, each with how much it tells."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge, matcher: Matcher) -> None:
        self._vocabulary, self._knowledge, self._matcher = vocabulary, knowledge, matcher

    def units(self, words: Sequence[str]) -> list[Unit]:
        """Units of a subject: phrases that have a meaning first, then single words."""
        parts = self._parts(words)
        phrases = [self._phrase(part) for part in parts if part.is_phrase]
        plain = [part for part in parts if not part.is_phrase]
        telling = [part for part in plain if part.words[0] not in self._knowledge.filler]
        if not telling and not phrases:
            return self._matcher.title_units([part.words[0] for part in plain], with_slips=False)
        said = self._matcher.title_units([part.words[0] for part in telling], with_slips=False)
        weighed = [
            self._weighed(part, unit, alone=not phrases and len(telling) == 1)
            for part, unit in zip(telling, said, strict=True)
        ] if telling else []  # fmt: skip
        return self._by_language(phrases + weighed)

    def is_meant(self, unit: Unit) -> bool:
        """Whether staff gave the words of a unit a meaning."""
        return self._means(unit.words)

    # -- phrases ------------------------------------------------------------------------------

    def _parts(self, words: Sequence[str]) -> list[_Part]:
        knowledge = self._knowledge
        kept = [word for word in words if word not in knowledge.joining]
        purposes = self._purposes(words)
        parts: list[_Part] = []
        used: set[int] = set()
        for at, word in enumerate(kept):
            if at in used or self._is_spoken_already(kept, at):
                continue
            found = self._phrase_at(kept, at, used)
            used.update(found)
            share = A_PURPOSE if at >= purposes else 1.0
            if found and found[-1] - at >= len(found):
                share *= SAID_APART
            phrase = tuple(kept[n] for n in found)
            parts.append(_Part(phrase or (word,), bool(found), share))
        return parts

    def _purposes(self, words: Sequence[str]) -> int:
        """Among words that are searched, where the first one of a purpose stands ("to sell")."""
        seen = telling = 0
        for word in words:
            if word in PURPOSES and telling:
                return seen
            if word not in self._knowledge.joining:
                seen += 1
                telling += word not in self._knowledge.filler
        return len(words)

    def _is_spoken_already(self, words: Sequence[str], at: int) -> bool:
        """Whether a language is the one that somebody speaks, not one to learn ("I speak Urdu")."""
        if words[at] not in self._knowledge.languages:
            return False
        before = [word for word in words[:at] if word not in self._knowledge.languages]
        return before[-2:-1] in (["i"], ["we"], ["who"]) and before[-1] in ("speak", "speaks")

    def _phrase_at(self, words: Sequence[str], at: int, used: set[int]) -> list[int]:
        """The positions of the longest phrase with a meaning that begins here."""
        knowledge = self._knowledge
        most = min(LONGEST_PHRASE, len(words) - at)
        least = 1 if len(words) > 1 and words[at] in knowledge.filler else 0
        for length in range(most, least, -1):
            here = list(range(at, at + length))
            if used.isdisjoint(here) and self._means(words[at : at + length]):
                return here if length > 1 else self._apart(words, at, used) or here
        return self._collocation(words, at) or self._apart(words, at, used)

    def _means(self, phrase: Sequence[str]) -> bool:
        """Whether a phrase has a meaning; an everyday word only as it is listed ("house" is no
        "housing")."""
        knowledge = self._knowledge
        if len(phrase) == 1 and singular(phrase[0]) not in knowledge.listed:
            is_everyday = knowledge.english.get(phrase[0], 99) <= EVERYDAY
            return not is_everyday and stems(phrase, knowledge.joining) in knowledge.meanings
        return stems(phrase, knowledge.joining) in knowledge.meanings

    def _apart(self, words: Sequence[str], at: int, used: set[int]) -> list[int]:
        """A phrase with a few everyday words between its own ("look after other children")."""
        best: list[int] = []
        for phrase in self._knowledge.beginning.get(stem(words[at]), ()):
            found = [at]
            for wanted in phrase[1:]:
                following = self._next(words, found[-1] + 1, wanted, used)
                if following is None:
                    break
                found.append(following)
            between = found[-1] - at + 1 - len(found)
            if len(found) == len(phrase) > len(best) and between <= MOST_BETWEEN:
                best = found
        return best

    def _next(self, words: Sequence[str], at: int, wanted: str, used: set[int]) -> int | None:
        for position in range(at, min(len(words), at + MOST_BETWEEN + 1)):
            if position in used:
                return None
            if stem(words[position]) == wanted:
                return position
            if not self._is_everyday(words[position]):
                return None
        return None

    def _is_everyday(self, word: str) -> bool:
        knowledge = self._knowledge
        is_common = knowledge.english.get(word, 99) <= EVERYDAY
        return word in knowledge.filler or (is_common and not self._means((word,)))

    def _collocation(self, words: Sequence[str], at: int) -> list[int]:
        """A word that is mostly left out, with one that titles seldom use without it."""
        if at + 1 >= len(words):
            return []
        filler = self._knowledge.filler
        if (words[at] in filler) == (words[at + 1] in filler) or self._means((words[at + 1],)):
            return []
        return [at, at + 1] if self._matcher.belong(words[at], words[at + 1], TOGETHER) else []

    def _phrase(self, part: _Part) -> Unit:
        unit = self._matcher.meant(part.words)
        return replace(unit, weight=part.share * unit.weight)

    # -- weights ------------------------------------------------------------------------------

    def _weighed(self, part: _Part, unit: Unit, *, alone: bool) -> Unit:
        """A plain word by how likely it is what somebody wants to learn."""
        if alone:
            return unit
        word, share = part.words[0], 1.0
        held = self._vocabulary.frequency(word)
        if word.isdigit() or len(word) == 1:
            share = A_NUMBER
        elif not unit.single and not unit.compound:
            share = NOT_HELD
        elif self._knowledge.english.get(word, 99) <= EVERYDAY and held < max(
            A_FEW, HELD_BY_SOME * self._vocabulary.count
        ):
            share = SAID_BY_THE_WAY
        return replace(unit, weight=share * part.share * unit.weight)

    def _by_language(self, units: list[Unit]) -> list[Unit]:
        """A language that is named tells more than what one wants to do in it."""
        languages = self._knowledge.languages
        others = [languages.isdisjoint(unit.words) for unit in units]
        if all(others) or not any(others):
            return units
        return [
            unit if is_other else replace(unit, weight=LANGUAGE_SHARE * unit.weight)
            for unit, is_other in zip(units, others, strict=True)
        ]
