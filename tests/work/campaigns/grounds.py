"""Manchester with a small catalogue, as audiences and staff see it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from bot.campaigns.approval import Actor
from bot.people import Role
from bot.work.campaigns.desk import Desk
from bot.work.campaigns.ground import CityGround
from bot.work.places import Places
from tests.courses.search.catalogue import index
from tests.support.told_skills import shipped

CITY = "manchester"
ZONE = "Europe/London"
EDITOR = Actor("editor-reference", frozenset({Role.EDITOR}))
APPROVER = Actor("approver-reference", frozenset({Role.APPROVER}))


def ground() -> CityGround:
    catalogue: Any = SimpleNamespace(index=lambda _: index())
    return CityGround(shipped(), catalogue, Places(shipped().cities), CITY)


def desk() -> Desk:
    return Desk(shipped(), ground(), CITY)
