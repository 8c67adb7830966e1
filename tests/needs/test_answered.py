"""What an employer answered becomes needs that can be matched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.courses.records import Delivery, Pattern
from bot.needs import Aim, Fit, SizeBand, Target
from bot.needs.answered import DAYS, PRICES, RADIUS_KM, fit_of, needs_of, organisation_of
from bot.needs.problems import ProblemReader
from bot.questionnaires import SKIPPED, GridCell, Key, Value
from content.load import Content

TODAY = date(2026, 11, 23)
ANSWERS: dict[Key, Value] = {
    Key("name"): "Bright Homes",
    Key("size"): "10-49",
    Key("sector"): "care",
    Key("place"): "M14",
    Key("team"): "Nights",
    Key("roles"): ("care-worker", "=Cook"),
    Key("people", "care-worker"): Decimal(12),
    Key("aim", "care-worker"): "both",
    Key("by", "care-worker"): "month",
    Key("skills", "care-worker"): (
        GridCell("digcomp3:2.1", 0, 1),
        GridCell("digcomp3:1.1", 2, 2),
        GridCell("sectors-draft:care.record", 1, 2),
    ),
    Key("problem"): "They fall for scam emails",
    Key("problem-people"): Decimal(5),
    Key("delivery"): ("in-person", "work"),
    Key("hours"): ("daytime",),
    Key("work-time"): "yes",
    Key("radius"): "near",
    Key("price"): "50",
    Key("certificate"): "yes",
    Key("languages"): ("en", "=Polish"),
    Key("tried"): SKIPPED,
}


@pytest.fixture(scope="module")
def reader(shipped: Content) -> ProblemReader:
    return ProblemReader(shipped.needs.problems)


def test_the_organisation() -> None:
    found = organisation_of(ANSWERS, "o1", "manchester")
    assert (found.name, found.size, found.sector) == ("Bright Homes", SizeBand.SMALL, "care")
    assert found.website == ""


def test_how_training_has_to_fit() -> None:
    found = fit_of(ANSWERS, "manchester")
    assert found.delivery == {Delivery.IN_PERSON, Delivery.WORK}
    assert found.patterns == {Pattern.DAYTIME}
    assert found.max_price == Decimal(50)
    assert found.languages == {"en"}
    assert found.in_work_time
    assert found.certificate
    assert found.radius_km == RADIUS_KM["near"]


def test_each_skill_of_a_role_is_a_need(shipped: Content, reader: ProblemReader) -> None:
    organisation = organisation_of(ANSWERS, "o1", "manchester")
    first, second, third = needs_of(ANSWERS, organisation, shipped.needs, reader, TODAY)
    assert first.targets == (Target("2.1", 0, 1),)
    assert second.targets == (Target("care.record", 1, 2, "sectors-draft"),)
    assert (first.role, first.people, first.aim, first.team) == (
        "care-worker",
        12,
        Aim.BOTH,
        "Nights",
    )
    assert first.words == "email and messages"
    assert first.by == date(2026, 12, 24)
    assert third.words == "They fall for scam emails"
    assert {target.competence for target in third.targets} >= {"4.2"}
    assert third.people == 5
    assert len({one.id for one in (first, second, third)}) == 3


def test_the_short_questionnaire_leads_to_needs_too(
    shipped: Content, reader: ProblemReader
) -> None:
    answers: dict[Key, Value] = {Key("problem"): "spreadsheets", Key("people"): Decimal(4)}
    organisation = organisation_of(answers, "o1", "manchester")
    (need,) = needs_of(answers, organisation, shipped.needs, reader, TODAY)
    assert need.people == 4
    assert need.fit == Fit(city="manchester")


def test_nothing_answered_is_no_need(shipped: Content, reader: ProblemReader) -> None:
    organisation = organisation_of({}, "o1", "manchester")
    assert needs_of({}, organisation, shipped.needs, reader, TODAY) == ()


def test_the_shipped_questionnaires_ask_by_these_ids(shipped: Content) -> None:
    asked = shipped.questionnaires.current["skills-needs"].questions
    assert set(asked["size"].option_ids) == set(SizeBand)
    assert set(asked["aim"].option_ids) == set(Aim)
    assert set(asked["delivery"].option_ids) <= set(Delivery)
    assert set(asked["hours"].option_ids) <= set(Pattern)
    assert set(asked["price"].option_ids) == {*PRICES, "open"}
    assert set(asked["by"].option_ids) == {*DAYS, "open"}
    assert set(asked["problem-by"].option_ids) == {*DAYS, "open"}
    assert set(asked["radius"].option_ids) == set(RADIUS_KM)
    used = {"name", "sector", "place", "website", "team", "roles", "people", "skills", "problem"}
    assert used | {"problem-people", "languages", "certificate", "work-time", "tried"} <= set(asked)
    quick = shipped.questionnaires.current["quick-needs"].questions
    assert {"problem", "people", "price", "delivery", "place"} <= set(quick)
    assert set(quick["price"].option_ids) == {*PRICES, "open"}
