"""Which files of the content staff may change, and for whom each stands.

What is not named here stays as the program or its operator gave it: `KEPT` says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_KEY = r"[a-z0-9][a-z0-9_-]{0,40}"


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of one sort.

    Attributes:
        id: The name in text ids: "web.content.kind.<id>" says what it is for.
        pattern: Of a file's whole path; its group "city" is the city that it belongs to.
        new: Where a new one is put, with "{}" for its name; empty where none can be added.
        endings: What may be uploaded for it.
        is_merged: Whether an upload changes what it names and leaves the rest.
        is_typed: Whether it can be changed in the page, as text.
    """

    id: str
    pattern: re.Pattern[str]
    new: str = ""
    endings: tuple[str, ...] = (".yaml",)
    is_merged: bool = False
    is_typed: bool = True


def _kind(key: str, pattern: str, *endings: str, new: str = "", **more: bool) -> Kind:
    return Kind(key, re.compile(pattern), new, endings or (".yaml",), **more)


KINDS: Final[tuple[Kind, ...]] = (
    _kind("texts", rf"text/{_KEY}\.yaml"),
    _kind(
        "translations",
        r"translations/[a-z]{2,3}(-[A-Za-z]{2,8})?/messages\.po",
        *(".po", ".xlsx"),
        is_merged=True,
        is_typed=False,
    ),
    _kind("cities", rf"cities/(?P<city>{_KEY})/(city|text)\.yaml"),
    _kind("places", rf"cities/(?P<city>{_KEY})/places\.csv", ".csv", ".xlsx"),
    _kind("samples", rf"courses/(?P<city>{_KEY})\.yaml"),
    _kind(
        "questionnaires",
        rf"questionnaires/{_KEY}\.(yaml|csv)",
        *(".yaml", ".csv", ".xlsx"),
        new="questionnaires/{}.yaml",
    ),
    _kind("campaigns", r"campaigns/[a-z][a-z0-9-]{1,31}\.yaml", new="campaigns/{}.yaml"),
    _kind("pathways", rf"pathways/{_KEY}\.yaml", new="pathways/{}.yaml"),
    _kind("frameworks", rf"frameworks/{_KEY}/descriptors\.csv", ".csv", ".xlsx"),
    _kind("framework_parts", rf"frameworks/{_KEY}/(areas/{_KEY}|checks)\.yaml"),
    _kind("needs", rf"needs/(sectors|problems|roles/{_KEY})\.yaml", new="needs/roles/{}.yaml"),
    _kind("skill_rules", rf"skills/{_KEY}\.yaml"),
)
"""In the order in which they are shown."""

KEPT: Final = ("sources", "frameworks", "codewords", "badges", "sending", "languages", "search")
"""What staff cannot replace here; "web.content.kept.<name>" says why."""

_MADE_BY_US: Final = re.compile(
    rf"questionnaires/earlier/{_KEY}\.[0-9]{{1,4}}\.(yaml|csv)"
    rf"|pathways/earlier/{_KEY}\.[0-9]{{1,4}}\.yaml"
    rf"|frameworks/{_KEY}/(framework\.yaml|(descriptors|revisions)\.csv|areas/{_KEY}\.yaml)"
    rf"|frameworks/{_KEY}/versions/[A-Za-z0-9][A-Za-z0-9._-]{{0,31}}/"
    rf"([a-z]+\.(yaml|csv)|areas/{_KEY}\.yaml)"
)
"""Files that a change brings along: what was there before is kept under its version."""


def kind_of(path: str) -> Kind | None:
    """Return the kind of a path; None where staff may not change it."""
    return next((kind for kind in KINDS if kind.pattern.fullmatch(path)), None)


def kind_called(key: str) -> Kind | None:
    """Return the kind with an id."""
    return next((kind for kind in KINDS if kind.id == key), None)


def city_of(path: str) -> str:
    """Return the id of the city that a file belongs to; empty where it is for all."""
    for kind in KINDS:
        found = kind.pattern.fullmatch(path)
        if found:
            return found.groupdict().get("city") or ""
    return ""


def may_stand(path: str) -> bool:
    """Say whether a path may be in a published version at all."""
    return kind_of(path) is not None or _MADE_BY_US.fullmatch(path) is not None


def counts_versions(path: str) -> bool:
    """Say whether a file is of something that keeps its earlier versions."""
    return path.startswith(("questionnaires/", "pathways/", "frameworks/"))


def new_path(kind: Kind, name: str) -> str:
    """Return where a new file of a kind goes; empty where it cannot be called so."""
    path = kind.new.format(name) if kind.new else ""
    return path if kind.pattern.fullmatch(path) else ""


def files_of(kind: Kind, paths: Iterable[str]) -> Iterator[str]:
    """Yield those of some paths that are of a kind, sorted."""
    yield from sorted(path for path in paths if kind.pattern.fullmatch(path))
