"""What differs between two files: lines, words within them, and texts of translations."""

from __future__ import annotations

from bot.publishing.differing import MOST_LINES, differ
from tests.support.small_content import PO, URDU

OLD = b'# A\nask: "What would you like to do?"\nb: c\nd: e\nf: g\nh: i\n'


def test_words_are_marked_in_lines_that_are_alike() -> None:
    found = differ("text/a.yaml", OLD, OLD.replace(b"like to do", b"like to learn"))
    out, come = (line for line in found.lines if line.kind in "+-")

    assert (found.added, found.removed) == (1, 1)
    assert [words for mark, words in out.parts if mark == "out"] == ['do?"']
    assert [words for mark, words in come.parts if mark == "in"] == ['learn?"']
    assert (out.number, come.number) == (2, 2)


def test_lines_that_are_not_alike_are_shown_whole() -> None:
    found = differ("text/a.yaml", b"one two three\n", b"completely other words\n")
    assert all(mark == "" for line in found.lines for mark, _ in line.parts)


def test_what_stays_is_left_out_but_for_what_stands_around() -> None:
    before = b"".join(b"line %d\n" % number for number in range(100))
    found = differ("text/a.yaml", before, before.replace(b"line 50\n", b"line fifty\n"))
    assert [line.kind for line in found.lines] == ["…", " ", " ", "-", "+", " ", " "]


def test_new_and_gone_files() -> None:
    assert differ("a.yaml", None, b"x\n").is_new
    gone = differ("a.yaml", b"x\n", None)
    assert (gone.is_gone, gone.removed, gone.added) == (True, 1, 0)


def test_translations_are_compared_text_by_text() -> None:
    wrapped = PO.replace('msgstr "آپ کیا', 'msgstr ""\n"آپ کیا')
    assert differ(URDU, PO.encode(), wrapped.encode()).lines == ()

    found = differ(URDU, PO.encode(), PO.replace("کچھ سیکھیں", "کچھ نیا سیکھیں").encode())
    assert {line.of for line in found.lines} == {"menu.find.button"}
    assert (found.added, found.removed) == (1, 1)


def test_long_files_are_compared_in_a_moment_and_cut() -> None:
    before = b"".join(b"old %d\n" % number for number in range(20_000))
    after = b"".join(b"new %d\n" % number for number in range(20_000))
    found = differ("a.yaml", before, after)

    assert len(found.lines) == MOST_LINES
    assert found.more == 40_000 - MOST_LINES


def test_bytes_that_are_no_text_are_shown_and_not_refused() -> None:
    assert differ("a.yaml", b"\xff\xfe\x00", b"a\n").added == 1
