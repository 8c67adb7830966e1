"""Lists of people who were not in the room, as providers have them."""

from __future__ import annotations

import io

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from bot.badges.attendees import MOST_ROWS, AttendeeList, read_attendees, safe_cell, sheet
from bot.errors import ImportRefused


def workbook(*rows: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("People")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def faults(found: AttendeeList) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.kind) for one in found.faults]


@pytest.mark.parametrize(
    "content",
    [
        b"Name,Course\nAnn  B,Excel\n\nStudent 7,Excel\n",
        b"\xef\xbb\xbfCourse;Learner name\r\nExcel;Ann B\r\nExcel;Student 7\r\n",
        "Name\tCourse\nAnn B\tExcel\nStudent 7\t\n".encode("utf-16"),
        b"First name,Last name\nAnn,B\nStudent,7\n",
        b"Ann B\nStudent 7\n",
        workbook(("No", "Full name"), ("1", "Ann B"), ("2", "Student 7")),
    ],
)
def test_the_column_with_names_is_found(content: bytes) -> None:
    found = read_attendees(content)
    assert (found.labels, found.faults) == (("Ann B", "Student 7"), ())


def test_pasted_lines_are_names_as_they_stand() -> None:
    found = read_attendees(b"Smith, Ann\r\n\r\nZofia Nowak\r\n", is_pasted=True)
    assert found.labels == ("Smith, Ann", "Zofia Nowak")


def test_what_is_wrong_is_named_by_row_and_column_and_nothing_is_lost() -> None:
    rows = ["Ref,Name", "1,Ann B", "2,", "", f"4,{'x' * 61}", "5,ann b", "6,a@b.uk", "7,A\u202ea"]
    found = read_attendees("\n".join([*rows, '8,"Smith, Bo"']).encode())
    assert found.labels == ()
    assert faults(found) == [
        (3, "Name", "empty"),
        (5, "Name", "long"),
        (6, "Name", "twice"),
        (7, "Name", "email"),
        (8, "Name", "unseen"),
    ]
    assert found.faults[2].other == 2
    lines = found.lines.split("\n")
    assert (lines[0], lines[1], lines[3], lines[8]) == ("Name", "Ann B", "", '"Smith, Bo"')
    mended = "\n".join(line for at, line in enumerate(lines) if at in (0, 1, 8))
    assert read_attendees(mended.encode(), is_pasted=True).labels == ("Ann B", "Smith, Bo")


def test_columns_without_a_heading_are_not_guessed() -> None:
    found = read_attendees(b"Ann,Excel\nBo,Excel\n")
    assert faults(found) == [(1, "B", "columns")]
    assert found.lines == "Ann,Excel\nBo,Excel"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b" \n", "none"),
        (b"Name\n\n", "none"),
        (b"Name\n" + b"\n".join(b"N%d" % n for n in range(MOST_ROWS + 1)), "too_many"),
        (b"\x00\x01\x02", "unreadable"),
        (b"PK\x03\x04 no workbook", "bad_workbook"),
        (b'Name\n"' + b"x" * 200_000, "unreadable"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_attendees(content)
    assert refused.value.text_id.endswith(why)


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.booleans())
def test_no_input_breaks_it(content: bytes, is_pasted: bool) -> None:
    try:
        found = read_attendees(content, is_pasted=is_pasted)
    except ImportRefused:
        return
    assert bool(found.labels) is not bool(found.faults)


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@x", "\tx", " =1", "\uff1d1"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell("Ann = B") == "Ann = B"
    assert sheet([[cell, "b"]]).startswith(b"\xef\xbb\xbf")
