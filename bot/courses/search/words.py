"""Words of a text: cleaned, split, reduced to stems and to how they sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

LONGEST_WORD = 40
_WORD = re.compile(r"c\+\+|[cf]#|[^\W_]+")
_JOINERS = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_MARKS = dict.fromkeys(range(0x300, 0x370))


def fold(text: str) -> str:
    """The text in lower case without accents and apostrophes, so that spellings compare equal."""
    if "&" in text and ";" in text:
        text = unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_MARKS)
    return text.lower().translate(_JOINERS) if "'" in text or not text.isascii() else text.lower()


def words_of(text: str) -> list[str]:
    """The folded words in order; "C++" and "C#" stay whole, other punctuation divides."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def singular(word: str) -> str:
    """The word without its plural ending; never shorter than three letters."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


_ENDINGS = (
    "ational", "ation", "ment", "ness", "ship", "ator", "ancy", "ing", "ery", "ist", "ian", "ate",
    "ant", "ive", "ion", "ful", "er", "or", "ed", "ry", "al", "ie", "y", "e",
)  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What a family of words has in common: "plumber" and "plumbing" give "plumb"."""
    base = singular(word)
    if not base.isalpha() or len(base) < 5:
        return base
    for ending in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            base = base[: -len(ending)]
            break
    if base.endswith(("at", "e")) and len(base) > 5:
        base = base[: -2 if base[-1] == "t" else -1]
    if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "se":
        base = base[:-1]
    return base


_SOUNDS = (
    ("sych", "sik"), ("tch", "ch"), ("ph", "f"), ("ght", "t"), ("gh", "g"), ("ck", "k"),
    ("sch", "sk"), ("tion", "shn"), ("sion", "shn"), ("cian", "shn"),
    ("cious", "shs"), ("tious", "shs"), ("qu", "kw"), ("x", "ks"), ("ce", "se"),
    ("ci", "si"), ("cy", "sy"), ("ch", "1"), ("sh", "2"), ("th", "3"), ("dg", "j"),
    ("ge", "je"), ("gi", "ji"), ("gy", "jy"), ("c", "k"), ("z", "s"), ("v", "f"),
)  # fmt: skip
_SILENT = (("kn", "n"), ("wr", "r"), ("ps", "s"), ("wh", "w"), ("gn", "n"), ("rh", "r"))
_VOWELS = dict.fromkeys(map(ord, "aeiouyhw"))


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A rough key of how a word sounds: "fotografy" and "photography" share one."""
    for written, heard in _SILENT:
        if word.startswith(written):
            word = heard + word[len(written) :]
    for written, heard in _SOUNDS:
        if written in word:
            word = word.replace(written, heard)
    first = "a" if word[:1] in tuple("aeiouy") else word[:1]
    bare = first + word[1:].translate(_VOWELS)
    return "".join(letter for at, letter in enumerate(bare) if at == 0 or letter != bare[at - 1])
