"""Hostile files: whatever comes in, courses and rejections come out, or one refusal."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.courses.importing.detection import shape_of
from bot.errors import ImportRefused
from tests.courses.importing.support import read_text

CALM = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = st.sampled_from(
    ["catalog", "provider", "course", "title", "description", "presentation", "start", "cost",
     "venue", "identifier", "subject", "qualification", "level", "abstract", "x:div", "x:li"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["@type", "@id", "@graph", "name", "description", "hasCourseInstance", "instanceOfCourse",
     "offers", "price", "location", "address", "subEvent", "startDate", "eventSchedule", "byDay",
     "items", "data", "provider", "identifier", "courseMode", "ageRange", "inLanguage", "geo"]
)  # fmt: skip
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["Course", "CourseInstance", "2027-01-12", "£5", "Place", "VirtualLocation"]),
)
HEADINGS = st.sampled_from(
    ["title", "reference", "summary", "start_date", "cost", "LARS_QAN", "COURSE_NAME", "sessions",
     "DELIVERY_MODE", "START_DATE", "YOUR_REFERENCE", "weekdays", "min_age", "languages", ""]
)  # fmt: skip


def survives(folder: Path, content: str | bytes) -> None:
    try:
        found = read_text(folder, content)
    except ImportRefused:
        return
    for course in found.courses:
        assert course.title
        assert course.summary
        assert "\x00" not in repr(course)


@CALM
@given(st.binary(max_size=400))
def test_bytes(tmp_path: Path, content: bytes) -> None:
    survives(tmp_path, content)


@CALM
@given(st.sampled_from([b"PK\x03\x04", b"<?xml ", b"<catalog>", b"{", b"[", b"<html>", b"title,"]),
       st.binary(max_size=300))  # fmt: skip
def test_bytes_behind_a_known_start(tmp_path: Path, start: bytes, rest: bytes) -> None:
    survives(tmp_path, start + rest)


def _element(draw_children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = st.one_of(WORDS.map(_escaped), st.lists(draw_children, max_size=5).map("".join))
    return st.builds(lambda name, text: f"<{name}>{text}</{name}>", NAMES, inner)


def _escaped(text: str) -> str:
    kept = "".join(char for char in text if char.isprintable())
    return kept.replace("&", "&amp;").replace("<", "&lt;")


@CALM
@given(st.recursive(WORDS.map(_escaped), _element, max_leaves=30))
def test_xml(tmp_path: Path, inner: str) -> None:
    survives(tmp_path, f'<catalog xmlns:x="http://www.w3.org/1999/xhtml">{inner}</catalog>')


@CALM
@given(
    st.recursive(
        st.one_of(WORDS, st.integers(), st.floats(allow_nan=False), st.booleans(), st.none()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=6)
        ),
        max_leaves=40,
    )
)
def test_json(tmp_path: Path, document: object) -> None:
    survives(tmp_path, json.dumps(document))


@CALM
@given(
    st.lists(HEADINGS, min_size=1, max_size=8), st.lists(st.lists(WORDS, max_size=9), max_size=6)
)
def test_tables(tmp_path: Path, headings: list[str], rows: list[list[str]]) -> None:
    lines = [headings, *rows]
    quoted = ("\n").join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )
    survives(tmp_path, quoted.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("start", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7 x", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_office"),
        (zlib.compress(b"x", wbits=31), "compressed"),
        (b"\x89PNG\r\n", "picture"),
        (b"BEGIN:VCALENDAR", "calendar"),
        (b"\x00\x01\x02" * 50, "binary"),
        (b"<rss/>", "news_feed"),
        (b"<urlset/>", "site_map"),
    ],
)
def test_other_files_are_called_by_their_name(tmp_path: Path, start: bytes, reason: str) -> None:
    (tmp_path / "f").write_bytes(start)
    with pytest.raises(ImportRefused, match=f"refused.{reason}"):
        shape_of(tmp_path / "f")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="unreadable"):
        shape_of(tmp_path / "nothing")
