"""Makes the fonts of pictures from the Noto packages: `python -m tests.support.subset_fonts`.

Each is one TTF a script, with the weights from regular to bold in one file and only the characters
below. The same packages give the same bytes: a test compares them.
"""

from __future__ import annotations

import io
from importlib.resources import files
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from bot.pictures.lettering import FONTS

_LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x2B0, 0x370),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C0),
    0x2116,
    0x2122,
    0x2212,
    0x2264,
    0x2265,
]
_GREEK_AND_CYRILLIC = [*range(0x370, 0x530)]  # names of people and places
_ARABIC = [*range(0x600, 0x780), 0xFDF2]
SOURCES = {
    "NotoSans": ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", [*_LATIN, *_GREEK_AND_CYRILLIC]),
    "NotoSansArabic": (
        "fontpkg_noto_sans_arabic",
        "NotoSansArabic[wdth,wght].ttf",
        [*_LATIN, *_ARABIC],
    ),
}


def subset(package: str, name: str, characters: list[int]) -> bytes:
    """Return a font of a package cut down to some characters and to regular to bold."""
    source = files(package) / "files" / name
    font: Any = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wdth": 100, "wght": (400, 700)})
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def licence(package: str) -> bytes:
    """Return the licence that a package gives with its font."""
    return (files(package) / "LICENSE").read_bytes()


if __name__ == "__main__":
    for font, (package, name, characters) in SOURCES.items():
        (FONTS / f"{font}.ttf").write_bytes(subset(package, name, characters))
        (FONTS / f"{font}-OFL.txt").write_bytes(licence(package))
