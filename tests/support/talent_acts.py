"""What others do about opportunities while one person talks: told in words, for transcripts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from bot.people import AgeBand
from bot.talent import Kind, State
from bot.talent.records import Shared
from storage import Unit
from storage.tables.talent import WorkInvitationRow
from tests.support.invited_people import SHOP

CITY = "manchester"
SKILLS = {"1.3": 3, "2.1": 2}


def become_seeker(unit: Unit, person: str) -> None:
    """Let somebody be an adult who told two skills."""
    unit.people.set_age_band(person, AgeBand.ADULT)
    unit.traits.replace(person, CITY, "skill", SKILLS)


def act(unit: Unit, what: str) -> None:
    """Do what an employer, staff or somebody else does.

    Args:
        what: "an employer invites", "an employer writes", "staff approve it", "staff stop it" or
            "somebody says yes".
    """
    if what == "an employer invites":
        boss = unit.people.ensure("web", "web", "boss", city=CITY).id
        shop = unit.employers.add(boss, CITY, {"name": "The Shop"})
        until = unit.now.date() + timedelta(days=28)
        details = replace(SHOP, until=until)
        made = unit.opportunities.begin(boss, CITY, shop.id, shop.name, details)
        unit.opportunities.send(made.id, boss)
        _approve(unit)
    elif what == "an employer writes":
        [invited] = unit.orm.exec(select(WorkInvitationRow)).all()
        unit.invited.write_to(invited.opportunity, invited.token or "", "Please ring 0161 496 0000")
    elif what == "staff approve it":
        _approve(unit)
    elif what == "staff stop it":
        for one in unit.opportunities.list_in([CITY], [State.RUNNING]):
            unit.opportunities.stop(one.id, "They ask people for money", "staff")
    else:
        _say_yes(unit)


def _approve(unit: Unit) -> None:
    for one in unit.opportunities.list_in([CITY], [State.SENT]):
        unit.opportunities.approve(one.id, one.number, one.change, "staff")


def _say_yes(unit: Unit) -> None:
    amira = unit.people.ensure("web", "web", "amira", city=CITY).id
    [one] = unit.opportunities.list_in([CITY], [State.RUNNING])
    assert one.shown.kind is Kind.JOB
    until = unit.now + timedelta(days=28)
    key = unit.invited.invite(one.id, CITY, amira, "[]", until)
    unit.invited.share(key, amira, Shared("", ("cv",), "Amira", "0161 496 0123"))
