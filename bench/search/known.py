"""Known-item queries: a title that exists is typed, whole or in part, with or without slips."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

from bot.courses.search.words import words_of

BESIDE = {
    "q": "wa",
    "w": "qes",
    "e": "wrd",
    "r": "etf",
    "t": "ryg",
    "y": "tuh",
    "u": "yij",
    "i": "uok",
    "o": "ipl",
    "p": "ol",
    "a": "qsz",
    "s": "awdx",
    "d": "sefc",
    "f": "drgv",
    "g": "fthb",
    "h": "gyjn",
    "j": "hukm",
    "k": "jil",
    "l": "ko",
    "z": "xa",
    "x": "zsc",
    "c": "xdv",
    "v": "cfb",
    "b": "vgn",
    "n": "bhm",
    "m": "nj",
}
HEARD = [
    ("ph", "f"),
    ("tion", "shun"),
    ("ie", "ei"),
    ("ei", "ie"),
    ("ll", "l"),
    ("ss", "s"),
    ("tt", "t"),
    ("mm", "m"),
    ("cc", "c"),
    ("nn", "n"),
    ("pp", "p"),
    ("ant", "ent"),
    ("ent", "ant"),
    ("er", "or"),
    ("or", "er"),
    ("able", "ible"),
    ("ance", "ence"),
    ("ence", "ance"),
    ("ps", "s"),
    ("kn", "n"),
    ("sc", "s"),
    ("ch", "k"),
    ("c", "s"),
    ("ea", "ee"),
    ("ee", "ea"),
    ("au", "or"),
    ("ou", "u"),
    ("ght", "t"),
    ("gh", "g"),
    ("que", "k"),
    ("ry", "ary"),
    ("e", "i"),
    ("a", "e"),
    ("i", "e"),
]
_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True)
class Query:
    """What is typed, the title that is meant, and how it was made."""

    text: str
    title: str
    way: str


def queries(titles: list[str], count: int, seed: int) -> list[Query]:
    """Half of them clean, half with slips; a title's two most telling words are never left out."""
    dice = random.Random(seed)
    usable = sorted(
        {" ".join(title.split()) for title in titles if 1 <= len(_WORD.findall(title)) <= 14}
    )
    taken = {_plain(title) for title in usable}
    frequency = Counter(word for title in titles for word in set(title.lower().split()))
    found: list[Query] = []
    ways = ("exact", "reordered", "missing", "partial")
    for number in range(count):
        title = dice.choice(usable)
        way = ways[number // 2 % 4]
        text = _changed(dice, title, way, frequency)
        if number % 2:
            way, text = _mistyped(dice, text if dice.random() < 0.3 else title)
        if _plain(text) not in taken or _plain(text) == _plain(title):
            found.append(Query(text, title, way))
    return found


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def _changed(dice: random.Random, title: str, way: str, frequency: Counter[str]) -> str:
    words = title.lower().split()
    if way == "reordered":
        dice.shuffle(words)
    if way == "missing" and len(words) > 3:
        telling = sorted(set(words), key=lambda word: (frequency[word], word))[:2]
        for _ in range(1 if len(words) < 6 else 2):
            words.remove(dice.choice([word for word in words if word not in telling] or words))
    if way == "partial":
        at = dice.choice([n for n, word in enumerate(words) if len(word) > 4] or [0])
        words[at] = words[at][: max(3, len(words[at]) - dice.choice([1, 2, 3]))]
    return " ".join(words) if way != "exact" else title


def _mistyped(dice: random.Random, text: str) -> tuple[str, str]:
    way = dice.choice(["one slip", "two slips", "heard"])
    for _ in range(2 if way == "two slips" else 1):
        spots = list(_WORD.finditer(text))
        if not spots:
            break
        spot = dice.choice(spots)
        word = spot[0].lower()
        new = _heard(dice, word) if way == "heard" else _slip(dice, word)
        text = text[: spot.start()] + new + text[spot.end() :]
    return way, text.lower()


def _slip(dice: random.Random, word: str) -> str:
    last = len(word) if dice.random() < 0.1 else len(word) - 1
    at = dice.randrange(last) + (dice.random() > 0.15)
    at = min(at, len(word) - 1)
    kind = dice.choices(["swap", "drop", "double", "beside", "extra"], [25, 25, 15, 25, 10])[0]
    if kind == "swap" and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[: at + 1] + word[at:]
    new = dice.choice(BESIDE[word[at]])
    return word[:at] + new + word[at + (kind == "beside") :]


def _heard(dice: random.Random, word: str) -> str:
    able = [(written, heard) for written, heard in HEARD if written in word[1:]]
    if not able:
        return _slip(dice, word)
    written, heard = dice.choice(able)
    at = word.index(written, 1)
    return word[:at] + heard + word[at + len(written) :]
