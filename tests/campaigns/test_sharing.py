"""Which campaigns may be shared, with what, and what another city begins with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.campaigns.content import Button, CampaignContent, Wording
from bot.campaigns.records import Broadcast, BroadcastState
from bot.campaigns.schedule import Schedule
from bot.campaigns.sharing import Shared, may_be_shared, results_of, taken_over
from bot.insights.rounding import told
from bot.people import Purpose
from tests.support.run_campaigns import plan

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
WORDS = {"en": Wording("Come.", {"go": "Go"}), "ur": Wording("آئیں", {"go": "جائیں"})}
CONTENT = CampaignContent(WORDS, (Button("go", "open", "find"),))
SHARED = Shared("c", "belfast", "Open day", Purpose.NEWS, CONTENT, {"sent": 100}, AT)


def run(state: BroadcastState, *, is_test: bool = False) -> Broadcast:
    return Broadcast("r", "belfast", "c", 1, "d", state, state, is_test, "{}", "author", AT)


@pytest.mark.parametrize(
    ("runs", "may"),
    [
        ([], False),
        ([run("finished")], True),
        ([run("finished", is_test=True)], False),
        ([run("finished"), run("running")], False),
        ([run("finished"), run("cancelled")], True),
        ([run("cancelled")], False),
        ([run("finished"), run("running", is_test=True)], True),
    ],
)
def test_only_what_has_ended_may_be_shared(runs: list[Broadcast], may: bool) -> None:
    assert may_be_shared(plan(), runs) == may
    assert not may_be_shared(plan(kind="service", topic=None), runs)


def test_results_are_told_in_fives_and_few_are_left_out() -> None:
    counts = {"sent": 104, "click": 23, "open": 4, "opt_out": 0, "poll": 50}
    assert results_of(counts, told) == {"sent": 100, "click": 20}


def test_a_city_begins_with_its_own_languages_and_its_own_people() -> None:
    made = taken_over(SHARED, ("en", "cy"))
    assert set(made.content.wordings) == {"en"}
    assert made.content.buttons == CONTENT.buttons
    assert (made.audience, made.schedule, made.again) == ("everyone", Schedule(), None)
    assert (made.rival, made.stars, made.topic) == (None, 0, Purpose.NEWS)
    foreign = replace(SHARED, content=replace(CONTENT, wordings={"ur": WORDS["ur"]}))
    assert set(taken_over(foreign, ("en",)).content.wordings) == {"ur"}
