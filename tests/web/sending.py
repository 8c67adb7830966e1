"""Manchester's campaigns over a database, with an editor and an approver signed in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from bot.people import Grant, Role
from bot.web.ports import StaffMember
from bot.work.campaigns.office import CampaignOffice
from bot.work.campaigns.watching import RunOffice
from bot.work.context import Surroundings
from bot.work.gate import Gate
from bot.work.places import Places
from storage import Database
from tests.courses.search.catalogue import index
from tests.web.client import Visitor
from tests.web.fakes import World, content

CITY = "manchester"
HOME = "/staff/campaigns"
WRITTEN = {
    "city": CITY,
    "title": "Open day",
    "topic": "news",
    "text.en": "**Open day** on Saturday. Come and [see](https://city.example/day).",
    "text.ur": "ہفتے کو کھلا دن",
    "buttons": "2",
    "kind.1": "link",
    "target.1": "https://city.example/day",
    "label.1.en": "See it",
    "label.1.ur": "دیکھیں",
    "audience": "everyone",
    "words_were": "",
    "rows_were": "all",
}


def surroundings() -> Surroundings:
    catalogue: Any = SimpleNamespace(index=lambda _: index())
    return Surroundings(content(), catalogue, Places(content().cities))


@dataclass
class Office:
    """The web over a database, and who is signed in to it."""

    world: World
    database: Database
    visitor: Visitor
    gate: Gate
    people: dict[str, str] = field(default_factory=dict)
    location: str = ""

    def sign_in(self, name: str, *grants: Grant, at: datetime | None = None) -> None:
        """Sign somebody in; the same name is the same person."""
        person = self.database.write_now(
            lambda unit: unit.people.ensure("web", "web", name * 8, city=CITY, language="en")
        ).id

        def grant(unit: Any) -> None:
            for one in grants:
                unit.staff.grant(person, one.role, [one.city])

        self.database.write_now(grant)
        self.people[name] = person
        since = at or self.world.ports.clock()
        member = StaffMember(person, frozenset(grants), f"csrf-{name}", since)
        self.world.staff.sessions[secret_of(name)] = member

    async def get(self, name: str, path: str) -> int:
        response = await self.visitor.get(path, headers=cookie(name))
        return response.status

    async def post(self, name: str, path: str, **fields: str) -> int:
        sent = {"csrf": f"csrf-{name}"} | {key.replace("__", "."): v for key, v in fields.items()}
        response = await self.visitor.send(path, sent, cookie(name))
        self.location = response.headers.get("Location", "")
        return response.status

    async def write(self, name: str, **fields: str) -> str:
        """Keep a new campaign; return its address."""
        form = WRITTEN | {key.replace("__", "."): v for key, v in fields.items()}
        assert await self.post(name, f"{HOME}/new", **form, act="keep") == 303, self.visitor.last
        return self.location.partition("?")[0]

    @property
    def page(self) -> str:
        return self.visitor.last


def secret_of(name: str) -> str:
    return (name * 22)[:22]


def cookie(name: str) -> dict[str, str]:
    return {"Cookie": f"lcb-staff={secret_of(name)}"}


def world_over(world: World, database: Database) -> tuple[World, Gate]:
    """Return a world whose campaigns are in a database."""
    gate = Gate(database)
    campaigns = CampaignOffice(database, surroundings, lambda: None)
    runs = RunOffice(database, surroundings, campaigns, gate, lambda: None)
    ports = replace(world.ports, campaigns=campaigns, runs=runs, clock=database.now)
    return replace(world, ports=ports), gate


EDITOR, APPROVER = Grant(Role.EDITOR, CITY), Grant(Role.APPROVER, CITY)
