"""One course of linked data, put together from its own node and those of its instances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.courses.importing.drafting import Draft, finish
from bot.courses.importing.fields.links import read_contact, read_link
from bot.courses.importing.fields.text import clean_line
from bot.courses.importing.fields.words import (
    read_ages,
    read_languages,
    read_number,
    read_support,
    split_words,
)
from bot.courses.importing.formats.linked_run import read_linked_run
from bot.courses.importing.formats.linked_skills import read_linked_skills
from bot.courses.importing.formats.nodes import (
    INSTANCES,
    Node,
    References,
    is_course,
    items,
    link,
    node_id,
    nodes,
    raw_id,
    text,
    texts,
    types,
)
from bot.courses.importing.records import Item, Reading
from bot.courses.records import Kind, Support

PARENTS = ("instanceOfCourse", "courseInstanceOf", "isInstanceOf", "superEvent", "isPartOf")
_PROVIDERS = ("provider", "organizer", "sourceOrganization", "offeredBy", "author", "publisher")


def read_linked_course(
    reading: Reading,
    references: References,
    where: str,
    courses: list[Node],
    instances: list[Node],
) -> Item:
    """Return the course, or why it is kept out.

    Args:
        courses: Nodes of the course itself; the first leads.
        instances: Nodes that point up to it, or stand alone.
    """
    parents = [parent for each in instances for parent in _parents(each, references)]
    mains = [*courses, *parents, *(() if courses or parents else instances[:1])]
    main = _joined(mains)
    runs = list(_runs(mains, instances, references))
    provider = next(filter(None, (_provider(node, references) for node in (main, *runs))), {})
    draft = _draft(reading, where, main, runs)
    draft.provider, draft.contact = text(provider), _contact(provider)
    for number, node in enumerate(runs, 1):
        place = f"{where}, instance {number}"
        instance = read_linked_run(reading, references, place, node, main)
        if instance is not None:
            draft.instances.append(instance)
    return finish(reading, draft)


def _draft(reading: Reading, where: str, main: Node, runs: list[Node]) -> Draft:
    languages, unknown = read_languages(_languages(main, runs))
    if unknown:
        reading.warn(where, "inLanguage", "unknown_words", words=", ".join(unknown))
    low, high = _ages(main)
    return Draft(
        where=where,
        title=text(main.get("name")) or _first(runs, "name"),
        reference=_reference(main),
        abstract=text(main.get("abstract")) or text(main.get("disambiguatingDescription")),
        texts=[
            text(main.get("description")) or _first(runs, "description"),
            *texts(main.get("teaches")),
        ],
        kind=_kind(main),
        who_for=text(main.get("audience")),
        entry_requirements="\n".join(texts(main.get("coursePrerequisites"))),
        leads_to="\n".join(texts(main.get("occupationalCredentialAwarded"))),
        level_text=", ".join(texts(main.get("educationalLevel")) or texts(main.get("level"))),
        qualification=text(main.get("educationalCredentialAwarded")),
        awarded_by=_awarded_by(main),
        subjects=_words(main, "about", "activity", "category", "subject"),
        keywords=_words(main, "keywords"),
        languages=languages,
        support=read_support(_support_words(main))[0],
        min_age=low,
        max_age=high,
        url=_url(main, runs, reading.source.address),
        teaches=read_linked_skills(reading, where, main),
    )


def _url(main: Node, runs: list[Node], base: str) -> str:
    links = [link(main.get("url")), *(link(run.get("url")) for run in runs)]
    own = next(filter(None, (read_link(each, base) for each in links)), "")
    return own or read_link(node_id(main))


def _joined(mains: list[Node]) -> Node:
    """Return one node with, for each member, the first value that is not empty."""
    joined: dict[str, Any] = {}
    for node in mains:
        for name, value in node.items():
            if joined.get(name) in (None, "", []):
                joined[name] = value
    return joined


def _parents(instance: Node, references: References) -> Iterator[Node]:
    for name in PARENTS:
        for parent in references.wholes(instance.get(name)):
            if name == PARENTS[0] or is_course(parent):
                yield parent


def _runs(mains: list[Node], instances: list[Node], references: References) -> Iterator[Node]:
    seen: set[str] = set()
    inner = [run for main in mains for run in references.wholes(main.get("hasCourseInstance"))]
    for run in (*inner, *instances):
        name = raw_id(run)
        if name and name in seen:
            continue
        seen.add(name)
        if set(run) - {"@id", "@type"}:
            yield run


def _provider(node: Node, references: References) -> Node:
    for name in _PROVIDERS:
        value = node.get(name)
        for each in references.wholes(value):
            if text(each.get("name")):
                return each
        for each in items(value):
            if isinstance(each, str) and each.strip() and not read_link(each):
                return {"name": each}
    return {}


def _contact(provider: Node) -> str:
    points = nodes(provider.get("contactPoint"))
    parts = [
        part for node in (provider, *points) for part in (node.get("telephone"), node.get("email"))
    ]
    return read_contact(*(text(part) for part in parts))


def _reference(main: Node) -> str:
    names = (node_id(main), *texts(main.get("identifier")), *texts(main.get("courseCode")))
    return next(filter(None, (clean_line(name, 300) for name in names)), "") or clean_line(
        link(main.get("url")), 300
    )


def _first(runs: list[Node], name: str) -> str:
    return next(filter(None, (text(run.get(name)) for run in runs)), "")


def _words(main: Node, *names: str) -> tuple[str, ...]:
    found = [word for name in names for each in texts(main.get(name)) for word in split_words(each)]
    return tuple(dict.fromkeys(word for word in found if "://" not in word))


def _languages(main: Node, runs: list[Node]) -> list[str]:
    values = [
        main.get("inLanguage"),
        main.get("availableLanguage"),
        *(run.get("inLanguage") for run in runs),
    ]
    found = (code for value in values for each in items(value) for code in _language(each))
    return list(dict.fromkeys(found))


def _language(value: object) -> list[str]:
    if isinstance(value, dict):
        return texts(value.get("alternateName")) or texts(value.get("name"))
    return texts(value)


def _ages(main: Node) -> tuple[int | None, int | None]:
    for node in nodes(main.get("ageRange")):
        low, high = (
            read_number(text(node.get("minValue")), 120),
            read_number(text(node.get("maxValue")), 120),
        )
        return (low or None, high)
    return read_ages(text(main.get("typicalAgeRange")))


def _support_words(main: Node) -> list[str]:
    words = texts(main.get("educationalLevel")) + texts(main.get("level"))
    found = [word for word in words if word.strip().casefold().startswith("beginner")]
    if "femaleonly" in text(main.get("genderRestriction")).casefold():
        found.append(Support.WOMEN_ONLY.value)
    return found


def _kind(main: Node) -> Kind | None:
    return None if is_course(main) or types(main) & INSTANCES else Kind.EVENT


def _awarded_by(main: Node) -> str:
    for each in nodes(main.get("educationalCredentialAwarded")):
        return text(each.get("recognizedBy"))
    return ""
