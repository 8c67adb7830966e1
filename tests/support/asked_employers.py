"""Employers and questionnaires with the real looks, effects and repositories, in memory."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from sqlmodel import Session

import bot.work.effects.employers as employer_effects
import bot.work.effects.questionnaires as effects
import bot.work.reads.comparison as comparison_reads
import bot.work.reads.employers as employer_reads
import bot.work.reads.needs as need_reads
import bot.work.reads.questionnaires as reads
from bot.courses import Course, CourseIndex
from bot.insights.cohorts import Cohort
from bot.people import AgeBand, Grant, Role
from bot.work.matching import Matching
from bot.work.places import Places
from storage.repositories.asks import Asks
from storage.repositories.employers import Employers
from storage.repositories.responses import Responses
from storage.tables.employers import (
    ColleagueLinkRow,
    EmployerAskRow,
    NeedsPageRow,
    OrganisationMemberRow,
    OrganisationRow,
)
from storage.tables.questionnaires import ResponseRow
from tests.support.memory_tables import connect_to_tables, session_over
from tests.support.told_skills import PERSON, shipped

CITY = "manchester"
TABLES = (
    OrganisationRow, OrganisationMemberRow, ColleagueLinkRow, NeedsPageRow, EmployerAskRow,
    ResponseRow,
)  # fmt: skip


class Reminded:
    """Takes reminders and remembers them."""

    def __init__(self) -> None:
        self.put_in: list[Any] = []

    def put(self, new: Any) -> None:
        self.put_in.append(new)

    def list_about(self, person: str, subject: str) -> list[Any]:
        return []


class UnitInMemory:
    """A unit of work over tables in memory, made when they are first needed."""

    def __init__(self) -> None:
        self.now = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
        self._ids = itertools.count(1)
        self.grants: dict[str, set[Grant]] = {}
        self.reminders = Reminded()
        self.staff = SimpleNamespace(grants=self._granted, grant=self._grant)
        self.tags = SimpleNamespace(of_city=lambda _city: self.taught)
        self.catalogue = SimpleNamespace(find=lambda _key: None)
        self.cohorts: dict[str, Cohort] = {}
        self.insights = SimpleNamespace(
            forget=lambda _organisation: None, list_cohorts=lambda _city, _today: self.cohorts
        )
        self.taught: dict[str, tuple[tuple[str, int], ...]] = {}
        self.employers = Employers(self)  # type: ignore[arg-type]  # what it needs of a unit
        self.responses = Responses(self)  # type: ignore[arg-type]  # what it needs of a unit
        self.asks = Asks(self)  # type: ignore[arg-type]  # what it needs of a unit

    @cached_property
    def orm(self) -> Session:
        return session_over(connect_to_tables(*TABLES))

    def new_id(self) -> str:
        return f"id{next(self._ids):06}"

    def _granted(self, person: str, channel: str = "") -> frozenset[Grant]:
        del channel
        return frozenset(self.grants.get(person, ()))

    def _grant(self, person: str, role: Role, cities: tuple[str, ...], by: str = "") -> None:
        del by
        self.grants.setdefault(person, set()).update(Grant(role, city) for city in cities)


class CatalogueInMemory:
    """Courses to be matched, and titles to be evaluated."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.courses = {
            key: Course(id=key, provider="Adult College", title=title, city=CITY)
            for key, title in titles.items()
        }

    @cached_property
    def _index(self) -> CourseIndex:
        return CourseIndex.build(self.courses.values(), now=date(2027, 1, 4))

    def index(self, city: str) -> CourseIndex | None:
        return self._index if city == CITY else None

    def find(self, unit: Any, course: str) -> tuple[Course, bool] | None:
        found = self.courses.get(course)
        return (found, False) if found else None


class AskedEmployers:
    """The looks and effects of employers and of questionnaires for one person of a chat.

    Attributes:
        unit: What is kept; `as_person` speaks for somebody else.
    """

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.unit = UnitInMemory()
        self.catalogue = CatalogueInMemory(titles)
        content = shipped()
        around = SimpleNamespace(
            content=content,
            catalogue=self.catalogue,
            places=Places(content.cities),
            matching=Matching(),
        )
        self.context: Any = SimpleNamespace(
            person=SimpleNamespace(id=PERSON, age_band=AgeBand.ADULT),
            city=CITY,
            language="en",
            channel="web",
            now=self.unit.now,
            content=content,
            unit=self.unit,
            around=around,
            catalogue=self.catalogue,
            public_url="http://127.0.0.1",
            telegram_username="",
            roles=frozenset(),
        )

    def teach_for(self, provider: str) -> None:
        """Make the person a provider of this name."""
        self.context.roles = frozenset({"provider"})
        self.unit.grants[PERSON] = {Grant(Role.PROVIDER, CITY, provider)}

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks."""
        found: tuple[Any, ...] = (
            reads.questionnaire_step, reads.questionnaire_review, reads.questionnaire_sent,
            reads.questionnaire_about, reads.problems_said, employer_reads.employers_home,
            employer_reads.employers_link, employer_reads.employers_organisation,
            employer_reads.employers_sent, employer_reads.employers_colleagues,
            employer_reads.employers_asks, employer_reads.asks_of_me, need_reads.employers_needs,
            need_reads.employers_summary, need_reads.employers_need,
            comparison_reads.needs_compared,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        found: dict[str, Any] = {
            "BeginResponse": effects.begin_response,
            "FollowResponse": effects.follow_response,
            "AnswerQuestion": effects.answer_question,
            "TakeAsMeant": effects.take_as_meant,
            "SendResponse": effects.send_response,
            "WithdrawResponse": effects.withdraw_response,
            "AddOrganisation": employer_effects.add_organisation,
            "JoinOrganisation": employer_effects.join_organisation,
            "InviteColleagues": employer_effects.invite_colleagues,
            "RevokeColleagueLink": employer_effects.revoke_colleague_link,
            "LeaveOrganisation": employer_effects.leave_organisation,
            "LetContact": employer_effects.let_contact,
            "AskProvider": employer_effects.ask_provider,
            "AskToTalk": employer_effects.ask_to_talk,
            "TakeAskBack": employer_effects.take_ask_back,
            "SettleAsk": employer_effects.settle_ask,
            "OpenNeedsPage": employer_effects.open_needs_page,
            "CloseNeedsPage": employer_effects.close_needs_page,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)
