"""Providers' text made plain: no markup, no control characters, no wrappers, whole words."""

from __future__ import annotations

import html
import re
import unicodedata

import nh3

MAX_RAW = 60_000
MAX_TEXT = 6_000
MAX_LINE = 400
MAX_TAGS = 1_000
"""Tags read in one text: time grows with the square of their depth."""

MAX_MARKS = 3
"""Combining marks kept on one letter: more is vandalism in every living script."""

_MARKUP = re.compile(r"<[a-zA-Z/!?]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_BREAKS = re.compile(r"<(?:/p|/div|/h[1-6]|/ul|/ol|/tr|/table|br|hr)\b[^<>]{0,200}>", re.IGNORECASE)
_ITEMS = re.compile(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_SOFT_BREAK = re.compile(r"(?<=[^\n])\n(?=[a-z])")
_EMPTY_LINES = re.compile(r"\n{3,}")
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf\u0152-\u2122]|\u00e2[\u0080\u20ac][\u0080-\u2122]"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]{1,20})?", re.UNICODE)

_DROPPED = {
    "Cc",  # control characters
    "Cf",  # marks that format, as those that turn the direction of what follows
    "Cs",  # lone surrogates
    "Co",
    "Cn",
}
_FORMAT_KEPT = {"\n", "\t", "\u200c", "\u200d"}
"""Persian, Urdu and Indic words need the two joiners."""

_WRAPPERS = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}

_PLACEHOLDERS = {
    "-", "--", "---", "–", "—", ".", "..", "...", "?", "n/a", "na", "n.a.", "none", "null",
    "nil", "tbc",
    "tba", "tbd", "to be announced", "to be confirmed", "to be advised", "not applicable",
    "not known", "unknown", "not available", "not specified", "undefined", "lorem ipsum",
    "start date to be announced.", "start date to be announced", "00000 000000", "xxx", "test",
}  # fmt: skip

_ACRONYMS = {
    "IT", "ICT", "ESOL", "GCSE", "NVQ", "SVQ", "BTEC", "HNC", "HND", "UK", "USA", "CV", "PC",
    "CPD", "TV", "DIY",
    "SEN", "SEND", "TEFL", "IELTS", "AAT", "ILM", "CIPD", "CMI", "ECDL", "ICDL", "HTML", "CSS",
    "SQL", "PHP",
    "CAD", "3D", "2D", "VRQ", "NCFE", "CACHE", "RSA", "OCR", "AQA", "NEBOSH", "IOSH", "CSCS",
    "CIEH", "RSPH", "BSL",
    "LGV", "HGV", "PTLLS", "TAQA", "SIA", "EAL", "EFL", "EDI", "ABC", "WJEC", "MBA", "BA", "BSC",
    "MA", "MSC", "GP",
    "NHS", "BBC", "RHS", "WSET", "PTS", "II", "III", "IV", "VI", "ALAN", "PAT", "LED", "VAT",
    "PAYE", "EU", "UN",
    "AI", "VR", "AR", "UX", "UI", "DJ", "MIG", "TIG", "ASL", "ADHD", "PE", "RE", "AS", "A2",
}  # fmt: skip
_SMALL = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "into",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
    "your",
}


def clean_text(raw: object, limit: int = MAX_TEXT) -> str:
    """Return plain text with line breaks; empty for what says nothing (placeholders too)."""
    if not raw:
        return "" if raw is None or isinstance(raw, str) else str(raw)
    text = _plain(raw)
    if not text:
        return ""
    if "\n" in text or "  " in text or "\t" in text:
        lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
        text = _EMPTY_LINES.sub("\n\n", "\n".join(lines)).replace("\n\n• ", "\n• ")
        text = _SOFT_BREAK.sub(" ", text)
    text = unwrapped(text.strip())
    return "" if is_placeholder(text) else shortened(text, limit)


def clean_line(raw: object, limit: int = MAX_LINE) -> str:
    """Return plain text on one line; empty for what says nothing."""
    if not raw:
        return "" if raw is None or isinstance(raw, str) else str(raw)
    text = unwrapped(" ".join(_plain(raw).split()))
    return "" if is_placeholder(text) else shortened(text, limit)


def clean_bare(raw: object) -> str:
    """Return lower-case words without punctuation around them, placeholders too."""
    return " ".join(_plain(raw).split()).strip(" .!").casefold()[:MAX_LINE]


def clean_title(raw: object, limit: int = 255) -> str:
    """Return a title on one line, not shouted."""
    return quietened(clean_line(raw, limit))


def is_placeholder(text: str) -> bool:
    """Tell whether the text only fills a field ("-", "TBC", "n/a")."""
    return len(text) < 40 and text.casefold() in _PLACEHOLDERS


def shortened(text: str, limit: int) -> str:
    """Cut at a word with an ellipsis where the text is longer than the limit."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit // 2)
    return (cut[:space] if space > 0 else cut).rstrip(" ,;:-\n") + "…"


def unwrapped(text: str) -> str:
    """Take off quotation marks that wrap the whole text."""
    closing = _WRAPPERS.get(text[:1])
    if closing and len(text) > 2 and text.endswith(closing):
        inner = text[1:-1]
        if text[0] not in inner and closing not in inner:
            return inner.strip()
    return text


def quietened(title: str) -> str:
    """Return a title in capitals as a title in ordinary letters; acronyms stay."""
    letters = sum(char.isalpha() for char in title)
    if letters < 8 or title != title.upper() or " " not in title:
        return title
    quiet = _WORD.sub(_quiet_word, title)
    return quiet[:1].upper() + quiet[1:]


def _quiet_word(match: re.Match[str]) -> str:
    word = match.group()
    lower = word.lower()
    if lower in _SMALL:
        return lower
    if word in _ACRONYMS or not any(char in "aeiouyàáâéèêíóôúûŵŷ" for char in lower):
        return word
    return word[0] + lower[1:]


def _plain(raw: object) -> str:
    text = raw if isinstance(raw, str) else "" if raw is None else str(raw)
    if not text or text.isspace():
        return ""
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return text[:MAX_RAW]
    return _visible(_unmarked(mended(text[:MAX_RAW])))


def mended(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 ("cafÃ©"); other text is returned as it is."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return b"".join(map(_old_byte, text)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _old_byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _unmarked(text: str) -> str:
    """Turn HTML, also HTML that was escaped once or twice, into text with line breaks."""
    if text.count("<") > MAX_TAGS:
        text = "<".join(text.split("<", MAX_TAGS)[:MAX_TAGS])
    for _ in range(3):
        if _MARKUP.search(text):
            text = _ITEMS.sub("\n• ", _BREAKS.sub("\n", text))
            text = html.unescape(nh3.clean(text, tags=set()))
        elif _ENTITY.search(text):
            text = html.unescape(text)
        else:
            break
    return text


def _visible(text: str) -> str:
    """Drop what cannot be seen or would reach beyond its place; compose letters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    if text.isascii() and text.isprintable():
        return text
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8"))
    text = text.translate(_KEPT)
    return text if _KEPT.marks.isdisjoint(text) else _without_piles(text)


class _Kept(dict[int, "str | int | None"]):
    """What becomes of each character: itself, a space, or nothing; worked out once for each."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[str] = set()

    def __missing__(self, code: int) -> str | int | None:
        char = chr(code)
        category = unicodedata.category(char)
        kept: str | int | None = code
        if category in {"Zs", "Zl", "Zp"}:
            kept = " "
        elif category in _DROPPED and char not in _FORMAT_KEPT:
            kept = None
        elif category in {"Mn", "Me"}:
            self.marks.add(char)
        self[code] = kept
        return kept


_KEPT = _Kept()


def _without_piles(text: str) -> str:
    kept = []
    marks = 0
    for char in text:
        marks = marks + 1 if char in _KEPT.marks else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)
