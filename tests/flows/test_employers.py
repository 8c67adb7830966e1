"""An employer's way: an organisation, its answers, the courses, colleagues and the next step."""

from __future__ import annotations

from datetime import date

import pytest

import storage.repositories.employers as employer_rows
from bot.conversation import Registry
from bot.flows.employers import employers
from bot.flows.questionnaire import questionnaire
from bot.insights.cohorts import Cohort
from bot.needs.employers import Part
from bot.people import AgeBand
from bot.questionnaires.records import Key
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity


@pytest.fixture
def city() -> SmallCity:
    city = SmallCity()
    city.employers.unit.taught = {
        "excel": (("1.3", 2), ("3.1", 2)),
        "sheets": (("1.3", 3),),
        "files": (("1.3", 1), ("4.2", 2)),
    }
    return city


def make(city: SmallCity, chat: ScriptedChat, name: str = "Care Ltd") -> str:
    chat.send("/employers")
    chat.choose("yes")
    chat.send(name)
    [one] = city.employers.unit.employers.list_of("person-1")
    return one.id


def talk(city: SmallCity) -> ScriptedChat:
    """Talk without a menu: what is said at the end stays in sight."""
    return city.chat(Registry((employers, questionnaire)))


def quick(chat: ScriptedChat, problem: str = "nobody can work with excel spreadsheets") -> None:
    """Answer the three-minute questions."""
    chat.choose("quick")
    chat.choose("care")
    chat.choose("10-49")
    chat.send(problem)
    chat.send("12")
    chat.send("M14")
    chat.choose("in-person")
    chat.choose("-done")
    chat.choose("free")


def test_nothing_is_kept_before_they_agree(city: SmallCity) -> None:
    chat = talk(city)
    chat.send("/employers")
    assert chat.last.text_id == "employers.about"
    chat.choose("no")
    assert "employers.not_agreed" in chat.said
    assert city.employers.unit.employers.list_of("person-1") == []


def test_an_organisation_is_made_and_questions_of_two_lengths_are_offered(city: SmallCity) -> None:
    chat = talk(city)
    make(city, chat)
    assert chat.last.text_id == "employers.home_new"
    assert chat.options == ["answer", "quick", "team", "more"]


def test_three_minutes_lead_to_a_summary_a_map_and_courses(city: SmallCity) -> None:
    chat = talk(city)
    organisation = make(city, chat)
    quick(chat)
    assert chat.last.text_id == "questionnaires.review"
    chat.choose("send")

    assert chat.said[-2:] == ["employers.map", "employers.summary"]
    assert chat.last.text_id == "employers.home"
    assert chat.options[:4] == ["see", "needs", "page", "talk"]
    chat.choose("see")
    assert chat.said == ["employers.map", "employers.summary"]
    [sent] = city.employers.unit.responses.list_sent(organisation)
    assert sent.filled.questionnaire == "quick-needs"
    known = city.employers.unit.employers.find(organisation, "manchester")
    assert known is not None
    assert (known.sector, known.size, known.place) == ("care", "10-49", "M14")

    chat.choose("needs")
    assert chat.last.text_id == "employers.needs"
    chat.choose("need.0")
    assert chat.last.text_id == "employers.one_need"


def test_they_stand_beside_others_once_enough_answered(city: SmallCity) -> None:
    chat = talk(city)
    make(city, chat)
    quick(chat)
    chat.choose("send")
    chat.choose("more")
    chat.choose("compare")
    assert "employers.compared_none" in chat.said
    cohort = Cohort(("digcomp3", "1.3"), "care", 6, 9, 15, date(2026, 12, 1))
    city.employers.unit.cohorts["c"] = cohort
    chat.choose("more")
    chat.choose("compare")
    assert "employers.compared" in chat.said


def test_a_year_later_they_are_asked_whether_it_has_changed(city: SmallCity) -> None:
    chat = talk(city)
    organisation = make(city, chat)
    quick(chat)
    chat.choose("send")
    [reminder] = city.employers.unit.reminders.put_in
    assert (reminder.kind, reminder.subject) == ("still_true", organisation)
    assert reminder.rule.day.year == 2028


def test_what_was_sent_is_begun_from_when_something_changed(city: SmallCity) -> None:
    chat = talk(city)
    organisation = make(city, chat)
    quick(chat)
    chat.choose("send")
    chat.choose("change")
    chat.choose("follow")
    assert chat.last.text_id == "questionnaires.review", "all is filled in already"
    chat.choose("change.3")
    chat.send("30")
    assert chat.last.text_id == "questionnaires.review"
    chat.choose("send")
    [counting] = city.employers.unit.responses.list_sent(organisation)
    assert counting.follows
    said = city.employers.unit.responses.list_of("person-1")
    assert len(said) == 2


class TestOthers:
    def sent(self, city: SmallCity) -> ScriptedChat:
        chat = talk(city)
        make(city, chat)
        quick(chat)
        chat.choose("send")
        return chat

    def test_the_skills_team_writes_only_with_an_address(self, city: SmallCity) -> None:
        chat = self.sent(city)
        chat.choose("talk")
        chat.choose("yes")
        chat.send("not an address")
        assert "questionnaires.error.email" in chat.said
        chat.send("anna@example.org")
        assert "employers.talk_asked" in chat.said
        [ask] = city.employers.unit.asks.list_open("manchester")
        assert (ask.kind, ask.contact) == ("talk", "anna@example.org")

    def test_nobody_may_write_sends_nothing(self, city: SmallCity) -> None:
        chat = self.sent(city)
        chat.choose("talk")
        chat.choose("yes")
        chat.choose("none")
        assert city.employers.unit.asks.list_open("manchester") == []

    def test_a_provider_is_asked_after_it_was_said_what_they_see(self, city: SmallCity) -> None:
        chat = self.sent(city)
        chat.choose("needs")
        chat.choose("need.0")
        chat.choose("ask.0")
        assert chat.last.text_id == "employers.ask"
        assert "framework.digcomp3.skill.1.3.button" in str(chat.last.values), "as providers see it"
        chat.choose("without")
        assert "employers.asked" in chat.said
        [ask] = city.employers.unit.asks.list_open("manchester", ("adult COLLEGE",))
        assert (ask.people, ask.contact) == (12, "")
        chat.choose("back")
        chat.choose("back")
        chat.choose("more")
        chat.choose("asked")
        chat.choose("take.0")
        assert city.employers.unit.asks.list_open("manchester") == []

    def test_a_need_is_watched(self, city: SmallCity) -> None:
        chat = self.sent(city)
        chat.choose("needs")
        chat.choose("need.0")
        chat.choose("watch")
        assert len(city.watched) == 1
        [request] = city.watched.values()
        assert request["filters"]["skills"] == ["1.3:2"]

    def test_a_gap_is_watched_and_the_nearest_thing_asked_about(self, city: SmallCity) -> None:
        chat = talk(city)
        make(city, chat)
        quick(chat, "we want to use AI safely")
        chat.choose("send")
        chat.choose("needs")
        chat.choose("need.0")
        assert chat.options[-3:] == ["ask.0", "watch", "back"]
        chat.choose("watch")
        [request] = city.watched.values()
        assert request["filters"]["skills"], "read across to what courses are tagged in"

    def test_the_report_has_an_address_that_can_be_changed_and_switched_off(
        self, city: SmallCity
    ) -> None:
        chat = self.sent(city)
        kept = city.employers.unit.employers
        [one] = kept.list_of("person-1")
        chat.choose("page")
        first = kept.page("person-1", one.id)
        chat.choose("new")
        second = kept.page("person-1", one.id)
        assert first is not None
        assert second is not None
        assert first.token != second.token
        chat.choose("off")
        assert kept.page("person-1", one.id) is None

    def test_a_copy_is_read_and_answers_are_taken_back(self, city: SmallCity) -> None:
        chat = self.sent(city)
        [one] = city.employers.unit.employers.list_of("person-1")
        chat.choose("more")
        chat.choose("copy")
        chat.choose("one.0")
        chat.choose("read")
        assert chat.last.text_id == "questionnaires.copy"
        chat.choose("back")
        chat.choose("more")
        chat.choose("copy")
        chat.choose("one.0")
        chat.choose("withdraw")
        assert city.employers.unit.responses.list_sent(one.id) == []
        assert chat.last.text_id == "employers.home_new"


class TestColleagues:
    def test_a_colleague_joins_by_a_link_and_answers_for_their_team(self, city: SmallCity) -> None:
        chat = talk(city)
        organisation = make(city, chat)
        chat.choose("team")
        chat.choose("invite")
        chat.send("Nights")
        [link] = [one for one in chat.said if one == "employers.invite_link"]
        assert link
        kept = city.employers.unit.employers
        token = kept.invite("person-1", organisation, "Kitchen")

        city.employers.context.person.id = "ben"
        bens = talk(city)
        bens.start("employers", payload=f"employers_{token}")
        assert bens.last.text_id == "employers.join"
        bens.choose("yes")
        assert "employers.joined" in bens.said
        assert bens.options[:2] == ["answer", "quick"]
        member = kept.member("ben", organisation)
        assert (member.part, member.team) == (Part.COLLEAGUE, "Kitchen")

    def test_a_colleague_is_asked_to_answer_whoever_answered_before(self, city: SmallCity) -> None:
        chat = talk(city)
        organisation = make(city, chat)
        quick(chat)
        chat.choose("send")
        kept = city.employers.unit.employers
        token = kept.invite("person-1", organisation)
        city.employers.context.person.id = "ben"
        bens = talk(city)
        bens.start("employers", payload=f"employers_{token}")
        bens.choose("yes")
        assert bens.options[:4] == ["answer", "quick", "see", "needs"]
        assert "change" not in bens.options

    def test_a_link_may_begin_with_any_letter_of_an_address(
        self, city: SmallCity, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept = city.employers.unit.employers
        made = kept.add("anna", "manchester", {"name": "Care Ltd"})
        monkeypatch.setattr(employer_rows, "new_token", lambda: "_" * 22)
        token = kept.invite("anna", made.id, "Kitchen")
        chat = talk(city)
        chat.start("employers", payload=f"employers_{token}")
        assert chat.last.text_id == "employers.join"

    def test_a_link_that_is_over_leads_to_ones_own(self, city: SmallCity) -> None:
        chat = talk(city)
        chat.start("employers", payload="employers_nonsense")
        assert "employers.link_over" in chat.said
        assert chat.last.text_id == "employers.about"

    def test_links_are_listed_and_ended(self, city: SmallCity) -> None:
        chat = talk(city)
        organisation = make(city, chat)
        chat.choose("team")
        chat.choose("invite")
        chat.choose("all")
        assert chat.last.text_id == "employers.people_links"
        chat.choose("end.0")
        assert "employers.link_ended" in chat.said
        assert city.employers.unit.employers.list_links("person-1", organisation) == []

    def test_who_leaves_last_is_told_that_all_goes(self, city: SmallCity) -> None:
        chat = talk(city)
        organisation = make(city, chat)
        chat.choose("more")
        chat.choose("leave")
        assert chat.last.text_id == "employers.leave_last"
        chat.choose("leave")
        assert "employers.left_last" in chat.said
        assert city.employers.unit.employers.find(organisation, "manchester") is None


def test_nothing_is_shown_of_an_organisation_of_others(city: SmallCity) -> None:
    other = city.employers.unit.employers.add("eve", "manchester", {"name": "Theirs"})
    chat = talk(city)
    chat.start("employers", organisation=other.id)
    assert "employers.gone" in chat.said


def test_nothing_is_shown_from_another_city(city: SmallCity) -> None:
    chat = talk(city)
    organisation = make(city, chat)
    city.employers.context.city = "derby"
    elsewhere = talk(city)
    elsewhere.start("employers", organisation=organisation)
    assert "employers.gone" in elsewhere.said


def test_children_are_told_and_nothing_is_kept(city: SmallCity) -> None:
    city.employers.context.person.age_band = AgeBand.UNDER_13
    chat = talk(city)
    chat.send("/employers")
    assert "employers.under_13" in chat.said


def test_the_words_that_led_here_are_used_as_the_problem(city: SmallCity) -> None:
    chat = talk(city)
    chat.start("employers", said="my staff keep falling for scam e-mails")
    assert chat.said == ["employers.said_problem"]
    chat.choose("yes")
    chat.send("Care Ltd")
    chat.choose("quick")
    chat.choose("care")
    chat.choose("10-49")
    assert (chat.last.text_id, chat.options) == ("questionnaires.known", ["keep", "other"])
    chat.choose("keep")
    assert "questionnaires.understood" in chat.said
    [begun] = city.employers.unit.responses.list_of("person-1")
    assert begun.filled.answers[Key("problem")] == "my staff keep falling for scam e-mails"


def test_words_that_tell_no_problem_are_not_used_as_one(city: SmallCity) -> None:
    chat = talk(city)
    chat.start("employers", said="I am an employer, who are you")
    assert chat.said == ["employers.said"]
    chat.choose("yes")
    chat.send("Care Ltd")
    chat.choose("quick")
    chat.choose("care")
    chat.choose("10-49")
    assert chat.last.text_id != "questionnaires.known"


def test_whoever_types_where_something_is_known_gives_the_other_answer(city: SmallCity) -> None:
    chat = talk(city)
    chat.start("employers", said="my staff keep falling for scam e-mails")
    chat.choose("yes")
    chat.send("Care Ltd")
    chat.choose("quick")
    chat.choose("care")
    chat.choose("10-49")
    chat.send("nobody can work with spreadsheets")
    [begun] = city.employers.unit.responses.list_of("person-1")
    assert begun.filled.answers[Key("problem")] == "nobody can work with spreadsheets"
