"""Runs on their pages: watched, held, ended, decided about, and everything stopped at once."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from bot.campaigns.content import Button
from bot.campaigns.records import Broadcast
from bot.people import Grant, Role
from storage import Database, Unit
from storage.repositories.deliveries import Settled
from tests.storage.factories import stored_course
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.run_campaigns import begin, plan, run_for, sent, settle
from tests.web.conftest import Visit
from tests.web.fakes import World
from tests.web.sending import APPROVER, CITY, EDITOR, HOME, Office, world_over

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]
LOOKED = "/staff/sending"


@pytest.fixture
async def office(world: World, sqlite_database: Database, visit: Visit) -> Office:
    over, gate = world_over(world, sqlite_database)
    made = Office(over, sqlite_database, await visit(over), gate)
    made.sign_in("e", EDITOR)
    return made


def begun(office: Office, people: int, **more: Any) -> tuple[Broadcast, str]:
    run = run_for(office.database, people, **more)
    return run, f"{HOME}/{run.campaign}/runs/{run.id}"


def end(office: Office, run: Broadcast, *ends: Settled) -> None:
    """Claim so many of a run, and end them so."""

    def work(unit: Any) -> None:
        unit.deliveries.claim(run, len(ends), "me", unit.now)
        unit.deliveries.settle(run.id, "me", ends)

    office.database.write_now(work)


def is_open(office: Office) -> bool:
    return office.gate.is_open


def now(office: Office, run: Broadcast) -> Broadcast:
    return office.database.read_now(lambda unit: unit.broadcasts.get(run.id))


def counts(office: Office, run: Broadcast) -> dict[str, int]:
    return office.database.read_now(lambda unit: unit.broadcasts.counts(run.id))


async def test_while_people_are_chosen_nothing_is_called_done(office: Office) -> None:
    def work(unit: Unit) -> Broadcast:
        for number in range(1, 4):
            settle(unit, number)
        return begin(unit)

    run = office.database.write_now(work)
    assert run.state == "freezing"
    for page in (f"{HOME}/{run.campaign}/runs/{run.id}", LOOKED):
        assert await office.get("e", page) == 200
        assert "Choosing whom to write to: 0 so far." in office.page
        assert "<progress" not in office.page
        assert "0 of 0" not in office.page


async def test_how_far_it_is_stands_as_a_bar_and_in_a_table(office: Office) -> None:
    run, here = begun(office, 4)
    end(office, run, sent(1), Settled(2, "blocked"), Settled(3, "failed", "bad <b>gap</b>"))
    assert await office.get("e", here) == 200
    assert '<progress value="3" max="4"' in office.page
    assert "3 of 4 done" in office.page
    assert "Over at about" in office.page
    assert "25.0 messages a second" in office.page
    assert "bad &lt;b&gt;gap&lt;/b&gt;: 1" in office.page
    assert "http-equiv" not in office.page


async def test_it_is_paused_resumed_and_cancelled(office: Office) -> None:
    run, here = begun(office, 2)
    for act, state in (("pause", "paused"), ("resume", "running"), ("cancel", "cancelled")):
        assert await office.post("e", here, act=act) == 303
        assert now(office, run).state == state
        await office.get("e", office.location)
    assert "Cancelled. Nobody else is written to." in office.page
    assert "not decided" not in office.page, "that is about messages in doubt"
    assert await office.post("e", here, act="resume") == 422
    assert "Somebody else changed this run." in office.page
    assert await office.post("e", here, act="explode") == 404
    audit = office.database.read_now(lambda unit: unit.audit.list_latest(limit=3))
    assert [one.action for one in audit] == [
        "broadcast.cancel", "broadcast.resume", "broadcast.pause",
    ]  # fmt: skip


async def test_what_reached_too_many_goes_on_only_once_it_is_approved(office: Office) -> None:
    run, here = begun(office, 51)
    office.database.write_now(
        lambda unit: unit.broadcasts.set_state(run.id, "paused", was=["running"], reason="approval")
    )
    await office.get("e", here)
    assert "It reached more people than one person may decide about." in office.page
    assert await office.post("e", here, act="resume") == 422
    assert "only when a second person approves it" in office.page
    assert now(office, run).state == "paused"


async def test_staff_decide_about_one_some_or_all_in_doubt(office: Office) -> None:
    run, here = begun(office, 6)
    end(office, run, *(Settled(n, "in_doubt", "cut") for n in range(1, 7)))
    await office.get("e", here)
    assert "6 messages are in doubt" in office.page
    assert await office.post("e", here, act="resend") == 422
    assert "Choose at least one message." in office.page
    assert counts(office, run) == {"in_doubt": 6}
    assert await office.post("e", here, act="resend", one__1="yes") == 303
    assert counts(office, run) == {"in_doubt": 5, "queued": 1}
    assert await office.post("e", here, act="leave", one__2="yes", one__3="yes") == 303
    await office.get("e", here)
    assert "3 messages are in doubt" in office.page
    assert await office.post("e", here, act="leave_all") == 303
    await office.get("e", here)
    assert "in doubt</h2>" not in office.page
    assert counts(office, run) == {"in_doubt": 5, "queued": 1}


async def test_what_would_come_too_late_is_not_offered_again(
    office: Office, clock: MovedClock
) -> None:
    run, here = begun(office, 2, not_after=clock.at + timedelta(hours=1))
    end(office, run, *(Settled(n, "in_doubt", "cut") for n in (1, 2)))
    await office.get("e", here)
    assert "left out too if it is not sent by then" in office.page
    assert 'value="resend"' in office.page
    clock.move(hours=1)
    await office.get("e", here)
    assert "The time by which this run had to be sent is over." in office.page
    assert 'value="resend' not in office.page
    assert await office.post("e", here, act="resend_all") == 422
    assert counts(office, run) == {"in_doubt": 2}
    assert await office.post("e", here, act="leave_all") == 303


async def test_all_in_doubt_are_sent_again_however_many(office: Office) -> None:
    run, here = begun(office, 450)
    for first in range(1, 451, 50):
        end(office, run, *(Settled(n, "in_doubt", "cut") for n in range(first, first + 50)))
    await office.get("e", here)
    assert "And 400 more." in office.page
    assert await office.post("e", here, act="resend_all") == 303
    assert counts(office, run) == {"queued": 450}


async def test_results_are_people_and_small_answers_are_hidden(office: Office) -> None:
    asked = plan(
        "Would you come?", Button("yes", "poll"), Button("no", "poll"), Button("x", "link")
    )
    run, here = begun(office, 9, made=asked)
    end(office, run, *(sent(n) for n in range(1, 10)))
    rows = office.database.read_now(lambda unit: unit.broadcasts.list_deliveries(run.id, "sent"))

    def act(unit: Any) -> None:
        for row in rows:
            answer = "yes" if row.number > 2 else "no"
            unit.campaign_acts.record(run.id, row.person, "poll", "", answer)
        for _ in range(3):
            unit.campaign_acts.record(run.id, rows[0].person, "click", "x")
        unit.catalogue.put(CITY, "ours", [stored_course("c1", "Excel", city=CITY)])
        unit.saved.add(rows[0].person, "c1")

    office.database.write_now(act)
    await office.get("e", here)
    answers = office.page.partition("Answers to the question")[2].partition("</table>")[0]
    assert '<th scope="row">no</th>' not in answers
    assert '<th scope="row">yes</th><td class="figure">5</td>' in answers
    assert '<td class="figure">9</td>' not in answers, "all less the others would be those of few"
    assert await office.get("e", f"{here}/results.csv") == 200
    response = await office.visitor.get(
        f"{here}/results.csv", headers={"Cookie": "lcb-staff=" + "e" * 22}
    )
    table = list(csv.reader(io.StringIO((await response.read()).decode("utf-8-sig"))))
    found = {(part, of): count for part, of, count in table[1:]}
    assert found["messages", "sent"] == "9"
    assert found["people", "click"] == "<5"
    assert ("answers", "no") not in found
    assert found["answers", "all"] == "5"
    assert found["people within 7 days after it", "saved"] == "<5"
    assert response.headers["Content-Type"].startswith("text/csv")


async def test_everything_is_stopped_with_a_reason_and_told_on_every_page(
    office: Office, clock: MovedClock
) -> None:
    begun(office, 2)
    assert await office.get("e", LOOKED) == 200
    assert "Open day" in office.page
    assert await office.post("e", LOOKED, act="stop", reason=" ") == 422
    assert "Say why everything is stopped." in office.page
    assert is_open(office)
    assert await office.post("e", LOOKED, act="stop", reason="A <b>wrong</b> link") == 303
    assert not is_open(office)
    office.sign_in("n", Grant(Role.ANALYST, CITY))
    for name, path in (("e", HOME), ("e", LOOKED), ("n", "/staff")):
        assert await office.get(name, path) == 200
        assert "Everything that goes out is stopped since" in office.page
        assert "A &lt;b&gt;wrong&lt;/b&gt; link" in office.page
    assert f'<a href="{LOOKED}"' not in office.page
    assert await office.get("n", LOOKED) == 404
    ready = await office.visitor.get("/readyz")
    assert (ready.status, "stopped since" in await ready.text()) == (200, True)
    assert await office.post("e", LOOKED, act="go_on") == 303
    assert "stopped" not in await (await office.visitor.get("/readyz")).text()
    assert is_open(office)
    await office.get("n", "/staff")
    assert "Everything that goes out is stopped" not in office.page
    audit = office.database.read_now(lambda unit: unit.audit.list_latest(limit=3))
    acts = [one.action for one in audit if one.action.startswith("outbound")]
    assert acts == ["outbound.resumed", "outbound.stopped"]


async def test_what_is_stopped_has_no_end_foreseen(office: Office) -> None:
    _, here = begun(office, 2)
    await office.post("e", LOOKED, act="stop", reason="A wrong link")
    await office.get("e", here)
    assert "Over at about" not in office.page


async def test_a_run_of_another_campaign_is_not_there(office: Office) -> None:
    office.sign_in("a", APPROVER)
    run, _ = begun(office, 1)
    other, _ = begun(office, 1)
    assert await office.get("e", f"{HOME}/{other.campaign}/runs/{run.id}") == 404
    assert await office.get("e", f"{HOME}/{run.campaign}/runs/none") == 404
