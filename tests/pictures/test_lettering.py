"""The shipped fonts draw every language that is shipped, and words are measured as drawn."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import Canvas, Look
from bot.pictures.lettering import FACES, drawable, face_of, fit, missing, width, wrap
from bot.pictures.png import to_png
from content.load import load
from content.template import Template
from content.words import Entry
from tests.support.png import grey_rows

CONTENT = load()
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz'‘’“”–—£€%&()?!.,:;/+·…é",
    "cy": "aáàâäbcdeéèêëfghiíìîïjklmnoóòôöpqrstuúùûüvwẃẁŵẅxyýỳŷÿz'’‘–£?!.,:;()",
    "ur": "ا أ آ ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن ں و ؤ ہ ۂ ھ ء ی ئ ے"
    " ۃ"
    " ً َ ِ ُ ْ ٰ ٔ ّ ۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹ ، ؛ ؟ ۔ ٪ 0123456789 ( ) : . / £ abcxyz",
}
"""What each language is written with (CLDR's main and auxiliary letters, its marks and digits)."""


def _texts(language: str) -> list[str]:
    found = []
    for text_id in CONTENT.words.ids():
        entry = CONTENT.words.entry(text_id, language)
        found += [_words(one) for one in _forms(entry)]
    return found


def _forms(entry: Entry | None) -> list[Template]:
    if entry is None:
        return []
    return [entry] if isinstance(entry, Template) else list(entry.values())


def _words(template: Template) -> str:
    return "".join(part for run in template.runs for part in run.parts if isinstance(part, str))


def _glyphs(words: str, *, is_bold: bool = False) -> list[int]:
    """Return the glyphs by which the shipped font sets words; 0 is the empty box."""
    face = hb.Face(hb.Blob.from_file_path(str(face_of(words).path)))
    font = hb.Font(face)
    font.set_variations({"wght": 700 if is_bold else 400})
    buffer = hb.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return [one.codepoint for one in buffer.glyph_infos]


def test_every_shipped_language_says_what_it_is_written_with() -> None:
    assert set(CONTENT.languages) == set(LETTERS)


@pytest.mark.parametrize("language", LETTERS)
def test_no_letter_of_a_shipped_language_is_missing(language: str) -> None:
    both = LETTERS[language] + LETTERS[language].upper()
    assert missing(both) == frozenset()
    assert 0 not in _glyphs(both)
    assert 0 not in _glyphs(both, is_bold=True)


@pytest.mark.parametrize("language", LETTERS)
def test_no_letter_of_any_shipped_text_is_missing(language: str) -> None:
    """Emoji stand in chat alone; everything else that is shipped can be drawn."""
    texts = _texts(language)
    assert len(texts) > 100
    for text in texts:
        lost = {one for one in missing(text) if unicodedata.category(one)[0] in "LMNP"}
        assert not lost, text
        assert 0 not in _glyphs(drawable(text)), text


def test_names_of_places_and_skills_can_be_drawn() -> None:
    names = [city.named(one) for city in CONTENT.cities.values() for one in LETTERS]
    names += [place.name for city in CONTENT.cities.values() for place in city.places]
    for framework in CONTENT.frameworks.values():
        names += [one.title for one in framework.competences.values()]
        names += [one.short for one in framework.competences.values()]
    assert len(names) > 500
    for name in names:
        assert missing(name) == frozenset(), name


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Zoë 😀 writes", "Zoë writes"),
        ("漢字", ""),
        ("a\tb\nc\x00\ud800", "a b c"),
        ("Ivan Иван", "Ivan Иван"),
        ("\u0124o اردو", "H\u0302o اردو"),
        ("", ""),
        ("हिन्दी", ""),
    ],
)
def test_what_no_font_draws_is_left_out(words: str, kept: str) -> None:
    assert drawable(words) == kept
    assert 0 not in _glyphs(drawable(words))


def test_one_font_a_script_and_bold_is_wider() -> None:
    assert [face.family for face in FACES] == ["Noto Sans", "Noto Sans Arabic"]
    assert face_of("Dŵr: 3").family == "Noto Sans"
    assert face_of("Excel مہارتیں").family == "Noto Sans Arabic"
    for words in ("Finding things", "مہارتیں"):
        assert width(words, 40, is_bold=True) > width(words, 40) > 100


@pytest.mark.parametrize("is_bold", [False, True])
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Finding things online"),
        ("cy", "Dŵr, tŷ a Ŵy"),
        ("ur", "معلومات اور ڈیٹا"),
        ("ur", "Excel شروع کرنے والوں کے لیے (2)"),
    ],
)
def test_words_are_measured_as_they_are_painted(language: str, words: str, is_bold: bool) -> None:
    canvas = Canvas(900, Look(language))
    canvas.text(20, 80, words, 48, is_bold=is_bold)
    first, last = _ink(grey_rows(to_png(canvas.finish(130))))
    measured = width(words, 48, is_bold=is_bold)
    assert last - first == pytest.approx(measured, abs=10)
    near = 900 - last if language == "ur" else first
    assert near == pytest.approx(20, abs=7)


def test_letters_that_join_are_painted_joined() -> None:
    apart = sum(width(one, 48) for one in "مہارتیں")
    assert width("مہارتیں", 48) < apart * 0.8


def test_right_to_left_words_begin_on_the_right() -> None:
    whole, alone = Canvas(600, Look("ur")), Canvas(600, Look("ur"))
    whole.text(20, 80, "کام: مہارتیں۔", 48)
    alone.text(20, 80, "کام:", 48)
    reach = int(width("کام:", 48)) - 8
    first = [row[580 - reach :] for row in grey_rows(to_png(whole.finish(130)))]
    assert first == [row[580 - reach :] for row in grey_rows(to_png(alone.finish(130)))]


def test_a_long_word_is_broken_not_cut_and_small_words_shrink() -> None:
    fitted = fit("Llanfairpwllgwyngyllgogerychwyrndrobwll", 200, 40, least=30)
    assert fitted.size == 30
    assert "".join(fitted.lines) == "Llanfairpwllgwyngyllgogerychwyrndrobwll"
    assert fitted.width() <= 200
    one_line = fit("Highly advanced", 200, 30, least=20)
    assert (len(one_line.lines), 20 < one_line.size < 30) == (1, True)
    assert fit("Highly advanced", 120, 24, lines=2).lines == ("Highly", "advanced")


TYPED = st.text(
    st.characters(max_codepoint=0x6FF, exclude_categories=["Cs"]), max_size=60
) | st.lists(
    st.sampled_from(["مہارتیں", "Excel", "\u2068اردو", "x\u2069", "tŷ", "12"]), max_size=9
).map(" ".join)


@given(TYPED, st.floats(30, 300))
def test_wrapping_loses_nothing_and_keeps_to_its_width(words: str, widest: float) -> None:
    lines = wrap(words, widest, 20)
    plain = str.maketrans("", "", "\u2066\u2067\u2068\u2069 ")
    assert "".join(lines).translate(plain) == drawable(words).translate(plain)
    for line in lines:
        assert width(line, 20) <= widest + 0.01 or len(line.translate(plain)) <= 4


@given(TYPED)
def test_every_line_closes_what_turns_it(words: str) -> None:
    for line in wrap(words, 80, 20):
        depth = 0
        for one in line:
            depth = depth + 1 if one in "\u2066\u2067\u2068" else max(0, depth - (one == "\u2069"))
        assert depth == 0


def _ink(rows: list[bytes]) -> tuple[int, int]:
    """Return the first and the last column in which something dark stands."""
    dark = [x for x in range(len(rows[0])) if any(row[x] < 128 for row in rows)]
    assert all(after >= before for before, after in pairwise(dark))
    return dark[0], dark[-1] + 1
