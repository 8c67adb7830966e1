"""A whole import: what is new, changed, unchanged and withdrawn, and when it stops."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.courses.bodies import body_hash, dump_course, load_course
from bot.courses.importing import Origin, Progress
from bot.courses.importing.gathering import gather
from bot.courses.importing.identity import course_id, instance_id, text_reference
from bot.courses.importing.service import BATCH
from bot.courses.phrases import Phrase
from bot.courses.records import Course
from bot.errors import ImportRefused
from tests.courses.importing.support import MemoryCatalogue, bring_in, read

HEADER = "reference,title,summary,start_date,cost,url\n"


def table(folder: Path, *names: str, text: str = "Text") -> Path:
    path = folder / "courses.csv"
    rows = "".join(f"{name},Course {name},{text},12/01/2027,5,\n" for name in names)
    path.write_text(HEADER + rows, "utf-8")
    return path


def counts(report: object) -> tuple[int, ...]:
    return tuple(getattr(report, name) for name in ("new", "changed", "unchanged", "withdrawn"))


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    store, path = MemoryCatalogue(), table(tmp_path, *"ABC")
    assert counts(bring_in(store, path)) == (3, 0, 0, 0)
    written = list(store.batches)
    assert counts(bring_in(store, path)) == (0, 0, 3, 0)
    assert store.batches == written


def test_changes_withdrawals_and_returns(tmp_path: Path) -> None:
    store = MemoryCatalogue()
    bring_in(store, table(tmp_path, *"ABCD"))
    assert counts(bring_in(store, table(tmp_path, *"ABCE"))) == (1, 0, 3, 1)
    assert counts(bring_in(store, table(tmp_path, *"ABCE", text="New"))) == (0, 4, 0, 0)
    assert counts(bring_in(store, table(tmp_path, *"ABCDE", text="New"))) == (0, 1, 4, 0)
    assert all(known.is_active for known in store.known.values())


def test_a_great_withdrawal_stops_and_stores_nothing(tmp_path: Path) -> None:
    store = MemoryCatalogue()
    bring_in(store, table(tmp_path, *"ABCDE"))
    before = dict(store.known)
    report = bring_in(store, table(tmp_path, "A", "X"))
    assert (report.is_stopped, counts(report)) == (True, (1, 0, 1, 4))
    assert store.known == before
    report = bring_in(store, table(tmp_path, "A", "X"), allows_withdrawals=True)
    assert (report.is_stopped, counts(report)) == (False, (1, 0, 1, 4))
    assert sum(known.is_active for known in store.known.values()) == 2


def test_forty_per_cent_is_allowed(tmp_path: Path) -> None:
    store = MemoryCatalogue()
    bring_in(store, table(tmp_path, *"ABCDE"))
    assert not bring_in(store, table(tmp_path, *"ABC")).is_stopped


def test_a_dry_run_only_says(tmp_path: Path) -> None:
    store = MemoryCatalogue()
    report = bring_in(store, table(tmp_path, *"AB"), is_dry_run=True)
    assert (report.is_dry_run, report.new, store.known) == (True, 2, {})


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    store = MemoryCatalogue()
    bring_in(store, table(tmp_path, *"AB"))
    before = dict(store.known)
    broken = tmp_path / "broken.xml"
    course = "<course><title>T</title><abstract>A</abstract></course>"
    broken.write_text(f"<catalog>{course * 50}<course>", "utf-8")
    with pytest.raises(ImportRefused):
        bring_in(store, broken)
    assert store.known == before


def test_a_course_that_cannot_be_read_any_more_is_not_withdrawn(tmp_path: Path) -> None:
    store = MemoryCatalogue()
    bring_in(store, table(tmp_path, *"ABC"))
    path = table(tmp_path, *"AB")
    path.write_text(path.read_text("utf-8") + "C,,,,,\n", "utf-8")
    report = bring_in(store, path)
    assert (counts(report), report.rejected_count) == ((0, 0, 2, 0), 1)


def test_a_repeated_identifier_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.xml"
    course = "<course><identifier>7</identifier><title>{}</title><abstract>A</abstract></course>"
    path.write_text(
        "<catalog>" + course.format("One") + course.format("Two") + "</catalog>", "utf-8"
    )
    report = bring_in(MemoryCatalogue(), path)
    assert (report.new, [each.reason.id for each in report.rejected]) == (
        1, ["imports.reason.repeated"])  # fmt: skip


def test_long_files_tell_how_far_they_are_and_go_in_batches(tmp_path: Path) -> None:
    store, told = MemoryCatalogue(), list[Progress]()
    path = table(tmp_path, *map(str, range(2_600)))
    bring_in(store, path, progress=told.append)
    assert [(each.step, each.courses) for each in told] == [
        ("reading", 1000), ("reading", 2000), ("storing", 1000), ("storing", 2000)]  # fmt: skip
    assert max(store.batches) == BATCH


def test_the_report_as_json(tmp_path: Path) -> None:
    path = table(tmp_path, "A")
    path.write_text(path.read_text("utf-8") + "B,,Text,,,\nC,T,U,,,nowhere\n", "utf-8")
    report = bring_in(MemoryCatalogue(), path).to_json(lambda phrase: phrase.id)
    assert {name: report[name] for name in ("new", "changed", "unchanged", "withdrawn")} == {
        "new": 2, "changed": 0, "unchanged": 0, "withdrawn": 0}  # fmt: skip
    assert report["rejected"] == [
        {"where": "row 3", "field": "title", "reason": "imports.reason.no_title"}]  # fmt: skip
    assert report["warnings"] == [
        {"where": "row 4", "field": "url", "reason": "imports.reason.no_link"}]  # fmt: skip
    assert (report["stopped"], report["dry_run"], report["format"]) == (
        False, False, "template-csv")  # fmt: skip


def test_every_reason_has_words() -> None:
    from content.load import load

    words = load().words
    root = Path(__file__).resolve().parents[3]
    sources = [*(root / "bot/courses/importing").rglob("*.py"), *(root / "bot/work").glob("f*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    used = {name for name in words.ids() if name.startswith("imports.")}
    refused = {part.split('"')[0] for part in text.split('"imports.refused.')[1:]}
    assert {f"imports.refused.{name}" for name in refused if "{" not in name} <= used
    assert words.plain(Phrase("imports.reason.no_title"), "en") == "It has no title. Give it one."


@pytest.mark.parametrize("name", ["A-7", "a-7", " A-7 "])
def test_course_ids_are_short_and_stay_the_same(name: str) -> None:
    assert course_id("manchester", "Hulme Hub", name) == course_id(
        "manchester", "hulme  hub", "a-7"
    )
    assert len(course_id("manchester", "Hulme Hub", name)) == 16
    assert course_id("bristol", "Hulme Hub", name) != course_id("manchester", "Hulme Hub", name)


@given(st.text(), st.text(), st.text())
def test_ids_fit_addresses_and_deep_links(city: str, provider: str, reference: str) -> None:
    alphabet = set("abcdefghijklmnopqrstuvwxyz234567")
    assert set(course_id(city, provider, reference)) <= alphabet
    assert set(instance_id(city, None, provider)) <= alphabet
    assert text_reference(city, provider).startswith("text-")


@given(st.lists(st.lists(st.integers(0, 12), max_size=3)))
def test_gathering_joins_what_shares_a_key(rows: list[list[int]]) -> None:
    numbered = list(enumerate(rows))
    groups = list(gather(lambda: numbered, lambda row: tuple(row[1])))
    assert sorted(row for group in groups for row in group) == sorted(numbered)
    keys = [{key for _, row in group for key in row} for group in groups]
    assert sum(map(len, keys)) == len(set().union(*keys) if keys else set())


def test_bodies_of_real_courses_survive_storage(tmp_path: Path) -> None:
    from bot.courses.importing import template_csv

    template_csv(tmp_path / "t.csv")
    (course,) = read(tmp_path / "t.csv").courses
    body = dump_course(course)
    assert load_course(body) == course
    assert dump_course(load_course(body)) == body
    assert body_hash(body) != body_hash(dump_course(replace(course, title="Other")))
    bare = Course(id="a", provider="b", title="c")
    assert load_course(dump_course(bare)) == bare
    assert load_course(b'{"id":"a","provider":"b","title":"c"}') == bare


def test_providers_do_not_see_each_others_courses(tmp_path: Path) -> None:
    path = table(tmp_path, "A")
    one, other = (read(path, Origin("manchester", name)).courses[0] for name in ("North", "South"))
    assert one.id != other.id
