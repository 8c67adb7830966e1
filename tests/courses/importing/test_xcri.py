"""XCRI-CAP in both namespaces, with the quirks of real feeds; and hostile XML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.courses.importing.formats import xcri
from bot.courses.records import Delivery, Level, Pattern, StudyMode
from bot.errors import ImportRefused
from tests.courses.importing.support import Found, read_text

NEW = (
    'xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:mlo="http://purl.org/net/mlo" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:x="http://www.w3.org/1999/xhtml"'
)
OLD = 'xmlns="http://xcri.org/profiles/catalog"'

NEW_COURSE = """
<course>
  <dc:identifier>https://college.example.org/c/7</dc:identifier>
  <dc:identifier xsi:type="cdp:internalID">C7</dc:identifier>
  <dc:title>HAIR AND BEAUTY LEVEL 2</dc:title>
  <mlo:url>https://college.example.org/c/7</mlo:url>
  <abstract></abstract>
  <dc:description xsi:type="t:topic"><x:div><x:p>Cutting &amp;amp; colour.</x:p><x:ul><x:li>Salon
    work</x:li></x:ul></x:div></dc:description>
  <dc:description xsi:type="t:careerOutcome">Work in a salon.</dc:description>
  <dc:description xsi:type="t:leadsTo"><x:div/></dc:description>
  <dc:subject xsi:type="cdp:LDCS3" identifier="HL">Hair care</dc:subject>
  <dc:subject>HL.1</dc:subject>
  <mlo:objective>Two GCSEs.</mlo:objective>
  <mlo:qualification><dc:title></dc:title></mlo:qualification>
  <mlo:level>Level 2</mlo:level>
  <presentation>
    <dc:identifier>P1</dc:identifier>
    <mlo:start dtf="2026-09-07T00:00:00">07/09/2026</mlo:start>
    <end>2026-06-30T00:00:00</end>
    <studyMode>Part Time Day</studyMode>
    <attendanceMode>Evening, Carousel</attendanceMode>
    <mlo:cost>0.0000</mlo:cost>
    <applyTo>2026-08-01</applyTo>
    <venue><provider><dc:title>Main Campus</dc:title><mlo:location>
      <mlo:street>1 High Street</mlo:street><mlo:town>Fife</mlo:town>
      <mlo:postcode>ky11aa</mlo:postcode>
    </mlo:location></provider></venue>
  </presentation>
</course>
"""
OLD_COURSE = """
<course>
  <identifier>C8</identifier><title>Joinery</title>
  <description type="Aim"></description>
  <description type="Syllabus">Wood and tools.</description>
  <description type="Entry Profile">None</description>
  <description type="Career Outcome">A trade.</description>
  <description type="Leads To"/>
  <subject type="keyword">Wood</subject><subject type="fund">ABC123</subject>
  <qualification><title>Joinery</title><level>7 7</level><awardedBy>SQA</awardedBy></qualification>
  <presentation>
    <start>1900-01-01</start><end>2027-06-30</end>
    <studyMode>Evening</studyMode><cost>120.50</cost>
    <venue><title>Annexe</title><street>2 Low Road</street><postcode>P00 5ST</postcode>
      <phone>00000 000000</phone></venue>
  </presentation>
  <presentation><start>Start date to be announced.</start></presentation>
  <presentation><start>Any Monday in term</start></presentation>
</course>
"""


def catalogue(
    courses: str, names: str = NEW, provider: str = "<dc:title>Fife College</dc:title>"
) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<catalog {names}><provider>{provider}'
    return f"{head}{courses}</provider></catalog>"


def found(folder: Path, courses: str = NEW_COURSE, names: str = NEW) -> Found:
    provider = (
        "<dc:title>Fife College</dc:title>" if names == NEW else "<title>Fife College</title>"
    )
    return read_text(folder, catalogue(courses, names, provider))


def test_a_course_of_version_1_2(tmp_path: Path) -> None:
    file = found(tmp_path)
    (course,) = file.courses
    assert (course.provider, course.title, course.reference) == (
        "Fife College", "Hair and Beauty Level 2", "C7")  # fmt: skip
    assert course.summary == "Cutting & colour. • Salon work"
    assert course.leads_to == "Work in a salon."
    assert (course.subjects, course.qualification) == (("Hair care",), "")
    assert (course.level, course.level_text) == (Level.LEVEL_2, "Level 2")
    (run,) = course.instances
    assert (run.start_date, run.end_date, run.start_time) == (date(2026, 9, 7), None, None)
    assert (run.study_mode, run.patterns) == (
        StudyMode.PART_TIME, frozenset({Pattern.DAYTIME, Pattern.EVENING}))  # fmt: skip
    assert (run.cost, run.cost_text, run.apply_url) == (None, "", "")
    assert run.venue
    assert (run.venue.name, run.venue.address, run.venue.postcode) == (
        "Main Campus", "1 High Street", "KY1 1AA")  # fmt: skip
    assert file.warned() == [
        ("course 1, presentation 1", "end_date", "ends_before_start"),
        ("course 1, presentation 1", "attendance", "unknown_words"),
        ("course 1, presentation 1", "cost", "zero_cost"),
    ]


def test_a_course_of_version_1_1(tmp_path: Path) -> None:
    (course,) = found(tmp_path, OLD_COURSE, OLD).courses
    assert (course.summary, course.description) == ("Wood and tools.", "")
    assert (course.entry_requirements, course.leads_to) == ("None", "A trade.")
    assert (course.keywords, course.subjects) == (("Wood",), ())
    assert (course.level_text, course.level, course.awarded_by) == ("7 7", None, "SQA")
    assert course.contact == ""
    dated, placeholder, words = course.instances
    assert (dated.start_date, dated.start_text, dated.end_date) == (None, "", date(2027, 6, 30))
    assert (dated.cost, dated.patterns) == (Decimal("120.50"), frozenset({Pattern.EVENING}))
    assert dated.venue
    assert (dated.venue.name, dated.venue.postcode) == ("Annexe", "")
    assert (placeholder.start_text, words.start_text) == ("", "Any Monday in term")


def test_blank_lines_and_marks_before_the_declaration(tmp_path: Path) -> None:
    for start in (b"\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \r\n\t\n"):
        assert len(read_text(tmp_path, start + catalogue(NEW_COURSE).encode()).courses) == 1


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "windows-1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = catalogue(NEW_COURSE.replace("HAIR AND BEAUTY LEVEL 2", "Café")).replace(
        "UTF-8", encoding
    )
    assert read_text(tmp_path, text.encode(encoding)).courses[0].title == "Café"


def test_a_course_without_dates_and_one_with_76(tmp_path: Path) -> None:
    bare = "<course><dc:title>A</dc:title><abstract>Text</abstract></course>"
    start = '<presentation><start dtf="2027-01-01"/><studyMode>FT</studyMode></presentation>'
    many = "".join(
        start.replace("01-01", f"{m:02}-{d:02}") for m in range(1, 5) for d in range(1, 20)
    )
    busy = f"<course><dc:title>B</dc:title><abstract>Text</abstract>{many}</course>"
    courses = found(tmp_path, bare + busy).courses
    assert [len(course.instances) for course in courses] == [0, 76]
    assert len({run.id for run in courses[1].instances}) == 76


def test_what_is_no_course_enough_is_named(tmp_path: Path) -> None:
    untitled = "<course><abstract>Text</abstract></course>"
    silent = "<course><dc:title>B</dc:title><dc:description> </dc:description></course>"
    assert found(tmp_path, untitled + silent + NEW_COURSE).reasons() == [
        ("course 1", "title", "no_title"),
        ("course 2", "description", "no_text"),
    ]


def test_a_shared_title_is_no_shared_course(tmp_path: Path) -> None:
    other = NEW_COURSE.replace(">C7<", ">C9<")
    first, second = found(tmp_path, NEW_COURSE + other).courses
    assert first.title == second.title
    assert first.id != second.id


def test_codes_are_read_beside_words(tmp_path: Path) -> None:
    coded = NEW_COURSE.replace("<studyMode>Part Time Day", '<studyMode identifier="FL">Wednesdays')
    coded = coded.replace("<attendanceMode>Evening, Carousel", '<attendanceMode identifier="DA">x')
    (run,) = found(tmp_path, coded).courses[0].instances
    assert (run.study_mode, run.delivery) == (StudyMode.FLEXIBLE, Delivery.BLENDED)


DOCTYPES = (
    '<!DOCTYPE catalog [<!ENTITY a "aaaa">]>',
    '<!DOCTYPE catalog SYSTEM "http://example.org/x.dtd">',
    '<!DOCTYPE catalog [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE catalog [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
)


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_document_types_are_refused(tmp_path: Path, doctype: str) -> None:
    with pytest.raises(ImportRefused, match="doctype"):
        read_text(tmp_path, catalogue(NEW_COURSE).replace("\n<catalog", f"\n{doctype}<catalog"))
    hidden = "<?xml version='1.0'?>" + "<!-- " + "x" * 70_000 + " -->" + doctype
    with pytest.raises(ImportRefused, match="doctype"):
        read_text(
            tmp_path,
            catalogue(NEW_COURSE).replace('<?xml version="1.0" encoding="UTF-8"?>', hidden),
        )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (catalogue(NEW_COURSE)[:-20], "bad_xml"),
        (catalogue(""), "no_courses"),
        ("<note>hello</note>", "other_xml"),
        ("<rss version='2.0'/>", "news_feed"),
        ("<catalog>" + "<a>" * 100 + "</a>" * 100 + "</catalog>", "too_deep"),
        (catalogue("<course><dc:title>&undefined;</dc:title></course>"), "bad_xml"),
        ('<?xml version="1.0" encoding="klingon"?><catalog/>', "bad_xml"),
    ],
    ids=["cut", "empty", "other", "rss", "deep", "entity", "encoding"],
)
def test_broken_and_hostile_xml_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ImportRefused, match=f"imports.refused.{reason}"):
        read_text(tmp_path, text)


def test_one_element_cannot_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xcri, "MAX_COURSE_BYTES", 300_000)
    assert len(found(tmp_path, NEW_COURSE * 400).courses) == 400
    for filling in ("<a/>" * 100_000, "x" * 400_000):
        with pytest.raises(ImportRefused, match="huge_element"):
            read_text(tmp_path, f"<catalog>{filling}</catalog>")
