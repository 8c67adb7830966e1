"""Earlier versions stay readable; a city's own framework has a place that waits for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.frameworkfiles import Frameworks, read_frameworks
from content.load import SHIPPED, Content, load
from content.problems import Problem

DRAFT, EARLIER = "sectors-draft", "0.0-1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content folder of frameworks alone, with an earlier version of the draft."""
    shutil.copytree(SHIPPED / "frameworks", tmp_path / "frameworks")
    draft = tmp_path / "frameworks" / DRAFT
    earlier = draft / "versions" / EARLIER
    shutil.copytree(draft, earlier, ignore=shutil.ignore_patterns("versions"))
    change(earlier / "framework.yaml", 'version: "0.1"', f'version: "{EARLIER}"')
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def read(root: Path) -> tuple[Frameworks, list[str]]:
    problems: list[Problem] = []
    found = read_frameworks(root, problems)
    return found, [str(one) for one in problems if one.severity == "error"]


def fill(root: Path) -> None:
    """Give the city's framework its place."""
    own = root / "frameworks" / "mdsf"
    shutil.copytree(root / "frameworks" / DRAFT, own, dirs_exist_ok=True)
    shutil.rmtree(own / "versions", ignore_errors=True)
    change(own / "framework.yaml", "Sector digital skills: a draft", "The city's own skills: made")


class TestEarlierVersions:
    def test_they_are_read_beside_the_present_one_under_its_id(self, root: Path) -> None:
        first = root / "frameworks" / DRAFT / "versions" / EARLIER / "areas/1-data.yaml"
        sentence = read(root)[0].frameworks[DRAFT].find_sentence("data.prepare.1a")
        assert sentence is not None
        change(first, sentence.can, "Do what the first version said")

        found, problems = read(root)

        assert problems == []
        kept = found.archive[DRAFT][EARLIER]
        assert (kept.id, kept.version) == (DRAFT, EARLIER)
        said = kept.find_sentence("data.prepare.1a")
        assert said is not None
        assert said.can == "Do what the first version said"
        assert found.frameworks[DRAFT].find_sentence("data.prepare.1a") == sentence

    def test_a_version_that_cannot_be_read_is_named_with_its_line(self, root: Path) -> None:
        path = root / "frameworks" / DRAFT / "versions" / EARLIER / "framework.yaml"
        change(path, "status: draft", "status: perhaps")

        found, problems = read(root)

        assert DRAFT not in found.archive
        assert len(problems) == 1
        assert problems[0].startswith(f"frameworks/{DRAFT}/versions/{EARLIER}/framework.yaml:4: ")

    def test_a_kept_version_is_in_the_folder_of_its_name(self, root: Path) -> None:
        versions = root / "frameworks" / DRAFT / "versions"
        (versions / EARLIER).rename(versions / "0.0-2")

        assert f"says {EARLIER}" in read(root)[1][0]

    def test_the_present_version_is_not_kept_as_an_earlier_one(self, root: Path) -> None:
        """Else two different texts would go by one version."""
        change(root / "frameworks" / DRAFT / "framework.yaml", '"0.1"', f'"{EARLIER}"')

        assert "needs a new one" in read(root)[1][0]

    def test_a_version_must_be_able_to_name_a_folder(self, root: Path) -> None:
        change(root / "frameworks" / DRAFT / "framework.yaml", '"0.1"', '"../0.1"')

        assert "version" in read(root)[1][0]

    def test_a_quick_check_has_versions_too(self, root: Path) -> None:
        folder = root / "frameworks" / "eds"
        shutil.copytree(folder, folder / "versions" / "2018-1")
        path = folder / "versions" / "2018-1" / "quickcheck.yaml"
        change(path, 'version: "2022-1"', 'version: "2018-1"')

        found, problems = read(root)

        assert problems == []
        assert found.quick_archive["eds"]["2018-1"].id == "eds"


class TestTheCitysOwn:
    def test_its_place_is_kept_and_empty(self) -> None:
        slot = load().slots["mdsf"]

        assert not slot.is_filled
        assert slot.takes_place_of == DRAFT
        assert "mdsf" not in load().frameworks

    def test_a_place_for_a_draft_that_is_not_there_is_a_fault(self, root: Path) -> None:
        slot = root / "frameworks/mdsf/slot.yaml"
        change(slot, f"takes_place_of: {DRAFT}", "takes_place_of: nothing")

        assert "nothing: there is no such framework" in read(root)[1][0]

    def test_where_it_is_filled_its_draft_is_offered_no_more(self, root: Path) -> None:
        fill(root)
        content = with_frameworks(read(root)[0])

        assert content.slots["mdsf"].is_filled
        assert set(content.offered("manchester")) == {"digcomp3", "mdsf"}
        assert set(content.offered("belfast")) == {"digcomp3", DRAFT}
        assert content.framework_at(DRAFT, "0.1") is not None, "results made with it stay readable"


class TestOneNameForOneThing:
    def test_a_code_is_in_one_framework_only(self, root: Path) -> None:
        other = root / "frameworks" / "other"
        shutil.copytree(root / "frameworks" / DRAFT, other)
        shutil.rmtree(other / "versions")

        problems = read(root)[1]

        assert any("data.prepare: is a competence of sectors-draft too" in one for one in problems)
        title = "frameworks/other/framework.yaml:1: title: is that of sectors-draft too: give one"
        assert any(one.startswith(title) for one in problems)

    def test_the_citys_own_may_use_the_codes_of_its_draft(self, root: Path) -> None:
        fill(root)

        assert read(root)[1] == []


class TestReadingAnOldResult:
    def test_the_words_are_those_of_its_version(self, root: Path) -> None:
        content = with_frameworks(read(root)[0])

        kept = content.framework_at(DRAFT, EARLIER)
        assert kept is not None
        assert kept.version == EARLIER
        present = content.framework_at(DRAFT, "0.1")
        assert present is content.frameworks[DRAFT]

    def test_a_version_that_nobody_kept_is_read_with_the_present_words(self, root: Path) -> None:
        content = with_frameworks(read(root)[0])

        assert content.framework_at(DRAFT, "lost") is content.frameworks[DRAFT]
        assert content.framework_at("gone", "1") is None


def with_frameworks(found: Frameworks) -> Content:
    shipped = load(cities=["manchester"])
    return Content(
        root=shipped.root,
        version="",
        words=shipped.words,
        languages=shipped.languages,
        cities=shipped.cities,
        sources=shipped.sources,
        samples=shipped.samples,
        frameworks=found.frameworks,
        quick_checks=found.quick_checks,
        texts=shipped.texts,
        translations=shipped.translations,
        archive=found.archive,
        quick_archive=found.quick_archive,
        slots=found.slots,
    )
