"""The report holds every need, match and gap, and nothing in it is run as a formula."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from bot.courses.phrases import Phrase
from bot.needs import Matcher, Organisation, Target
from bot.needs.explaining import Names
from bot.needs.report import COLUMNS, SHEETS, Report, as_json, rows_of
from bot.needs.workbook import workbook
from content.load import Content
from tests.needs.employers import TODAY, course, need, teaching

FORMULA = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture
def report(shipped: Content) -> Report:
    provisions = [teaching(course("a", title=FORMULA, url="https://a.example"), c13=2)]
    known = {"digcomp3": shipped.frameworks["digcomp3"]}
    matcher = Matcher(provisions, TODAY, known)
    needs = (
        need(Target("1.3", 1, 2), id="one", team="@team", role="care-worker", by=date(2027, 1, 2)),
        need(Target("care.record", 0, 2, "sectors-draft"), id="two", words="ours", role="-baker"),
        need(Target("1.3", 0, 1), id="three", words="+1"),
    )
    return Report(
        Organisation("o", "Bright Homes", "manchester"),
        tuple((one, matcher.answer(one)) for one in needs),
    )


def names(content: Content) -> Names:
    return Names(content.frameworks.keys(), content.needs.roles.keys())


def sheets(content: Content, report: Report) -> dict[str, list[list[Any]]]:
    def say(phrase: Phrase) -> str:
        return content.words.plain(phrase)

    book: Any = openpyxl.load_workbook(BytesIO(workbook(report, say, names(content))))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
    return {sheet.title: [[c.value or "" for c in r] for r in sheet.iter_rows()] for sheet in book}


def test_a_sheet_each_for_needs_matches_and_gaps(shipped: Content, report: Report) -> None:
    found = sheets(shipped, report)
    assert list(found) == ["Needs", "Matches", "Gaps"]
    first, second, third = found["Needs"][1:]
    assert first[:7] == ["@team", "Care worker", "Manage information", "Basic", "Intermediate", 4,
                         "2027-01-02"]  # fmt: skip
    assert (second[1], second[3], second[7]) == ("-baker", "Not yet", "")
    assert third[7] == "+1"
    match = found["Matches"][1]
    assert match[2:5] == [1, FORMULA, "P"]
    assert match[8] == "https://a.example"
    assert "leads to Intermediate" in match[6]
    (gap,) = found["Gaps"][1:]
    assert gap[0] == "Care records"
    assert gap[4]


def test_a_course_without_a_page_of_its_own_has_its_page_here() -> None:
    found = Report(Organisation("o", "x", "manchester"), (), "https://city.example/courses/")
    assert found.address(course("a")) == "https://city.example/courses/a"
    assert found.address(course("a", url="https://a.example")) == "https://a.example"


def test_what_is_made_up_says_so_wherever_it_is_named(shipped: Content) -> None:
    provisions = [teaching(course("a", title=FORMULA, is_sample=True), c13=2)]
    matcher = Matcher(provisions, TODAY, {"digcomp3": shipped.frameworks["digcomp3"]})
    wanted = (need(Target("1.3", 1, 2), id="one"), need(Target("1.3", 2, 4), id="two"))
    found = Report(
        Organisation("o", "x", "manchester"), tuple((one, matcher.answer(one)) for one in wanted)
    )
    made = sheets(shipped, found)
    assert made["Matches"][1][4] == "Sample: P"
    assert all("Sample: P" in row[3] for row in made["Gaps"][1:])
    first = as_json(found, shipped.words.plain, names(shipped))["needs"][0]["matches"][0]
    assert first["is_sample"]


def test_every_column_is_filled(shipped: Content, report: Report) -> None:
    for sheet in SHEETS:
        for row in rows_of(sheet, report, lambda phrase: phrase.id, names(shipped)):
            assert len(row) == len(COLUMNS[sheet])


def test_the_same_as_json(shipped: Content, report: Report) -> None:
    document = as_json(report, shipped.words.plain, names(shipped))
    again = json.loads(json.dumps(document))
    assert again == document
    one, two, _ = again["needs"]
    assert one["matches"][0]["title"] == FORMULA
    assert one["skills"][0]["competence"] == "1.3"
    assert one["gap"] is None
    assert two["gap"]["why"]
    assert two["gap"]["skills"][0]["framework"] == "sectors-draft"
