"""Linked data as plain values: types, texts, lists and references, however they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

Node: TypeAlias = "dict[str, Any]"

MAX_DEPTH = 12
COURSES = frozenset({"Course"})
INSTANCES = frozenset({"CourseInstance"})


def items(value: object) -> list[Any]:
    """Return a value as a list: nothing, one or many."""
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def nodes(value: object) -> list[Node]:
    """Return the objects among a value's items."""
    return [each for each in items(value) if isinstance(each, dict)]


def types(node: Node) -> set[str]:
    """Return the local names of a node's types."""
    found = items(node.get("@type", node.get("type")))
    return {
        name.replace("#", "/").rpartition("/")[2].rpartition(":")[2]
        for name in found
        if isinstance(name, str)
    }


def is_course(node: Node) -> bool:
    """Tell whether a node is a course."""
    return bool(types(node) & COURSES)


def is_instance(node: Node) -> bool:
    """Tell whether a node is a course instance, or an event of any sort."""
    kinds = types(node)
    return bool(kinds & INSTANCES) or any(kind.endswith("Event") for kind in kinds)


def text(value: object, depth: int = 0) -> str:
    """Return the first text in a value: a string, number, {"@value"}, or something's name."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    if depth < 4 and isinstance(value, list):
        return next(filter(None, (text(each, depth + 1) for each in value)), "")
    if depth < 4 and isinstance(value, dict):
        names = (
            "@value",
            "value",
            "name",
            "prefLabel",
            "termCode",
            "targetName",
            "audienceType",
            "description",
        )
        return next(filter(None, (text(value.get(name), depth + 1) for name in names)), "")
    return ""


def texts(value: object) -> list[str]:
    """Return the text of every item."""
    return [found for each in items(value) if (found := text(each).strip())]


def link(value: object) -> str:
    """Return an address written as a string, as {"@id"} or as {"url"}."""
    for each in items(value):
        found = (
            each
            if isinstance(each, str)
            else text(each.get("@id") or each.get("url"))
            if isinstance(each, dict)
            else ""
        )
        if found.strip():
            return found.strip()
    return ""


def node_id(node: Node) -> str:
    """Return the node's @id, empty for one that names nothing ("", "./", "_:b0")."""
    found = node.get("@id", node.get("id"))
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    name = found.strip() if isinstance(found, str) else ""
    return "" if not name.strip("./#") or name.startswith("_:") else name


def raw_id(node: Node) -> str:
    """Return the node's @id as written, blank-node names too: for references in one document."""
    found = node.get("@id")
    return found if isinstance(found, str) else ""


class References:
    """The nodes to which a document refers by @id alone."""

    def __init__(self) -> None:
        self._wanted: set[str] = set()
        self._nodes: dict[str, Node] = {}

    def want(self, documents: Iterable[object]) -> None:
        """Note every bare reference in the documents."""
        for document in documents:
            for node in every_node(document):
                if set(node) <= {"@id", "@type"} and raw_id(node):
                    self._wanted.add(raw_id(node))

    def keep(self, documents: Iterable[object]) -> None:
        """Keep the nodes that are wanted, from a second reading of the documents."""
        if not self._wanted:
            return
        for document in documents:
            for node in every_node(document):
                name = raw_id(node)
                if name in self._wanted and not set(node) <= {"@id", "@type"}:
                    self._nodes.setdefault(name, node)

    def whole(self, node: Node) -> Node:
        """Return the node that a bare reference names, else the node itself."""
        if set(node) <= {"@id", "@type"}:
            return self._nodes.get(raw_id(node), node)
        return node

    def wholes(self, value: object) -> list[Node]:
        """Return the nodes of a value, references followed; a string may be one too."""
        found = []
        for each in items(value):
            if isinstance(each, dict):
                found.append(self.whole(each))
            elif isinstance(each, str) and each in self._nodes:
                found.append(self._nodes[each])
        return found


def every_node(value: object, depth: int = 0) -> Iterator[Node]:
    """Yield every object in a document, outer ones first, to a depth of 12."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for each in value.values():
            if isinstance(each, dict | list):
                yield from every_node(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from every_node(each, depth + 1)
