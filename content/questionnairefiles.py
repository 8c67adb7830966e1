"""Read questionnaires from YAML or from a table, and say what is wrong with file, line and field.

`questionnaires/<id>.yaml` or `.csv` is in use; `questionnaires/earlier/<id>.<version>.yaml` or
`.csv` is kept so that what was answered under it stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from content.conditions import BadCondition, Condition, parse
from content.frameworks import Framework
from content.needs import Starts
from content.problems import BadContent, Problem
from content.questionnairejoins import joins
from content.questionnairerows import as_document
from content.questionnaires import GridRow, Option, Question, Questionnaire, Section
from content.reading import Document, TreePath, read_csv, read_yaml
from content.schema import Record
from content.typed import typed_value

FOLDER, EARLIER = "questionnaires", "questionnaires/earlier"

Model = TypeVar("Model", bound=Record)


@dataclass(frozen=True, slots=True)
class Lists:
    """What questionnaires may take from other content.

    Attributes:
        options: Options by list: sectors, roles, problems.
        competences: Codes by framework.
    """

    options: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    competences: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Questionnaires:
    """Those in use by id, and earlier ones by id and version."""

    current: Mapping[str, Questionnaire] = field(default_factory=dict)
    earlier: Mapping[tuple[str, int], Questionnaire] = field(default_factory=dict)

    def get(self, key: str, version: int) -> Questionnaire | None:
        """Return a questionnaire as it was in a version; None where it was not kept."""
        now = self.current.get(key)
        return now if now and now.version == version else self.earlier.get((key, version))


def lists_of(starts: Starts, frameworks: Mapping[str, Framework]) -> Lists:
    """Return what other content offers to questionnaires."""
    return Lists(
        {
            "sectors": tuple(
                Option(id=one.id, label=one.short, text=f"needs.sector.{one.id}.button")
                for one in starts.sectors.values()
            ),
            "roles": tuple(
                Option(id=one.id, label=one.short, text=f"needs.role.{one.id}.button")
                for one in starts.roles.values()
            ),
        },
        {key: frozenset(one.competences) for key, one in frameworks.items()},
    )


def read_questionnaires(root: Path, lists: Lists, problems: list[Problem]) -> Questionnaires:
    """Read all questionnaires of a content folder; what is wrong is added to `problems`."""
    current: dict[str, Questionnaire] = {}
    for path in _files(root / FOLDER):
        found = _read(path, root, lists, problems, path.stem)
        if found and found.id in current:
            reason = "there is another file of this questionnaire"
            problems.append(Problem(f"{FOLDER}/{path.name}", 0, "file", reason))
        elif found:
            current[found.id] = found
    earlier: dict[tuple[str, int], Questionnaire] = {}
    for path in _files(root / EARLIER):
        key, _, version = path.stem.rpartition(".")
        found = _read(path, root, lists, problems, key, is_earlier=True)
        reason = _misplaced(found, version, current.get(key)) if found else ""
        if reason:
            problems.append(Problem(f"{EARLIER}/{path.name}", 0, "version", reason))
        elif found:
            earlier[found.id, found.version] = found
    return Questionnaires(current, earlier)


def read_questionnaire(document: Document, lists: Lists, key: str, **more: Any) -> Questionnaire:
    """Return the questionnaire of a document.

    Raises:
        BadContent: Something is wrong with it; every fault is named.
    """
    reading = _Reading(document, lists)
    found = reading.questionnaire(key, more)
    faults = reading.problems or (list(joins(found, document)) if found else [])
    if faults or found is None:
        raise BadContent(faults)
    return found


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.yaml"), *folder.glob("*.csv")])


def _read(
    path: Path, root: Path, lists: Lists, problems: list[Problem], key: str, **more: Any
) -> Questionnaire | None:
    try:
        is_table = path.suffix == ".csv"
        document = as_document(read_csv(path, root)) if is_table else read_yaml(path, root)
        return read_questionnaire(document, lists, key, **more)
    except BadContent as error:
        problems.extend(error.problems)
        return None


def _misplaced(found: Questionnaire, version: str, now: Questionnaire | None) -> str:
    if str(found.version) != version:
        return f"is {found.version}, but the name of the file says {version}"
    if now is not None and found.version >= now.version:
        return f"is not earlier than version {now.version}, which is in use"
    return ""


class _Reading:
    """One document, what it may name, and the faults so far."""

    def __init__(self, document: Document, lists: Lists) -> None:
        self._document = document
        self._lists = lists
        self._key = ""
        self._prefix = ""
        self.problems: list[Problem] = []

    def questionnaire(self, key: str, more: Mapping[str, Any]) -> Questionnaire | None:
        tree = self._mapping(())
        version = tree.get("version", "")
        self._prefix = f"questionnaire.{key}." + (f"{version}." if more.get("is_earlier") else "")
        sections = [self._section(("sections", name)) for name in self._mapping(("sections",))]
        fields = {**tree, **more, "id": key, "sections": [one for one in sections if one]}
        if None in sections:
            return None
        return self._typed(Questionnaire, (), fields)

    def _section(self, path: TreePath) -> Section | None:
        tree = self._mapping(path)
        names = self._mapping((*path, "questions"))
        found = [self._question((*path, "questions", name)) for name in names]
        if None in found:
            return None
        return self._typed(Section, path, {**tree, "id": path[-1], "questions": found})

    def _question(self, path: TreePath) -> Question | None:
        tree = dict(self._mapping(path))
        before = len(self.problems)
        tree["options"] = list(self._options(path, tree))
        tree["rows"] = list(self._rows(path))
        tree["when"] = self._condition(path, tree.get("when", ""))
        tree.pop("options_from", None)
        if len(self.problems) > before:
            return None
        return self._typed(Question, path, {**tree, "id": path[-1]})

    def _options(self, path: TreePath, tree: Mapping[str, Any]) -> Iterator[Option]:
        named = tree.get("options_from", "")
        if named:
            if named not in self._lists.options:
                known = ", ".join(sorted(self._lists.options))
                self._fault((*path, "options_from"), f"there is no list {named}; there are {known}")
            yield from self._lists.options.get(named, ())
        for key, label in self._mapping((*path, "options")).items():
            text = f"{self._prefix}{path[-1]}.button.{key}"
            here = (*path, "options", key)
            found = self._typed(Option, here, {"id": key, "label": label, "text": text})
            if found:
                yield found

    def _rows(self, path: TreePath) -> Iterator[GridRow]:
        for framework, codes in self._mapping((*path, "rows")).items():
            here = (*path, "rows", framework)
            known = self._lists.competences.get(framework)
            if known is None:
                self._fault(here, f"there is no framework {framework}")
            for at, code in enumerate(codes if isinstance(codes, list) else [codes]):
                if known is not None and code not in known:
                    self._fault((*here, at), f"{code} is not a competence of {framework}")
                else:
                    yield GridRow(framework=framework, competence=code)

    def _condition(self, path: TreePath, text: str) -> Condition | None:
        if not text:
            return None
        try:
            return parse(text)
        except BadCondition as error:
            self._fault((*path, "when"), str(error))
            return None

    def _mapping(self, path: TreePath) -> dict[str, Any]:
        value: Any = self._document.value
        for step in path:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        if isinstance(value, dict):
            return value
        self._fault(path, "must be a mapping")
        return {}

    def _typed(self, model: type[Model], path: TreePath, fields: Mapping[str, Any]) -> Model | None:
        try:
            return typed_value(model, self._document, path, fields)
        except BadContent as error:
            self.problems.extend(error.problems)
            return None

    def _fault(self, path: TreePath, reason: str) -> None:
        name = ".".join(map(str, path)) or "file"
        line = self._document.line(path)
        self.problems.append(Problem(self._document.file, line, name, reason))
