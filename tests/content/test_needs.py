"""Sectors, roles and problems: whole as they are shipped, and faults named by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.load import SHIPPED, Content, inspect
from content.needs import SIC_SECTIONS
from content.problems import Problem
from tests.content.folders import content_folder

ROLES_ASKED_FOR = 24


def test_there_are_enough_roles_of_every_kind(shipped: Content) -> None:
    roles = shipped.needs.roles
    assert len(roles) >= ROLES_ASKED_FOR
    personas = {f"ai-{name}" for name in ("citizen", "worker", "professional", "leader")}
    assert personas <= roles.keys()
    assert {"office", "care", "shops", "building", "digital", "ai"} <= {
        role.group for role in roles.values()
    }


def test_roles_are_profiles_of_both_frameworks(shipped: Content) -> None:
    named = {key for role in shipped.needs.roles.values() for key, _, _ in role.levels()}
    assert named == {"digcomp3", "sectors-draft"}
    for role in shipped.needs.roles.values():
        levels = list(role.levels())
        assert 3 <= len(levels) <= 8, role.id
        assert all(1 <= level <= 4 for _, _, level in levels)
        assert any(key == "digcomp3" for key, _, _ in levels), role.id


def test_every_section_of_the_classification_has_one_sector(shipped: Content) -> None:
    for letter in SIC_SECTIONS:
        named = [one.id for one in shipped.needs.sectors.values() if letter in one.sic]
        assert len(named) == 1, letter


def test_roles_of_a_sector_come_first(shipped: Content) -> None:
    first, *_ = shipped.needs.roles_for("care")
    assert first.sectors == ("care",)
    assert len(shipped.needs.roles_for("care")) == len(shipped.needs.roles)


def test_the_classification_has_its_source(shipped: Content) -> None:
    assert [source.licence for source in shipped.needs.sources] == ["Open Government Licence v3.0"]


def test_their_words_are_texts(shipped: Content) -> None:
    for role in shipped.needs.roles:
        assert {f"needs.role.{role}.{name}" for name in ("title", "button", "use")} <= set(
            shipped.texts
        )


def test_a_folder_without_them_is_right(tmp_path: Path) -> None:
    content, problems = inspect(content_folder(tmp_path))
    assert problems == []
    assert content.needs.roles == {}


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "reason"),
    [
        ("sectors.yaml", "sic: [Q]", "sic: [P]", "sectors", "section Q"),
        ("sectors.yaml", "sic: [Q]", "sic: [X]", "sectors.care.sic.0", "pattern"),
        (
            "roles/care.yaml",
            "sectors: [care]",
            "sectors: [caring]",
            "care-worker.sectors",
            "not in",
        ),
        ("roles/care.yaml", '"1.1": basic', '"9.9": basic', "care-worker.profile.digcomp3.9.9", ""),
        ("roles/care.yaml", '"1.1": basic', '"1.1": some', "care-worker.profile", "Input"),
        ("roles/care.yaml", "digcomp3:", "digcomp9:", "care-worker.profile.digcomp9", "no frame"),
        ("roles/care.yaml", "care-worker:", "driver:", "file", "given already"),
        ("roles/care.yaml", 'about: {"2.1"', 'about: {"9.1"', "care-worker.about.9.1", "profile"),
        ("problems.yaml", "scam*,", "sc*,", "scams.say.0", "3 letters"),
        ("said/cy.yaml", "scams:", "twyll:", "twyll", "not in problems.yaml"),
        ("said/ur.yaml", "say: [", "said: [", "scams.say", "required"),
        ("problems.yaml", '  title: "Scams"\n', "", "scams.title", "required"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, field: str, reason: str
) -> None:
    root = content_folder(tmp_path)
    for name in ("frameworks", "needs"):
        shutil.copytree(SHIPPED / name, root / name)
    path = root / "needs" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    found = [one for one in inspect(root)[1] if one.file == f"needs/{file}"]
    assert any(_fits(one, field, reason) for one in found), found


def _fits(problem: Problem, field: str, reason: str) -> bool:
    return problem.field.startswith(field) and reason in problem.reason and problem.line > 0
