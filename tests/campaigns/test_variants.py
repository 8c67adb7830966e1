"""Who gets which version of a campaign, and what its hash covers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaigns.composing import Known, faults
from bot.campaigns.content import Button, CampaignContent, Wording
from bot.campaigns.differences import differences
from bot.campaigns.digest import digest
from bot.campaigns.records import Plan
from bot.campaigns.schedule import Schedule
from bot.campaigns.variants import (
    Rival,
    content_of,
    drawn,
    rival_from_json,
    rival_to_json,
)
from bot.people import Purpose

GO = Button("go", "open", "find")
FIRST = CampaignContent({"en": Wording("Come.", {"go": "Look"})}, (GO,))
RIVAL = Rival({"en": Wording("Come now.", {"go": "Look now"})}, "pledge", 20, 3)
PLAN = Plan("campaign", Purpose.NEWS, FIRST, "everyone", Schedule(), rival=RIVAL)
KNOWN = Known(("en", "ur"), ("find",), (), ("pledge",))


@pytest.mark.parametrize("share", [5, 20, 50])
def test_the_draw_is_even_and_always_the_same(share: int) -> None:
    people = [f"{number:012x}" for number in range(20_000)]
    got = [drawn("run", one, share) for one in people]
    assert got == [drawn("run", one, share) for one in people]
    assert abs(got.count("b") / len(got) * 100 - share) < 1.5
    assert [drawn("other", one, share) for one in people] != got


def test_both_versions_have_the_same_buttons() -> None:
    other = content_of(FIRST, RIVAL, "b")
    assert (other.wordings, other.picture, other.buttons) == (RIVAL.wordings, "pledge", (GO,))
    assert content_of(FIRST, RIVAL, "a") is content_of(FIRST, RIVAL, "") is FIRST
    assert content_of(FIRST, None, "b") is FIRST


def test_a_second_version_comes_back_from_json() -> None:
    assert rival_from_json(rival_to_json(RIVAL)) == RIVAL


@pytest.mark.parametrize(
    "changed",
    [
        replace(PLAN, rival=None),
        replace(PLAN, rival=replace(RIVAL, share=50)),
        replace(PLAN, rival=replace(RIVAL, days=4)),
        replace(PLAN, rival=replace(RIVAL, picture="")),
        replace(PLAN, rival=replace(RIVAL, wordings={"en": Wording("Come now", {"go": "Look"})})),
        replace(PLAN, stars=10),
    ],
)
def test_an_approval_covers_both_versions_and_the_cost(changed: Plan) -> None:
    assert digest(changed) != digest(PLAN)
    assert differences(PLAN, changed)


def test_what_was_approved_before_there_were_second_versions_keeps_its_hash() -> None:
    plain = replace(PLAN, rival=None)
    assert digest(plain) == "dfa7bfcf0402fa089da25a39082c0af2ff2a84451e3f3f9e95b0940976a2a2ae"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (PLAN, set()),
        (replace(PLAN, rival=Rival(FIRST.wordings)), {"rival_same"}),
        (replace(PLAN, rival=replace(RIVAL, wordings={})), {"no_words"}),
        (replace(PLAN, rival=replace(RIVAL, picture="gone")), {"picture"}),
        (
            replace(PLAN, rival=replace(RIVAL, wordings={"en": Wording("x", {"go": "!"})})),
            {"label"},
        ),
        (
            replace(
                PLAN,
                content=replace(FIRST, wordings={**FIRST.wordings, "ur": FIRST.wordings["en"]}),
            ),
            {"rival_language"},
        ),
        (replace(PLAN, content=replace(FIRST, buttons=())), {"rival_buttons"}),
        (replace(PLAN, kind="service", topic=None), {"rival_service"}),
    ],
)
def test_what_keeps_two_versions_from_being_compared(plan: Plan, expected: set[str]) -> None:
    found = {one.text.rpartition(".")[2] for one in faults(plan, KNOWN)}
    assert expected <= found
    assert bool(found) == bool(expected)
