"""Cities beside each other: what each was told itself, and nothing that adds them up."""

from __future__ import annotations

from datetime import date

from bot.insights.network import beside, lines, monthly, per_thousand, sheets_of
from bot.insights.sheets import ALL, SHEETS, Release
from bot.insights.telling import Told


def release(sheet: str, day: date, **groups: int) -> Release:
    return Release(sheet, day, {key if key != "all" else ALL: Told(n) for key, n in groups.items()})


TOLD = {
    "one": [
        release("people", date(2026, 10, 26), all=40),
        release("people", date(2026, 11, 2), all=50),
        release("people", date(2026, 11, 23), all=70),
        release("badges", date(2026, 10, 1), informal=9, pledge=6),
    ],
    "two": [
        release("people", date(2026, 11, 16), all=20),
        release("badges", date(2026, 10, 1), pledge=11),
        release("campaigns", date(2026, 10, 1), c1=90),
        release("stops", date(2026, 11, 16), menu=90),
    ],
}


def test_a_month_is_told_by_the_last_week_that_began_in_it() -> None:
    found = monthly(TOLD["one"], "people")
    assert {month: one.of().count for month, one in found.items()} == {
        date(2026, 10, 1): 40,
        date(2026, 11, 1): 70,
    }


def test_cities_stand_beside_each_other_month_by_month() -> None:
    found = beside(TOLD, "people")
    assert found is not None
    assert (found.cities, found.month, found.is_grouped) == (
        ("one", "two"),
        date(2026, 11, 1),
        False,
    )
    assert list(found.rows)[:2] == ["2026-11-01", "2026-10-01"]
    assert found.rows["2026-11-01"] == {"one": 70, "two": 20}
    assert found.rows["2026-10-01"] == {"one": 40, "two": None}
    assert len(found.rows) == 2


def test_groups_stand_beside_each_other_and_one_that_is_kept_back_looks_like_nobody() -> None:
    found = beside(TOLD, "badges")
    assert found is not None
    assert found.is_grouped
    assert found.rows == {"pledge": {"one": 6, "two": 11}, "informal": {"one": 9, "two": None}}


def test_a_city_that_is_not_handed_in_changes_nothing_of_the_others() -> None:
    """Whoever withdraws is gone, and no number of the others says that they were there."""
    alone = {"one": TOLD["one"]}
    for key in SHEETS:
        both, one = beside(TOLD, key), beside(alone, key)
        if both is None or one is None or both.month != one.month:
            continue
        for row, counts in one.rows.items():
            assert both.rows[row]["one"] == counts["one"]
    assert list(lines(alone)) == [each for each in lines(TOLD) if each["city"] == "one"]
    assert "two" not in repr(list(lines(alone)))


def test_files_hold_what_each_was_told_and_no_total() -> None:
    found = list(lines(TOLD))
    assert {one["sheet"] for one in found} == {"people", "badges"}
    assert {"city": "one", "sheet": "people", "month": "2026-11", "group": "", "count": 70} in found
    told = {(each.sheet, group, one.count) for releases in TOLD.values() for each in releases
            for group, one in each.groups.items()}  # fmt: skip
    assert all((one["sheet"], one["group"], one["count"]) in told for one in found)


def test_only_what_is_open_to_everybody_is_shared() -> None:
    shared = {key for topic in ("demand", "supply", "learning", "use") for key in sheets_of(topic)}
    assert shared == {key for key, one in SHEETS.items() if one.is_open}


def test_a_count_for_each_thousand_people() -> None:
    assert per_thousand(550, 550_000) == 1.0
    assert per_thousand(None, 550_000) is None
    assert beside({}, "people") is None
