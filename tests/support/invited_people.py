"""Opportunities and invitations with the real looks, effects and repositories, in memory."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

import bot.work.effects.opportunities as employer_effects
import bot.work.effects.talent as effects
import bot.work.reads.opportunities as employer_reads
import bot.work.reads.talent as reads
from bot.people import Person
from bot.talent import Details, Kind, Pace, Pay, Setting, Wanted
from bot.talent.matching import Reason, dump_reasons
from storage.instants import micros
from storage.repositories.invited import InvitedPeople
from storage.repositories.misuse import Misuse
from storage.repositories.opportunities import Opportunities
from storage.statements import Statement
from storage.tables.delivery import OutboxRow
from storage.tables.talent import (
    MisuseReportRow,
    OpportunityRow,
    WorkInvitationRow,
    WorkProfileRow,
)
from tests.support.asked_employers import AskedEmployers
from tests.support.built_cv import BuiltCv
from tests.support.memory_tables import connect_to_tables, session_over
from tests.support.told_skills import PERSON, shipped
from tests.support.written_to import WrittenTo

NOW = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
TABLES = (OpportunityRow, WorkInvitationRow, WorkProfileRow, MisuseReportRow, OutboxRow)
ORGANISATION, OPPORTUNITY, INVITATION = "id000001", "talent000001", "talent000002"
"""What `InvitedInMemory.begin` makes, by their ids."""
SHOP = Details(
    kind=Kind.JOB,
    title="Shop assistant",
    summary="You serve people in our shop and keep the list of what we have.",
    skills=(Wanted("digcomp3", "1.3", 2),),
    setting=Setting.THERE,
    place="Hulme",
    pace=Pace.PART_TIME,
    pay=Pay.PAID,
    pay_words="£13.20 an hour",
    until=date(2027, 1, 20),
    people=2,
)


class TalentUnit:
    """A unit of work over tables in memory, made when they are first needed."""

    def __init__(self, employers: AskedEmployers, mail: WrittenTo, cv: BuiltCv) -> None:
        self.now = NOW
        self.now_micros = micros(NOW)
        self._count = itertools.count(1)
        self.employers = employers.unit.employers
        self.responses = employers.unit.responses
        self.traits, self.cvs = mail.traits, cv.kept
        self.people = SimpleNamespace(
            consents=mail.people.consents,
            record_consent=mail.people.record_consent,
            reference_of=lambda person: f"reference-of-{person}",
        )
        self.badges = SimpleNamespace(list_of=lambda _person: cv.kept.badges)
        self.outbox = SimpleNamespace(cancel_for_person=lambda _person, lane: 0)
        self.insights = SimpleNamespace(find_figures=lambda _city, _name: None)
        self.audit = SimpleNamespace(record=self._record)
        self.recorded: list[str] = []
        self.opportunities = Opportunities(self)  # type: ignore[arg-type]  # what it needs of one
        self.invited = InvitedPeople(self)  # type: ignore[arg-type]  # what it needs of a unit
        self.misuse = Misuse(self)  # type: ignore[arg-type]  # what it needs of a unit

    def new_id(self) -> str:
        return f"talent{next(self._count):06}"

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        return connect_to_tables(*TABLES)

    @cached_property
    def orm(self) -> Session:
        return session_over(self._connection)

    def fetch(self, statement: Statement, params: Any) -> list[Any]:
        self.orm.flush()
        return self._connection.execute(statement.sqlite, params).fetchall()

    def run(self, statement: Statement, params: Any) -> int:
        self.orm.flush()
        return self._connection.execute(statement.sqlite, params).rowcount

    def _record(self, action: str, **facts: Any) -> None:
        self.recorded.append(action)


class InvitedInMemory:
    """The looks and effects of work invitations, for one person who is both sides."""

    def __init__(self, employers: AskedEmployers, mail: WrittenTo, cv: BuiltCv) -> None:
        self.employers, self.mail, self.cv = employers, mail, cv
        self._is_begun = False

    @cached_property
    def unit(self) -> TalentUnit:
        """What is kept, made when it is first asked for: thousands of chats never do."""
        if not self._is_begun:
            return TalentUnit(self.employers, self.mail, self.cv)
        self.employers = AskedEmployers({})
        self.unit = TalentUnit(self.employers, self.mail, self.cv)
        found = self.offer(maker=PERSON)
        self.mail.traits.replace(PERSON, "manchester", "skill", {"1.3": 3, "2.1": 1})
        self.invite(found)
        return self.unit

    @property
    def context(self) -> Any:
        """The turn."""
        return SimpleNamespace(
            person=replace(Person(PERSON, "manchester"), age_band=self.mail.age),
            city="manchester",
            language="en",
            channel="test",
            now=NOW.astimezone(ZoneInfo("Europe/London")),
            content=shipped(),
            unit=self.unit,
            around=self.employers.context.around,
            public_url="http://127.0.0.1",
        )

    def begin(self) -> None:
        """Let the person be invited to something, and answer for the organisation that offers it.

        It is one apart from those of other flows, which begin without any.
        """
        self._is_begun = True

    def offer(self, details: Details = SHOP, maker: str = "somebody-else") -> str:
        """Let staff have approved an opportunity of a shop; return its id."""
        shop = self.employers.unit.employers.add(maker, "manchester", {"name": "The Shop"})
        made = self.unit.opportunities.begin(maker, "manchester", shop.id, shop.name, details)
        self.approve(made.id, is_sent=False)
        return made.id

    def approve(self, opportunity: str, *, is_sent: bool = True) -> None:
        """Let staff approve what was sent."""
        kept = self.unit.opportunities
        sent = kept.find(opportunity) if is_sent else kept.send(opportunity, "somebody-else")
        assert sent is not None
        kept.approve(opportunity, sent.number, sent.change, "staff")

    def invite(self, opportunity: str, person: str = PERSON) -> str:
        """Invite a person; return the invitation's id."""
        found = self.unit.opportunities.find(opportunity)
        assert found is not None
        because = dump_reasons(Reason(one, one.level) for one in found.shown.skills)
        until = datetime(2027, 1, 20, 23, 59, tzinfo=UTC)
        return self.unit.invited.invite(opportunity, "manchester", person, because, until)

    def kinds(self) -> list[str]:
        """What the person may be invited to."""
        return [kind.value for kind in effects.kinds_on(self.context)]

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks."""
        found: tuple[Any, ...] = (
            reads.work, reads.work_skills, reads.work_invitations, reads.work_invitation,
            reads.work_summary, reads.work_message, reads.work_shareable,
            employer_reads.opportunities, employer_reads.opportunity,
            employer_reads.opportunity_lines, employer_reads.opportunity_summary,
            employer_reads.opportunity_needs, employer_reads.opportunity_areas,
            employer_reads.opportunity_levels, employer_reads.opportunity_yes,
            employer_reads.opportunity_kind,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        found: dict[str, Any] = {
            "SetWork": effects.set_work,
            "ChooseWorkSkills": effects.choose_work_skills,
            "AnswerInvitation": effects.answer_invitation,
            "ShareWithEmployer": effects.share_with_employer,
            "TakeShareBack": effects.take_share_back,
            "ReportMisuse": effects.report_misuse,
            "BeginOpportunity": employer_effects.begin_opportunity,
            "ChangeOpportunity": employer_effects.change_opportunity,
            "SendOpportunity": employer_effects.send_opportunity,
            "TakeOpportunityBack": employer_effects.take_opportunity_back,
            "CopyOpportunity": employer_effects.copy_opportunity,
            "DropOpportunity": employer_effects.drop_opportunity,
            "CloseOpportunity": employer_effects.close_opportunity,
            "OpenYesPage": employer_effects.open_yes_page,
            "CloseYesPage": employer_effects.close_yes_page,
            "WriteToPerson": employer_effects.write_to_person,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)
