"""Organisations whose people sent what they need, as rows in a database."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.questionnaires import Filled, GridCell, Key, Value
from storage import Unit

CITY = "manchester"
EXCEL, EMAIL, SCAMS = "digcomp3:1.3", "digcomp3:2.1", "digcomp3:4.1"
LEAD, COLLEAGUE = "anna", "ben"


def organisation(unit: Unit, person: str = LEAD, city: str = CITY, **facts: str) -> str:
    """Make an organisation with a person who answers for it; return its id."""
    known = {"name": "Bright Homes", "sector": "care", "size": "10-49", "place": "M14"}
    return unit.employers.add(person, city, known | facts).id


def colleague(unit: Unit, key: str, person: str = COLLEAGUE, lead: str = LEAD) -> None:
    """Let a colleague join."""
    unit.employers.join(person, unit.employers.invite(lead, key), CITY)


def send(
    unit: Unit,
    key: str,
    *cells: GridCell,
    person: str = LEAD,
    city: str = CITY,
    role: str = "care-worker",
    people: int = 3,
    team: str = "",
    **more: Value,
) -> None:
    """Send what a person says that a role needs."""
    answers: Mapping[Key, Value] = {
        Key("team"): team,
        Key("from"): "roles",
        Key("roles"): (role,),
        Key("people", role): Decimal(people),
        Key("skills", role): cells,
        **{Key(name): value for name, value in more.items()},
    }
    filled = Filled("skills-needs", 1, {key: one for key, one in answers.items() if one})
    begun = unit.responses.begin(person, city, "employer", filled, organisation=key)
    unit.responses.send(person, begun.id, filled, team=team)
