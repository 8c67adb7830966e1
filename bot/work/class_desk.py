"""What the pages of those who teach show and do: the same as the chat, by the same rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.badges.classes import (
    MOST_COURSES,
    Attendee,
    ClassSheet,
    CodeLine,
    CodeList,
    NameLinks,
    Standing,
    TaughtCourse,
    WithdrawLink,
)
from bot.badges.effects import (
    DecideClaims,
    EndClassCode,
    GiveAgain,
    MakeClassCode,
    ReopenClaim,
    TakeBack,
    TellOfClaims,
)
from bot.badges.held import Claim, ClassCode
from bot.courses.records import Course
from bot.errors import NotFound
from bot.people import Teacher
from bot.work.effects import claim_links as links
from bot.work.effects import classes as acts
from content.load import Content
from storage import Database, Unit

PAGE = 20
"""Codes a page."""
MOST_PEOPLE = 100
"""People a page shows of each standing; the rest when these are decided."""

Named = Callable[[str, str, int, Callable[[Course], bool]], Sequence[Course]]
"""Finds courses of a city by words among those that a condition keeps, at most so many."""


@dataclass(frozen=True, slots=True)
class PageDesk:
    """A page's own transaction, as the acts see it."""

    unit: Unit
    content: Content
    city: str
    teacher: Teacher


class ClassDesk:
    """Classes of the cities and organisations that somebody teaches for.

    Args:
        named: Finds courses.
        key: From which the tokens of links follow.
    """

    def __init__(
        self, database: Database, content: Callable[[], Content], named: Named, key: bytes
    ) -> None:
        self._database = database
        self._content = content
        self._named = named
        self._token_of = links.tokens(key)
        self._acts: Mapping[type, Callable[[Any, Any], Any]] = {
            MakeClassCode: acts.make_class_code,
            EndClassCode: acts.end_class_code,
            DecideClaims: acts.decide_claims,
            ReopenClaim: acts.reopen_claim,
            TakeBack: acts.take_back,
            GiveAgain: acts.give_again,
            TellOfClaims: acts.tell_of_claims,
            NameLinks: lambda desk, effect: links.name_links(desk, effect, self._token_of),
            WithdrawLink: lambda desk, effect: links.withdraw_link(desk, effect, self._token_of),
        }

    async def codes(self, teacher: Teacher, cities: Sequence[str], page: int) -> CodeList:
        """Return a page of codes, newest first."""
        return await self._database.read(lambda unit: _codes(unit, teacher, cities, page))

    async def sheet(self, teacher: Teacher, code: str) -> ClassSheet | None:
        """Return all about a code; None where it is none of theirs."""
        return await self._database.read(lambda unit: self._sheet(unit, teacher, code))

    async def is_told(self, teacher: Teacher) -> bool:
        """Return whether they are written to when people claim with their codes."""
        return await self._database.read(lambda unit: unit.staff.is_told(teacher.person))

    def courses(self, teacher: Teacher, cities: Sequence[str], words: str) -> Sequence[Course]:
        """Return courses by words that are theirs to give badges for."""
        return [
            course
            for city in cities
            for course in self._named(
                city,
                words,
                MOST_COURSES,
                lambda one: teacher.teaches(one.city, one.provider),
            )
        ][:MOST_COURSES]

    async def course(self, teacher: Teacher, course: str) -> TaughtCourse | None:
        """Return a course; None where it is not on offer, or not theirs to give badges for."""
        return await self._database.read(lambda unit: self._course(unit, teacher, course))

    def _course(self, unit: Unit, teacher: Teacher, course: str) -> TaughtCourse | None:
        entry = unit.catalogue.find(course)
        if entry is None or entry.status != "active":
            return None
        if not teacher.teaches(entry.course.city, entry.course.provider):
            return None
        taught = acts.taught_skills(unit, self._content(), entry.course.city, course)
        return TaughtCourse(entry.course, bool(taught))

    async def act(self, teacher: Teacher, city: str, effect: object) -> Any:
        """Do something that is about a city; return what it gives.

        Raises:
            Refused: It cannot be done, with the id of the text that says why.
        """
        apply = self._acts[type(effect)]

        def run(unit: Unit) -> Any:
            return apply(PageDesk(unit, self._content(), city, teacher), effect)

        return await self._database.write(run)

    def _sheet(self, unit: Unit, teacher: Teacher, code: str) -> ClassSheet | None:
        try:
            found = unit.class_codes.get(teacher, code)
        except NotFound:
            return None
        (line,) = _lines(unit, teacher, [found])
        people = [
            _attendee(unit, teacher, claim)
            for state in ("waiting", "approved", "refused")
            for claim in unit.class_codes.list_claims(teacher, code, state, limit=MOST_PEOPLE)
        ]
        open_links = unit.class_codes.list_links(teacher, code, self._token_of)
        return ClassSheet(line, tuple(people), tuple(open_links))


def _codes(unit: Unit, teacher: Teacher, cities: Sequence[str], page: int) -> CodeList:
    """Return a page of the codes of several cities: of each as many as could stand on it."""
    first, beyond = page * PAGE, (page + 1) * PAGE + 1
    found = [
        code for city in cities for code in unit.class_codes.list_of(teacher, city, limit=beyond)
    ]
    found.sort(key=lambda one: one.id, reverse=True)
    shown = found[first : first + PAGE]
    return CodeList(_lines(unit, teacher, shown), len(found) > first + PAGE)


def _lines(unit: Unit, teacher: Teacher, codes: Sequence[ClassCode]) -> tuple[CodeLine, ...]:
    counted = unit.class_codes.count_states(teacher, [one.id for one in codes])
    return tuple(
        CodeLine(
            one,
            counted.get(one.id, {}),
            is_open=one.revoked_at is None and one.expires_at > unit.now,
            is_ended=one.revoked_at is not None,
        )
        for one in codes
    )


def _attendee(unit: Unit, teacher: Teacher, claim: Claim) -> Attendee:
    is_own = claim.person == teacher.person
    return Attendee(claim.id, claim.called, _standing(unit, claim), claim.asked_at, is_own)


def _standing(unit: Unit, claim: Claim) -> Standing:
    if claim.state == "waiting" or claim.state == "refused":
        return claim.state
    held = unit.badges.find(claim.credential) if claim.credential else None
    if held is None:
        return "making"
    return "taken" if held.revoked_at is not None else "given"
