"""What providers do about badges, and whoever was in their classes, as a conversation does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.badges.effects import (
    DecideClaims,
    EndClassCode,
    FindCode,
    GiveAgain,
    LookAtCode,
    MakeClaimLinks,
    MakeClassCode,
    TakeBack,
    UseCode,
)
from bot.people import Role
from bot.skills.tagging import shipped_rules
from content.load import Content
from storage import Database, Unit
from storage.tables.badges import BadgeRow
from tests.courses.offers.filled import told
from tests.support.badge_people import (
    CITY,
    Someone,
    ann,
    claims,
    clock,
    content,
    hand_out,
    migrated_sqlite,
    provider,
    sqlite_database,
    sqlite_url,
    teacher,
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


@pytest.mark.parametrize(("state", "said"), [("ready", "had"), ("revoked", "refused")])
def test_who_types_a_code_again_hears_what_became_of_the_badge(
    ann: Someone, provider: Someone, state: str, said: str
) -> None:
    code = provider.does(MakeClassCode("attendance", "excel", needs_approval=False))
    ann.does(UseCode(code["words"]))
    again = LookAtCode(code["words"])
    assert ann.does(again)["state"] == "approved", "it is being signed"
    ann.runs(lambda unit, who: unit.orm.exec(update(BadgeRow).values(state=state)))
    assert ann.does(again)["state"] == said


def test_a_code_says_what_it_is_for_before_it_is_used(ann: Someone, provider: Someone) -> None:
    code = provider.does(MakeClassCode("attendance", "excel"))
    for _ in range(2):
        seen = ann.does(LookAtCode(code["words"]))
        assert (seen["state"], seen["plan"]) == ("offered", "attendance")
        assert seen["name"]
        assert seen["by"]
    assert claims(provider, code["id"]) == []
    ann.does(UseCode(code["words"]))
    assert ann.does(LookAtCode(code["words"]))["state"] == "waiting"


def test_a_code_without_approval_gives_the_badge_at_once(ann: Someone, provider: Someone) -> None:
    code = provider.does(MakeClassCode("completion", "excel", needs_approval=False))
    claimed = ann.does(UseCode(code["words"]))
    assert claimed["state"] == "approved"
    assert [badge.token for badge in ann.badges()] == [claimed["token"]]


def test_a_class_code_is_made_for_an_offer_once_it_is_published(
    ann: Someone, provider: Someone
) -> None:
    def write(unit: Unit, who: str) -> tuple[str, str]:
        offer = unit.offers.begin(who, CITY, "City College", told())
        return unit.offers.send(offer.id, who).id, offer.course

    key, course = provider.runs(write)
    made = MakeClassCode("attendance", course)
    assert provider.is_refused(made) == "badges.course_unknown"
    provider.runs(lambda unit, who: unit.offers.publish(key, 1, who, shipped_rules()))
    code = provider.does(made)
    assert ann.does(LookAtCode(code["words"]))["by"] == "City College"
    ann.does(UseCode(code["words"], "Ann"))
    assert provider.does(DecideClaims(code["id"], is_all=True)) == 1
    hand_out(ann)
    (badge,) = ann.badges()
    assert (badge.plan, badge.about.partition("#")[0]) == ("attendance", course)
    provider.runs(lambda unit, who: unit.offers.withdraw(key, who))
    assert [one.token for one in ann.badges()] == [badge.token], "what was given stays"


def test_guessing_codes_comes_to_an_end(ann: Someone, provider: Someone) -> None:
    code = provider.does(MakeClassCode("attendance", "excel"))
    for number in range(5):
        for act in (LookAtCode, UseCode):
            tried = ann.does(act(f"no-such-{10 + number}"))
            assert tried == {"refused": "badges.code.unknown"}
    for act in (LookAtCode, UseCode):
        assert ann.does(act(code["words"])) == {"refused": "badges.code.too_many"}
    other = Someone(ann.database, ann.content, "bob")
    assert other.does(UseCode(code["words"]))["state"] == "waiting"


def test_guessing_by_many_comes_to_an_end_and_links_still_work(
    ann: Someone, provider: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.effects.badges.MOST_MISSES_IN_CITY", 3)
    code = provider.does(MakeClassCode("attendance", "excel"))
    for number in range(3):
        guesser = Someone(ann.database, ann.content, f"guesser {number}")
        assert guesser.does(UseCode("no-such-10")) == {"refused": "badges.code.unknown"}
    for typed in (code["words"], code["words"].upper().replace("-", " ")):
        assert ann.does(UseCode(typed)) == {"refused": "badges.code.busy"}
    assert ann.does(UseCode(code["token"]))["state"] == "waiting"


def test_claims_of_one_person_have_a_bound(
    ann: Someone, provider: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.effects.badges.MOST_CLAIMS", 1)
    first, second = (provider.does(MakeClassCode("attendance", "excel")) for _ in range(2))
    assert ann.does(UseCode(first["words"]))["state"] == "waiting"
    assert ann.does(UseCode(second["words"])) == {"refused": "badges.code.too_many"}


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


def test_a_newcomers_code_tells_its_city_but_not_to_whoever_guesses(
    ann: Someone, provider: Someone
) -> None:
    code = provider.does(MakeClassCode("attendance", "excel"))
    assert ann.does(FindCode(code["words"])) == CITY
    for number in range(10):
        assert ann.does(FindCode(f"no-such-{10 + number}")) == ""
    assert ann.does(FindCode(code["words"])) == "", "whoever guesses has to wait"
