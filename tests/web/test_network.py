"""Cities side by side on pages and as open data, and campaigns that go from one to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest

from bot.campaigns.records import Broadcast
from bot.insights.sheets import ALL, Release
from bot.insights.telling import Told
from bot.people import Grant, Role
from bot.web.desks import Desks
from bot.work.campaigns.network import NetworkOffice
from content.schema import City, Population
from storage import Database
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.run_campaigns import run_for, sent
from tests.web.conftest import Visit
from tests.web.fakes import World, content
from tests.web.sending import APPROVER, CITY, EDITOR, HOME, Office, surroundings, world_over

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

BESIDE, OPEN, SHARED = "/staff/insight/network", "/open-data/network", f"{HOME}/shared"
OTHER = "belfast"
ADMIN, ELSEWHERE = Grant(Role.ADMIN, CITY), Grant(Role.EDITOR, OTHER)


@pytest.fixture
async def office(world: World, sqlite_database: Database, visit: Visit) -> Office:
    over, gate = world_over(world, sqlite_database)
    desks = replace(over.ports.desks, network=NetworkOffice(sqlite_database, surroundings))
    assert isinstance(desks, Desks)
    over = replace(over, ports=replace(over.ports, desks=desks))
    made = Office(over, sqlite_database, await visit(over), gate)
    made.sign_in("a", ADMIN)
    made.sign_in("e", EDITOR)
    made.sign_in("o", ELSEWHERE)
    made.sign_in("n", Grant(Role.ANALYST, CITY))
    month = sqlite_database.now().date().replace(day=1)

    def tell(unit: Any) -> None:
        for city, count in ((CITY, 4321), (OTHER, 1234)):
            unit.releases.add(city, Release("checks", month, {ALL: Told(count)}))
            unit.releases.add(city, Release("campaigns", month, {"c": Told(777)}))

    sqlite_database.write_now(tell)
    return made


def actions(office: Office) -> list[str]:
    return office.database.read_now(lambda unit: [one.action for one in unit.audit.list_latest()])


class TestBeside:
    async def test_a_city_is_there_once_it_agrees_and_gone_once_it_withdraws(
        self, office: Office
    ) -> None:
        ways = (f"{BESIDE}?topic=learning", f"{OPEN}?topic=learning", f"{OPEN}/figures.csv")
        for path in ways:
            await office.get("a", path)
            assert "4,321" not in office.page
        assert "No city has agreed yet." in (await self.read(office, OPEN))

        assert await office.post("a", BESIDE, city=CITY, act="agree") == 303
        for path in ways[:2]:
            text = await self.read(office, path)
            assert "4,321" in text
            assert "1,234" not in text
        assert ",checks," in await self.read(office, ways[2])
        assert OTHER not in await self.read(office, ways[2])

        office.database.write_now(lambda unit: unit.network.agree(OTHER))
        text = await self.read(office, ways[0])
        assert "4,321" in text
        assert "1,234" in text
        assert f"{4321 + 1234:,}" not in text

        assert await office.post("a", BESIDE, city=CITY, act="withdraw") == 303
        for path in (*ways, f"{OPEN}/figures.json"):
            text = await self.read(office, path)
            assert "4,321" not in text
            assert "4321" not in text
        assert actions(office)[:2] == ["network.withdrawn", "network.agreed"]

    async def read(self, office: Office, path: str) -> str:
        response = await office.visitor.get(path, headers={"Cookie": f"lcb-staff={'a' * 22}"})
        assert response.status == 200, path
        return (await response.read()).decode("utf-8-sig")

    async def test_only_a_city_s_own_admin_agrees(self, office: Office) -> None:
        assert await office.post("a", BESIDE, city=OTHER, act="agree") == 404
        assert await office.post("n", BESIDE, city=CITY, act="agree") == 404
        assert await office.post("e", BESIDE, city=CITY, act="agree") == 404
        assert await office.post("a", BESIDE, city=CITY, act="agree", csrf="other") == 403
        assert await office.post("a", BESIDE, city=CITY, act="dance") == 400
        assert office.database.read_now(lambda unit: unit.network.agreed()) == []
        await office.get("n", BESIDE)
        assert "<form" not in office.page.split("<h1>")[1].split("</main>")[0]

    async def test_staff_sheets_are_not_shared(self, office: Office) -> None:
        office.database.write_now(lambda unit: unit.network.agree(CITY))
        document = orjson.loads(await self.read(office, f"{OPEN}/figures.json"))
        assert document["cities"] == [CITY]
        assert {one["sheet"] for one in document["figures"]} == {"checks"}
        assert {one["count"] for one in document["figures"]} == {4321}

    async def test_a_picture_has_its_table_and_rates_need_a_source(self, office: Office) -> None:
        office.database.write_now(lambda unit: unit.network.agree(CITY))
        text = await self.read(office, f"{BESIDE}?topic=learning")
        assert text.count("<figure") == 1
        assert "<table>" in text
        assert "For each 1,000 people" not in text

    async def test_rates_are_shown_where_the_content_has_the_number(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = (
            content()
            .cities[CITY]
            .model_copy(update={"population": Population(people=500_000, source="ons-wards")})
        )
        monkeypatch.setitem(office.world.ports.content().cities, CITY, known)
        office.database.write_now(lambda unit: unit.network.agree(CITY))
        text = await self.read(office, f"{BESIDE}?topic=learning")
        assert "For each 1,000 people" in text
        assert "8.6" in text


class TestSharing:
    def ended(self, office: Office, people: int = 23) -> Broadcast:
        run = run_for(office.database, people)

        def work(unit: Any) -> None:
            rows = unit.broadcasts.list_deliveries(run.id, "queued")
            unit.deliveries.claim(run, people, "me", unit.now)
            unit.deliveries.settle(run.id, "me", [sent(one.number) for one in rows])
            for one in rows[:7]:
                unit.campaign_acts.record(run.id, one.person, "click", "x")
            unit.campaign_acts.record(run.id, rows[0].person, "opt_out", "off")
            unit.broadcasts.set_state(run.id, "finished", was=["running"])
            unit.broadcasts.keep_totals(run.id, {"sent": people})

        office.database.write_now(work)
        return run

    async def test_a_campaign_that_ended_is_shared_and_taken_over_as_a_draft(
        self, office: Office
    ) -> None:
        run = self.ended(office)
        here = f"{HOME}/{run.campaign}"
        assert await office.post("e", here, act="share") == 303
        await office.get("o", SHARED)
        assert "Open day" in office.page
        assert ">20</td>" in office.page
        assert ">5</td>" in office.page
        assert ">23</td>" not in office.page
        assert ">7</td>" not in office.page

        taken = {"act": "take_over", "campaign": run.campaign, "city": OTHER}
        assert await office.post("o", SHARED, **taken) == 303
        draft = office.location.partition("?")[0].rpartition("/")[2]
        made = office.database.read_now(lambda unit: unit.campaigns.get(draft))
        version = office.database.read_now(lambda unit: unit.campaigns.current(draft))
        assert (made.city, made.state, made.title) == (OTHER, "draft", "Open day")
        assert version.plan.audience == "everyone"
        assert office.database.read_now(lambda unit: unit.campaigns.approval_of(version)) is None
        await office.get("o", f"{HOME}/{draft}")
        assert "Taken over from Manchester." in office.page
        assert actions(office)[0] == "campaign.taken_over"

        assert await office.post("e", here, act="unshare") == 303
        assert await office.post("o", SHARED, **taken) == 422
        assert "It is not shared any more." in office.page
        assert await office.get("o", f"{HOME}/{draft}") == 200

    async def test_what_still_goes_out_is_not_shared(self, office: Office) -> None:
        run = run_for(office.database, 5)
        await office.get("e", f"{HOME}/{run.campaign}")
        assert 'value="share"' not in office.page
        assert await office.post("e", f"{HOME}/{run.campaign}", act="share") == 422
        assert "Only a campaign that has ended can be shared" in office.page
        await office.get("o", SHARED)
        assert "No city shares a campaign yet." in office.page

    async def test_nobody_shares_or_takes_over_for_another_city(self, office: Office) -> None:
        run = self.ended(office)
        here = f"{HOME}/{run.campaign}"
        assert await office.post("o", here, act="share") == 404
        assert await office.post("e", here, act="share") == 303
        assert await office.post("o", here, act="unshare") == 404
        taken = {"act": "take_over", "campaign": run.campaign}
        assert await office.post("o", SHARED, **taken, city=CITY) == 404
        assert await office.post("o", SHARED, **taken, city="nowhere") == 404
        assert await office.post("n", SHARED, **taken, city=CITY) == 404
        found = office.database.read_now(lambda unit: unit.campaigns.list_in_city(OTHER))
        assert found == []

    async def test_an_approver_sees_whom_a_share_came_from_and_nothing_of_people(
        self, office: Office
    ) -> None:
        run = self.ended(office)
        office.sign_in("p", APPROVER)
        assert await office.post("p", f"{HOME}/{run.campaign}", act="share") == 303
        kept = office.database.read_now(lambda unit: unit.network.find_shared(run.campaign))
        assert kept is not None
        people = office.database.read_now(
            lambda unit: [one.person for one in unit.broadcasts.list_deliveries(run.id, "sent")]
        )
        assert not any(person in repr(kept) for person in people)
        assert kept.shared_at.date() >= date(2020, 1, 1)


def test_a_population_names_one_of_the_city_s_sources() -> None:
    city = content().cities[CITY]
    known = {**city.model_dump(), "population": {"people": 500_000, "source": city.sources[0]}}
    assert City.model_validate(known).population is not None
    unknown = {**known, "population": {"people": 500_000, "source": "hearsay"}}
    with pytest.raises(ValueError, match="not among the city's"):
        City.model_validate(unknown)
