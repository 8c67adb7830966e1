"""A badge as files that other people's software reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.badges.addresses import Addresses
from bot.badges.older import baked_assertion
from bot.errors import NotFound
from bot.pictures import Drawing
from bot.pictures.png import to_png
from bot.work.pictures.badges import drawn_badge
from storage import Unit


@dataclass(frozen=True, slots=True)
class KeptBadge:
    """A badge's signed form and its art.

    Attributes:
        older: What older backpacks look for, to stand beside it; empty for nothing.
    """

    document: str
    drawing: Drawing
    older: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file; `write` blocks for as long as a picture takes to draw."""

    ending: str
    media_type: str
    write: Callable[[KeptBadge], bytes]


def kept_badge(unit: Unit, addresses: Addresses, person: str, token: str) -> KeptBadge | None:
    """Return a badge of the person's own; None where it is none, or not signed yet."""
    try:
        held = unit.badges.get(person, token)
    except NotFound:
        return None
    drawing = drawn_badge(unit, held)
    if drawing is None or not held.is_signed:
        return None
    older = baked_assertion(addresses, held, unit.backpack.of(held.id))
    return KeptBadge(held.document.decode(), drawing, older)


def _png(badge: KeptBadge) -> bytes:
    from bot.badges.baking import bake_both_png  # slow to load, seldom needed

    return bake_both_png(to_png(badge.drawing), badge.document, badge.older)


def _svg(badge: KeptBadge) -> bytes:
    from bot.badges.baking import bake_both_svg

    return bake_both_svg(badge.drawing.svg, badge.document, badge.older).encode()


def _json(badge: KeptBadge) -> bytes:
    return badge.document.encode()


FORMS: Mapping[str, Form] = {
    form.ending: form
    for form in (
        Form("png", "image/png", _png),
        Form("svg", "image/svg+xml", _svg),
        Form("json", "application/vc+ld+json", _json),
    )
}
