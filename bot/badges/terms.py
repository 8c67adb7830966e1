"""Refusing terms that no context defines: a signature would not cover them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from openbadgeslib.ob3.contexts import document_loader
from pyld import jsonld

from bot.badges.records import Json

_NOWHERE = "https://relative.invalid/"
"""What relative addresses and undefined types become when a document is expanded."""


@cache
def _loader() -> Any:
    return document_loader()


def undefined_terms(document: Json, more: Mapping[str, Json] | None = None) -> tuple[str, ...]:
    """Return the members and types of a document that its contexts do not define.

    Contexts come with the program and are never fetched; one that is not there counts too.

    Args:
        more: Contexts beside those of badges, by their addresses.
    """
    dropped: set[str] = set()

    def note(name: object) -> None:
        dropped.add(str(name))

    loader = document_loader(more) if more else _loader()
    options = {"documentLoader": loader, "base": _NOWHERE}
    try:
        expanded = jsonld.expand(document, options, on_property_dropped=note)
    except jsonld.JsonLdError as error:
        return (f"@context ({error.code or error.type})",)
    dropped.update(_relative(expanded))
    return tuple(sorted(dropped))


def _relative(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _relative(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("@id", "@type"):
                named = one if isinstance(one, list) else [one]
                yield from (n.removeprefix(_NOWHERE) for n in named if n.startswith(_NOWHERE))
            else:
                yield from _relative(one)
