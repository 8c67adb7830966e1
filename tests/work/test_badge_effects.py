"""What people and providers do about badges, as a conversation does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.badges.effects import (
    AnswerEndorsement,
    AskEndorsement,
    AwardSkills,
    DecideClaims,
    EndClassCode,
    GiveAgain,
    MakeClaimLinks,
    MakeClassCode,
    MakePledge,
    ShowBadge,
    TakeBack,
    UseCode,
)
from bot.badges.held import Claim, HeldBadge
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course, CourseInstance
from bot.errors import Refused
from bot.people import AgeBand, Grant, Role, Teacher
from bot.work.confirming import give
from bot.work.context import Context, Surroundings
from bot.work.effects import EFFECTS
from bot.work.effects import badges as _appliers
from bot.work.effects import classes as _class_appliers
from bot.work.places import Places
from content.load import Content, load
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = [
    "_appliers",
    "_class_appliers",
    "clock",
    "migrated_sqlite",
    "sqlite_database",
    "sqlite_url",
]

CITY = "manchester"
COURSE = Course(
    id="excel",
    city=CITY,
    provider="City College",
    title="Spreadsheets for beginners",
    instances=(CourseInstance(id="monday"),),
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


class Someone:
    """A person in a chat, whose effects run in units of their own."""

    def __init__(self, database: Database, content: Content, chat: str) -> None:
        self.database, self.content, self.chat, self.city = database, content, chat, CITY

    def does(self, effect: object) -> Any:
        return self.database.write_now(lambda unit: EFFECTS.apply(self.context(unit), effect))

    def is_refused(self, effect: object) -> str:
        with pytest.raises(Refused) as refused:
            self.does(effect)
        return refused.value.text_id

    def badges(self) -> list[HeldBadge]:
        return self.database.write_now(
            lambda unit: unit.badges.list_of(self.context(unit).person.id)
        )

    def runs(self, work: Callable[[Unit, str], object]) -> Any:
        return self.database.write_now(lambda unit: work(unit, self.context(unit).person.id))

    def context(self, unit: Unit) -> Context:
        catalogue: Any = None  # effects on badges do not search
        around = Surroundings(
            self.content, catalogue, Places(self.content.cities), "https://bot.example"
        )
        person = unit.people.ensure("telegram", "bot", self.chat, city=CITY)
        now = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
        return Context(person, self.city, "en", "telegram", "bot", self.chat, now, unit, around)


@pytest.fixture
def ann(sqlite_database: Database, content: Content) -> Someone:
    return Someone(sqlite_database, content, "ann")


@pytest.fixture
def provider(sqlite_database: Database, content: Content) -> Someone:
    someone = Someone(sqlite_database, content, "provider")
    someone.runs(
        lambda unit, who: unit.staff.grant(who, Role.PROVIDER, (CITY,), provider="City  COLLEGE")
    )

    def put(unit: Unit) -> None:
        body = dump_course(COURSE)
        unit.catalogue.put(CITY, "college", [StoredCourse(COURSE, body, body_hash(body))])

    sqlite_database.write_now(put)
    return someone


def teacher(person: str) -> Teacher:
    """Somebody of the college whose course it is."""
    return Teacher(person, frozenset({Grant(Role.PROVIDER, CITY, "City College")}))


def hand_out(someone: Someone) -> None:
    """Do what the tick does for approved claims."""

    def run(unit: Unit) -> None:
        for claim in unit.class_codes.list_due(50):
            give(unit, someone.content, claim)

    someone.database.write_now(run)


def claims(provider: Someone, code: str) -> list[Claim]:
    found: list[Claim] = provider.runs(
        lambda unit, who: unit.class_codes.list_claims(teacher(who), code)
    )
    return found


# -- skills and pledge ----------------------------------------------------------------------


def test_a_skills_badge_needs_answers_that_show_a_level(ann: Someone) -> None:
    assert ann.does(AwardSkills("digcomp3", "1")) == "too_low"
    framework = ann.content.frameworks["digcomp3"]

    def tell(unit: Unit, who: str) -> None:
        sitting = unit.skills.start(who, CITY, "digcomp3", framework.version, "v", "whole")
        for code, level, sentence in framework.sentences():
            if code.startswith("1."):
                unit.skills.record(who, sitting.id, sentence.id, 3 if level <= 2 else 0, "v")

    ann.runs(tell)
    given = ann.does(AwardSkills("digcomp3", "1"))
    assert given["is_new"]
    (badge,) = ann.badges()
    assert badge.token == given["token"]
    assert badge.about == "digcomp3.1.2"
    assert ann.does(AwardSkills("digcomp3", "1")) == {"token": badge.token, "is_new": False}


@pytest.mark.parametrize("wrong", [AwardSkills("digcomp3", "9"), AwardSkills("nowhere", "1")])
def test_what_is_not_offered_is_refused(ann: Someone, wrong: AwardSkills) -> None:
    assert ann.is_refused(wrong) == "badges.not_offered"


def test_a_promise_is_in_the_badge_only_where_the_person_wants_it(ann: Someone) -> None:
    ann.does(MakePledge("Learn Welsh"))
    (job,) = ann.runs(lambda unit, who: unit.badges.claim(5, unit.now))
    assert job.evidence == ()
    other = Someone(ann.database, ann.content, "bob")
    other.does(MakePledge("Learn Welsh", is_told=True))
    (job,) = other.runs(lambda unit, who: [
        one for one in unit.badges.claim(5, unit.now) if one.id != job.id
    ])  # fmt: skip
    assert [one.narrative for one in job.evidence] == ["Learn Welsh"]


def test_nothing_is_kept_of_children_under_13(ann: Someone) -> None:
    ann.runs(lambda unit, who: unit.people.set_age_band(who, AgeBand.UNDER_13))
    for effect in (
        MakePledge("x"),
        UseCode("a-b-10"),
        AskEndorsement("champion", "Library", "I helped"),
    ):
        assert ann.is_refused(effect) == "badges.under_13"
    assert ann.badges() == []


# -- class codes ----------------------------------------------------------------------------


def test_a_class_claims_and_the_provider_gives_the_badges(ann: Someone, provider: Someone) -> None:
    code = provider.does(MakeClassCode("attendance", "excel", "monday"))
    claimed = ann.does(UseCode(code["words"], "Ann"))
    assert (claimed["state"], claimed["token"]) == ("waiting", "")
    bob = Someone(ann.database, ann.content, "bob")
    bob.does(UseCode(code["token"]))
    assert ann.badges() == []
    first, second = claims(provider, code["id"])
    assert provider.does(DecideClaims(code["id"], (first.id,))) == 1
    assert provider.does(DecideClaims(code["id"], is_all=True, is_approved=False)) == 1
    hand_out(ann)
    (badge,) = ann.badges()
    assert (badge.plan, badge.about) == ("attendance", "excel#monday")
    assert bob.badges() == []
    assert [one.state for one in claims(provider, code["id"])] == ["approved", "refused"]
    assert second.person != first.person
    assert ann.does(UseCode(code["words"]))["token"] == badge.token
    hand_out(ann)
    assert len(ann.badges()) == 1


def test_a_code_without_approval_gives_the_badge_at_once(ann: Someone, provider: Someone) -> None:
    code = provider.does(MakeClassCode("completion", "excel", needs_approval=False))
    claimed = ann.does(UseCode(code["words"]))
    assert claimed["state"] == "approved"
    assert [badge.token for badge in ann.badges()] == [claimed["token"]]


def test_guessing_codes_comes_to_an_end(ann: Someone, provider: Someone) -> None:
    code = provider.does(MakeClassCode("attendance", "excel"))
    for number in range(10):
        tried = ann.does(UseCode(f"no-such-{10 + number}"))
        assert tried == {"refused": "badges.code.unknown"}
    assert ann.does(UseCode(code["words"])) == {"refused": "badges.code.too_many"}
    other = Someone(ann.database, ann.content, "bob")
    assert other.does(UseCode(code["words"]))["state"] == "waiting"


def test_only_providers_make_and_decide_and_only_their_own(ann: Someone, provider: Someone) -> None:
    assert ann.is_refused(MakeClassCode("attendance", "excel")) == "badges.not_a_provider"
    code = provider.does(MakeClassCode("attendance", "excel"))
    assert ann.is_refused(DecideClaims(code["id"], is_all=True)) == "badges.not_a_provider"
    assert ann.is_refused(EndClassCode(code["id"])) == "badges.not_a_provider"
    ann.runs(lambda unit, who: unit.staff.grant(who, Role.PROVIDER, (CITY,), provider="Library"))
    assert ann.is_refused(MakeClassCode("attendance", "excel")) == "classes.not_yours"
    assert ann.is_refused(EndClassCode(code["id"])) == "badges.code.unknown"
    assert ann.is_refused(DecideClaims(code["id"], is_all=True)) == "badges.code.unknown"
    assert provider.does(EndClassCode(code["id"])) == "ended"
    assert ann.does(UseCode(code["words"])) == {"refused": "badges.code.over"}


def test_a_provider_of_another_city_decides_nothing_here(provider: Someone, ann: Someone) -> None:
    code = provider.does(MakeClassCode("attendance", "excel"))
    ann.does(UseCode(code["words"]))
    (claim,) = claims(provider, code["id"])
    provider.city = "derby"
    provider.runs(
        lambda unit, who: unit.staff.grant(who, Role.PROVIDER, ("derby",), provider="City College")
    )
    for effect in (
        DecideClaims(code["id"], is_all=True),
        MakeClaimLinks(code["id"], 1),
        TakeBack(code["id"], claim.id, "classes.reason.absent"),
        GiveAgain(code["id"], claim.id),
    ):
        assert provider.is_refused(effect) == "badges.code.unknown"
    assert provider.is_refused(MakeClassCode("attendance", "excel")) == "badges.course_unknown"
    assert [one.state for one in claims(provider, code["id"])] == ["waiting"]


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (MakeClassCode("pledge", "excel"), "badges.not_offered"),
        (MakeClassCode("attendance", "nothing"), "badges.course_unknown"),
        (MakeClassCode("attendance", "excel", "sunday"), "badges.course_unknown"),
    ],
)
def test_a_code_is_for_a_course_that_is_there(
    provider: Someone, wrong: MakeClassCode, text: str
) -> None:
    assert provider.is_refused(wrong) == text


# -- confirmations --------------------------------------------------------------------------


def test_what_was_learned_alone_is_a_badge_once_somebody_confirms(ann: Someone) -> None:
    asked = AskEndorsement("informal", "Library", "I helped six people.", "digcomp3", "2.1", 2)
    token = ann.does(asked)
    assert ann.badges() == []
    assert ann.is_refused(AnswerEndorsement(token, is_given=True)) == "badges.endorsement.own"
    library = Someone(ann.database, ann.content, "library")
    answer = AnswerEndorsement(token, True, "Central Library", "I saw it.")
    assert library.does(answer) == "given"
    assert library.is_refused(answer) == "badges.endorsement.answered"
    (badge,) = ann.badges()
    assert (badge.plan, badge.about) == ("informal", "digcomp3.2.1.2")
    (job,) = ann.runs(lambda unit, who: unit.badges.claim(5, unit.now))
    (endorser,) = job.endorsers
    assert (endorser.called, endorser.comment) == ("Central Library", "I saw it.")
    assert [one.narrative for one in job.evidence] == ["I helped six people."]
    assert library.badges() == []


def test_a_refusal_gives_nothing(ann: Someone) -> None:
    token = ann.does(AskEndorsement("champion", "Library", "I helped."))
    other = Someone(ann.database, ann.content, "library")
    assert other.does(AnswerEndorsement(token, is_given=False)) == "refused"
    assert ann.badges() == []


@pytest.mark.parametrize(
    "wrong",
    [
        AskEndorsement("attendance", "Library", "x"),
        AskEndorsement("informal", " ", "x", "digcomp3", "1.1", 1),
        AskEndorsement("informal", "Library", "x", "digcomp3", "9.9", 1),
        AskEndorsement("informal", "Library", "x"),
    ],
)
def test_only_what_can_be_confirmed_is_asked(ann: Someone, wrong: AskEndorsement) -> None:
    assert ann.is_refused(wrong) == "badges.not_offered"


# -- showing --------------------------------------------------------------------------------


def test_a_page_is_opened_with_a_name_by_adults_alone_and_undone(ann: Someone) -> None:
    token = ann.does(MakePledge("x"))["token"]
    assert ann.does(ShowBadge(token, is_shown=True)) == [False, ""]
    assert ann.is_refused(ShowBadge(token, True, "Ann")) == "badges.no_name"
    ann.runs(lambda unit, who: unit.people.set_age_band(who, AgeBand.ADULT))
    effect = ShowBadge(token, True, "Ann")
    before = ann.does(effect)
    assert before == [True, ""]
    undo = effect.undo(before)
    assert undo is not None
    ann.does(undo)
    assert [(one.is_shown, one.shown_as) for one in ann.badges()] == [(True, "")]
    stranger = Someone(ann.database, ann.content, "bob")
    assert stranger.is_refused(ShowBadge(token, is_shown=False)) == "badges.unknown"


# -- corrections and links ------------------------------------------------------------------


def test_a_provider_takes_a_badge_back_and_gives_it_again(provider: Someone, ann: Someone) -> None:
    code = provider.does(MakeClassCode("attendance", "excel", "monday", needs_approval=False))
    ann.does(UseCode(code["words"]))
    (claim,) = claims(provider, code["id"])
    reason = "classes.reason.absent"
    assert ann.is_refused(TakeBack(code["id"], claim.id, reason)) == "badges.not_a_provider"
    for other in ("classes.reason.nonsense", "web.verify.title", ""):
        refused = provider.is_refused(TakeBack(code["id"], claim.id, other))
        assert refused == "badges.not_offered"
    assert provider.does(TakeBack(code["id"], claim.id, reason)) == "taken"
    (taken,) = ann.badges()
    assert (taken.reason, taken.revoked_at is None) == (reason, False)
    ann.does(UseCode(code["words"]))
    assert len(ann.badges()) == 1, "using the code again gives nothing back"
    assert provider.does(GiveAgain(code["id"], claim.id)) == "given"
    assert provider.is_refused(GiveAgain(code["id"], claim.id)) == "classes.claim_gone"
    new, old = ann.badges()
    assert old.token == taken.token
    assert new.revoked_at is None
    (claim,) = claims(provider, code["id"])
    assert claim.credential == new.token


def test_a_link_gives_one_badge_to_one_person(
    provider: Someone, ann: Someone, sqlite_database: Database, content: Content
) -> None:
    code = provider.does(MakeClassCode("attendance", "excel", "monday"))
    (token,) = provider.does(MakeClaimLinks(code["id"], 1))
    assert ann.is_refused(MakeClaimLinks(code["id"], 1)) == "badges.not_a_provider"
    assert ann.does(UseCode(token))["state"] == "approved"
    assert len(ann.badges()) == 1
    bob = Someone(sqlite_database, content, "bob")
    assert bob.does(UseCode(token)) == {"refused": "badges.code.used_up"}
    assert bob.badges() == []
    assert provider.is_refused(MakeClaimLinks(code["id"], 11)) == "badges.not_offered"


def test_codes_and_links_come_to_an_end(provider: Someone) -> None:
    for _ in range(20):
        code = provider.does(MakeClassCode("attendance", "excel"))
    assert provider.is_refused(MakeClassCode("attendance", "excel")) == "classes.too_many"
    for _ in range(20):
        provider.does(MakeClaimLinks(code["id"], 10))
    assert provider.is_refused(MakeClaimLinks(code["id"], 1)) == "classes.too_many_links"
    provider.does(EndClassCode(code["id"]))
    assert provider.is_refused(MakeClaimLinks(code["id"], 1)) == "badges.code.over"
    long = provider.does(MakeClassCode("attendance", "excel", hours=100_000))
    made = provider.runs(lambda unit, who: unit.class_codes.get(teacher(who), long["id"]))
    assert made.expires_at - provider.runs(lambda unit, who: unit.now) <= timedelta(days=14)
