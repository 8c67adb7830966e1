"""What each word of a request may stand for in a catalogue, and which courses hold it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.courses.search.knowledge import Knowledge, Meaning, Words, stems
from bot.courses.search.spelling import Speller
from bot.courses.search.vocabulary import Vocabulary

SHORTEST_START = 2
WEAK_SHARE = 0.35
SURE, SURE_OF_A_PHRASE = 0.75, 0.88
NOT_HELD = 0.8
TELLING_ALONE = 0.7
ABOUT_AS_SURE = 0.1
_NOTHING = Meaning(())
Family = frozenset[int]
Alternative = tuple[tuple[Family, ...], float]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of a request with all that it may stand for; the best one counts.

    Attributes:
        words: What was said.
        single: Word numbers that answer it alone, each with how well (0 to 1).
        compound: Several words that answer it together, best first.
        weight: How much it counts: rare things tell more.
        surest: The few words of which one is looked for in descriptions.
        together: Those that are looked for all together, for a phrase.
    """

    words: Words
    single: dict[int, float]
    compound: tuple[Alternative, ...]
    weight: float
    surest: tuple[int, ...] = ()
    together: tuple[int, ...] = ()


class Matcher:
    """Turns words into units. Remembers words that were asked before."""

    def __init__(self, vocabulary: Vocabulary, knowledge: Knowledge, speller: Speller) -> None:
        self._vocabulary = vocabulary
        self._knowledge = knowledge
        self._speller = speller
        self.word = lru_cache(maxsize=4096)(self._word)
        self.meant = lru_cache(maxsize=2048)(self._meaning)

    # -- the whole request as a title -------------------------------------------------------

    def title_units(self, words: Sequence[str], *, with_slips: bool) -> list[Unit]:
        """One unit for each word that is not a mere joint, as if a title were typed."""
        kept = [word for word in words if word not in self._knowledge.joining] or list(words)
        units = [self.word(word, with_slips) for word in kept]
        for at in range(len(kept) - 1):
            joined = self._vocabulary.numbers.get(kept[at] + kept[at + 1])
            if joined is not None and self._vocabulary.titles_with(joined):
                units[at] = _with(units[at], joined, 0.97)
                units[at + 1] = _with(units[at + 1], joined, 0.97)
        return units

    def _word(self, word: str, with_slips: bool) -> Unit:
        single: dict[int, float] = {}
        self._add_family(single, word, 1.0)
        for other in self._knowledge.same.get((word,), ()):
            if len(other) == 1:
                self._add_number(single, other[0], 0.96)
        is_right = self._speller.is_right(word)
        if len(word) >= SHORTEST_START:
            self._add_longer(single, word, 0.9 if not single else 0.7)
        compound: list[Alternative] = []
        if not is_right or self._is_rare(word):
            guesses = self._speller.guesses(word)
            scale = 1.0 if is_right or not guesses else max(1.0, 0.97 / guesses[0].weight)
            for guess in guesses:
                self._add_family(single, guess.word, min(0.97, scale * guess.weight))
        if not single or not is_right:
            compound = self._split(word)
        if with_slips and is_right:
            for guess in self._speller.slips(word):
                self._add_number(single, guess.word, guess.weight)
        return Unit(
            (word,),
            single,
            tuple(compound),
            self._weight(word, single),
            self._surest((word,), single),
        )

    def _is_rare(self, word: str) -> bool:
        return self._vocabulary.frequency(word) < 3 and not self._knowledge.is_known(word)

    def _add_number(self, single: dict[int, float], word: str, weight: float) -> None:
        number = self._vocabulary.numbers.get(word)
        if number is not None and weight > single.get(number, 0.0):
            single[number] = weight

    def _add_family(self, single: dict[int, float], word: str, weight: float) -> None:
        self._add_number(single, word, weight)
        for other, is_plural in self._vocabulary.same_stem(word):
            if frozenset((word, other)) not in self._knowledge.apart:
                self._add_number(single, other, weight * (0.97 if is_plural else 0.8))

    def _add_longer(self, single: dict[int, float], word: str, weight: float) -> None:
        for other in self._vocabulary.beginning_with(word):
            close = len(word) / len(other)
            self._add_number(single, other, weight * (0.8 + 0.2 * close))

    def _split(self, word: str) -> list[Alternative]:
        parts = self._speller.parts(word)
        return [(self._families(parts), 0.95)] if parts else []

    def _families(self, words: Iterable[str]) -> tuple[Family, ...]:
        return tuple(self._family(word) for word in words)

    def _family(self, word: str) -> Family:
        numbers = self._vocabulary.numbers
        found = {numbers[word]} if word in numbers else set()
        found |= {
            numbers[other] for other, is_plural in self._vocabulary.same_stem(word) if is_plural
        }
        return frozenset(found)

    def _weight(self, word: str, single: dict[int, float]) -> float:
        vocabulary = self._vocabulary
        surest = max(single.values(), default=0.0)
        held = max(
            (len(vocabulary.titles_with(n)) for n, w in single.items() if w >= surest - 0.1),
            default=0,
        )
        weight = vocabulary.rarity(held)
        if word in self._knowledge.weak and not word.isdigit():
            weight *= WEAK_SHARE
        return weight if held else NOT_HELD * weight

    def _surest(self, words: Words, single: dict[int, float]) -> tuple[int, ...]:
        numbers = self._vocabulary.numbers
        own = [numbers[word] for word in words if word in numbers] if len(words) == 1 else []
        least = SURE if len(words) == 1 else SURE_OF_A_PHRASE
        likely = sorted((n for n, w in single.items() if w > least), key=lambda n: -single[n])
        return tuple(dict.fromkeys((*own, *likely[:4])))

    def _together(self, words: Words) -> tuple[int, ...]:
        numbers = self._vocabulary.numbers
        telling = [word for word in words if word not in self._knowledge.filler] or list(words)
        if len(words) == 1 or any(word not in numbers for word in telling):
            return ()
        return tuple(numbers[word] for word in telling)

    # -- phrases ------------------------------------------------------------------------------

    def belong(self, first: str, second: str, share: float) -> bool:
        """Whether titles that hold one of two words mostly hold both, one after the other."""
        numbers, vocabulary = self._vocabulary.numbers, self._vocabulary
        if first not in numbers or second not in numbers:
            return False
        held = [set(vocabulary.titles_with(numbers[word])) for word in (first, second)]
        fewest = min(map(len, held))
        both = held[0] & held[1]
        if fewest < 2 or len(both) < share * fewest:
            return False
        pair = f" {first} {second} "
        beside = sum(pair in f" {vocabulary.titles[document]} " for document in both)
        return beside >= share * fewest

    def _meaning(self, phrase: Words) -> Unit:
        """A phrase's own words together, or any of the titles that answer it."""
        meaning = self._knowledge.meanings.get(stems(phrase, self._knowledge.joining), _NOTHING)
        literal = self._families(phrase)
        alternatives: list[Alternative] = [(literal, 1.0)] if all(literal) else []
        for words, weight in meaning.finds:
            families = self._families(words)
            if families and all(families):
                alternatives.append((families, 0.97 * weight))
        telling = tuple(word for word in phrase if word not in self._knowledge.filler)
        if telling and telling != phrase and all(families := self._families(telling)):
            alternatives.append((families, TELLING_ALONE))
        single: dict[int, float] = {}
        if len(phrase) == 1:
            single.update(self.word(phrase[0], False).single)
        for families, weight in alternatives:
            if len(families) == 1:
                for number in families[0]:
                    single[number] = max(weight, single.get(number, 0.0))
        compound = tuple(pair for pair in alternatives if len(pair[0]) > 1)
        weight = self._phrase_weight(single, compound)
        surest, together = self._surest(phrase, single), self._together(phrase)
        return Unit(phrase, single, compound, weight, surest, together)

    def _phrase_weight(self, single: dict[int, float], compound: Sequence[Alternative]) -> float:
        """How telling the surest answers of a phrase are."""
        shares = (*single.values(), *(share for _, share in compound))
        least = max(shares, default=0.0) - ABOUT_AS_SURE
        held = [
            len(self._vocabulary.titles_with(n)) for n, share in single.items() if share > least
        ]
        held += [len(self.holding(families)) for families, share in compound if share > least]
        most = max(held, default=0)
        return self._vocabulary.rarity(most) * (1.0 if most else NOT_HELD)

    # -- documents ------------------------------------------------------------------------------

    def holding(self, families: tuple[Family, ...]) -> set[int]:
        """The documents whose titles hold a word of every family."""
        found: set[int] | None = None
        lists = [[self._vocabulary.titles_with(n) for n in family] for family in families]
        for postings in sorted(lists, key=lambda several: sum(map(len, several))):
            these: set[int] = set().union(*postings)
            found = these if found is None else found & these
            if not found:
                break
        return found or set()


def _with(unit: Unit, number: int, weight: float) -> Unit:
    single = {**unit.single, number: max(weight, unit.single.get(number, 0.0))}
    return Unit(unit.words, single, unit.compound, unit.weight or 1.0, unit.surest, unit.together)
