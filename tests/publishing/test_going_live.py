"""Uploads as files, whether all of it may go live, and going back without losing what was said."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.publishing.examining import examine
from bot.publishing.folder import lay_over
from bot.publishing.going_back import go_back
from bot.publishing.taking import Taken, take
from content.load import inspect
from content.reading import MAX_FILE_BYTES
from tests.support.small_content import PO, URDU

MENU, ASKED, ROUTE = "text/menu.yaml", "questionnaires/quick-needs.yaml", "pathways/job-search.yaml"
EVALUATION = "questionnaires/evaluation.yaml"
CHECKS = "frameworks/digcomp3/checks.yaml"


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """The file that somebody sends."""
    return tmp_path / "upload"


def _take(base: Path, upload: Path, path: str, body: bytes) -> Taken:
    upload.write_bytes(body)
    return take(base, base, path, upload)


def _laid(base: Path, folder: Path, files: dict[str, bytes | None]) -> Path:
    lay_over(base, files, folder)
    return folder


def _errors(base: Path, folder: Path, files: dict[str, bytes | None]) -> list[str]:
    found = examine(base, _laid(base, folder, files))
    return [f"{one.file}:{one.line}: {one.field}: {one.reason}" for one in found
            if one.severity == "error"]  # fmt: skip


# -- uploads ---------------------------------------------------------------------------------


def test_a_plain_file_stays_as_it_is_but_for_its_line_ends(base: Path, upload: Path) -> None:
    found = _take(base, upload, MENU, b'\xef\xbb\xbfmenu.ask: "Now?"\r\n')
    assert found.files == {MENU: b'menu.ask: "Now?"\n'}


@pytest.mark.parametrize(
    ("path", "body", "refused"),
    [
        ("sources.yaml", b"x: y", "publishing.refused.kind"),
        (MENU, b"  \n ", "publishing.refused.empty"),
        (MENU, 'a: "é"'.encode("latin-1"), "publishing.refused.encoding"),
        (MENU, 'a: "b"'.encode("utf-16"), "publishing.refused.encoding"),
        (MENU, b'a: "\x00"', "publishing.refused.encoding"),
        (MENU, b"x" * (MAX_FILE_BYTES + 1), "publishing.refused.size"),
        (MENU, b"PK\x03\x04 a sheet", "publishing.refused.sheet"),
        (ASKED, b"PK\x03\x04 no sheet", "imports.refused.bad_workbook"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    base: Path, upload: Path, path: str, body: bytes, refused: str
) -> None:
    with pytest.raises(ImportRefused) as error:
        _take(base, upload, path, body)
    assert error.value.text_id == refused


def test_a_bomb_is_not_unpacked(base: Path, upload: Path) -> None:
    with zipfile.ZipFile(upload, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    with pytest.raises(ImportRefused) as error:
        take(base, base, URDU, upload)
    assert error.value.text_id == "imports.refused.bomb"


@pytest.mark.parametrize("body", [b'msgid "a\nmsgstr b', PO.encode(), b"<html>no</html>"])
def test_a_translation_with_nothing_new_changes_nothing(
    base: Path, upload: Path, body: bytes
) -> None:
    found = _take(base, upload, URDU, body)
    assert found.files == {}
    assert found.problems


def test_a_translation_is_laid_over_the_one_in_the_draft(base: Path, upload: Path) -> None:
    body = PO.replace("آپ کیا کرنا چاہیں گے؟", "<b>اب</b> کیا؟").encode()
    found = _take(base, upload, URDU, body)

    assert found.count == 1
    assert "<b>اب</b>" in (found.files[URDU] or b"").decode()


def test_a_new_version_keeps_the_old_one(base: Path, upload: Path) -> None:
    asked = (base / ASKED).read_text().replace('version: "1"', 'version: "2"')
    assert set(_take(base, upload, ASKED, asked.encode()).files) == {
        ASKED,
        "questionnaires/earlier/quick-needs.1.yaml",
    }
    route = (base / ROUTE).read_text().replace('version: "1"', 'version: "2"')
    kept = "pathways/earlier/job-search.1.yaml"
    found = _take(base, upload, ROUTE, route.encode())
    assert found.files[kept] == (base / ROUTE).read_bytes()


def test_a_framework_counts_its_version_by_itself(base: Path, upload: Path) -> None:
    checks = (base / CHECKS).read_bytes().replace(b"?", b" then?", 1)
    files = _take(base, upload, CHECKS, checks).files

    assert files[CHECKS] == checks
    assert b'version: "' in (files["frameworks/digcomp3/framework.yaml"] or b"")
    assert any("/versions/" in path and path.endswith("checks.yaml") for path in files)


# -- going live ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        (MENU, b'menu.ask: "Hello {bob}"\n', "nothing fills it in here"),
        (MENU, b"menu.ask: [\n", "not YAML"),
        (MENU, b'menu.ask: "**never closed"\n', "is opened and not closed"),
        (MENU, b'menu.find.button: "' + b"x" * 40 + b'"\n', "a button has 2 to 24"),
        (MENU, b"a: &a [x]\nb: *a\n", "an alias"),
        (MENU, b"menu.ask: " + b"[" * 200 + b"]" * 200 + b"\n", "nested deeper"),
        ("cities/manchester/city.yaml", b"name: X\n", "cities/manchester/city.yaml"),
        ("campaigns/fair.yaml", b'version: "1"\ntopic: gossip\n', "campaigns/fair.yaml"),
    ],
)
def test_a_bad_file_is_named_by_file_line_and_field(
    base: Path, tmp_path: Path, path: str, body: bytes, reason: str
) -> None:
    found = _errors(base, tmp_path / "made", {path: body})

    assert any(reason in one for one in found), found
    assert all(one.startswith(path.rsplit("/", 1)[0]) for one in found)


def test_content_as_it_came_may_go_live(base: Path, tmp_path: Path) -> None:
    assert examine(base, _laid(base, tmp_path / "made", {})) == []


def test_answers_that_are_kept_keep_their_meaning(base: Path, tmp_path: Path) -> None:
    gone = (base / EVALUATION).read_text().replace("easy:", "another:", 1)
    found = _errors(base, tmp_path / "made", {EVALUATION: gone.encode()})
    assert any("the answer easy is gone" in one for one in found), found


def test_steps_that_people_are_on_keep_their_version(base: Path, tmp_path: Path) -> None:
    content = inspect(base)[0]
    step = content.pathways.current["job-search"].steps[0].id
    other = (base / ROUTE).read_text().replace(f"  {step}:", "  another:", 1)
    found = _errors(base, tmp_path / "made", {ROUTE: other.encode()})
    assert any("steps differ from those of version 1" in one for one in found)


def test_a_city_keeps_its_clock(base: Path, tmp_path: Path) -> None:
    path = "cities/manchester/city.yaml"
    moved = (base / path).read_text().replace("Europe/London", "Europe/Paris")
    found = _errors(base, tmp_path / "made", {path: moved.encode()})
    assert any("reminders and dates count by it" in one for one in found)


# -- going back ------------------------------------------------------------------------------


def test_going_back_counts_versions_on(base: Path, tmp_path: Path, upload: Path) -> None:
    asked = (base / ASKED).read_text().replace('version: "1"', 'version: "2"')
    route = (base / ROUTE).read_text().replace('version: "1"', 'version: "2"')
    checks = (base / CHECKS).read_bytes().replace(b"?", b" then?", 1)
    files: dict[str, bytes | None] = {}
    for path, body in ((ASKED, asked.encode()), (ROUTE, route.encode()), (CHECKS, checks)):
        files |= _take(base, upload, path, body).files
    live = _laid(base, tmp_path / "live", files)
    back: dict[str, bytes | None] = {}
    for one in go_back(live, base, files):
        back |= one.files
    made = _laid(base, tmp_path / "made", {**files, **back})

    assert [one for one in examine(live, made) if one.severity == "error"] == []
    content = inspect(made)[0]
    assert content.questionnaires.current["quick-needs"].version == 3
    assert {version for key, version in content.questionnaires.earlier if key == "quick-needs"} == {
        1,
        2,
    }
    assert content.pathways.current["job-search"].version == "3"
    before = inspect(base)[0].frameworks["digcomp3"]
    again = content.frameworks["digcomp3"]
    assert [one.question for one in again.checks] == [one.question for one in before.checks]
    assert len(content.archive["digcomp3"]) == 2
    shutil.rmtree(made)
