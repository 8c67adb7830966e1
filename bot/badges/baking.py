"""Putting a credential into a picture, and taking it out again.

A picture can hold an Open Badges 3.0 credential and, under other names, the 2.0 assertion that
older backpacks look for.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import NamedTuple
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import quoteattr

import png
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException


class Carrier(NamedTuple):
    """Under which names a picture carries a credential.

    Attributes:
        keyword: Of the PNG's text chunk.
        namespace, element: Of the SVG's element.
    """

    keyword: bytes
    namespace: str
    element: str


OPEN_BADGES_3 = Carrier(
    baking.ITXT_KEYWORD_OB3, baking.SVG_NS_OB3, baking.SVG_ELEMENT_OB3.partition(":")[2]
)
OPEN_BADGES_2 = Carrier(baking.ITXT_KEYWORD, baking.SVG_NS, baking.SVG_ELEMENT.partition(":")[2])
CARRIERS = (OPEN_BADGES_3, OPEN_BADGES_2)

_PREFIX = "openbadges"
_DAMAGES = (
    png.Error,
    LibOpenBadgesException,
    zlib.error,
    struct.error,
    ValueError,
    EOFError,
)
MAX_XML_DEPTH = 200
MAX_XML_ELEMENTS = 50_000


class Unreadable(ValueError):  # noqa: N818 - named for what happened
    """The picture is damaged, or made to do harm."""


def bake_png(picture: bytes, credential: str, carrier: Carrier = OPEN_BADGES_3) -> bytes:
    """Return a PNG that carries a credential: a JWS or the JSON."""
    return baking.bake_png(picture, credential, keyword=carrier.keyword)


def bake_svg(picture: str, credential: str, carrier: Carrier = OPEN_BADGES_3) -> str:
    """Return an SVG of our own with a credential right after its opening tag.

    Both standards call their prefix "openbadges", and old readers look for that name instead of
    its namespace: an assertion says its own namespace, the rest of the picture has the newer one.
    """
    begin = picture.index("<svg")
    end = picture.index(">", begin)
    namespace = f' xmlns:{_PREFIX}="{carrier.namespace}"'
    if carrier == OPEN_BADGES_3:
        return f"{picture[:end]}{namespace}>{_element(credential, carrier)}{picture[end + 1 :]}"
    element = _element(credential, carrier, f"{namespace}{_hosted_at(credential)}")
    return f"{picture[: end + 1]}{element}{picture[end + 1 :]}"


def _element(credential: str, carrier: Carrier, attributes: str = "") -> str:
    name = f"{_PREFIX}:{carrier.element}"
    if not credential.lstrip().startswith("{"):
        return f"<{name}{attributes} verify={quoteattr(credential)}/>"
    safe = credential.replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}{attributes}><![CDATA[{safe}]]></{name}>"


def _hosted_at(assertion: str) -> str:
    """Return the attribute that says where an assertion is hosted, if it is."""
    address = json.loads(assertion).get("id") if assertion.lstrip().startswith("{") else None
    return f" verify={quoteattr(address)}" if address else ""


def bake_both_png(picture: bytes, credential: str, older: str) -> bytes:
    """Return a PNG that carries a credential, and an assertion beside it unless it is empty."""
    baked = bake_png(picture, credential)
    return bake_png(baked, older, OPEN_BADGES_2) if older else baked


def bake_both_svg(picture: str, credential: str, older: str) -> str:
    """Return an SVG that carries a credential, and an assertion beside it unless it is empty."""
    baked = bake_svg(picture, older, OPEN_BADGES_2) if older else picture
    return bake_svg(baked, credential)


def unbake_png(picture: bytes) -> tuple[Carrier, str] | None:
    """Return what a PNG carries; None where it carries nothing.

    Raises:
        Unreadable: It is damaged, or what it carries unpacks to far too much.
    """
    try:
        for carrier in CARRIERS:
            found = baking.extract_png(picture, keyword=carrier.keyword)
            if found is not None:
                return carrier, found
    except _DAMAGES as error:
        raise Unreadable(type(error).__name__) from error
    return None


def unbake_svg(picture: bytes) -> tuple[Carrier, str] | None:
    """Return what an SVG carries; None where it carries nothing.

    Raises:
        Unreadable: It is no XML, declares entities or a document type, or is far too deep.
    """
    finder = _Finder()
    parser = DefusedXMLParser(forbid_dtd=True, target=finder)
    try:
        parser.feed(picture)
        parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(type(error).__name__) from error
    return finder.found


class _Finder:
    """Listens to an XML file and keeps nothing of it but the credential."""

    def __init__(self) -> None:
        self.found: tuple[Carrier, str] | None = None
        self._inside: Carrier | None = None
        self._text: list[str] = []
        self._depth = self._elements = 0
        self._names = {f"{{{one.namespace}}}{one.element}": one for one in CARRIERS}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_XML_DEPTH or self._elements > MAX_XML_ELEMENTS:
            raise Unreadable("too deep")
        carrier = self._names.get(tag)
        if carrier is None or self._outranked(carrier):
            return
        if "verify" in attributes:
            self.found = (carrier, attributes["verify"])
        else:
            self._inside, self._text = carrier, []

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._inside is not None and self._names.get(tag) == self._inside:
            self.found = (self._inside, "".join(self._text).strip())
            self._inside = None

    def data(self, text: str) -> None:
        if self._inside is not None:
            self._text.append(text)

    def close(self) -> None:
        """Nothing is built, so nothing is returned."""

    def _outranked(self, carrier: Carrier) -> bool:
        """Whether something as good was found before: the first of its kind counts."""
        return self.found is not None and CARRIERS.index(self.found[0]) <= CARRIERS.index(carrier)
