"""What is put into a picture comes out of it, and nothing that is made to do harm comes in."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3 import OB3Verifier

from bot.badges.baking import (
    MAX_XML_DEPTH,
    OPEN_BADGES_2,
    OPEN_BADGES_3,
    Unreadable,
    bake_png,
    bake_svg,
    unbake_png,
    unbake_svg,
)
from tests.badges.awards import signed
from tests.badges.pictures import PNG, SVG

JSON = '{"a": "]]> & < é \\u2028"}'


@pytest.mark.parametrize("text", [JSON, "aa.bb.cc"])
def test_what_goes_in_comes_out(text: str) -> None:
    assert unbake_png(bake_png(PNG, text)) == (OPEN_BADGES_3, text)
    assert unbake_svg(bake_svg(SVG, text).encode()) == (OPEN_BADGES_3, text)


def test_the_credential_comes_first_in_an_svg_and_once_in_a_png() -> None:
    baked = bake_svg(SVG, "aa.bb.cc")
    assert baked.index("<openbadges:credential") < baked.index("<rect")
    assert 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"' in baked
    picture = bake_png(PNG, JSON)
    assert picture.count(b"iTXtopenbadgecredential\0\0\0\0\0") == 1
    assert picture.endswith(PNG[-12:])


def test_both_versions_fit_in_one_picture_and_the_newer_counts() -> None:
    twin = '{"type":"Assertion"}'
    assert unbake_png(bake_png(bake_png(PNG, twin, OPEN_BADGES_2), JSON)) == (OPEN_BADGES_3, JSON)
    assert unbake_png(bake_png(PNG, twin, OPEN_BADGES_2)) == (OPEN_BADGES_2, twin)
    for order in ((OPEN_BADGES_2, OPEN_BADGES_3), (OPEN_BADGES_3, OPEN_BADGES_2)):
        picture = SVG
        for carrier in order:
            picture = bake_svg(picture, twin if carrier == OPEN_BADGES_2 else JSON, carrier)
        assert unbake_svg(picture.encode()) == (OPEN_BADGES_3, JSON)


def test_the_library_takes_out_what_we_put_in() -> None:
    for text in (signed().document.decode(), signed().jws):
        assert OB3Verifier.extract_token_from_png(bake_png(PNG, text)) == text
        assert OB3Verifier.extract_token_from_svg(bake_svg(SVG, text).encode()) == text


def test_a_picture_without_a_badge_holds_none() -> None:
    assert unbake_png(PNG) is None
    assert unbake_svg(SVG.encode()) is None


def chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack("!I", zlib.crc32(kind + content))
    return struct.pack("!I", len(content)) + kind + content + check


BOMB = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"a" * 5_000_000)


@pytest.mark.parametrize(
    "harm",
    [
        PNG[:20],
        PNG[:8] + b"\xff\xff\xff\xffiTXt",
        PNG[:8] + struct.pack("!I", 2**31) + b"iTXt" + b"x" * 50,
        PNG[:33] + chunk(b"iTXt", BOMB) + PNG[33:],
        PNG[:33] + chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0nonsense") + PNG[33:],
        PNG[:33] + chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0\xff\xfe") + PNG[33:],
        PNG[:33] + b"\0\0\0\1iTXta\0\0\0\0" + PNG[33:],
    ],
)
def test_a_png_made_to_do_harm_is_refused(harm: bytes) -> None:
    with pytest.raises(Unreadable):
        unbake_png(harm)


@pytest.mark.parametrize(
    "harm",
    [
        b"<svg>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>',
        b'<?xml version="1.0" encoding="nonsense"?><svg/>',
        b"<g>" * (MAX_XML_DEPTH + 1),
        b"<svg>" + b"<g/>" * 60_000 + b"</svg>",
        "<svg>é</svg>".encode("latin-1"),
    ],
)
def test_an_svg_made_to_do_harm_is_refused(harm: bytes) -> None:
    with pytest.raises(Unreadable):
        unbake_svg(harm)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(noise: bytes) -> None:
    for data in (noise, PNG[:8] + noise, PNG[:33] + noise):
        try:
            unbake_png(data)
        except Unreadable:
            continue
    for data in (noise, b"<svg>" + noise):
        try:
            unbake_svg(data)
        except Unreadable:
            continue
