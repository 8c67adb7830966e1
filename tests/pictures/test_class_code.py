"""The card of a class code: every module of its QR code stands where a reader looks for it."""

from __future__ import annotations

import re

import pytest
import segno

from bot.pictures import Look
from bot.pictures.class_code import MARGIN, ROOM, WIDTH, ClassCard, draw_class_code
from bot.pictures.palette import INK
from bot.pictures.qr import QUIET

LINK = "https://t.me/learning_bot?start=claim_Ab3dEf6hIj9lMn2pQr5tUv"
CARD = ClassCard("Scan to get your badge", "Excel for work", "maple-otter-47", LINK)
_PATH = re.compile(r'<path transform="translate\(([\d.]+) [\d.]+\) scale\(([\d.]+) .*?d="(.+?)"')
_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_code_holds_the_link_and_is_never_mirrored(language: str) -> None:
    drawing = draw_class_code(CARD, Look(language))
    found = _PATH.search(drawing.svg)
    assert found is not None
    rows = [list(row) for row in segno.make(LINK, error="m", micro=False).matrix]
    dark = {(QUIET + x, QUIET + y) for y, row in enumerate(rows) for x, on in enumerate(row) if on}
    drawn = {
        (int(x) + step, int(y))
        for x, y, wide in _RUN.findall(found[3])
        for step in range(int(wide))
    }
    assert drawn == dark
    assert float(found[1]) == MARGIN
    assert float(found[2]) == pytest.approx(ROOM / (len(rows) + 2 * QUIET), abs=0.01)
    assert drawing.width == WIDTH


def test_words_of_people_are_shown_as_words() -> None:
    card = ClassCard("Scan", "<script>&", "maple-otter-47", LINK)
    drawing = draw_class_code(card, Look())
    assert "<script>" not in drawing.svg
    assert "maple-otter-47" in drawing.svg
    assert INK in drawing.svg
