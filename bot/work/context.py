"""Who a turn is for, and what its looks and effects may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeAlias

from bot.people import STAFF, Person, Teacher
from bot.work.catalogue import Catalogue
from bot.work.matching import Matching
from bot.work.places import Places
from content.load import Content
from storage import Unit

JsonValue: TypeAlias = Any
"""A value that JSON can hold."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for every turn.

    Attributes:
        content: Words, cities and sources in use.
        public_url: The bot's address without a slash at its end.
        telegram_username: The bot's name on Telegram; empty where it is not connected.
        matching: What is on offer, to be matched with what employers need.
        may_pay: Campaigns may go out faster for Telegram's Stars.
    """

    content: Content
    catalogue: Catalogue
    places: Places
    public_url: str = ""
    telegram_username: str = ""
    matching: Matching = field(default_factory=Matching)
    may_pay: bool = False


@dataclass(frozen=True)
class Context:
    """One turn, as looks and effects see it.

    Attributes:
        person: As they were when the turn began.
        city, language: The ones to look in and speak now.
        channel, bot, chat: Where the message came from.
        now: The time of the turn, in the city's time zone.
        unit: The database: for looks as it is, for effects the turn's own transaction.
    """

    person: Person
    city: str
    language: str
    channel: str
    bot: str
    chat: str
    now: datetime
    unit: Unit
    around: Surroundings

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held on this channel in this city; "staff" as well where one of them is."""
        held = {grant.role for grant in self.teacher.grants if grant.covers(self.city)}
        names = frozenset(str(role) for role in held)
        return names | {"staff"} if held & STAFF else names

    @cached_property
    def teacher(self) -> Teacher:
        """What the person may do on this channel, in every city, for whoever teaches."""
        grants = self.unit.staff.grants(self.person.id, self.channel)
        return Teacher(self.person.id, grants)

    @property
    def content(self) -> Content:
        """The content in use."""
        return self.around.content

    @property
    def catalogue(self) -> Catalogue:
        """The courses of each city."""
        return self.around.catalogue

    @property
    def public_url(self) -> str:
        """The bot's address without a slash at its end."""
        return self.around.public_url

    @property
    def telegram_username(self) -> str:
        """The bot's name on Telegram; empty where it is not connected."""
        return self.around.telegram_username
