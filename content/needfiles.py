"""Read the files from which employers start, and say what is wrong with file, line and field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from content.frameworks import Framework
from content.needs import SIC_SECTIONS, Problem, Profile, Role, Said, Sector, Starts
from content.problems import BadContent
from content.problems import Problem as Fault
from content.reading import Document, TreePath, read_yaml
from content.schema import Record, Source
from content.typed import typed

FOLDER = "needs"

Model = TypeVar("Model", bound=Record)


def read_needs(root: Path, frameworks: Mapping[str, Framework], problems: list[Fault]) -> Starts:
    """Read `needs/` of a content folder; what is wrong is added to `problems`.

    A folder without it is right: an empty start is returned.
    """
    folder = root / FOLDER
    reading = _Reading(root, frameworks, problems)
    sources, sectors = reading.sectors(folder / "sectors.yaml")
    roles: dict[str, Role] = {}
    for path in sorted((folder / "roles").glob("*.yaml")):
        found = reading.records(path, Role, "profile", group=path.stem)
        for key in sorted(found.keys() & roles.keys()):
            reading.fault(path, f"{key} is given already in another file of roles")
        roles |= found
    for role in roles.values():
        _names_its_own(reading, folder, role)
        for sector in role.sectors:
            if sector not in sectors:
                path = folder / "roles" / f"{role.group}.yaml"
                reading.fault(path, f"{sector} is not in sectors.yaml", role.id, "sectors")
    spoken = reading.records(folder / "problems.yaml", Problem, "leads_to")
    for path in sorted((folder / "said").glob("*.yaml")):
        reading.said(path, spoken)
    return Starts(sectors, roles, spoken, sources)


def _names_its_own(reading: _Reading, folder: Path, role: Role) -> None:
    codes = {code for _, code, _ in role.levels()}
    for code in role.about:
        if code not in codes:
            path = folder / "roles" / f"{role.group}.yaml"
            reading.fault(path, f"{code} is not in its profile", role.id, "about", code)


class _Reading:
    """The folder, what is known of frameworks, and the faults so far."""

    def __init__(
        self, root: Path, frameworks: Mapping[str, Framework], problems: list[Fault]
    ) -> None:
        self._root = root
        self._frameworks = frameworks
        self._problems = problems
        self._documents: dict[Path, Document] = {}

    def fault(self, path: Path, reason: str, *at: str) -> None:
        document = self._documents[path]
        name = ".".join(at) or "file"
        self._problems.append(Fault(document.file, document.line(at), name, reason))

    def records(
        self, path: Path, model: type[Model], profile: str, **more: Any
    ) -> dict[str, Model]:
        """Read a file of records by id, each with a profile of competences."""
        document = self._document(path)
        found: dict[str, Model] = {}
        for key in document.value if document and isinstance(document.value, dict) else ():
            record = self._record(model, path, (key,), id=key, **more)
            if record is not None:
                found[key] = record
                for at, reason in self._lost(getattr(record, profile)):
                    self.fault(path, reason, key, profile, *at)
        return found

    def said(self, path: Path, problems: dict[str, Problem]) -> None:
        """Read how problems are said in another language, and put it to each."""
        document = self._document(path)
        for key in document.value if document and isinstance(document.value, dict) else ():
            record = self._record(Said, path, (key,), id=key)
            if key not in problems:
                self.fault(path, f"{key} is not in problems.yaml", key)
            elif record is not None:
                known = problems[key]
                problems[key] = known.model_copy(
                    update={"elsewhere": (*known.elsewhere, *record.say)}
                )

    def sectors(self, path: Path) -> tuple[tuple[Source, ...], dict[str, Sector]]:
        """Read the short list of sectors and where its letters come from."""
        document = self._document(path)
        if document is None or not isinstance(document.value, dict):
            return (), {}
        source = self._record(Source, path, ("source",), id="sic-2007")
        named = document.value.get("sectors")
        keys = list(named) if isinstance(named, dict) else []
        if not keys:
            self.fault(path, "holds no sector", "sectors")
        found = {key: self._record(Sector, path, ("sectors", key), id=key) for key in keys}
        sectors = {key: one for key, one in found.items() if one is not None}
        if len(sectors) == len(keys):
            self._sections(path, sectors)
        return (() if source is None else (source,)), sectors

    def _sections(self, path: Path, sectors: Mapping[str, Sector]) -> None:
        counts = Counter(letter for one in sectors.values() for letter in one.sic)
        for letter in SIC_SECTIONS:
            if counts[letter] != 1:
                reason = f"section {letter} of SIC 2007 belongs to {counts[letter]} sectors, not 1"
                self.fault(path, reason, "sectors")

    def _document(self, path: Path) -> Document | None:
        if not path.is_file():
            return None
        try:
            document = read_yaml(path, self._root)
        except BadContent as error:
            self._problems.extend(error.problems)
            return None
        self._documents[path] = document
        return document

    def _record(self, model: type[Model], path: Path, at: TreePath, **more: Any) -> Model | None:
        document = self._documents[path]
        value: Any = document.value
        if not isinstance(value, dict) or at[0] not in value:
            self._problems.append(Fault(document.file, 1, str(at[0]), "is missing"))
            return None
        try:
            return typed(model, document, at, **more)
        except BadContent as error:
            self._problems.extend(error.problems)
            return None

    def _lost(self, profile: Profile) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield what a profile names that is not there."""
        for key, levels in profile.items():
            framework = self._frameworks.get(key)
            if framework is None:
                yield (key,), f"there is no framework {key}"
                continue
            for code in levels:
                if code not in framework.competences:
                    yield (key, code), f"{code} is not a competence of {key}"
