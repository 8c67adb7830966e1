"""Frameworks are replaced whole, after a trial, and what people told under the old one stays."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.skills.report import report
from bot.skills.sheets import write_csv, write_xlsx
from bot.skills.shelf import Change, proposed, put_in_place
from content.load import SHIPPED, LiveContent, load
from tests.support.sittings import STARTED, steady, tell

DRAFT = "sectors-draft"
Edit = Callable[[list[dict[str, str]]], list[dict[str, str]]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped content, as a city has one."""
    without = shutil.ignore_patterns("*.py", "__pycache__", "*.po*")
    return Path(shutil.copytree(SHIPPED, tmp_path / "content", ignore=without))


def sheet(root: Path, edit: Edit, key: str = DRAFT) -> Path:
    """Take a framework's sheet out and change it."""
    path = root.parent / "sheet.csv"
    write_csv(load(root).frameworks[key], path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(edit(rows))
    return path


def reworded(item: str, words: str) -> Edit:
    code, letter = item.rsplit(".", 1)
    return lambda rows: [
        {**row, "can": words}
        if (row["code"], row["level"] + row["sentence"]) == (code, letter)
        else row
        for row in rows
    ]


def without(code: str) -> Edit:
    return lambda rows: [row for row in rows if row["code"] != code]


def replace(root: Path, source: Path, key: str = DRAFT, version: str = "") -> Change:
    with proposed(root, key, source, version) as proposal:
        put_in_place(root, proposal)
        return proposal.change


def tried(root: Path, source: Path, key: str = DRAFT, version: str = "") -> Change:
    with proposed(root, key, source, version) as proposal:
        return proposal.change


def errors(change: Change) -> list[str]:
    return [str(one) for one in change.problems if one.severity == "error"]


class TestReplacing:
    def test_a_result_of_before_keeps_its_words_and_a_new_sitting_has_the_new_ones(
        self, root: Path
    ) -> None:
        live = LiveContent(load(root))
        first = live.current.frameworks[DRAFT]
        told = tell(first, steady(2), parts=("data",))
        item = "data.prepare.1a"
        was = first.find_sentence(item)
        assert was is not None
        before = report(first, [told])

        def edit(rows: list[dict[str, str]]) -> list[dict[str, str]]:
            rows = reworded(item, "Enter facts into a form with care and no mistakes")(rows)
            return [row for row in rows if row["code"] + row["level"] != "data.prepare2"] + [
                {**row, "sentence": "b", "can": "Clean a list with the tools of a sheet"}
                for row in rows
                if row["code"] + row["level"] == "data.prepare2"
            ]

        change = replace(root, sheet(root, edit))
        content = live.reload()

        assert (change.before_version, change.version) == ("0.1", "0.2")
        assert change.removed == ("data.prepare.2a",)
        assert change.added == ("data.prepare.2b",)
        assert [one.item for one in change.reworded] == [item]
        old = content.framework_at(DRAFT, told.sitting.version)
        assert old is not None
        assert old.version == "0.1"
        assert old.find_sentence(item) == was
        assert old.find_sentence("data.prepare.2a") is not None
        assert report(old, [told]) == before
        new = content.frameworks[DRAFT]
        assert new.version == "0.2"
        renamed = new.find_sentence(item)
        assert renamed is not None
        assert renamed.can.startswith("Enter facts into a form")
        assert new.find_sentence("data.prepare.2a") is None
        again = tell(new, steady(2), number=2, parts=("data",), at=STARTED + timedelta(days=1))
        assert "data.prepare.2a" not in {one.item for one in again.answers}

    def test_answers_to_sentences_that_are_gone_harm_no_later_result(self, root: Path) -> None:
        told = tell(load(root).frameworks[DRAFT], steady(3), parts=("data",))
        kept_rows: Edit = lambda rows: [  # noqa: E731
            {**row, "sentence": "b"} if row["code"] == "data.prepare" else row for row in rows
        ]
        replace(root, sheet(root, kept_rows))

        found = report(load(root).frameworks[DRAFT], [told])

        assert any(line.standing.is_estimated for line in found.areas[0].lines)

    def test_a_third_version_keeps_both(self, root: Path) -> None:
        for words in ("Enter facts into a sheet without mistakes", "Enter facts into a good sheet"):
            replace(root, sheet(root, reworded("data.prepare.1a", words)))

        content = load(root)
        assert set(content.archive[DRAFT]) == {"0.1", "0.2"}
        assert content.frameworks[DRAFT].version == "0.3"

    def test_a_workbook_does_as_well(self, root: Path) -> None:
        path = root.parent / "sheet.xlsx"
        write_xlsx(load(root).frameworks[DRAFT], path)

        change = replace(root, path, version="1.0")

        assert change.version == "1.0"
        assert (change.added, change.removed, change.reworded) == ((), (), ())
        assert load(root).frameworks[DRAFT].areas == load().frameworks[DRAFT].areas

    def test_words_that_mean_something_else_are_pointed_out(self, root: Path) -> None:
        path = sheet(root, reworded("data.prepare.1a", "Mend a bicycle in the rain"))

        assert [one.is_far for one in tried(root, path).reworded] == [True]

    def test_an_id_of_long_ago_does_not_come_back_for_something_else(self, root: Path) -> None:
        replace(root, sheet(root, lambda rows: [
            {**row, "sentence": "b"} if row["code"] == "data.prepare" else row for row in rows
        ]))  # fmt: skip

        def back(rows: list[dict[str, str]]) -> list[dict[str, str]]:
            first = next(row for row in rows if row["code"] == "data.prepare")
            return [*rows, {**first, "sentence": "a", "can": "Mend a bicycle in the rain"}]

        assert "use an id never used before" in errors(tried(root, sheet(root, back)))[0]


class TestWhatStandsAgainstIt:
    def test_a_fault_is_named_by_its_row_and_nothing_changes(self, root: Path) -> None:
        path = sheet(root, reworded("data.prepare.3a", "x" * 130))
        before = load(root).version

        change = tried(root, path)

        assert not change.is_possible
        assert any("descriptors.csv:4: " in one and "120" in one for one in errors(change))
        assert load(root).version == before

    def test_what_would_dangle_is_listed(self, root: Path) -> None:
        """Routes, rules for tags and the quick check all name competences of DigComp."""
        folder = root.parent / "changed"
        kept = shutil.ignore_patterns("areas", "checks.yaml")
        shutil.copytree(root / "frameworks" / "digcomp3", folder, ignore=kept)
        shutil.copy(sheet(root, without("1.1"), "digcomp3"), folder / "descriptors.csv")

        found = errors(tried(root, folder, "digcomp3"))

        files = {one.split(":")[0] for one in found}
        assert "frameworks/eds/quickcheck.yaml" in files, "crosswalk"
        assert {"skills/tagging.yaml", "skills/esco.yaml"} & files, "tags"
        assert any(file.startswith("pathways/") for file in files), "routes"

    def test_it_is_not_put_in_place(self, root: Path) -> None:
        with (
            proposed(root, "digcomp3", sheet(root, without("1.1"), "digcomp3")) as proposal,
            pytest.raises(ImportRefused),
        ):
            put_in_place(root, proposal)

        assert "1.1" in load(root).frameworks["digcomp3"].competences

    def test_a_version_that_was_there_already_is_refused(self, root: Path) -> None:
        path = sheet(root, reworded("data.prepare.1a", "Enter facts into a good sheet"))

        assert "needs a new one" in errors(tried(root, path, version="0.1"))[0]

    def test_a_version_cannot_lead_out_of_the_folder(self, root: Path) -> None:
        path = sheet(root, lambda rows: rows)

        assert not tried(root, path, version="../../1").is_possible

    @pytest.mark.parametrize("key", ["", "../x", "Capital", "a/b"])
    def test_an_id_is_a_plain_name(self, root: Path, key: str) -> None:
        with pytest.raises(ImportRefused), proposed(root, key, root / "frameworks" / DRAFT):
            pass

    @pytest.mark.parametrize("name", ["nothing", "text", "text/web.yaml"])
    def test_what_is_no_framework_is_said_to_be_none(self, root: Path, name: str) -> None:
        with pytest.raises(ImportRefused) as refusal, proposed(root, "new", root / name):
            pass
        assert refusal.value.text_id == "frameworks.source"

    def test_a_sheet_alone_is_no_new_framework(self, root: Path) -> None:
        path = sheet(root, lambda rows: rows)

        with pytest.raises(ImportRefused) as refusal, proposed(root, "mdsf", path):
            pass
        assert refusal.value.text_id == "frameworks.sheet_alone"

    def test_the_programs_own_content_is_left_alone(self, root: Path) -> None:
        path = sheet(root, lambda rows: rows)

        with proposed(SHIPPED, DRAFT, path) as proposal:
            with pytest.raises(ImportRefused) as refusal:
                put_in_place(SHIPPED, proposal)
            assert refusal.value.text_id == "frameworks.shipped"


class TestAdding:
    def own(self, root: Path) -> Path:
        """A folder as the city would send it: what it is, and a sheet."""
        folder = root.parent / "own"
        shutil.copytree(root / "frameworks" / DRAFT, folder)
        head = folder / "framework.yaml"
        text = head.read_text(encoding="utf-8")
        head.write_text(text.replace("Sector digital skills: a draft", "Our skills: not a draft"))
        shutil.rmtree(folder / "areas")
        write_xlsx(load(root).frameworks[DRAFT], folder / "descriptors.xlsx")
        (folder / "notes.docx").write_bytes(b"nothing of ours")
        return folder

    def test_the_citys_own_fills_its_place(self, root: Path) -> None:
        replace(root, self.own(root), "mdsf", "1")

        content = load(root)
        assert content.slots["mdsf"].is_filled
        assert content.frameworks["mdsf"].version == "1"
        assert "mdsf" in content.offered("manchester")
        assert DRAFT not in content.offered("manchester")
        names = {path.name for path in (root / "frameworks" / "mdsf").iterdir()}
        assert names == {"framework.yaml", "descriptors.csv", "slot.yaml"}

    def test_nothing_is_left_lying_about(self, root: Path) -> None:
        replace(root, self.own(root), "mdsf", "1")

        assert not list(root.glob(".framework-*"))

    def test_a_quick_check_is_replaced_in_the_same_way(self, root: Path) -> None:
        folder = root.parent / "quick"
        shutil.copytree(root / "frameworks" / "eds", folder)
        path = folder / "quickcheck.yaml"
        text = path.read_text(encoding="utf-8").replace("2022-1", "2026-1", 1)
        path.write_text(text, encoding="utf-8")

        replace(root, folder, "eds")

        content = load(root)
        assert content.quick_checks["eds"].version == "2026-1"
        old = content.quick_check_at("eds", "2022-1")
        assert old is not None
        assert old.version == "2022-1"
