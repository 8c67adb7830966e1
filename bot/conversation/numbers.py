"""Reading whole numbers, in digits of any script and in words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.tokens import Words, fold_digits, words_of
from bot.conversation.vocabulary import Vocabulary, spoken

_MOST_DIGITS = 9
_ARTICLES = frozenset(("a", "an"))


@dataclass(slots=True)
class _Sum:
    """A number in words as it is added up."""

    total: int = 0
    part: int = 0
    is_begun: bool = False

    def add(self, value: int) -> bool:
        """Add a word's value; False where it begins another number ("two three")."""
        room = 100 if self.part % 100 == 0 else 10 if self.part % 10 == 0 else 1
        if self.is_begun and (value >= room or self.part % 100 in range(1, 20)):
            return False
        self.part += value
        self.is_begun = True
        return True

    def scale(self, by: int) -> None:
        """Multiply what was added since the last larger scale."""
        self.part = max(self.part, 1) * by
        self.is_begun = True
        if by >= 1_000:
            self.total, self.part = self.total + self.part, 0


def numbers_in(words: Words, language: str) -> tuple[int, ...]:
    """Return the whole numbers among the words, in order, each once."""
    best: tuple[int, ...] = ()
    for vocabulary in spoken(language):
        found = _numbers_of(words, vocabulary)
        if len(found) == 1 and found != _digits_of(words):
            return found
        best = best or found
    return best


def read_numbers(text: str, language: str) -> tuple[int, ...]:
    """Return the whole numbers that a text could mean; none where it holds a fraction."""
    folded = _without_separators(fold_digits(text.strip()))
    if _has_fraction(folded):
        return ()
    found = numbers_in(words_of(folded), language)
    is_negative = folded[:1] in ("-", "−") and len(found) == 1
    return (-found[0],) if is_negative else found


def number_at(words: Words, start: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Return the number that begins at a word, and the position behind it."""
    if start >= len(words):
        return None
    if _is_number(words[start]):
        return int(words[start]), start + 1
    added, position = _Sum(), start
    if words[start] in _ARTICLES:
        is_scale = start + 1 < len(words) and _is_quantity(words[start + 1], vocabulary)
        if not is_scale:
            return None
        position += 1
    while position < len(words) and _take_word(added, words, position, vocabulary):
        position += 1
    return (added.total + added.part, position) if added.is_begun else None


def _take_word(added: _Sum, words: Words, position: int, vocabulary: Vocabulary) -> bool:
    word = words[position]
    if word in vocabulary.tens:
        return added.add(10) if not 0 < added.part % 100 < 10 else _tenfold(added)
    if word in vocabulary.scales:
        added.scale(vocabulary.scales[word])
        return True
    if word in vocabulary.numbers:
        return added.add(vocabulary.numbers[word])
    follows = words[position + 1 : position + 2]
    is_inside = added.part >= 100 or added.total > 0
    return word == "and" and is_inside and bool(follows) and follows[0] in vocabulary.numbers


def _tenfold(added: _Sum) -> bool:
    rest = added.part % 100
    added.part += rest * 9
    return True


def _numbers_of(words: Words, vocabulary: Vocabulary) -> tuple[int, ...]:
    found: list[int] = []
    position = 0
    while position < len(words):
        read = number_at(words, position, vocabulary)
        if read is None:
            position += 1
            continue
        value, position = read
        if value not in found:
            found.append(value)
    return tuple(found)


def _digits_of(words: Words) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(word) for word in words if _is_number(word)))


def _is_number(word: str) -> bool:
    return len(word) <= _MOST_DIGITS and word.isdecimal()


def _is_quantity(word: str, vocabulary: Vocabulary) -> bool:
    return word in vocabulary.scales or word in ("dozen", "couple")


def _without_separators(text: str) -> str:
    """Return the text with "1,000" written "1000"."""
    kept = [
        char
        for position, char in enumerate(text)
        if not (char in ",٬" and _parts_thousands(text, position))
    ]
    return "".join(kept)


def _parts_thousands(text: str, position: int) -> bool:
    behind = text[position + 1 : position + 5]
    is_three = len(behind) >= 3 and behind[:3].isdecimal() and not behind[3:].isdecimal()
    return is_three and text[position - 1 : position].isdecimal()


def _has_fraction(text: str) -> bool:
    return any(
        char in ".,٫"
        and text[position - 1 : position].isdecimal()
        and text[position + 1 : position + 2].isdecimal()
        for position, char in enumerate(text)
        if position
    )
