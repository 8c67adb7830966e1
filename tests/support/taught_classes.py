"""Class codes kept in memory, with the real looks and effects of those who teach over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import bot.work.effects.classes as effects
import bot.work.reads.classes as reads
from bot.badges.held import Claim, ClassCode, HeldBadge, OpenLink
from bot.badges.planning import About
from bot.courses.records import Course, CourseInstance
from bot.errors import NotFound
from bot.people import Grant, Role, Teacher, organisation_key
from bot.work.confirming import give
from tests.support.told_skills import PERSON, shipped

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
BASE = "https://badges.example"
TEACHES = frozenset({Grant(Role.PROVIDER, "manchester", "Invented  COLLEGE")})


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link that can be used."""

    code: str
    label: str


class CodesInMemory:
    """What `unit.class_codes` does for one who teaches."""

    def __init__(self) -> None:
        self.made: dict[str, ClassCode] = {}
        self.claims: dict[str, Claim] = {}
        self.links: list[str] = []
        self.named: dict[str, NamedLink] = {}
        self._links = count()

    def make(
        self, maker: str, city: str, plan: str, about: About, new_words: Callable[[], str], *,
        course: str, provider: str, instance: str, lasts: timedelta, most_uses: int | None,
        needs_approval: bool,
    ) -> ClassCode:  # fmt: skip
        key = f"code{len(self.made)}"
        self.made[key] = ClassCode(
            key, city, maker, plan, course, instance, about, f"maple-otter-1{len(self.made)}",
            f"Token_{len(self.made):016d}", NOW + lasts, most_uses, 0, needs_approval, None,
            organisation_key(provider),
        )  # fmt: skip
        return self.made[key]

    def claim(self, code: str, called: str = "", person: str = "learner") -> str:
        """Let somebody use a code."""
        made, key = self.made[code], f"claim{len(self.claims)}"
        state: Any = "waiting" if made.needs_approval else "approved"
        self.claims[key] = Claim(
            key, made.city, code, made.plan, made.course, made.instance, made.about, state, NOW,
            person, called,
        )  # fmt: skip
        self.made[code] = replace(made, uses=made.uses + 1)
        return key

    def list_of(
        self, teacher: Teacher, city: str, *, skip: int = 0, limit: int = 50
    ) -> list[ClassCode]:
        found = [one for one in reversed(self.made.values()) if _reaches(teacher, one)]
        return [one for one in found if one.city == city][skip : skip + limit]

    def count_of(self, teacher: Teacher, city: str) -> int:
        return len(self.list_of(teacher, city))

    def count_open(self, maker: str) -> int:
        return sum(
            one.made_by == maker and one.revoked_at is None and one.expires_at > NOW
            for one in self.made.values()
        )

    def get(self, teacher: Teacher, code: str) -> ClassCode:
        found = self.made.get(code)
        if found is None or not _reaches(teacher, found):
            raise NotFound("There is no such code.")
        return found

    def revoke(self, teacher: Teacher, code: str) -> None:
        self.made[code] = replace(self.get(teacher, code), revoked_at=NOW)

    def list_claims(
        self, teacher: Teacher, code: str, state: str = "", *, skip: int = 0, limit: int = 500
    ) -> list[Claim]:
        self.get(teacher, code)
        found = [one for one in self.claims.values() if one.code == code]
        return [one for one in found if state in ("", one.state)][skip : skip + limit]

    def get_claim(self, teacher: Teacher, code: str, claim: str) -> Claim:
        found = {one.id: one for one in self.list_claims(teacher, code)}
        if claim not in found:
            raise NotFound("There is no such claim.")
        return found[claim]

    def count_waiting(self, teacher: Teacher, codes: Sequence[str]) -> dict[str, int]:
        counts = {
            code: sum(one.state == "waiting" for one in self.list_claims(teacher, code))
            for code in codes
        }
        return {code: count for code, count in counts.items() if count}

    def decide(
        self, teacher: Teacher, code: str, claims: Sequence[str] | None, *, is_approved: bool
    ) -> int:
        count = 0
        for one in self.list_claims(teacher, code):
            if one.state == "waiting" and (claims is None or one.id in claims):
                state: Any = "approved" if is_approved else "refused"
                self.claims[one.id] = replace(one, state=state)
                count += 1
        return count

    def count_states(self, teacher: Teacher, codes: Sequence[str]) -> dict[str, dict[str, int]]:
        counted = {
            code: Counter(str(one.state) for one in self.list_claims(teacher, code))
            for code in codes
        }
        for code in codes:
            counted[code]["offered"] = sum(one.code == code for one in self.named.values())
        return {code: dict(states) for code, states in counted.items()}

    def reopen(self, teacher: Teacher, code: str, claim: str) -> None:
        found = self.get_claim(teacher, code, claim)
        if found.state != "refused":
            raise NotFound("There is no such claim.")
        self.claims[claim] = replace(found, state="waiting")

    def make_named_links(
        self, teacher: Teacher, code: str, labels: Sequence[str], token_of: Callable[[str], str]
    ) -> list[str]:
        self.get(teacher, code)
        keys = [f"link{next(self._links)}" for _ in labels]
        for key, label in zip(keys, labels, strict=True):
            self.named[key] = NamedLink(code, label)
        return keys

    def list_links(
        self, teacher: Teacher, code: str, token_of: Callable[[str], str]
    ) -> list[OpenLink]:
        self.get(teacher, code)
        return [
            OpenLink(key, one.label, NOW + timedelta(days=60), token_of(key))
            for key, one in self.named.items()
            if one.code == code
        ]

    def withdraw_link(self, teacher: Teacher, code: str, link: str) -> str:
        self.get(teacher, code)
        if link not in self.named or self.named[link].code != code:
            raise NotFound("There is no such link.")
        return self.named.pop(link).label

    def count_links(self, teacher: Teacher, code: str) -> int:
        self.get(teacher, code)
        return len(self.links) + sum(one.code == code for one in self.named.values())

    def make_links(self, teacher: Teacher, code: str, count: int) -> list[str]:
        made = [f"Link_{len(self.links) + at:017d}" for at in range(count)]
        self.links += made
        return made

    def note_credential(self, claim: str, token: str) -> None:
        self.claims[claim] = replace(self.claims[claim], credential=token)


class Told:
    """What `unit.staff` keeps: who teaches, and whether somebody is written to."""

    def __init__(self) -> None:
        self.told: dict[str, bool] = {}

    def grants(self, person: str) -> frozenset[Grant]:
        return TEACHES if person == PERSON else frozenset()

    def is_told(self, person: str) -> bool:
        return self.told.get(person, True)

    def set_told(self, person: str, is_told: bool) -> None:
        self.told[person] = is_told


def _reaches(teacher: Teacher, code: ClassCode) -> bool:
    return teacher.reaches(code.city, code.organisation, code.made_by)


class TaughtClasses:
    """The looks and effects of one who teaches in a scripted chat.

    Args:
        courses: Titles by id; the first has two dates.
        badges: What keeps the badges that come of it.
    """

    def __init__(self, courses: dict[str, str], badges: Any) -> None:
        self.kept, self.badges, self.audited = CodesInMemory(), badges, list[str]()
        self.withdrawn = set[str]()
        self._courses: dict[str, Course] = {}
        self.add(courses)
        learner = SimpleNamespace(id="learner", language="en")
        unit = SimpleNamespace(
            class_codes=self.kept, badges=badges, now=NOW,
            catalogue=SimpleNamespace(find=self._entry),
            staff=Told(),
            tags=SimpleNamespace(of_course=lambda city, course: ()),
            audit=SimpleNamespace(record=lambda action, **facts: self.audited.append(action)),
            people=SimpleNamespace(
                reference_of=lambda person: person, find=lambda person: learner
            ),
        )  # fmt: skip
        self.context: Any = SimpleNamespace(
            person=SimpleNamespace(id=PERSON), city="manchester", language="en", unit=unit,
            content=shipped(), now=NOW, channel="telegram", public_url=BASE,
            telegram_username="learning_bot", roles=frozenset({"provider"}),
            teacher=Teacher(PERSON, TEACHES),
            catalogue=SimpleNamespace(named=self.named, find=self._found),
        )  # fmt: skip

    def add(self, courses: dict[str, str]) -> None:
        """Add courses by their ids and titles; the very first has two dates."""
        for key, title in courses.items():
            self._courses[key] = Course(
                id=key, city="manchester", provider="Invented College", title=title,
                instances=(CourseInstance(id="1"), CourseInstance(id="2"))[
                    : 2 - bool(self._courses)
                ],
            )  # fmt: skip

    def hand_out(self) -> None:
        """Let a moment pass: everybody approved has their badge."""
        for one in list(self.kept.claims.values()):
            if one.state == "approved" and not one.credential:
                give(self.context.unit, self.context.content, one)

    def badge_of(self, claim: str) -> HeldBadge:
        """Return the badge that came of a claim."""
        found: HeldBadge = self.badges.find(self.kept.claims[claim].credential)
        return found

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks, over what is kept in memory."""
        found: tuple[Any, ...] = (
            reads.class_codes, reads.class_code, reads.class_claims, reads.class_given,
            reads.teaching, reads.own_courses, reads.class_courses, reads.class_course,
            reads.claim_address,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects, over the same."""
        found: dict[str, Any] = {
            "MakeClassCode": effects.make_class_code,
            "EndClassCode": effects.end_class_code,
            "DecideClaims": effects.decide_claims,
            "MakeClaimLinks": effects.make_claim_links,
            "TakeBack": effects.take_back,
            "GiveAgain": effects.give_again,
            "TellOfClaims": effects.tell_of_claims,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _entry(self, course: str) -> Any:
        found = self._courses.get(course)
        return SimpleNamespace(course=found, status=self._status(course)) if found else None

    def _found(self, unit: Any, course: str) -> Any:
        found = self._courses.get(course)
        return (found, course in self.withdrawn) if found else None

    def _status(self, course: str) -> str:
        return "withdrawn" if course in self.withdrawn else "active"

    def named(
        self, city: str, words: str, limit: int, keeps: Callable[[Course], bool]
    ) -> list[Course]:
        wanted = words.casefold().split()
        found = [
            one
            for one in self._courses.values()
            if one.id not in self.withdrawn
            and keeps(one)
            and (not wanted or any(w in one.title.casefold() for w in wanted))
        ]
        return found[:limit]

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)
