"""Offers kept in memory, with the real looks and effects of those who write and publish them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import bot.work.effects.offers as effects
import bot.work.reads.offers as reads
import bot.work.reads.reach as reach
from bot.courses.offers import Offer, Showing, Stage, Told, Version, course_of
from bot.courses.records import Course
from bot.errors import Conflict, Refused
from bot.people import Grant, Role, Teacher, organisation_key
from storage.records import CourseReach, UnmetWish
from tests.support.told_skills import PERSON, shipped

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
TEA_ROOM = frozenset({Grant(Role.PROVIDER, "manchester", "The Tea Room")})
STAFF = frozenset({Grant(Role.EDITOR, "manchester")})


class OffersInMemory:
    """What `unit.offers` does."""

    def __init__(self) -> None:
        self.kept: dict[str, Offer] = {}

    def find(self, offer: str) -> Offer | None:
        return self.kept.get(offer)

    def list_of(self, city: str, organisations: Sequence[str] | None) -> list[Offer]:
        found = [one for one in self.kept.values() if one.city == city]
        if organisations is not None:
            found = [one for one in found if organisation_key(one.provider) in organisations]
        return found[::-1]

    def list_waiting(self, city: str) -> list[Offer]:
        return [one for one in self.kept.values() if one.city == city and one.stage == "sent"]

    def count_waiting(self, city: str) -> int:
        return len(self.list_waiting(city))

    def begin(self, person: str, city: str, provider: str, told: Told) -> Offer:
        key = f"offer{len(self.kept)}"
        self.kept[key] = Offer(
            key, city, provider, f"course{key}", person, 0, Stage.DRAFT, Showing.NEVER, told, None,
            "", 1, NOW,
        )  # fmt: skip
        return self.kept[key]

    def write(self, offer: str, told: Told, person: str, change: int | None = None) -> Offer:
        if change not in (None, self.kept[offer].change):
            raise Conflict("Somebody else changed this offer.")
        return self._put(offer, draft=told, stage=Stage.DRAFT, made_by=person)

    def send(self, offer: str, person: str) -> Offer:
        found = self.kept[offer]
        if found.stage not in ("draft", "declined"):
            raise Refused("offers.nothing_to_send")
        return self._put(offer, stage=Stage.SENT, number=found.number + 1, reason="")

    def list_versions(self, offer: str) -> list[Version]:
        found = self.kept[offer]
        return [Version(found.number, found.told, found.stage, NOW)] if found.number else []

    def take_back(self, offer: str, by: str) -> Offer:
        self._waiting(offer, None)
        return self._put(offer, stage=Stage.DRAFT)

    def publish(self, offer: str, number: int, by: str, rules: object) -> Offer:
        live = self._waiting(offer, number).draft
        return self._put(offer, live=live, draft=None, stage=Stage.NONE, showing=Showing.PUBLISHED)

    def decline(self, offer: str, number: int, reason: str, by: str) -> Offer:
        self._waiting(offer, number)
        return self._put(offer, stage=Stage.DECLINED, reason=reason)

    def withdraw(self, offer: str, by: str) -> Offer:
        return self._show(offer, Showing.PUBLISHED, Showing.WITHDRAWN)

    def restore(self, offer: str, by: str, rules: object) -> Offer:
        return self._show(offer, Showing.WITHDRAWN, Showing.PUBLISHED)

    def drop_draft(self, offer: str, by: str) -> Offer | None:
        found = self.kept[offer]
        if not found.stage:
            raise Refused("offers.nothing_to_drop")
        if not found.showing:
            del self.kept[offer]
            return None
        return self._put(offer, draft=None, stage=Stage.NONE)

    def _waiting(self, offer: str, number: int | None) -> Offer:
        found = self.kept[offer]
        if found.stage != "sent" or number not in (None, found.number):
            raise Refused("offers.not_waiting")
        return found

    def _show(self, offer: str, before: Showing, after: Showing) -> Offer:
        if self.kept[offer].showing is not before:
            raise Refused("offers.not_published")
        return self._put(offer, showing=after)

    def _put(self, offer: str, **changes: Any) -> Offer:
        count = self.kept[offer].change + 1
        self.kept[offer] = replace(self.kept[offer], change=count, **changes)
        return self.kept[offer]


class ReachInMemory:
    """One course of the Tea Room, which was looked at often and saved by a few."""

    def courses_of(self, city: str, organisations: Collection[str]) -> list[Course]:
        course = Course("tea", "The Tea Room", "Tea and tablets", city=city)
        return [course] if organisation_key(course.provider) in organisations else []

    def of_courses(
        self, city: str, courses: Collection[str], today: date, days: int
    ) -> dict[str, CourseReach]:
        return {one: CourseReach(12, 6, 3, 0) for one in courses}


class WishesInMemory:
    """What people looked for and did not find."""

    def list_unmet(self, city: str) -> list[UnmetWish]:
        wishes = {"tablet for beginners": 7, "tablets at night": 4, "falconry": 9}
        return [UnmetWish(words, times, NOW) for words, times in wishes.items()]


class WrittenOffers:
    """The looks and effects of offers in a scripted chat."""

    def __init__(self, grants: frozenset[Grant] = TEA_ROOM) -> None:
        self.kept = OffersInMemory()
        self.context: Any = SimpleNamespace(
            person=SimpleNamespace(id=PERSON), city="manchester", language="en",
            content=shipped(), now=NOW,
            unit=SimpleNamespace(
                offers=self.kept, reach=ReachInMemory(), wishes=WishesInMemory()
            ),
            teacher=Teacher(PERSON, grants), catalogue=SimpleNamespace(named=self._named),
            around=SimpleNamespace(places=SimpleNamespace(resolve=_resolve)),
        )  # fmt: skip

    def speak_as(self, grants: frozenset[Grant]) -> None:
        """Give the person these roles and no others."""
        self.context.teacher = Teacher(PERSON, grants)

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks, over what is kept in memory."""
        found: tuple[Any, ...] = (
            reads.offers, reads.offers_waiting, reads.offer, reads.offer_words, reads.offer_lines,
            reads.offer_card, reads.offer_facts, reads.offer_summary, reads.offer_checks,
            reads.offer_changes, reads.offer_skills, reads.offer_place,
            reach.reach_lines, reach.reach_wishes,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects, over the same."""
        found: dict[str, Any] = {
            "BeginOffer": effects.begin_offer,
            "ChangeOffer": effects.change_offer,
            "SendOffer": effects.send_offer,
            "TakeOfferBack": effects.take_offer_back,
            "WithdrawOffer": effects.withdraw_offer,
            "RestoreOffer": effects.restore_offer,
            "CopyOffer": effects.copy_offer,
            "DropOfferDraft": effects.drop_offer_draft,
            "PublishOffer": effects.publish_offer,
            "DeclineOffer": effects.decline_offer,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _named(self, city: str, words: str, limit: int) -> list[Course]:
        live = [one for one in self.kept.kept.values() if one.live and one.city == city]
        return [course_of(one, one.live or Told()) for one in live][:limit]

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)


def _resolve(city: str, typed: str) -> list[Any]:
    """Know a postcode and a part of the city."""
    known = {"m14 5rx": "M14 5", "hulme": "Hulme"}
    name = known.get(typed.casefold())
    return [SimpleNamespace(name=name, lat=53.45, lon=-2.24)] if name else []
