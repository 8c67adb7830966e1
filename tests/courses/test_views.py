"""What people look at and find is counted as numbers, each person once a week."""

from __future__ import annotations

from datetime import date

import pytest

from bot.courses import views
from bot.courses.views import Finds

WEEK, NEXT = date(2027, 1, 4), date(2027, 1, 11)


def test_a_person_counts_once_a_week_in_a_subject_however_often_they_look() -> None:
    finds = Finds()
    finds.take(WEEK)
    for person in ("anna", "anna", "ben"):
        finds.count("manchester", person, "welding")
    finds.count("manchester", "anna", "cooking")
    finds.count("belfast", "anna", "welding")
    finds.count("manchester", "anna", "")

    assert finds.take(WEEK) == {
        "manchester": {"welding": 2, "cooking": 1},
        "belfast": {"welding": 1},
    }
    finds.count("manchester", "anna", "welding")
    assert finds.take(WEEK) == {}


def test_a_new_week_begins_anew_with_everybody() -> None:
    finds = Finds()
    finds.take(WEEK)
    finds.count("manchester", "anna", "welding")
    assert finds.take(NEXT) == {"manchester": {"welding": 1}}
    finds.count("manchester", "anna", "welding")
    assert finds.take(NEXT) == {"manchester": {"welding": 1}}


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_KNOWN", 3)
    finds = Finds()
    for number in range(9):
        finds.count("manchester", str(number), "welding")
    assert finds.take(WEEK) == {"manchester": {"welding": 3}}
