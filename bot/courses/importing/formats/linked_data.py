"""schema.org and OpenActive: courses in JSON-LD files, feeds' pages and web pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO, TypeAlias

from bot.courses.importing.detection import load_json, refuse_other_json
from bot.courses.importing.drafting import rejection
from bot.courses.importing.formats.json_stream import LISTS, elements
from bot.courses.importing.formats.linked_course import PARENTS, read_linked_course
from bot.courses.importing.formats.nodes import (
    Node,
    References,
    is_course,
    is_instance,
    items,
    node_id,
    nodes,
    raw_id,
    text,
    types,
)
from bot.courses.importing.gathering import gather
from bot.courses.importing.records import Item, Reading
from bot.errors import ImportRefused

WHOLE = 8 * 1024 * 1024
"""Documents up to this size are held whole, longer ones are streamed."""

MAX_PAGE = 16 * 1024 * 1024
MAX_SCRIPTS = 2_000
_SCRIPT = re.compile(rb"<script\b([^>]{0,500})>", re.IGNORECASE)
_END = re.compile(rb"</script", re.IGNORECASE)
_DOC_KEYS = frozenset({"@context", "@graph", *LISTS})

Documents: TypeAlias = "Callable[[], Iterable[tuple[str, object]]]"


@dataclass(frozen=True, slots=True)
class Unit:
    """One node of interest: a course, a course instance, or something else to report."""

    where: str
    kind: str
    node: Node


def read_json_file(reading: Reading, file: IO[bytes]) -> Iterator[Item]:
    """Yield the courses of a JSON document.

    Raises:
        ImportRefused: it is no JSON, or holds no course.
    """
    file.seek(0)
    start = file.read(WHOLE + 1)
    if len(start) <= WHOLE:
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            start = start.decode("utf-16", "replace").encode()
        document = load_json(start)
        refuse_other_json(document)
        return _read(reading, lambda: [("item", document)])
    return _read(reading, lambda: (("item", each) for each in elements(file)))


def read_page(reading: Reading, file: IO[bytes]) -> Iterator[Item]:
    """Yield the courses in the scripts of a web page.

    Raises:
        ImportRefused: the page has no linked data, or no course in it.
    """
    file.seek(0)
    documents: list[tuple[str, object]] = []
    broken: list[Item] = []
    for number, script in enumerate(_scripts(file.read(MAX_PAGE)), 1):
        where = f"script {number}"
        try:
            documents.append((f"{where}, item", load_json(script)))
        except ImportRefused as error:
            broken.append(rejection(where, "script", "bad_json", problem=error.values["problem"]))
    if not documents and not broken:
        raise ImportRefused("imports.refused.no_linked_data")
    return _with(broken, _read(reading, lambda: documents))


def _with(broken: list[Item], found: Iterator[Item]) -> Iterator[Item]:
    yield from broken
    yield from found


def _scripts(page: bytes) -> Iterator[bytes]:
    """Yield what stands in the scripts of linked data, comment wrappers taken off."""
    at = 0
    for _ in range(MAX_SCRIPTS):
        opening = _SCRIPT.search(page, at)
        if opening is None:
            return
        closing = _END.search(page, opening.end())
        at = closing.end() if closing else len(page)
        if b"ld+json" in opening[1].lower():
            body = page[opening.end() : closing.start() if closing else len(page)].strip()
            body = body.removeprefix(b"<!--").removesuffix(b"-->").strip()
            yield body.removeprefix(b"//<![CDATA[").removesuffix(b"//]]>").strip()


def _read(reading: Reading, documents: Documents) -> Iterator[Item]:
    references = References()
    references.want(document for _, document in documents())
    references.keep(document for _, document in documents())

    def units() -> Iterator[Unit]:
        return _units(documents())

    found = False
    for group in gather(units, lambda unit: _keys(unit, references)):
        found = True
        yield _item(reading, references, group)
    if not found:
        raise ImportRefused("imports.refused.no_courses")


def _item(reading: Reading, references: References, group: list[Unit]) -> Item:
    first = group[0]
    if first.kind == "other":
        kinds = ", ".join(sorted(types(first.node))) or "-"
        title = text(first.node.get("name"))[:120]
        return rejection(first.where, "@type", "no_course", type=kinds[:80], title=title)
    courses = [unit.node for unit in group if unit.kind == "course"]
    instances = [unit.node for unit in group if unit.kind == "instance"]
    return read_linked_course(reading, references, first.where, courses, instances)


def _units(documents: Iterable[tuple[str, object]]) -> Iterator[Unit]:
    number, last = 0, ""
    for where, document in documents:
        number, last = (number if where == last else 0), where
        for node in _main_nodes(document):
            number += 1
            place = f"{where} {number}"
            if isinstance(node, dict):
                yield from _units_of(place, node)
            else:
                yield Unit(place, "other", {})


def _main_nodes(document: object) -> Iterator[object]:
    """Yield what a document is a list of: its elements, its graph, or a feed's items."""
    if isinstance(document, list):
        for each in document:
            yield from _main_nodes(each)
        return
    if not isinstance(document, dict):
        yield document
        return
    if "data" in document and isinstance(document["data"], dict) and "@type" not in document:
        yield from _main_nodes(document["data"])  # an item of an OpenActive feed
    elif document.get("state") == "deleted" and "@type" not in document:
        return
    elif isinstance(document.get("item"), dict) and types(document) & {"ListItem"}:
        yield from _main_nodes(document["item"])
    elif lists := [name for name in LISTS if isinstance(document.get(name), list)]:
        if is_course(document) or is_instance(document):
            yield document
        for name in lists:
            yield from _main_nodes(document[name])
    else:
        yield document


def _units_of(where: str, node: Node) -> Iterator[Unit]:
    if is_course(node):
        yield Unit(where, "course", node)
    elif is_instance(node):
        yield Unit(where, "instance", node)
    elif types(node) & {
        "Organization",
        "CollegeOrUniversity",
        "EducationalOrganization",
        "Place",
        "Person",
    }:
        return  # named by courses, not offered themselves
    else:
        inner = list(_inner_courses(node))
        if not inner or text(node.get("name")):
            yield Unit(where, "other", node)
        for each in inner:
            yield Unit(where, "course", each)


def _inner_courses(node: Node, depth: int = 0) -> Iterator[Node]:
    """Yield courses to which something else belongs, as a recording to its course."""
    for name, value in node.items():
        if depth > 4 or name == "@context":
            continue
        for each in nodes(value):
            if is_course(each) and len(each) > 2:
                yield each
            else:
                yield from _inner_courses(each, depth + 1)


def _keys(unit: Unit, references: References) -> tuple[Hashable, ...]:
    node = unit.node
    if unit.kind == "other":
        return ()
    if unit.kind == "course":
        own = [raw_id(each) for each in nodes(node.get("hasCourseInstance"))]
        runs = [("node", name) for name in (*own, *_strings(node.get("hasCourseInstance"))) if name]
        return (_course_key(node), *runs)
    keys: list[Hashable] = [("node", raw_id(node))] if raw_id(node) else []
    for name in PARENTS:
        for value in items(node.get(name)):
            if isinstance(value, str):
                keys.append(("node", value))
            elif isinstance(value, dict) and (name == PARENTS[0] or _is_course(value, references)):
                keys.append(_course_key(value))
    return tuple(keys)


def _is_course(node: Node, references: References) -> bool:
    return is_course(references.whole(node))


def _strings(value: object) -> list[str]:
    return [each for each in items(value) if isinstance(each, str)]


def _course_key(node: Node) -> Hashable:
    if node_id(node):
        return ("node", node_id(node))
    owner = text(node.get("provider")) or text(node.get("organizer"))
    return ("said", owner, text(node.get("name")), text(node.get("description")))
