"""Badges kept in memory, with the real looks and effects of badges over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import orjson

import bot.work.effects.badges as effects
import bot.work.effects.my_badges as own_effects
import bot.work.reads.backpack as backpack
import bot.work.reads.badges as reads
import bot.work.reads.badges_earned as earned
from bot.badges.codes import as_typed
from bot.badges.held import EndorsementRequest, HeldBadge, NewAward
from bot.badges.older import Twin
from bot.badges.planning import About, about_course
from bot.badges.records import HashedEmail
from bot.errors import NotFound, Refused
from bot.people import Teacher
from bot.people.age import AgeBand
from tests.support.followed_routes import PathwaysInMemory
from tests.support.told_skills import PERSON, SkillsInMemory, shipped

BASE = "https://badges.example"
GOOD_CODE = "maple-otter-47"


class BadgesInMemory:
    """What `unit.badges` does, in a dictionary."""

    def __init__(self) -> None:
        self.held: dict[str, HeldBadge] = {}
        self.now = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
        self.awards: list[NewAward] = []

    def award(self, award: NewAward) -> tuple[str, bool]:
        for one in self.held.values():
            is_same = (one.plan, one.about) == (award.plan, award.about.key)
            if is_same and one.revoked_at is None:
                return one.token, False
        token = f"Token_{len(self.awards):016d}"
        self.awards.append(award)
        self.held[token] = HeldBadge(
            id=f"held{len(self.held)}", city=award.city, person=award.person, token=token,
            plan=award.plan, about=award.about.key, what=award.about, state="waiting",
            awarded_at=self.now,
            valid_until=self.now + timedelta(days=30 * award.months) if award.months else None,
        )  # fmt: skip
        return token, True

    def sign(self) -> None:
        """Let a moment pass: everything that waits is signed."""
        written = {
            "issuer": {"name": "City of Learning"},
            "credentialSubject": {"achievement": {"name": "A badge"}},
        }
        for token, one in self.held.items():
            self.held[token] = replace(one, state="ready", document=orjson.dumps(written))

    def list_of(self, person: str, limit: int = 500) -> list[HeldBadge]:
        return [one for one in reversed(self.held.values()) if one.person == person][:limit]

    def get(self, person: str, token: str) -> HeldBadge:
        found = self.held.get(token)
        if found is None or found.person != person:
            raise NotFound("There is no such badge.")
        return found

    def find(self, token: str) -> HeldBadge | None:
        return self.held.get(token)

    def revoke(self, city: str, token: str, reason: str) -> None:
        self.held[token] = replace(self.held[token], revoked_at=self.now, reason=reason)

    def show(self, person: str, token: str, *, is_shown: bool, shown_as: str = "") -> None:
        self.held[token] = replace(
            self.get(person, token), is_shown=is_shown, shown_as=shown_as if is_shown else ""
        )

    def erase(self, person: str, token: str) -> None:
        del self.held[self.get(person, token).token]


class BackpackInMemory:
    """What `unit.backpack` does, in a dictionary."""

    def __init__(self, badges: BadgesInMemory) -> None:
        self._badges = badges
        self.kept: dict[str, Twin] = {}

    def add(self, person: str, badge: str, email: HashedEmail) -> Twin:
        held = self._badges.get(person, badge)
        twin = Twin(f"Twin_{held.id}", held.id, email, self._badges.now)
        self.kept[held.id] = twin
        return twin

    def of(self, badge: str) -> Twin | None:
        return self.kept.get(badge)

    def remove(self, person: str, badge: str) -> None:
        self.kept.pop(self._badges.get(person, badge).id, None)


class EndorsementsInMemory:
    """What `unit.endorsements` does, in a dictionary."""

    def __init__(self) -> None:
        self.asked: dict[str, EndorsementRequest] = {}

    def ask(
        self, person: str, city: str, plan: str, about: About, *,
        called: str, narrative: str, language: str = "en",
    ) -> tuple[str, EndorsementRequest]:  # fmt: skip
        now = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
        key = f"request{len(self.asked)}"
        self.asked[key] = EndorsementRequest(
            key, city, person, plan, about, language, "endorser", called, narrative, "asked",
            now, now + timedelta(days=30),
        )  # fmt: skip
        return "confirm-token", self.asked[key]

    def list_of(self, person: str) -> list[EndorsementRequest]:
        return [one for one in self.asked.values() if one.person == person]

    def withdraw(self, person: str, request: str) -> None:
        if request not in self.asked or self.asked[request].person != person:
            raise NotFound("There is no such request.")
        del self.asked[request]


class CodesInMemory:
    """What `unit.class_codes` does with one code."""

    def __init__(self) -> None:
        self.called: list[str] = []
        self.misses = 0
        self.stands = "offered"

    def count_misses(self, person: str, since: timedelta) -> int:
        return self.misses

    def count_misses_in(self, city: str, since: timedelta, limit: int) -> int:
        return 0

    def count_made(self, person: str, since: timedelta, limit: int) -> int:
        return 0

    def note_miss(self, person: str, city: str) -> None:
        self.misses += 1

    def count_waiting_of(self, person: str) -> int:
        return len(self.called)

    def find_city(self, cities: Sequence[str], typed: str) -> str:
        return "manchester" if as_typed(typed) == GOOD_CODE else ""

    def look_at(self, who: Teacher, city: str, typed: str) -> Any:
        if as_typed(typed) != GOOD_CODE:
            raise Refused("badges.code.unknown")
        about = about_course("excel", "Excel for work", "Invented College")
        return SimpleNamespace(state=self.stands, plan="attendance", about=about, credential="")

    def use(self, who: Teacher, city: str, typed: str, called: str = "") -> Any:
        if as_typed(typed) != GOOD_CODE:
            raise Refused("badges.code.unknown")
        self.called.append(called)
        return SimpleNamespace(state="waiting", plan="attendance", course="excel", credential="")


class HeldBadges:
    """The looks and effects of badges for one person of a scripted chat."""

    def __init__(self, skills: SkillsInMemory, routes: PathwaysInMemory) -> None:
        self.kept, self.requests = BadgesInMemory(), EndorsementsInMemory()
        self.codes = CodesInMemory()
        self.backpack = BackpackInMemory(self.kept)
        self.stopped: list[str] = []
        reminders = SimpleNamespace(
            stop_about=lambda _, kind, subject: self.stopped.append(subject)
        )
        unit = SimpleNamespace(
            skills=skills, pathways=routes, badges=self.kept, endorsements=self.requests,
            class_codes=self.codes, backpack=self.backpack, reminders=reminders, now=self.kept.now,
        )  # fmt: skip
        person = SimpleNamespace(
            id=PERSON,
            age_band=AgeBand.ADULT,
            city="manchester",
            language="en",
            has_accepted=True,
        )
        self.context: Any = SimpleNamespace(
            person=person, teacher=Teacher(PERSON, frozenset()), city="manchester",
            language="en", content=shipped(), unit=unit,
            now=self.kept.now, channel="telegram", public_url=BASE, roles=frozenset(),
        )  # fmt: skip

    def said_link(self, typed: str, *, is_known: bool) -> str:
        """The real look, for somebody who is known, or has no city and saw no notice."""
        context = SimpleNamespace(**vars(self.context))
        context.person = SimpleNamespace(has_accepted=is_known)
        return str(reads.said_link(context, typed))

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks, over what is kept in memory."""
        found: tuple[Any, ...] = (
            reads.my_badges, reads.badge, reads.badge_what, reads.badge_requests,
            reads.badge_told, reads.confirm_address, reads.said_link, earned.badges_to_earn,
            earned.area_badge, backpack.email_hash,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects, over the same."""
        found: dict[str, Any] = {
            "AwardSkills": effects.award_skills,
            "MakePledge": effects.make_pledge,
            "LookAtCode": effects.look_at_code,
            "FindCode": effects.find_code,
            "UseCode": effects.use_code,
            "AskEndorsement": effects.ask_endorsement,
            "ShowBadge": effects.show_badge,
            "AwardRoute": own_effects.give_route,
            "DeleteBadge": own_effects.delete_badge,
            "AddToBackpack": own_effects.add_to_backpack,
            "TakeFromBackpack": own_effects.take_from_backpack,
            "AskAgain": own_effects.ask_again,
            "WithdrawRequest": own_effects.withdraw_request,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)
