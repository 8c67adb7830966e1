"""What people do about badges, as a conversation does it."""

from __future__ import annotations

import pytest

from bot.badges.effects import (
    AnswerEndorsement,
    AskAgain,
    AskEndorsement,
    AwardSkills,
    MakePledge,
    ShowBadge,
    UseCode,
)
from bot.people import AgeBand
from storage import Unit
from tests.support.badge_people import (
    CITY,
    Someone,
    ann,
    clock,
    content,
    migrated_sqlite,
    provider,
    sqlite_database,
    sqlite_url,
)

__all__ = [
    "ann",
    "clock",
    "content",
    "migrated_sqlite",
    "provider",
    "sqlite_database",
    "sqlite_url",
]

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


def test_what_came_to_nothing_is_asked_again_with_the_same_words(ann: Someone) -> None:
    asked = AskEndorsement("informal", "Library", "I helped.", "digcomp3", "2.1", 2)
    library = Someone(ann.database, ann.content, "library")
    bob = Someone(ann.database, ann.content, "bob")
    token = ann.does(asked)
    (waiting,) = ann.runs(lambda unit, who: unit.endorsements.list_of(who))
    again = AskAgain(waiting.id, "My boss")
    assert ann.is_refused(again) == "badges.endorsement.unknown", "it waits for its answer"
    library.does(AnswerEndorsement(token, is_given=False))
    assert bob.is_refused(again) == "badges.endorsement.unknown", "it is not theirs"
    assert ann.is_refused(AskAgain(waiting.id, " ")) == "badges.endorsement.unknown"

    new = ann.does(again)

    request = ann.runs(lambda unit, who: unit.endorsements.find(new))
    assert (request.called, request.narrative, request.about) == (
        "My boss",
        "I helped.",
        waiting.about,
    )
    assert ann.runs(lambda unit, who: unit.endorsements.find(token)) is None


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
