"""Read the frameworks of a content folder, and say with file, line and field what is wrong.

A framework is a folder: `framework.yaml` says what it is, `areas/*.yaml` or `descriptors.csv` hold
its descriptors, `checks.yaml` its knowledge checks, `statements.csv` the source's statements on
which the descriptors rest, and `revisions.csv` what changed since the version before. A folder with
`quickcheck.yaml` holds a quick check instead. Earlier versions and empty places are in
`content.frameworkversions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from content.descriptorrows import area_documents
from content.frameworkrevisions import read_revisions
from content.frameworks import (
    Area,
    CanDo,
    Check,
    Competence,
    Framework,
    Level,
    Place,
    QuickCheck,
    QuickTask,
    Rung,
    Skill,
    Slot,
    Statement,
)
from content.frameworkversions import SLOT, doubled, lost_slots, read_slot, read_versions
from content.problems import BadContent, Problem
from content.reading import Document, Tree, TreePath, read_csv, read_yaml
from content.reading_age import reading_age
from content.schema import Source
from content.typed import typed_value

FOLDER = "frameworks"
MAX_READING_AGE = 11.0

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Frameworks:
    """Everything that lies under `frameworks/`, by id; earlier versions by id and version."""

    frameworks: dict[str, Framework] = field(default_factory=dict)
    quick_checks: dict[str, QuickCheck] = field(default_factory=dict)
    archive: dict[str, dict[str, Framework]] = field(default_factory=dict)
    quick_archive: dict[str, dict[str, QuickCheck]] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)


def read_frameworks(root: Path, problems: list[Problem]) -> Frameworks:
    """Read every framework of a content folder; what is wrong is added to `problems`."""
    found = Frameworks()
    for folder in sorted(path for path in (root / FOLDER).glob("*") if path.is_dir()):
        try:
            _read_folder(folder, root, found, problems)
        except BadContent as error:
            problems.extend(error.problems)
    problems.extend(_lost_crosswalks(found))
    problems.extend(lost_slots(found.slots, found.frameworks))
    problems.extend(doubled(found.frameworks, found.slots, root))
    for framework in found.frameworks.values():
        problems.extend(_hard_to_read(framework))
    return found


def _read_folder(folder: Path, root: Path, found: Frameworks, problems: list[Problem]) -> None:
    key = folder.name
    if (folder / SLOT).is_file():
        is_filled = (folder / "framework.yaml").is_file()
        found.slots[key] = read_slot(folder, root, is_filled=is_filled)
    if (folder / "quickcheck.yaml").is_file():
        quick = found.quick_checks[key] = read_quick_check(folder, root)
        kept = read_versions(folder, root, quick, read_quick_check, problems)
        found.quick_archive.update({key: kept} if kept else {})
    elif (folder / "framework.yaml").is_file():
        framework = found.frameworks[key] = read_framework(folder, root)
        earlier = read_versions(folder, root, framework, read_framework, problems)
        found.archive.update({key: earlier} if earlier else {})


def read_framework(folder: Path, root: Path, key: str = "") -> Framework:
    """Read one framework from its folder.

    Args:
        key: Its id, where that is not the folder's name.

    Raises:
        BadContent: A file is missing or wrong, an id comes twice, or one names what is not there.
    """
    head = _File(read_yaml(folder / "framework.yaml", root))
    statements = _statements(folder, root)
    areas = [_area(document) for document in _area_files(folder, root)]
    framework = head.record(
        Framework,
        (),
        id=key or folder.name,
        source=head.fields(("source",), id=key or folder.name),
        levels=head.records(Level, ("levels",)),
        areas=areas,
        checks=_checks(folder, root),
        statements=statements,
        revisions=read_revisions(folder, root),
    )
    faults = [*head.problems, *_joins(framework, head.document.file)]
    if faults:
        raise BadContent(faults)
    return framework


def read_quick_check(folder: Path, root: Path, key: str = "") -> QuickCheck:
    """Read a quick check from its folder.

    Args:
        key: Its id, where that is not the folder's name.

    Raises:
        BadContent: A field is wrong, or a task names a skill that is not there.
    """
    file = _File(read_yaml(folder / "quickcheck.yaml", root))
    found = file.record(
        QuickCheck,
        (),
        id=key or folder.name,
        source=file.record(Source, ("source",), id=key or folder.name),
        skills=file.records(Skill, ("skills",), "code"),
        tasks=file.records(QuickTask, ("tasks",)),
        places=file.records(Place, ("places",)),
    )
    skills = {skill.code for skill in found.skills}
    for task in found.tasks:
        if task.skill and task.skill not in skills:
            file.fault(("tasks", task.id, "skill"), f"{task.skill} is not one of the skills")
    if file.problems:
        raise BadContent(file.problems)
    return found


@dataclass(slots=True)
class _File:
    """A document whose parts are typed one by one, so that every fault has its line."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: TreePath) -> Any:
        value: Any = self.document.value
        for step in path:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        return value

    def fields(self, path: TreePath, **more: Any) -> Tree:
        """Return the part at `path` with `more` in it, where it is a mapping."""
        value: Tree = self.at(path)
        return {**value, **more} if isinstance(value, dict) else value

    def keys(self, path: TreePath) -> Iterator[str]:
        value = self.at(path)
        yield from value if isinstance(value, dict) else ()

    def fault(self, path: TreePath, reason: str) -> None:
        name = ".".join(map(str, path)) or "file"
        self.problems.append(Problem(self.document.file, self.document.line(path), name, reason))

    def record(self, model: type[Model], path: TreePath, **more: Any) -> Model:
        """Return the part at `path` as a record.

        Raises:
            BadContent: It is not one; with all faults found before.
        """
        try:
            return typed_value(model, self.document, path, self.fields(path, **more))
        except BadContent as error:
            raise BadContent([*self.problems, *error.problems]) from error

    def records(self, model: type[Model], path: TreePath, key: str = "id") -> list[Model]:
        """Return the parts of a mapping as records that know their own key.

        Raises:
            BadContent: At least one is wrong; all faults are named.
        """
        found = []
        faults: list[Problem] = []
        for name in self.keys(path):
            try:
                found.append(self.record(model, (*path, name), **{key: name}))
            except BadContent as error:
                faults.extend(error.problems)
        if faults:
            raise BadContent([*self.problems, *faults])
        return found


def _area_files(folder: Path, root: Path) -> list[Document]:
    documents = [read_yaml(path, root) for path in sorted((folder / "areas").glob("*.yaml"))]
    if (folder / "descriptors.csv").is_file():
        documents.extend(area_documents(read_csv(folder / "descriptors.csv", root)))
    return documents


def _area(document: Document) -> Area:
    file = _File(document)
    competences = []
    faults: list[Problem] = []
    for code in file.keys(("competences",)):
        try:
            competences.append(_competence(file, code))
        except BadContent as error:
            faults.extend(error.problems)
    if faults:
        raise BadContent(faults)
    return file.record(Area, (), competences=competences)


def _competence(file: _File, code: str) -> Competence:
    path = ("competences", code)
    fields = {key: value for key, value in file.at(path).items() if key != "levels"}
    rungs = []
    for level in sorted(file.keys((*path, "levels"))):
        here = (*path, "levels", level)
        sentences = [
            file.record(CanDo, (*here, "sentences", letter), id=f"{code}.{level}{letter}")
            for letter in file.keys((*here, "sentences"))
        ]
        rungs.append(file.record(Rung, here, sentences=sentences))
    return typed_value(Competence, file.document, path, {**fields, "code": code, "rungs": rungs})


def _checks(folder: Path, root: Path) -> list[Check]:
    path = folder / "checks.yaml"
    return _File(read_yaml(path, root)).records(Check, ()) if path.is_file() else []


def _statements(folder: Path, root: Path) -> dict[str, Statement]:
    path = folder / "statements.csv"
    if not path.is_file():
        return {}
    document = read_csv(path, root)
    rows = document.value if isinstance(document.value, list) else []
    found = [typed_value(Statement, document, (at,), row) for at, row in enumerate(rows)]
    return {statement.id: statement for statement in found}


def _joins(framework: Framework, file: str) -> Iterator[Problem]:
    """Yield what comes twice, and what names something that is not there."""
    codes = [own.code for area in framework.areas for own in area.competences]
    ids = [sentence.id for _, _, sentence in framework.sentences()]
    ids += [check.id for check in framework.checks]
    shorts = [own.short for area in framework.areas for own in area.competences]
    areas = [area.code for area in framework.areas]
    for kind, names in (
        ("area", areas),
        ("competence", codes),
        ("item", ids),
        ("short name", shorts),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(file, 0, name, f"this {kind} is given twice")
    for check in framework.checks:
        if check.competence not in codes:
            yield Problem(file, 0, check.id, f"{check.competence} is not a competence of it")
    for code, level, sentence in framework.sentences():
        for key in sentence.rests_on:
            known = framework.statements.get(key)
            if known is None:
                yield Problem(file, 0, sentence.id, f"{key} is not in statements.csv")
            elif (known.competence, known.level) != (code, framework.levels[level - 1].id):
                yield Problem(file, 0, sentence.id, f"{key} is of another competence or level")


def _hard_to_read(framework: Framework) -> Iterator[Problem]:
    file = f"{FOLDER}/{framework.id}"
    for code, competence in framework.competences.items():
        for level, rung in enumerate(competence.rungs, 1):
            said = " ".join(f"I can {sentence.can}." for sentence in rung.sentences)
            for text in (said, rung.example):
                age = reading_age(text)
                if age is not None and age > MAX_READING_AGE:
                    reason = f"reading age {age:.1f}; shorter words bring it to 11: {text}"
                    yield Problem(file, 0, f"{code}.{level}", reason, "warning")


def _lost_crosswalks(found: Frameworks) -> Iterator[Problem]:
    for key, framework in found.frameworks.items():
        named = {one for own in framework.competences.values() for one in own.crosswalk}
        yield from _lost(f"{key}/framework.yaml", framework.crosswalk_to, named, found)
    for key, quick in found.quick_checks.items():
        named = {one for skill in quick.skills for one in skill.crosswalk}
        yield from _lost(f"{key}/quickcheck.yaml", quick.crosswalk_to, named, found)


def _lost(file: str, target: str, named: set[str], found: Frameworks) -> Iterator[Problem]:
    if not target and not named:
        return
    if target not in found.frameworks:
        reason = f"{target or 'empty'}: there is no such framework"
        yield Problem(f"{FOLDER}/{file}", 0, "crosswalk_to", reason)
        return
    for code in sorted(named - found.frameworks[target].competences.keys()):
        yield Problem(f"{FOLDER}/{file}", 0, "crosswalk", f"{code} is not a competence of {target}")
