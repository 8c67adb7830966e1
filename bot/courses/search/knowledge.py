"""What a city's staff tell the search: synonyms, meanings of phrases, how filters are said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import content
from bot.courses.search.words import singular, stem, words_of
from content.reading import read_yaml

SHIPPED = Path(content.__file__).parent
Words = tuple[str, ...]
RELATED, MOST_RELATED = 0.6, 5


@dataclass(frozen=True, slots=True)
class Meaning:
    """Titles that answer a phrase, best first, each with how surely (0 to 1)."""

    finds: tuple[tuple[Words, float], ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All words that are not the catalogue's own.

    Attributes:
        joining, filler, weak: Words never searched, left out, weighing little.
        same: For a word or phrase, the others that mean the same.
        meanings: For the stems of what is said, the titles to look for.
        beginning: For a first stem, the longer of those phrases that begin with it.
        listed: Single words (in the singular) that stand there by themselves.
        said: For words of a request, the filter they name.
        literally: Phrases whose words belong to the subject.
        english: General words by size of list (10 is commonest), never corrected.
        grammar: The other lists of `requests.yaml`.
        apart: Pairs of words that share a stem and nothing else.
        own: Every word that the lists above name.
        languages: Names of languages but English.
    """

    joining: frozenset[str]
    filler: frozenset[str]
    weak: frozenset[str]
    same: Mapping[Words, tuple[Words, ...]]
    meanings: Mapping[Words, Meaning]
    beginning: Mapping[str, tuple[Words, ...]]
    listed: frozenset[str]
    said: Mapping[Words, str]
    literally: frozenset[Words]
    english: Mapping[str, int]
    grammar: Mapping[str, Any]
    apart: frozenset[frozenset[str]]
    own: frozenset[str]
    languages: frozenset[str]

    def is_known(self, word: str) -> bool:
        """Whether the word is right as it stands, whatever the catalogue holds."""
        return word in self.english or word in self.own or singular(word) in self.english

    def has_subject(self, words: Sequence[str]) -> bool:
        """Whether words say more than filler, or are a phrase that has a meaning ("find a job")."""
        kept = [word for word in words if word not in self.joining]
        return (
            len(words) == 1
            or not all(word in self.filler for word in kept)
            or any(
                stems(kept[start:end], self.joining) in self.meanings
                for start in range(len(kept))
                for end in range(start + 1, min(len(kept), start + 6) + 1)
            )
        )


def load_knowledge(root: Path = SHIPPED) -> Knowledge:
    """Read `search/` of a content folder. Raises content.problems.BadContent for a wrong file."""
    folder = root / "search"
    words: Any = read_yaml(folder / "words.yaml", root).value
    requests: Any = read_yaml(folder / "requests.yaml", root).value
    joining = frozenset(words["joining"])
    entries: list[Mapping[str, Any]] = []
    for path in (folder / "esco.yaml", folder / "meanings.yaml"):
        if path.exists():
            document: Any = read_yaml(path, root).value
            entries += document["meanings"]
    meanings = {**_related(entries, joining), **dict(_meanings(entries, joining))}
    said = {
        tuple(words_of(p)): name.replace(".", ":")
        for name, list_ in requests["said"].items()
        for p in list_
    }
    literally = frozenset(tuple(words_of(phrase)) for phrase in requests["literally"])
    return Knowledge(
        joining=joining,
        filler=frozenset(words["filler"]) | joining,
        weak=frozenset(words["weak"]),
        same=_same(words["same"]),
        meanings=meanings,
        beginning=_beginning(meanings),
        listed=frozenset(_listed(entries)),
        said=said,
        literally=literally,
        english=_english(folder / "english.txt"),
        grammar=requests,
        apart=frozenset(frozenset(pair.split()) for pair in words["apart"]),
        languages=frozenset(
            name for code, names in requests["languages"].items() if code != "en" for name in names
        ),
        own=frozenset(word for phrase in (*said, *literally) for word in phrase)
        | frozenset(word for name in ("joining", "filler", "weak", "known") for word in words[name])
        | frozenset(word for entry in entries for said in entry["say"] for word in words_of(said))
        | frozenset(word for word in words_of(" ".join(_texts(requests)))),
    )


def _texts(value: object) -> Iterator[str]:
    """Every string in lists and mappings of lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Iterable):
        for one in value:
            yield from _texts(one)


@cache
def shipped_knowledge() -> Knowledge:
    """The knowledge that comes with the program, read once."""
    return load_knowledge()


def stems(words: Iterable[str], joining: frozenset[str]) -> Words:
    """How a phrase is compared: stems, without words that only join."""
    kept = [word for word in words if word not in joining]
    return tuple(stem(word) for word in kept or words)


def _meanings(
    entries: Iterable[Mapping[str, Any]], joining: frozenset[str]
) -> Iterator[tuple[Words, Meaning]]:
    for entry in entries:
        finds = tuple(
            (tuple(word for word in words_of(find) if word not in joining), max(0.6, 1 - 0.05 * at))
            for at, find in enumerate(entry["find"])
        )
        for said in entry["say"]:
            words = words_of(said)
            if len(words) == 1 or any(word not in joining for word in words):
                yield stems(words, joining), Meaning(finds)


def _related(entries: Sequence[Mapping[str, Any]], joining: frozenset[str]) -> dict[Words, Meaning]:
    """What titles say stands for itself, and less surely for the others of its entry."""
    placed: dict[Words, tuple[int, Meaning]] = {}
    for entry in entries:
        finds = [tuple(w for w in words_of(find) if w not in joining) for find in entry["find"]]
        for at, find in enumerate(finds):
            key = stems(find, joining)
            if (key in placed and placed[key][0] <= at) or (at > 1 and len(find) == 1):
                continue
            others = [other for other in finds if other != find][:MOST_RELATED]
            near = [(other, max(0.4, RELATED - 0.05 * n)) for n, other in enumerate(others)]
            placed[key] = at, Meaning(((find, 1.0), *near))
    return {key: meaning for key, (_, meaning) in placed.items()}


def _listed(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for said in (*entry["say"], *entry["find"]):
            words = words_of(said)
            if len(words) == 1:
                yield singular(words[0])


def _beginning(meanings: Iterable[Words]) -> dict[str, tuple[Words, ...]]:
    found: dict[str, list[Words]] = {}
    for phrase in meanings:
        if len(phrase) > 1:
            found.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _same(groups: Iterable[Iterable[str]]) -> dict[Words, tuple[Words, ...]]:
    found: dict[Words, tuple[Words, ...]] = {}
    for group in groups:
        phrases = tuple(tuple(words_of(phrase)) for phrase in group)
        for phrase in phrases:
            others = tuple(other for other in phrases if other != phrase)
            found[phrase] = (*found.get(phrase, ()), *others)
    return found


def _english(path: Path) -> dict[str, int]:
    size = 10
    found: dict[str, int] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# size"):
            size = int(line.split()[-1])
        elif line and not line.startswith("#"):
            found[line] = size
    return found
