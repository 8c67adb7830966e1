"""What a conversation does about a CV, over the database: each person's own and nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.badges.held import HeldBadge, NewAward, SignedBadge
from bot.badges.planning import About
from bot.badges.records import Signed
from bot.conversation import Attachment
from bot.cv.effects import (
    BringExperienceBack,
    ChooseForCv,
    DeleteExperience,
    KeepExperience,
    RenewCv,
    SayOnCv,
    ShowBadgeOnCv,
    ShowExperience,
    SwitchCv,
)
from bot.errors import Refused
from bot.people import AgeBand, Person
from bot.work.context import Context, Surroundings
from bot.work.effects import cv as effects
from bot.work.files import Files
from bot.work.pictures import PictureContext
from bot.work.pictures.cv import cv as card
from bot.work.places import Places
from bot.work.reads import badges as badge_reads
from bot.work.reads import cv as reads
from content.load import load
from storage import Database, Unit
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITY = "manchester"
CONTENT = load(cities=[CITY])
Act = Callable[..., Any]


class Someone:
    """A person whose looks and effects run in units of their own."""

    def __init__(self, database: Database, chat: str, age: AgeBand | None = AgeBand.ADULT) -> None:
        self.database, self.chat, self.age = database, chat, age

    def does(self, act: Act, *values: object) -> Any:
        return self.database.write_now(lambda unit: act(self._context(unit), *values))

    @property
    def id(self) -> str:
        return self.database.write_now(self._person).id

    def is_given(self, title: str) -> str:
        """Give a signed badge; return its id."""

        def give(unit: Unit) -> str:
            person = self._person(unit).id
            token, _ = unit.badges.award(NewAward(person, CITY, "pledge", About(title, {})))
            held = unit.badges.get(person, token)
            achievement = {"name": title, "description": "d"}
            subject = {"achievement": achievement}
            written = {"issuer": {"name": "City"}, "credentialSubject": subject}
            document = json.dumps(written).encode()
            signed = Signed(document=document, jws="j", keys="1")
            unit.badges.store([SignedBadge(held.id, signed, "a", "1", "en", is_sample=True)])
            return held.id

        return self.database.write_now(give)

    def badge(self, key: str) -> HeldBadge:
        """Return a badge of theirs by its id."""
        held = self.database.read_now(lambda unit: unit.badges.list_of(self.id))
        return next(one for one in held if one.id == key)

    def _person(self, unit: Unit) -> Person:
        person = unit.people.ensure("telegram", "bot", self.chat, city=CITY)
        if self.age is not None and person.age_band is not self.age:
            unit.people.set_age_band(person.id, self.age)
            person = unit.people.get(person.id)
        return person

    def _context(self, unit: Unit) -> Context:
        catalogue: Any = None  # nothing about a CV asks it
        around = Surroundings(CONTENT, catalogue, Places(CONTENT.cities), "https://bot.example")
        now = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
        person = self._person(unit)
        return Context(person, CITY, "en", "telegram", "bot", self.chat, now, unit, around)


@pytest.fixture
def anna(sqlite_database: Database) -> Someone:
    return Someone(sqlite_database, "anna")


@pytest.fixture
def ben(sqlite_database: Database) -> Someone:
    return Someone(sqlite_database, "ben")


def told(key: str = "") -> KeepExperience:
    return KeepExperience(key, "My gran was ill", "I cared for her", "To stay calm", "caring")


def test_the_address_is_made_when_it_is_switched_on(anna: Someone) -> None:
    assert anna.does(reads.cv)["link"] == ""

    link = anna.does(effects.switch_cv, SwitchCv(True))["link"]

    assert link.startswith("https://bot.example/cv/")
    assert anna.does(reads.cv)["link"] == link
    assert anna.does(effects.renew_cv, RenewCv())["link"] not in ("", link)
    assert anna.does(effects.switch_cv, SwitchCv(False)) == {"link": ""}


def test_only_what_is_ones_own_can_be_chosen(anna: Someone, ben: Someone) -> None:
    mine, theirs = anna.is_given("Mine"), ben.is_given("Theirs")

    count = anna.does(effects.choose_for_cv, ChooseForCv("badges", (theirs, mine, "x", mine)))

    assert count == 1
    assert [one["name"] for one in anna.does(reads.cv_offered, "badges")] == ["Mine"]
    assert anna.does(reads.cv)["badges"] == 1
    assert anna.does(effects.choose_for_cv, ChooseForCv("areas", ("digcomp3.1",))) == 0
    assert anna.does(effects.choose_for_cv, ChooseForCv("routes", ("job-search",))) == 0


def test_a_badge_is_put_on_a_page_that_is_on_and_opens_with_it(anna: Someone) -> None:
    first, second = anna.is_given("First"), anna.is_given("Second")
    anna.does(effects.choose_for_cv, ChooseForCv("badges", (first,)))
    link = anna.does(effects.switch_cv, SwitchCv(True))["link"]
    token = anna.badge(second).token

    assert anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(token, True)) == {"link": link}
    assert anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(token, True)) == {"link": link}

    assert anna.does(reads.cv)["badges"] == 2
    assert anna.badge(second).is_shown
    assert anna.does(badge_reads.badge, token)["is_on_cv"]

    anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(token, False))

    assert anna.does(reads.cv)["badges"] == 1
    assert not anna.badge(second).is_shown
    assert anna.badge(first).is_shown


def test_nobody_puts_somebody_elses_badge_on_their_page(anna: Someone, ben: Someone) -> None:
    theirs = ben.badge(ben.is_given("Theirs")).token

    for is_on in (True, False):
        with pytest.raises(Refused, match=r"badges\.unknown"):
            anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(theirs, is_on))
    assert anna.does(reads.cv)["badges"] == 0


def test_a_badge_that_was_taken_back_leaves_the_page_and_cannot_be_put_there(
    anna: Someone,
) -> None:
    key = anna.is_given("Mine")
    token = anna.badge(key).token
    anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(token, True))

    anna.database.write_now(lambda unit: unit.badges.revoke(CITY, token, "my_badges.no_reason"))

    assert anna.does(reads.cv)["badges"] == 0
    with pytest.raises(Refused, match=r"badges\.unknown"):
        anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(token, True))
    anna.does(effects.show_badge_on_cv, ShowBadgeOnCv(token, False))


def test_nobody_reads_or_changes_somebody_elses_experience(anna: Someone, ben: Someone) -> None:
    key = anna.does(effects.keep_experience, told())

    assert ben.does(reads.cv_experience, key) is None
    assert ben.does(reads.cv_part, key, "situation") == ""
    for act, effect in (
        (effects.keep_experience, told(key)),
        (effects.show_experience, ShowExperience(key, False)),
    ):
        with pytest.raises(Refused):
            ben.does(act, effect)
    assert ben.does(effects.delete_experience, DeleteExperience(key)) == "gone"
    assert anna.does(effects.delete_experience, DeleteExperience(key)) == "deleted"
    assert ben.does(effects.bring_experience_back, BringExperienceBack(key)) == "gone"
    assert anna.does(effects.bring_experience_back, BringExperienceBack(key)) == "back"


def test_a_part_of_an_experience_is_no_way_to_the_rest_of_it(anna: Someone) -> None:
    key = anna.does(effects.keep_experience, told())

    assert anna.does(reads.cv_part, key, "learned") == "To stay calm"
    assert anna.does(reads.cv_part, key, "__class__") == ""


@pytest.mark.parametrize("age", [AgeBand.FROM_13_TO_17, AgeBand.NOT_SAID, None])
def test_only_adults_show_a_name(sqlite_database: Database, age: AgeBand | None) -> None:
    young = Someone(sqlite_database, "young", age)

    with pytest.raises(Refused) as refused:
        young.does(effects.say_on_cv, SayOnCv("name", "Zoe"))

    assert refused.value.text_id == "cv.adults_only"
    assert young.does(effects.say_on_cv, SayOnCv("interests", "trains")) == "kept"
    assert not young.does(reads.cv)["may_name"]


def test_of_children_nothing_is_kept(sqlite_database: Database) -> None:
    child = Someone(sqlite_database, "child", AgeBand.UNDER_13)

    for act, effect in (
        (effects.say_on_cv, SayOnCv("interests", "x")),
        (effects.keep_experience, told()),
        (effects.switch_cv, SwitchCv(True)),
        (effects.choose_for_cv, ChooseForCv("badges", ())),
    ):
        with pytest.raises(Refused):
            child.does(act, effect)
    assert not child.does(reads.cv)["may_have"]


def test_no_look_grows_too_long(anna: Someone) -> None:
    long = "\U0001f600 ш" * 200
    for _ in range(12):
        anna.does(effects.keep_experience, KeepExperience("", long, long, long, "teamwork", long))
    anna.does(effects.say_on_cv, SayOnCv("interests", long))
    anna.does(effects.say_on_cv, SayOnCv("name", long))
    key = anna.does(reads.cv_experiences)[0]["id"]

    looks = (
        anna.does(reads.cv),
        anna.does(reads.cv_experiences),
        anna.does(reads.cv_experience, key),
        anna.does(reads.cv_part, key, "done"),
    )

    assert all(len(json.dumps(one, ensure_ascii=False)) < 2_048 for one in looks)


async def test_the_badges_are_one_file_for_their_person_alone(anna: Someone, ben: Someone) -> None:
    badge = anna.is_given("Mine")
    anna.does(effects.choose_for_cv, ChooseForCv("badges", (badge,)))
    now = datetime(2027, 1, 11, tzinfo=UTC)
    files = Files(anna.database, lambda: CONTENT, "https://bot.example", lambda: now)

    def wanted(person: str) -> Attachment:
        return Attachment("document", {"source": "cv", "name": "my-badges.zip", "person": person})

    made = await files.make(wanted(anna.id))

    assert made is not None
    assert (made.name, made.media_type) == ("my-badges.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        [credential] = json.loads(archive.read("credentials.json"))
    assert credential["credentialSubject"]["achievement"]["name"] == "Mine"
    assert await files.make(wanted(ben.id)) is None


def test_the_card_says_what_is_best_and_is_there_only_for_something(anna: Someone) -> None:
    def drawn(unit: Unit) -> Any:
        return card(PictureContext(unit, CONTENT, "en", person, CONTENT.cities[CITY], {}))

    person = anna.id
    assert anna.database.read_now(drawn) is None
    anna.does(effects.say_on_cv, SayOnCv("name", "Anna"))
    assert anna.database.read_now(drawn) is None
    anna.does(effects.keep_experience, told())

    picture = anna.database.read_now(drawn)

    assert "Caring for others" in picture.alt.values["lines"]
    assert "Anna" in picture.drawing.svg
