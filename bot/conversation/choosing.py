"""Matching what people type to the options of a question."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.conversation.numbers import numbers_in
from bot.conversation.reading import Reader
from bot.conversation.screen import Option
from bot.conversation.tokens import Words, without, words_of
from bot.conversation.vocabulary import Vocabulary, spoken, vocabulary_of

_TYPO_SCORE = 80
_CLEAR_BY = 8
_TYPO_LETTERS = 4
_MOST_WORDS = 40
_COVERED = 0.5


@dataclass(frozen=True, slots=True)
class _Labelled:
    """An option with the words by which it can be called, in the person's language."""

    id: str
    labels: tuple[Words, ...]


def choose(
    typed: str, options: tuple[Option, ...], reader: Reader, *, is_strict: bool
) -> tuple[str, ...]:
    """Return the ids of the options that the words could mean: none, one, or several to ask about.

    Args:
        is_strict: Words answer by themselves too, so that only what is plainly an option is one.
    """
    words = words_of(typed)[:_MOST_WORDS]
    if not words:
        return _same_symbols(typed, options, reader)
    open_options = tuple(option for option in options if not option.url)
    own = tuple(_label(option, reader) for option in open_options)
    vocabulary = vocabulary_of(reader.language)
    core = without(words, vocabulary.fillers)
    exact = _exact(words, own) or _exact(core, own)
    if exact:
        return exact
    numbered = _by_position(words, own, vocabulary, reader.language)
    if numbered:
        return numbered
    elsewhere = _exact_elsewhere(words, open_options, reader)
    if elsewhere:
        return elsewhere
    if any(not one.negations.isdisjoint(words) for one in spoken(reader.language)):
        return _doubted(core, own, is_strict=is_strict)
    return _partly(core, own, is_strict=is_strict) or _nearly(core, own, is_strict=is_strict)


def _label(option: Option, reader: Reader) -> _Labelled:
    labels = (words_of(reader.words(option.text)), *(words_of(one) for one in option.words))
    return _Labelled(option.id, tuple(label for label in labels if label))


def _same_symbols(typed: str, options: tuple[Option, ...], reader: Reader) -> tuple[str, ...]:
    """Match what holds no letter or digit, such as an emoji, to a label as it stands."""
    bare = typed.strip()
    if not bare:
        return ()
    return tuple(
        option.id for option in options if bare in (reader.words(option.text), *option.words)
    )


def _exact(words: Words, options: tuple[_Labelled, ...]) -> tuple[str, ...]:
    return tuple(option.id for option in options if words in option.labels)


def _exact_elsewhere(words: Words, options: tuple[Option, ...], reader: Reader) -> tuple[str, ...]:
    for language in reader.languages:
        found = tuple(
            option.id
            for option in options
            if words == words_of(reader.reads.words(option.text, language))
        )
        if found:
            return found
    return ()


def _by_position(
    words: Words, options: tuple[_Labelled, ...], vocabulary: Vocabulary, language: str
) -> tuple[str, ...]:
    """Return the option of "2", "two", "the second one", "the last"."""
    core = without(words, vocabulary.fillers)
    ordinal = _ordinal(core, language)
    if ordinal is not None:
        position = len(options) if ordinal == -1 else ordinal
        return (options[position - 1].id,) if 1 <= position <= len(options) else ()
    counted = numbers_in(core, language)
    is_number = len(counted) == 1 and all(_is_count(word, language) for word in core)
    if not is_number:
        return ()
    count = counted[0]
    holders = [one.id for one in options if any(_holds(label, core) for label in one.labels)]
    if 1 <= count <= len(options):
        holders.insert(0, options[count - 1].id)
    return tuple(dict.fromkeys(holders))


def _ordinal(core: Words, language: str) -> int | None:
    if len(core) != 1:
        return None
    for vocabulary in spoken(language):
        if core[0] in vocabulary.ordinals:
            return vocabulary.ordinals[core[0]]
    return None


def _is_count(word: str, language: str) -> bool:
    return bool(numbers_in((word,), language)) or word == "and"


def _holds(label: Words, core: Words) -> bool:
    return all(word in label for word in core)


def _doubted(core: Words, options: tuple[_Labelled, ...], *, is_strict: bool) -> tuple[str, ...]:
    """Return what "not excel" could be about: never one option alone, so that it is asked."""
    found = _partly(core, options, is_strict=is_strict)
    others = tuple(one.id for one in options if one.id not in found)
    return (*found, *others) if found and others else ()


def _partly(core: Words, options: tuple[_Labelled, ...], *, is_strict: bool) -> tuple[str, ...]:
    """Return the options of whose labels the words are a part, or which are a part of them."""
    inside = tuple(
        option.id
        for option in options
        if any(_is_part(core, label, is_strict=is_strict) for label in option.labels)
    )
    if inside or is_strict:
        return inside
    return tuple(
        option.id
        for option in options
        if any(all(_is_among(word, core) for word in label) for label in option.labels)
    )


def _is_part(core: Words, label: Words, *, is_strict: bool) -> bool:
    if is_strict and len(core) < _COVERED * len(label):
        return False
    return all(_is_among(word, label) for word in core)


def _is_among(word: str, words: Words) -> bool:
    if word in words:
        return True
    if len(word) < _TYPO_LETTERS or word.isdecimal():
        return False
    return any(
        len(other) >= _TYPO_LETTERS and fuzz.ratio(word, other) >= _TYPO_SCORE for other in words
    )


def _nearly(core: Words, options: tuple[_Labelled, ...], *, is_strict: bool) -> tuple[str, ...]:
    """Return the options whose labels are as good as the words but for typing errors."""
    typed = " ".join(core)
    if len(typed) < _TYPO_LETTERS:
        return ()
    least = _TYPO_SCORE + (_CLEAR_BY if is_strict else 0)
    scores = [
        (max((fuzz.ratio(typed, " ".join(label)) for label in one.labels), default=0.0), one.id)
        for one in options
    ]
    best = max(scores, default=(0.0, ""))[0]
    if best < least:
        return ()
    return tuple(option for score, option in scores if score > best - _CLEAR_BY)
