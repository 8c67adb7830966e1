"""Published files over what the program came with: texts and translations one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.publishing.folder import lay_over, paths_in
from content.load import load
from tests.support.small_content import PO, URDU

MENU = "text/menu.yaml"


def test_what_a_file_leaves_out_is_said_as_it_came(base: Path, tmp_path: Path) -> None:
    lay_over(base, {MENU: b'menu.ask: "And now?"\n'}, tmp_path / "made")
    words = load(tmp_path / "made").words

    assert words.short("menu.ask") == "And now?"
    assert words.short("menu.find.button") == load(base).words.short("menu.find.button")
    assert words.ids() == load(base).words.ids()


def test_a_release_may_bring_translations_that_were_not_published(
    base: Path, tmp_path: Path
) -> None:
    mine = PO.split("msgctxt")[0] + ('msgctxt "menu.help.button"\nmsgid "Help"\nmsgstr "مدد"\n')
    lay_over(base, {URDU: mine.encode()}, tmp_path / "made")
    content = load(tmp_path / "made")

    assert content.words.short("menu.help.button", "ur") == "مدد"
    assert content.words.short("menu.ask", "ur") == "آپ کیا کرنا چاہیں گے؟"
    assert content.languages["ur"].is_draft


def test_a_changed_english_text_does_not_take_the_old_translation(
    base: Path, tmp_path: Path
) -> None:
    lay_over(base, {MENU: b'menu.ask: "And now?"\n'}, tmp_path / "made")
    content = load(tmp_path / "made")

    assert content.words.language_of("menu.ask", "ur") == "en"
    assert "menu.ask" in content.translations["ur"].fuzzy


def test_a_translation_of_both_english_texts_is_used_whichever_is_said(
    base: Path, tmp_path: Path
) -> None:
    mine = PO.replace("What would you like to do?", "And now?")
    files = {URDU: mine.encode(), MENU: b'menu.ask: "And now?"\n'}
    lay_over(base, files, tmp_path / "made")
    found = load(tmp_path / "made").translations["ur"]

    assert "menu.ask" in found.entries
    assert "menu.ask" not in found.fuzzy


def test_files_come_and_go(base: Path, tmp_path: Path) -> None:
    files = {
        "campaigns/fair.yaml": (base / "campaigns/enrolment-week.yaml").read_bytes(),
        "campaigns/get-online-week.yaml": None,
    }
    lay_over(base, files, tmp_path / "made")
    found = load(tmp_path / "made").campaigns

    assert "fair" in found
    assert "get-online-week" not in found


def test_a_folder_holds_no_program(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    for name in ("a.yaml", "load.py", ".hidden.yaml", "messages.pot"):
        (tmp_path / "base" / name).write_text("x: y\n")
    lay_over(tmp_path / "base", {}, tmp_path / "made")
    assert list(paths_in(tmp_path / "made")) == ["a.yaml"]


@pytest.mark.parametrize(
    "path", ["../out.yaml", "sources.yaml", "/tmp/x.yaml", "text/../../x.yaml"]
)
def test_nothing_is_written_elsewhere(base: Path, tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="cannot be published"):
        lay_over(base, {path: b"x"}, tmp_path / "made")
    assert not (tmp_path / "made").exists()


def test_a_file_that_cannot_be_read_is_left_for_the_check(base: Path, tmp_path: Path) -> None:
    lay_over(base, {MENU: b"a: [", URDU: b"msgid nonsense"}, tmp_path / "made")
    assert (tmp_path / "made" / MENU).read_bytes() == b"a: ["
