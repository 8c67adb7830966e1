"""The shipped content with one city and a few translated words: all of it is read in a moment."""

from __future__ import annotations

import shutil
from pathlib import Path

from content.load import SHIPPED

CITY = "manchester"
PO = """\
# Urdu. Status: draft, awaiting native review.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgctxt "menu.ask"
msgid "What would you like to do?"
msgstr "آپ کیا کرنا چاہیں گے؟"

msgctxt "menu.find.button"
msgid "Something that nobody says any more"
msgstr "کچھ سیکھیں"
"""
URDU = "translations/ur/messages.po"


def small_content(folder: Path) -> Path:
    """Make it, and return it."""
    shutil.copytree(SHIPPED, folder, ignore=_left_out)
    (folder / URDU).parent.mkdir(parents=True)
    (folder / URDU).write_text(PO, encoding="utf-8")
    return folder


def _left_out(folder: str, names: list[str]) -> set[str]:
    place = Path(folder).relative_to(SHIPPED).as_posix()
    code = {name for name in names if name.endswith((".py", ".pot")) or name.startswith("__")}
    if place == ".":
        return code | {"translations", "courses"}
    if place == "cities":
        return set(names) - {CITY}
    return code
