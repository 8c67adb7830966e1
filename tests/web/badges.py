"""Badges of a few people, signed once and kept in a database of their own for each test."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.badges.held import Endorser, NewAward
from bot.badges.planning import About, about_area, about_itself, about_skill
from bot.badges.records import Evidence
from bot.web.chat.address import address_of
from bot.web.stored_badges import StoredBadges
from bot.work.badges import KEYS, BadgeWorks, badge_works
from storage import Database, Unit
from tests.web.fakes import NOW, World, content, make_world

BASE = "https://badges.example.org"
CITY = "manchester"
ADA, BOB = "a" * 22, "b" * 22
"""What the cookies of two people's chats hold."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Tokens of what is in the database.

    Attributes:
        shown: Ada's, whose page she opened, with a name.
        hidden: Ada's, never opened.
        confirmed: Ada's, opened without a name, confirmed by a library.
        revoked, expired: Bob's, opened.
        waiting: Bob's, opened before it was signed.
        gone: Of somebody who was erased.
    """

    folder: Path
    shown: str
    hidden: str
    confirmed: str
    revoked: str
    expired: str
    waiting: str
    gone: str


def opened(folder: Path, clock: Callable[[], datetime]) -> tuple[Database, BadgeWorks]:
    database = Database.open(f"sqlite:///{folder}/bot.db", clock=clock)
    return database, badge_works(database, content, folder / KEYS, BASE, clock)


def build(folder: Path) -> Kept:
    """Award, sign, show, revoke and erase."""
    Database.migrate(f"sqlite:///{folder}/bot.db")
    return asyncio.run(_build(folder))


async def _build(folder: Path) -> Kept:
    database, works = opened(folder, lambda: NOW)
    await works.pages.make_missing()
    tokens = await database.write(_award_all)
    await works.awards.sign_due()
    await database.write(lambda unit: _settle(unit, tokens))
    await works.awards.sign_due()
    waiting = await database.write(lambda unit: _award(unit, BOB, "pledge", _itself()))
    await database.write(lambda unit: _show(unit, BOB, waiting))
    await works.close()
    await database.aclose()
    return Kept(folder, waiting=waiting, **tokens)


def _itself() -> About:
    return about_itself(content().cities[CITY])


def _award_all(unit: Unit) -> dict[str, str]:
    framework = content().frameworks["digcomp3"]
    skill = about_skill(framework, "1.1", 2)
    library = Endorser("L" * 22, "Central Library", "I saw her do it.", NOW)
    told = Evidence("", "In the holder's own words", "I kept the club's accounts.")
    return {
        "shown": _award(unit, ADA, "skills-check", about_area(framework, "1", 2)),
        "hidden": _award(unit, ADA, "pledge", _itself()),
        "confirmed": _award(unit, ADA, "informal", skill, evidence=(told,), endorsers=(library,)),
        "revoked": _award(unit, BOB, "skills-check", about_area(framework, "2", 1)),
        "expired": _award(unit, BOB, "skills-check", about_area(framework, "3", 1), months=1),
        "gone": _award(unit, "g" * 22, "pledge", _itself()),
    }


def _person(unit: Unit, cookie: str) -> str:
    return unit.people.ensure("web", "web", address_of(cookie), city=CITY).id


def _award(unit: Unit, cookie: str, plan: str, about: About, **more: object) -> str:
    award = NewAward(_person(unit, cookie), CITY, plan, about)
    return unit.badges.award(replace(award, **more))[0]  # type: ignore[arg-type]


def _show(unit: Unit, cookie: str, token: str, name: str = "") -> None:
    unit.badges.show(_person(unit, cookie), token, is_shown=True, shown_as=name)


def _settle(unit: Unit, tokens: dict[str, str]) -> None:
    _show(unit, ADA, tokens["shown"], "Ada <b>Lovelace</b>")
    _show(unit, ADA, tokens["confirmed"])
    for name in ("revoked", "expired"):
        _show(unit, BOB, tokens[name])
    _show(unit, "g" * 22, tokens["gone"])
    unit.badges.revoke(CITY, tokens["revoked"], "badges.not_offered")
    unit.badges.forget(_person(unit, "g" * 22), 100)


def world_of(
    kept: Kept, folder: Path, *, later: timedelta = timedelta(0)
) -> tuple[World, Database, BadgeWorks]:
    """Return a world over a copy of the database; close what comes with it."""
    shutil.copytree(kept.folder, folder, dirs_exist_ok=True)

    def clock() -> datetime:
        return NOW + later

    database, works = opened(folder, clock)
    world = make_world(BASE)
    ports = replace(world.ports, badges=StoredBadges(database, "web", works), clock=clock)
    return replace(world, ports=ports), database, works
