"""Read the pathways of a content folder, and say with file, line and field what is wrong.

A pathway is one file, `pathways/<id>.yaml`: who it is for, what it leads to, and four to eight
steps, each with the competences that it needs and ways to take it. Its words are texts like all
others, `pathway.<id>.<name>`, so that they are translated like all others. When a pathway changes
much, its old file moves to `pathways/earlier/<id>.<version>.yaml`, where those who follow it find
it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content.frameworks import Framework
from content.pathways import GROUPS, Pathway, Pathways, Step, Way
from content.problems import BadContent, Problem
from content.reading import Document, TreePath, read_yaml
from content.template import TemplateError, parse
from content.texts import SourceText
from content.typed import typed_value

FOLDER, EARLIER = "pathways", "pathways/earlier"
MOST_GOAL = 90
_OWN_WORDS = ("title", "button", "who")
_STEP_WORDS = ("goal", "short")


@dataclass(slots=True)
class _Reading:
    """What pathways refer to, what has been read so far, and what was wrong with it."""

    root: Path
    frameworks: Mapping[str, Framework]
    sources: Mapping[str, object]
    problems: list[Problem]
    texts: dict[str, SourceText] = field(default_factory=dict)

    def pathway(self, path: Path, name: str, version: str = "") -> Pathway | None:
        try:
            file = _File(read_yaml(path, self.root), name, version, self)
            found = file.pathway()
        except BadContent as error:
            self.problems.extend(error.problems)
            return None
        file.check_joins(found)
        drafts = [self.frameworks[key].status for key in found.frameworks if key in self.frameworks]
        return found.model_copy(update={"is_draft": "draft" in drafts})


def read_pathways(
    root: Path,
    frameworks: Mapping[str, Framework],
    sources: Mapping[str, object],
    problems: list[Problem],
) -> Pathways:
    """Read every pathway of a content folder; what is wrong is added to `problems`.

    Args:
        root: The folder.
        frameworks: Those whose competences pathways may need, by id.
        sources: Those that pathways may name, by id.
        problems: Where faults go.
    """
    reading = _Reading(root, frameworks, sources, problems)
    current: dict[str, Pathway] = {}
    earlier: dict[tuple[str, str], Pathway] = {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        if found := reading.pathway(path, path.stem):
            current[found.id] = found
    for path in sorted((root / EARLIER).glob("*.yaml")):
        name, _, version = path.stem.rpartition(".")
        if found := reading.pathway(path, name, version):
            problems.extend(_misnamed(found, version, current, f"{EARLIER}/{path.name}"))
            earlier[found.id, found.version] = found
    ordered = sorted(current.values(), key=lambda one: (GROUPS.index(one.group), one.place))
    return Pathways({one.id: one for one in ordered}, earlier, tuple(reading.texts.values()))


def _misnamed(
    found: Pathway, version: str, current: Mapping[str, Pathway], file: str
) -> Iterator[Problem]:
    if found.version != version:
        yield Problem(file, 0, "version", f"is {found.version}, but the file is called {version}")
    now = current.get(found.id)
    if now is not None and int(now.version) <= int(found.version):
        reason = f"is not earlier than version {now.version} in {FOLDER}/{found.id}.yaml"
        yield Problem(file, 0, "version", reason)


class _File:
    """One pathway's document, whose words become texts while it is read."""

    def __init__(self, document: Document, name: str, version: str, reading: _Reading) -> None:
        self.document, self.name, self.version = document, name, version
        self.reading = reading

    def pathway(self) -> Pathway:
        """Return it.

        Raises:
            BadContent: A field is missing, unknown or not what it should be.
        """
        fields = self._mapping(())
        own: dict[str, Any] = {key: fields[key] for key in fields if key not in _OWN_WORDS}
        own |= self._words((), _OWN_WORDS)
        own["leads_to"] = self._words(("leads_to",), tuple(self._mapping(("leads_to",))), "leads.")
        own["steps"] = [self._step(key) for key in self._mapping(("steps",))]
        return typed_value(Pathway, self.document, (), {**own, "id": self.name})

    def _step(self, key: str) -> Step:
        path: TreePath = ("steps", key)
        fields = self._mapping(path)
        own: dict[str, Any] = {name: fields[name] for name in fields if name not in _STEP_WORDS}
        own |= self._words(path, ("goal",), f"step.{key}.")
        own |= self._words(path, ("short",), f"step.{key}.button.")
        own["ways"] = {way: self._way(key, way) for way in self._mapping((*path, "ways"))}
        if len(str(fields.get("goal", ""))) > MOST_GOAL:
            self._fault((*path, "goal"), f"has more than {MOST_GOAL} characters")
        return typed_value(Step, self.document, path, {**own, "id": key})

    def _way(self, step: str, way: str) -> Way:
        path: TreePath = ("steps", step, "ways", way)
        fields = self._mapping(path)
        own: dict[str, Any] = {name: fields[name] for name in fields if name != "how"}
        text = self._words(path, ("how",), f"step.{step}.{way}.").get("how", "")
        return typed_value(Way, self.document, path, {**own, "text": text})

    def check_joins(self, found: Pathway) -> None:
        """Say what names a framework, a competence or a source that is not there."""
        frameworks = self.reading.frameworks
        for key in found.frameworks:
            if key not in frameworks:
                self._fault(("frameworks",), f"there is no framework {key}")
        for key in found.sources:
            if key not in self.reading.sources:
                self._fault(("sources",), f"{key} is not in sources.yaml")
        named = [frameworks[key] for key in found.frameworks if key in frameworks]
        known = {code for framework in named for code in framework.competences}
        for step in found.steps:
            for code in step.needs:
                if code not in known:
                    reason = f"{code} is not a competence of {', '.join(found.frameworks)}"
                    self._fault(("steps", step.id, "needs", code), reason)

    def _mapping(self, path: TreePath) -> dict[str, Any]:
        value: Any = self.document.value
        for key in path:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        return value if isinstance(value, dict) else {}

    def _words(self, path: TreePath, names: Iterable[str], prefix: str = "") -> dict[str, str]:
        """Make texts of the words at `path`, and return their ids by the names of the fields."""
        written = self._mapping(path)
        return {
            name: self._text(prefix + name, (*path, name), str(written[name]))
            for name in names
            if name in written
        }

    def _text(self, name: str, path: TreePath, words: str) -> str:
        """Add a text, and return its id; an earlier version shares what reads the same today."""
        text_id = f"pathway.{self.name}.{name}"
        try:
            entry = parse(words)
        except TemplateError as error:
            self._fault(path, str(error))
            return text_id
        if not words.strip() or entry.slots:
            self._fault(path, "is empty" if not words.strip() else "nothing is filled in here")
            return text_id
        texts = self.reading.texts
        known = texts.get(text_id)
        if self.version and (known is None or known.entry != entry):
            text_id = f"pathway.{self.name}.{self.version}.{name}"
        line = self.document.line(path)
        texts.setdefault(text_id, SourceText(text_id, self.document.file, line, entry))
        return text_id

    def _fault(self, path: TreePath, reason: str) -> None:
        name = ".".join(map(str, path))
        problem = Problem(self.document.file, self.document.line(path), name, reason)
        self.reading.problems.append(problem)
