"""Words as the shipped fonts draw them: how wide they are, where they break, what is missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import uharfbuzz as hb  # two megabytes, imported at the first picture

FONTS: Final = Path(__file__).parent / "fonts"
REGULAR, BOLD = 400, 700
SHRINK: Final = 0.94
_WAYS: Final = {"L": "right", "EN": "right", "R": "left", "AL": "left"}
"""Towards which side letters of a Unicode class go on; others go on as the one before."""
_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"


@dataclass(frozen=True)
class Face:
    """A shipped font: one script, from regular to bold.

    Attributes:
        family: The name by which a picture asks for it.
        path: Its file.
    """

    family: str
    path: Path

    @cached_property
    def characters(self) -> frozenset[int]:
        """The characters that it draws."""
        return frozenset(self._face.unicodes)

    def draws(self, one: str) -> bool:
        """Whether a character can stand in a text of this font."""
        return ord(one) in self.characters or _is_silent(one)

    def advance(self, words: str, weight: int) -> float:
        """Return how wide it sets words, in parts of the size."""
        advances = sum(self._advance(part, weight) for part in _one_way(words))
        return advances / float(self._face.upem)

    def _advance(self, words: str, weight: int) -> int:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        hb.shape(self._weights[weight], buffer)
        return sum(int(one.x_advance) for one in buffer.glyph_positions or ())

    @cached_property
    def _face(self) -> hb.Face:
        import uharfbuzz as hb

        return hb.Face(hb.Blob.from_file_path(str(self.path)))

    @cached_property
    def _weights(self) -> dict[int, hb.Font]:
        import uharfbuzz as hb

        fonts = {weight: hb.Font(self._face) for weight in (REGULAR, BOLD)}
        for weight, font in fonts.items():
            font.set_variations({"wght": weight})
        return fonts


FACES: Final = (
    Face("Noto Sans", FONTS / "NotoSans.ttf"),
    Face("Noto Sans Arabic", FONTS / "NotoSansArabic.ttf"),
)


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words broken into lines at the size at which they fit."""

    lines: tuple[str, ...]
    size: float
    is_bold: bool

    def width(self) -> float:
        """Return how wide the widest line is."""
        return max((width(line, self.size, is_bold=self.is_bold) for line in self.lines), default=0)


def missing(words: str) -> frozenset[str]:
    """Return the characters that cannot be drawn together with the rest of the words."""
    face = face_of(words)
    return frozenset(one for one in words if not face.draws(one))


@lru_cache(maxsize=4096)
def face_of(words: str) -> Face:
    """Return the one font that draws the words, or else most of them.

    Each text is drawn by a single font: renderers lay out letters that join, and dots that sit on
    them, for one font at a time.
    """
    return max(FACES, key=lambda face: sum(face.draws(one) for one in words))


@lru_cache(maxsize=4096)
def drawable(words: str) -> str:
    """Return words on one line, without what no font draws beside the rest, such as emoji.

    A letter that is missing is taken apart: the letter alone stays, or letter and mark.
    """
    face = face_of(words)
    kept: list[str] = []
    for one in words:
        if face.draws(one):
            kept.append(one)
        else:
            kept.extend(part for part in unicodedata.normalize("NFKD", one) if face.draws(part))
    return " ".join("".join(kept).split())


@lru_cache(maxsize=4096)
def width(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide words are drawn at a size."""
    return size * face_of(words).advance(words, BOLD if is_bold else REGULAR)


def wrap(words: str, widest: float, size: float, *, is_bold: bool = False) -> tuple[str, ...]:
    """Break words into lines; a word that is wider than a line is broken inside, never cut."""
    lines: list[str] = []
    for word in drawable(words).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, is_bold=is_bold) <= widest:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, widest, size, is_bold=is_bold))
    return tuple(_isolated(lines))


def fit(
    words: str,
    widest: float,
    size: float,
    *,
    is_bold: bool = False,
    lines: int = 1,
    least: float = 0.0,
) -> Lettering:
    """Set words in at most so many lines by making them smaller, down to a least size.

    At the least size they take as many lines as they need: nothing is ever cut.
    """
    least = least or size
    while size > least and not _fits(words, widest, size, lines, is_bold=is_bold):
        size = max(least, size * SHRINK)
    return Lettering(wrap(words, widest, size, is_bold=is_bold), round(size, 2), is_bold)


def _fits(words: str, widest: float, size: float, lines: int, *, is_bold: bool) -> bool:
    single = all(width(word, size, is_bold=is_bold) <= widest for word in drawable(words).split())
    return single and len(wrap(words, widest, size, is_bold=is_bold)) <= lines


def _pieces(word: str, widest: float, size: float, *, is_bold: bool) -> Iterator[str]:
    """Divide a word that is wider than a line between its letters."""
    piece = ""
    for letter in _letters(word):
        if piece and width(piece + letter, size, is_bold=is_bold) > widest:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _letters(word: str) -> Iterator[str]:
    """Give the letters of a word, each with the marks that sit on it."""
    letter = ""
    for one in word:
        if letter and not unicodedata.combining(one) and not _is_silent(one):
            yield letter
            letter = ""
        letter += one
    yield letter


def _isolated(lines: Sequence[str]) -> Iterator[str]:
    """Close what turns the direction at the end of each line, and open it again on the next."""
    opened: list[str] = []
    for line in lines:
        before = "".join(opened)
        for one in line:
            if one in _OPENING:
                opened.append(one)
            elif one == _CLOSING and opened:
                opened.pop()
        yield before + line + _CLOSING * len(opened)


def _one_way(words: str) -> Iterator[str]:
    """Divide words where they turn between left-to-right and right-to-left letters."""
    part, way = "", ""
    for one in words:
        turned = _WAYS.get(unicodedata.bidirectional(one), way)
        if part and way and turned != way:
            yield part
            part = ""
        part, way = part + one, turned
    yield part


def _is_silent(one: str) -> bool:
    """Whether a character is never drawn: spaces, joiners, direction marks."""
    return one.isspace() or unicodedata.category(one) == "Cf"
