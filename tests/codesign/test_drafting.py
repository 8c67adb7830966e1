"""The next draft: its sentences, what changed and why, and files that the commands take."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.codesign.drafting import can_drop, draft_of, fault_of, tidied
from bot.codesign.folder import revisions_csv, sheet_of, write_folder, zipped
from bot.codesign.records import Act, Change, Kind, Suggestion, Verdict
from bot.skills.sheets import write_xlsx
from bot.skills.shelf import proposed, put_in_place
from content.frameworkfiles import read_frameworks
from content.frameworkrevisions import Revision
from content.frameworks import Framework
from content.load import SHIPPED
from tests.support.databases import START

KEY = "sectors-draft"
ITEM = "data.prepare.1a"
WORDS = "Type facts into a form or sheet with no mistakes"
IDEA = Suggestion(
    "s1", ITEM, Kind.EMPLOYER, "Type facts\nin, no mistakes", START, may_stay=True, is_open=True,
    verdict=Verdict.TAKEN,
)  # fmt: skip
REWORDED = Change(ITEM, Act.REWORD, "data.prepare", 1, WORDS, "Four people stumbled over it")
ADDED = Change("new.1", Act.ADD, "data.prepare", 1, "Ask who may see a list", "Missed", ("s2",))
DROPPED = Change(ITEM, Act.DROP, "data.prepare", 1, "", "Nobody needs it at work")


@pytest.fixture(scope="module")
def framework(frameworks: Mapping[str, Framework]) -> Framework:
    return frameworks[KEY]


def words_of(framework: Framework) -> dict[str, str]:
    return {one.id: one.can for _, _, one in framework.sentences()}


def test_a_sentence_is_reworded_under_its_id(framework: Framework) -> None:
    draft = draft_of(framework, [REWORDED], [IDEA], "Spring round")
    before, after = words_of(framework), words_of(draft.framework)

    assert {key: after[key] for key in after if after[key] != before.get(key)} == {ITEM: WORDS}
    assert before.keys() == after.keys()
    assert draft.revisions == (
        Revision(
            item=ITEM,
            act="reword",
            was=before[ITEM],
            now=WORDS,
            why="Four people stumbled over it",
            suggestions=1,
            said=("Type facts in, no mistakes",),
            round="Spring round",
        ),
    )


def test_another_meaning_gets_an_id_that_was_never_used(framework: Framework) -> None:
    change = replace(REWORDED, act=Act.REPLACE)
    draft = draft_of(framework, [change, ADDED], [IDEA], "Spring", used={"data.prepare.1b"})
    after = words_of(draft.framework)

    assert ITEM not in after
    assert after["data.prepare.1c"] == WORDS
    assert after["data.prepare.1d"] == ADDED.words
    assert [(one.item, one.act) for one in draft.revisions] == [
        (ITEM, "drop"),
        ("data.prepare.1c", "add"),
        ("data.prepare.1d", "add"),
    ]


def test_a_level_is_never_left_without_a_sentence(framework: Framework) -> None:
    alone = draft_of(framework, [DROPPED], [], "Spring")
    assert alone.left_out == (DROPPED,)
    assert ITEM in words_of(alone.framework)
    assert not can_drop(framework, [], ITEM)

    both = draft_of(framework, [DROPPED, ADDED], [], "Spring")
    assert both.left_out == ()
    assert ITEM not in words_of(both.framework)
    assert can_drop(framework, [ADDED], ITEM)
    assert not can_drop(framework, [ADDED], "no.such.1a")


def test_what_the_framework_no_longer_has_is_left_out_and_said(framework: Framework) -> None:
    gone = replace(REWORDED, item="data.prepare.1z")
    same = replace(REWORDED, words=words_of(framework)[ITEM])
    nowhere = replace(ADDED, competence="no.such")
    draft = draft_of(framework, [gone, same, nowhere], [], "Spring")

    assert draft.left_out == (gone, same, nowhere)
    assert words_of(draft.framework) == words_of(framework)


@pytest.mark.parametrize(
    "idea",
    [
        replace(IDEA, is_open=False),
        replace(IDEA, may_stay=False),
        replace(IDEA, words="", verdict=Verdict.HIDDEN),
        replace(IDEA, verdict=Verdict.NO),
    ],
)
def test_words_stay_with_a_framework_only_where_all_agree(
    framework: Framework, idea: Suggestion
) -> None:
    assert draft_of(framework, [REWORDED], [idea], "Spring").revisions[0].said == ()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Find", "short"),
        ("Find " + "x" * 116, "long"),
        ("know how to find facts", "deed"),
        ("Know how to find facts", "deed"),
        ("Find facts and say where they are from", ""),
    ],
)
def test_words_that_cannot_be_a_sentence(words: str, fault: str) -> None:
    assert fault_of(words) == fault


def test_words_stand_on_one_line() -> None:
    assert tidied(" Find\n\nfacts\x00\t now ") == "Find facts now"


class TestFiles:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        """A copy of the shipped content, as a city has one."""
        without = shutil.ignore_patterns("*.py", "__pycache__", "*.po*")
        return Path(shutil.copytree(SHIPPED, tmp_path / "content", ignore=without))

    def test_the_folder_becomes_the_next_version_with_what_changed(
        self, root: Path, framework: Framework
    ) -> None:
        formula = replace(IDEA, id="s9", words="=Type facts in")
        draft = draft_of(framework, [REWORDED, ADDED], [IDEA, formula], "Spring")
        write_folder(root, draft, root.parent / "draft")
        with proposed(root, KEY, root.parent / "draft") as proposal:
            assert proposal.change.is_possible
            put_in_place(root, proposal)
        now = read_frameworks(root, []).frameworks[KEY]

        assert (now.version, words_of(now)) == ("0.2", words_of(draft.framework))
        assert now.revisions == draft.revisions
        with proposed(root, KEY, root / "frameworks" / KEY) as again:
            assert again.change.before_version == "0.2"

    def test_the_sheet_carries_what_changed_too(self, root: Path, framework: Framework) -> None:
        folder, sheet = root.parent / "draft", root.parent / "sheet.xlsx"
        draft = draft_of(framework, [REWORDED], [IDEA], "Spring")
        later = draft_of(framework, [ADDED], [replace(IDEA, id="s2", words="=1+1")], "Later")
        write_folder(root, draft, folder)
        sheet.write_bytes(sheet_of(later))
        for source in (folder, sheet):
            with proposed(root, KEY, source) as proposal:
                put_in_place(root, proposal)
        now = read_frameworks(root, [])

        assert words_of(now.frameworks[KEY]) == words_of(later.framework)
        assert now.frameworks[KEY].revisions == later.revisions
        assert now.archive[KEY]["0.2"].revisions == draft.revisions

    def test_a_sheet_that_says_nothing_of_changes_takes_none_over(
        self, root: Path, framework: Framework
    ) -> None:
        folder, sheet = root.parent / "draft", root.parent / "sheet.xlsx"
        write_folder(root, draft_of(framework, [REWORDED], [IDEA], "Spring"), folder)
        write_xlsx(framework, sheet)
        for source in (folder, sheet):
            with proposed(root, KEY, source) as proposal:
                put_in_place(root, proposal)

        assert read_frameworks(root, []).frameworks[KEY].revisions == ()

    def test_the_zip_holds_the_same_folder(self, framework: Framework) -> None:
        draft = draft_of(framework, [REWORDED], [IDEA], "Spring")
        with zipfile.ZipFile(io.BytesIO(zipped(SHIPPED, draft))) as archive:
            names = archive.namelist()
            kept = archive.read(f"{KEY}/revisions.csv")

        assert names == [f"{KEY}/{one}" for one in _FILES]
        assert kept == revisions_csv(draft.revisions)

    def test_nothing_in_a_file_is_a_formula(self, framework: Framework) -> None:
        hostile = replace(IDEA, words='=HYPERLINK("http://x","y")')
        change = replace(REWORDED, why="+1 said so")
        draft = draft_of(framework, [change], [hostile], "@Spring")
        (row,) = list(csv.DictReader(io.StringIO(revisions_csv(draft.revisions).decode())))

        assert row["said"].startswith("'=")
        assert row["why"].startswith("'+")
        assert row["round"].startswith("'@")


_FILES = ("descriptors.csv", "framework.yaml", "revisions.csv")
