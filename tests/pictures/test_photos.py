"""Pictures that staff give: nothing travels along, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from bot.pictures.photos import JPEG, MOST_BYTES, PNG, PictureRefused, media_type_of, read_photo
from tests.support.photos import SECRET, chunk, exif, jpeg, png, segment


def why(body: bytes) -> str:
    with pytest.raises(PictureRefused) as refused:
        read_photo(body)
    return refused.value.why


@pytest.mark.parametrize(("body", "kind"), [(png(), PNG), (jpeg(), JPEG)])
def test_only_what_is_seen_is_left(body: bytes, kind: str) -> None:
    photo = read_photo(body)
    assert (photo.width, photo.height) == (40, 30)
    assert media_type_of(photo.body) == kind
    for one in (SECRET, b"tEXt", b"Exif", b"eXIf", b"adobe", b"Photoshop", b"PK\3\4"):
        assert one in body or one in png() + jpeg()
        assert one not in photo.body
    assert read_photo(photo.body) == photo


def test_what_is_needed_stays() -> None:
    kept = read_photo(png()).body
    assert all(one in kept for one in (b"IHDR", b"tRNS", b"IDAT"))
    assert kept.endswith(chunk(b"IEND", b""))
    kept = read_photo(jpeg()).body
    assert kept.startswith(b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"))
    assert kept.endswith(b"\x12\xff\0\x34\xff\xd0\x56\xff\xd9")


def test_the_same_picture_has_the_same_name() -> None:
    assert read_photo(png()).name == read_photo(png(40, 30, chunk(b"tIME", b"1234567"))).name
    assert read_photo(png()).name != read_photo(png(41)).name


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + png(),
        b"%PDF-1.7" + jpeg(),
        b"RIFF\0\0\0\0WEBP",
        b"<html>" + png(),
    ],
)
def test_what_is_no_png_or_jpeg_is_not_taken(body: bytes) -> None:
    assert why(body) == "type"


@pytest.mark.parametrize("whole", [read_photo(png()).body, read_photo(jpeg()).body])
def test_what_is_cut_off_is_not_taken(whole: bytes) -> None:
    for length in range(8, len(whole) - 1):
        assert why(whole[:length]) == "broken"


@pytest.mark.parametrize(
    "body",
    [
        png().replace(SECRET, SECRET[::-1], 1),
        png(40, 30, chunk(b"CgBI", b"1234")),
        png(40, 30, chunk(b"IHDR", b"1234567890123")),
        png()[:8] + chunk(b"IEND", b""),
        png(0, 30),
        jpeg(0, 30),
        jpeg().replace(b"\xff\xc0", b"\xff\xc9", 1),
        jpeg().replace(segment(0xFE, SECRET), b"\xff\xfe\0\1", 1),
        jpeg().replace(segment(0xFE, SECRET), segment(0xC0, b"\x08\0\1\0\1\1abc"), 1),
        b"\xff\xd8\xff\xd9",
    ],
)
def test_what_is_broken_is_not_taken(body: bytes) -> None:
    assert why(body) == "broken"


@pytest.mark.parametrize(
    "body", [png(65535, 65535), png(9000, 1001), jpeg(60000, 60000), png(2000, 90), jpeg(21, 1)]
)
def test_what_telegram_does_not_show_is_not_taken(body: bytes) -> None:
    assert why(body) == "sides"


def test_the_largest_is_taken() -> None:
    assert read_photo(png(9000, 1000)).width == 9000
    assert read_photo(jpeg(20, 1)).height == 1
    assert why(png() + b"\0" * MOST_BYTES) == "size"


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_on_its_side_is_sent_back(order: str) -> None:
    assert why(jpeg(orientation=6, order=order)) == "turned"
    assert why(png(40, 30, chunk(b"eXIf", exif(3, order)))) == "turned"
    assert read_photo(jpeg(orientation=1, order=order))
