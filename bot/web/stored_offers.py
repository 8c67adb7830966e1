"""The pages for providers' offers, over the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

from bot.courses.importing.fields.text import clean_text
from bot.courses.offers import (
    Form,
    Offer,
    Told,
    Version,
    checks,
    locator,
    may_offer,
    may_publish,
    missing,
    read_told,
    without_dates,
)
from bot.courses.offers.places import FoundPlace
from bot.courses.offers.reaching import DAYS, LEAST, about_of, is_about
from bot.courses.offers.records import LONGEST_PROVIDER, LONGEST_REASON, MOST_OPEN
from bot.courses.phrases import Phrase
from bot.courses.records import Course
from bot.errors import NotFound, Refused
from bot.people import Teacher, organisation_key
from bot.skills.suggesting import nameable_skills
from bot.skills.tagging import Rules
from bot.skills.wording import frameworks_of
from bot.web.offer_port import Reached, ReadOffer, Seen, Wished
from bot.web.times import today_in
from content.load import Content
from storage import Database, Unit

Search: TypeAlias = "Callable[[str, str, int], Sequence[Course]]"
"""Finds courses of a city (its id) by words, at most so many."""
Resolve: TypeAlias = "Callable[[str, str], Sequence[FoundPlace]]"
"""Finds places of a city (its id) by what was typed."""
ALIKE = 5


class StoredOfferDesk:
    """Offers of whoever is signed in.

    Args:
        content: Returns the content in use.
        rules: By which it is worked out what an offer teaches.
        resolve: Finds places of a city by what was typed.
        search: Finds courses by words.
    """

    def __init__(
        self,
        database: Database,
        content: Callable[[], Content],
        rules: Callable[[], Rules],
        resolve: Resolve,
        search: Search,
    ) -> None:
        self._database = database
        self._content = content
        self._rules = rules
        self._resolve = resolve
        self._search = search

    async def list_of(self, who: Teacher, cities: Sequence[str]) -> Sequence[Offer]:
        """Return the offers in these cities that are theirs to change."""
        return await self._database.read(
            lambda unit: [one for city in cities for one in _own(unit, who, city)]
        )

    async def list_waiting(self, who: Teacher, cities: Sequence[str]) -> Sequence[Offer]:
        """Return what waits in the cities in which they decide."""
        decided = [city for city in cities if may_publish(who, city)]
        return await self._database.read(
            lambda unit: [one for city in decided for one in unit.offers.list_waiting(city)]
        )

    async def find(self, who: Teacher, offer: str) -> Offer | None:
        """Return an offer that is theirs to change."""
        return await self._database.read(lambda unit: _find(unit, who, offer))

    async def list_versions(self, offer: Offer) -> Sequence[Version]:
        """Return everything of an offer that was sent."""
        return await self._database.read(lambda unit: unit.offers.list_versions(offer.id))

    async def checks(self, offer: Offer) -> Sequence[Phrase]:
        """Return what staff had better look at."""
        alike = self._search(offer.city, offer.told.title, ALIKE)
        return checks(offer.told, self._today(offer.city), offer.provider, offer.course, alike)

    def read(self, city: str, form: Form, before: Told) -> ReadOffer:
        """Read a form, filled in for a city."""
        known = frameworks_of(self._content().frameworks.values())
        skills = nameable_skills(form, before, self._rules(), known)
        told, faults = read_told(form, locator(self._resolve, city), skills)
        wrong = {one.name for one in faults}
        lacking = tuple(one for one in missing(told, self._today(city)) if one.name not in wrong)
        return ReadOffer(told, faults, lacking, skills)

    async def begin(self, who: Teacher, city: str, provider: str, told: Told) -> Offer:
        """Keep a new draft."""
        name = clean_text(provider, LONGEST_PROVIDER)
        return await self._database.write(lambda unit: _begin(unit, who, city, name, told))

    async def write(self, who: Teacher, offer: str, told: Told, change: int) -> Offer:
        """Put what is told in the draft's place."""

        def act(unit: Unit) -> Offer:
            return unit.offers.write(_get(unit, who, offer).id, told, who.person, change)

        return await self._database.write(act)

    async def act(self, who: Teacher, offer: str, act: str) -> Offer | None:
        """Do one thing with an offer."""
        return await self._database.write(
            lambda unit: self._done(unit, who, _get(unit, who, offer), act)
        )

    def _done(self, unit: Unit, who: Teacher, offer: Offer, act: str) -> Offer | None:
        offers, person = unit.offers, who.person
        if act == "send":
            if offer.draft is None or missing(offer.draft, self._today(offer.city)):
                raise Refused("offers.unfinished")
            return offers.send(offer.id, person)
        if act == "take_back":
            return offers.take_back(offer.id, person)
        if act == "withdraw":
            return offers.withdraw(offer.id, person)
        if act == "restore":
            return offers.restore(offer.id, person, self._rules())
        if act == "drop":
            return offers.drop_draft(offer.id, person)
        if act == "copy":
            told = without_dates(offer.told)
            return _begin(unit, who, offer.city, offer.provider, told)
        raise NotFound("There is no such act.")

    async def decide(self, who: Teacher, offer: str, number: int, reason: str | None) -> Offer:
        """Publish a version, or send it back with a reason."""

        def act(unit: Unit) -> Offer:
            found = _get(unit, who, offer)
            if not may_publish(who, found.city):
                raise NotFound("That is for staff to decide.")
            if reason is None:
                return unit.offers.publish(found.id, number, who.person, self._rules())
            words = clean_text(reason, LONGEST_REASON)
            if not words:
                raise Refused("offers.no_reason")
            return unit.offers.decline(found.id, number, words, who.person)

        return await self._database.write(act)

    async def reach(self, who: Teacher, cities: Sequence[str]) -> Reached:
        """Return what the courses of their organisations reach, and unmet wishes near to them."""

        def read(unit: Unit) -> Reached:
            rows: list[tuple[Course, Seen]] = []
            wishes: list[Wished] = []
            for city in cities:
                courses = _courses(unit, who, city)
                ids = [one.id for one in courses]
                found = unit.reach.of_courses(city, ids, self._today(city), DAYS)
                rows += [(one, found[one.id]) for one in courses]
                subjects = about_of(courses)
                wishes += [
                    Wished(wish.words, wish.times - wish.times % LEAST)
                    for wish in unit.wishes.list_unmet(city)
                    if wish.times >= LEAST and is_about(wish.words, subjects)
                ]
            return rows, wishes

        return await self._database.read(read)

    def _today(self, city: str) -> date:
        return today_in(self._content().cities[city].zone, self._database.now())


def _courses(unit: Unit, who: Teacher, city: str) -> list[Course]:
    keys = who.organisations(city) - {""}
    return unit.reach.courses_of(city, keys) if keys else []


def _own(unit: Unit, who: Teacher, city: str) -> list[Offer]:
    if may_publish(who, city):
        return unit.offers.list_of(city, None)
    keys = sorted(who.organisations(city) - {""})
    return unit.offers.list_of(city, keys) if keys else []


def _find(unit: Unit, who: Teacher, offer: str) -> Offer | None:
    found = unit.offers.find(offer)
    return found if found is not None and found.is_of(who) else None


def _get(unit: Unit, who: Teacher, offer: str) -> Offer:
    found = _find(unit, who, offer)
    if found is None:
        raise NotFound("There is no such offer.")
    return found


def _begin(unit: Unit, who: Teacher, city: str, provider: str, told: Told) -> Offer:
    if not may_offer(who, city, provider):
        raise Refused("offers.not_yours")
    own = unit.offers.list_of(city, [organisation_key(provider)])
    if sum(one.stage != "" for one in own) >= MOST_OPEN:
        raise Refused("offers.too_many")
    return unit.offers.begin(who.person, city, provider, told)
