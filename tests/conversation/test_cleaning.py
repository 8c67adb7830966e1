"""Hostile text (F30): stored clean, bounded as Telegram counts."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.cleaning import MOST_MARKS, MOST_UNITS, cap, clean, utf16_length
from bot.conversation.compacting import fits
from bot.conversation.tokens import words_of
from tests.support.scripted_chat import ScriptedChat

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("a\x00b", "ab"),
        ("\ud800lone\udfff", "lone"),
        ("\u202egnp.exe", "gnp.exe"),
        ("cafe\u0301", "café"),
        ("  words \n", "words"),
        ("\x1b[31mred\x07", "[31mred"),
        ("two\nlines", "two\nlines"),
        ("می\u200cخواہم", "می\u200cخواہم"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\ue000", ""),
    ],
)
def test_what_harms_goes_and_what_people_write_stays(hostile: str, kept: str) -> None:
    assert clean(hostile) == kept


def test_piles_of_marks_are_capped() -> None:
    assert len(clean("x" + "\u0335" * 300)) == 1 + MOST_MARKS


def test_length_is_counted_in_utf16_units() -> None:
    assert utf16_length("a😀") == 3
    assert clean("😀" * 4_096) == "😀" * 2_048
    assert cap("a😀b", 2) == "a"
    assert cap("ab", 2) == "ab"


@given(st.text(alphabet=st.characters(), max_size=300))
@settings(deadline=None)
def test_every_text_comes_out_clean(text: str) -> None:
    found = clean(text)
    assert "\x00" not in found
    assert BIDI.isdisjoint(found)
    found.encode("utf-8")
    assert unicodedata.is_normalized("NFC", found)
    assert utf16_length(found) <= MOST_UNITS
    assert clean(found) == found
    assert isinstance(words_of(found), tuple)


HOSTILE = (
    "😀" * 4_096,
    "\x00" * 50,
    "\ud800" * 50,
    "\u202e" * 50 + "txt",
    "Z" + "\u0301" * 300,
    "x" * 100_000,
    "٣" * 4_000,
    "and " * 1_000,
    "/" * 4_000,
    "the " * 1_000 + "first",
)


@pytest.mark.parametrize("flow", ["learn", "letter", "code", "check", "menu", "journal"])
def test_hostile_text_breaks_no_question(talk: Callable[..., ScriptedChat], flow: str) -> None:
    for hostile in HOSTILE:
        chat = talk(flow)
        for words in (hostile, "2", hostile, "hulme", hostile):
            chat.send(words)
            assert chat.session is None or fits(chat.session)
