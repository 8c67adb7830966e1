"""What staff do with campaigns, over a real database, with its audit log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Any, TypeVar

import orjson
import pytest

from bot.campaigns.approval import Actor
from bot.campaigns.audience.form import resolved_from_form
from bot.campaigns.records import Broadcast, Campaign, Plan
from bot.campaigns.schedule import Schedule
from bot.errors import Conflict, Refused
from bot.people import Role
from bot.reminders import Once
from bot.work.campaigns.desk import end_stop, stop_everything
from content.citysettings import adapted, read_settings
from storage import Database, Unit
from tests.support.run_campaigns import plan
from tests.support.told_skills import shipped
from tests.work.campaigns.grounds import APPROVER, CITY, EDITOR, desk

DESK = desk()
ABOVE = shipped().sending.approval_above
Result = TypeVar("Result")


class Office:
    """One campaign, and a database."""

    def __init__(self, database: Database, made: Plan | None = None) -> None:
        self.database = database
        self.campaign: Campaign = self.do(
            lambda unit: DESK.add(unit, EDITOR, "Open day", made or plan())
        )

    def do(self, work: Callable[[Unit], Result]) -> Result:
        return self.database.write_now(work)

    def act(self, name: str, actor: Actor = EDITOR, **more: Any) -> Any:
        return self.do(lambda unit: getattr(DESK, name)(unit, actor, self.campaign.id, **more))

    @property
    def state(self) -> str:
        return self.do(lambda unit: unit.campaigns.get(self.campaign.id)).state

    @property
    def actions(self) -> list[str]:
        entries = self.do(lambda unit: unit.audit.list_latest(CITY))
        return [one.action for one in reversed(entries)]

    def approve(self, seen: int = 1) -> None:
        self.act("submit")
        self.act("decide", APPROVER, is_given=True, seen=seen, size=ABOVE + 1)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database)


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.text_id.removeprefix("campaigns.desk.")


def test_a_small_run_needs_nobody_else(office: Office) -> None:
    begun = office.act("launch", size=ABOVE)

    assert isinstance(begun, Broadcast)
    assert (begun.state, begun.number, begun.launched_by) == ("freezing", 1, EDITOR.reference)
    assert resolved_from_form(orjson.loads(begun.rule)) == DESK.rule("everyone")
    assert office.state == "done"
    assert office.actions == ["campaign.added", "campaign.launched"]


def test_a_large_run_needs_a_second_persons_yes(office: Office) -> None:
    assert refusal(lambda: office.act("launch", size=ABOVE + 1)) == "needs_approval"
    office.approve()
    assert office.state == "approved"

    assert isinstance(office.act("launch", size=ABOVE + 1), Broadcast)


def test_a_city_that_chose_so_asks_for_a_second_person_sooner(office: Office) -> None:
    chosen = adapted(shipped(), {CITY: read_settings({"approval_above": 2})})
    strict = replace(DESK, content=chosen)

    def launch() -> object:
        return office.do(lambda unit: strict.launch(unit, EDITOR, office.campaign.id, size=3))

    assert refusal(launch) == "needs_approval"
    assert isinstance(office.act("launch", size=3), Broadcast)


def test_nobody_approves_what_they_wrote(office: Office) -> None:
    office.act("submit")
    both = replace(EDITOR, roles=frozenset({Role.EDITOR, Role.APPROVER}))
    decide = {"is_given": True, "seen": 1, "size": 900}
    assert refusal(lambda: office.act("decide", both, **decide)) == "own_work"
    assert refusal(lambda: office.act("decide", EDITOR, **decide)) == "not_allowed"
    assert office.state == "waiting"


@pytest.mark.parametrize(
    "change",
    [
        {"audience": "language is ur"},
        {"schedule": Schedule(late_after=1)},
        {"again": 30},
        {"content": plan("Other words.").content},
    ],
)
def test_any_edit_voids_an_approval(office: Office, change: dict[str, Any]) -> None:
    office.approve()
    office.act("edit", plan=replace(plan(), **change), seen=1)
    assert office.state == "draft"
    assert refusal(lambda: office.act("launch", size=ABOVE + 1)) == "needs_approval"


def test_an_edit_back_to_the_same_words_is_not_approved_either(office: Office) -> None:
    office.approve()
    office.act("edit", plan=plan("Other words."), seen=1)
    office.act("edit", plan=plan(), seen=2)
    assert refusal(lambda: office.act("launch", size=ABOVE + 1)) == "needs_approval"


def test_saving_without_a_change_voids_nothing(office: Office) -> None:
    office.approve()
    assert office.act("edit", plan=plan(), seen=1).number == 1
    assert office.state == "approved"


def test_what_was_edited_while_it_was_read_is_not_decided(office: Office) -> None:
    office.act("edit", plan=plan("Other words."), seen=1)
    office.act("submit")
    decide = {"is_given": True, "seen": 1, "size": 900}
    assert refusal(lambda: office.act("decide", APPROVER, **decide)) == "edited"
    with pytest.raises(Conflict):
        office.act("edit", plan=plan("Mine."), seen=1)


def test_a_no_makes_it_a_draft_again_and_keeps_the_reason(office: Office) -> None:
    office.act("submit")
    office.act("decide", APPROVER, is_given=False, seen=1, size=900, reason="The date is wrong")
    assert office.state == "draft"
    (decision,) = office.do(lambda unit: unit.campaigns.list_approvals(office.campaign.id))
    assert (decision.is_given, decision.reason) == (False, "The date is wrong")
    assert refusal(lambda: office.act("launch", size=ABOVE + 1)) == "needs_approval"


def test_what_has_gaps_does_not_go_out(sqlite_database: Database) -> None:
    office = Office(sqlite_database, plan("Come on {dates}."))
    assert refusal(lambda: office.act("submit")) == "faulty"
    assert refusal(lambda: office.act("launch", size=1)) == "faulty"
    assert [one.text for one in DESK.faults(plan(audience="language is xx"))] == [
        "campaigns.fault.audience"
    ]


def test_a_schedule_is_switched_on_and_off(sqlite_database: Database) -> None:
    schedule = Schedule(Once(date(2027, 2, 1), time(10)))
    office = Office(sqlite_database, plan(schedule=schedule))

    moved = office.act("launch", size=1)
    assert isinstance(moved, Campaign)
    assert moved.next_at is not None
    assert office.do(lambda unit: unit.campaigns.list_due()) == []
    office.act("unschedule")
    assert office.state == "draft"


def test_a_time_that_is_over_is_refused(sqlite_database: Database) -> None:
    schedule = Schedule(Once(date(2026, 2, 1), time(10)))
    office = Office(sqlite_database, plan(schedule=schedule))
    assert refusal(lambda: office.act("launch", size=1)) == "past"


def test_two_presses_are_one_run(office: Office) -> None:
    office.act("launch", size=1)
    assert refusal(lambda: office.act("launch", size=1)) == "twice"


def test_another_city_is_not_ones_own(office: Office) -> None:
    other = replace(DESK, city="derby")
    wrong = refusal(lambda: office.do(lambda unit: other.submit(unit, EDITOR, office.campaign.id)))
    assert wrong == "not_allowed"


ANALYST = Actor("x", frozenset({Role.ANALYST}))
NOT_FOR_ANALYSTS: tuple[Callable[[Unit], object], ...] = (
    lambda unit: DESK.add(unit, ANALYST, "x", plan()),
    lambda unit: stop_everything(unit, ANALYST),
    lambda unit: end_stop(unit, ANALYST),
)


@pytest.mark.parametrize("work", NOT_FOR_ANALYSTS)
def test_only_writers_begin_campaigns_and_stop_everything(
    sqlite_database: Database, work: Callable[[Unit], object]
) -> None:
    assert refusal(lambda: sqlite_database.write_now(work)) == "not_allowed"


def test_the_emergency_stop_is_kept_and_noted(sqlite_database: Database) -> None:
    sqlite_database.write_now(lambda unit: stop_everything(unit, EDITOR, "wrong link"))
    stop = sqlite_database.read_now(lambda unit: unit.campaigns.stopped())
    assert stop is not None
    assert (stop.by, stop.reason) == (EDITOR.reference, "wrong link")
    sqlite_database.write_now(lambda unit: end_stop(unit, EDITOR))
    assert sqlite_database.read_now(lambda unit: unit.campaigns.stopped()) is None
    entries = sqlite_database.read_now(lambda unit: unit.audit.list_latest())
    assert [one.action for one in entries] == ["outbound.resumed", "outbound.stopped"]


# -- shipped campaigns ------------------------------------------------------------------------


def filled(made: Plan) -> Plan:
    """The plan of a shipped campaign with its gaps filled."""
    wordings = {
        language: replace(one, text=_without_gaps(one.text))
        for language, one in made.content.wordings.items()
    }
    return replace(made, content=replace(made.content, wordings=wordings))


def _without_gaps(text: str) -> str:
    while "{" in text:
        before, _, rest = text.partition("{")
        text = f"{before}something{rest.partition('}')[2]}"
    return text


@pytest.mark.parametrize("name", sorted(shipped().campaigns))
def test_every_shipped_campaign_can_go_out_once_its_gaps_are_filled(name: str) -> None:
    template = shipped().campaigns[name]
    made = DESK.plan_of(template)

    found = {one.text for one in DESK.faults(made)}
    assert found == ({"campaigns.fault.gaps"} if template.fill else set())
    assert DESK.faults(filled(made)) == []
    assert set(made.content.wordings) == {"en", *shipped().cities[CITY].languages}
    assert "{city}" not in str(made.content)


def test_at_least_six_campaigns_are_shipped() -> None:
    assert len(shipped().campaigns) >= 6
