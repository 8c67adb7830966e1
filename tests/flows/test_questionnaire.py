"""Questions that are content: every kind, left for weeks, changed, refused, sent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.conversation import Registry
from bot.flows.employers import employers
from bot.flows.questionnaire import MOST_ASKED, questionnaire
from bot.questionnaires.effects import BeginResponse
from bot.questionnaires.records import SKIPPED, Key
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity


@pytest.fixture
def city() -> SmallCity:
    return SmallCity()


def talk(city: SmallCity) -> ScriptedChat:
    return city.chat(Registry((employers, questionnaire)))


def begun(city: SmallCity, name: str = "skills-needs") -> str:
    """Begin a questionnaire for a new organisation; return the response's id."""
    unit = city.employers.unit
    made = unit.employers.add("person-1", "manchester", {"name": "Care Ltd"})
    result = city.employers.effects()["BeginResponse"](BeginResponse(name, made.id))
    return str(result["id"])


def answers(city: SmallCity, response: str) -> dict[Key, Any]:
    return dict(city.employers.unit.responses.get("person-1", response).filled.answers)


def through_organisation(chat: ScriptedChat) -> None:
    chat.choose("10-49")
    chat.choose("care")
    chat.send("M14")
    chat.choose("way.skip")
    chat.choose("way.skip")


def to_roles(chat: ScriptedChat) -> None:
    through_organisation(chat)
    chat.choose("roles")


class TestAsking:
    def test_what_was_just_said_is_not_asked_again(self, city: SmallCity) -> None:
        chat = talk(city)
        chat.start("questionnaire", response=begun(city))
        assert chat.question.key == "q.0"
        assert chat.options[:2] == ["1", "2-9"], "not the name: they have just typed it"

    def test_progress_is_said(self, city: SmallCity) -> None:
        chat = talk(city)
        chat.start("questionnaire", response=begun(city))
        done, about = chat.question.progress
        assert done == 1
        assert about > 10

    def test_a_role_is_asked_about_with_what_it_often_needs(self, city: SmallCity) -> None:
        chat = talk(city)
        response = begun(city)
        chat.start("questionnaire", response=response)
        to_roles(chat)
        first = chat.options
        assert "way.more" in first, "the usual ones of the sector come first"
        chat.choose(first[0])
        chat.choose("-done")
        chat.send("12")
        chat.choose("developing")
        assert chat.last.text_id == "questionnaires.grid.employer.ask"
        chat.choose("below")
        assert chat.last.text_id == "questionnaires.grid.check"
        cells = answers(city, response)[Key("skills", first[0])]
        assert all(one.should - one.now == 1 for one in cells)

    def test_a_skill_is_changed_in_three_presses(self, city: SmallCity) -> None:
        chat = talk(city)
        response = begun(city)
        chat.start("questionnaire", response=response)
        to_roles(chat)
        role = chat.options[0]
        chat.choose(role)
        chat.choose("-done")
        chat.send("12")
        chat.choose("developing")
        chat.choose("begin")
        assert len(chat.options) <= 8, "an old phone shows eight buttons"
        chat.choose("row.0")
        chat.choose("1")
        chat.choose("4")
        first = answers(city, response)[Key("skills", role)][0]
        assert (first.now, first.should) == (1, 4)
        chat.choose("row.0")
        chat.choose("none")
        rest = answers(city, response)[Key("skills", role)]
        assert first.row not in [one.row for one in rest]
        chat.choose("way.right")
        assert chat.options[0] == "month", "the next question"

    def test_something_else_is_typed(self, city: SmallCity) -> None:
        chat = talk(city)
        response = begun(city)
        chat.start("questionnaire", response=response)
        to_roles(chat)
        chat.choose("way.other")
        chat.choose("-done")
        chat.send("Beekeeper")
        assert answers(city, response)[Key("roles")] == ("=Beekeeper",)

    def test_a_wrong_answer_is_told_and_asked_again(self, city: SmallCity) -> None:
        chat = talk(city)
        response = begun(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        chat.choose("care")
        chat.send("M14")
        chat.send("no web address at all")
        assert "questionnaires.error.web" in chat.said
        chat.send("care.example.org")
        assert answers(city, response)[Key("website")] == "https://care.example.org"

    def test_what_is_left_out_stays_left_out(self, city: SmallCity) -> None:
        chat = talk(city)
        response = begun(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        chat.choose("care")
        chat.choose("way.skip")
        assert answers(city, response)[Key("place")] is SKIPPED

    def test_what_is_known_is_confirmed_with_one_press(self, city: SmallCity) -> None:
        unit = city.employers.unit
        response = begun(city)
        [one] = unit.employers.list_of("person-1")
        unit.employers.change("person-1", one.id, {"size": "50-249"})
        chat = talk(city)
        chat.start("questionnaire", response=response)
        assert chat.last.text_id == "questionnaires.known"
        chat.choose("keep")
        assert answers(city, response)[Key("size")] == "50-249"


class TestOverWeeks:
    def test_another_talk_goes_on_where_the_first_stopped(self, city: SmallCity) -> None:
        response = begun(city)
        chat = talk(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        chat.choose("care")
        chat.choose("way.later")
        assert chat.last.text_id == "employers.home_begun"
        later = talk(city)
        later.wait(days=60)
        later.send("/employers")
        assert later.options[0] == "go_on"
        later.choose("go_on")
        assert later.said[0] == "questionnaires.go_on"
        later.send("M14")
        assert answers(city, response)[Key("place")] == "M14"

    def test_a_long_one_begins_a_new_talk_by_itself(self, city: SmallCity) -> None:
        response = begun(city)
        chat = talk(city)
        chat.start("questionnaire", response=response)
        to_roles(chat)
        role = chat.options[0]
        chat.choose(role)
        chat.choose("-done")
        chat.send("12")
        chat.choose("developing")
        chat.choose("below")
        talks = len(chat.stored)
        for number in range(MOST_ASKED):
            chat.choose("row.0")
            chat.choose("1")
            chat.choose(str(2 + number % 2))
        assert len(chat.stored) > talks
        assert chat.last.text_id == "questionnaires.grid.check", "in the same place"

    def test_going_back_asks_the_question_before_again(self, city: SmallCity) -> None:
        response = begun(city)
        chat = talk(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        chat.back()
        chat.choose("2-9")
        assert answers(city, response)[Key("size")] == "2-9"

    def test_an_earlier_answer_changes_what_is_asked_and_loses_nothing(
        self, city: SmallCity
    ) -> None:
        response = begun(city)
        chat = talk(city)
        chat.start("questionnaire", response=response)
        through_organisation(chat)
        key = chat.question.key
        chat.choose("problem")
        chat.send("staff fall for scam emails")
        chat.press(key, "both")
        assert "way.more" in chat.options, "now the roles are asked"
        assert answers(city, response)[Key("problem")] == "staff fall for scam emails"

    def test_a_changed_version_is_gone_on_with_under_the_one_that_was_begun(
        self, city: SmallCity
    ) -> None:
        """Two colleagues are at it while staff put a new version in its place."""
        response = begun(city)
        chat = talk(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        put_new_version(city, keeps_old=True)
        chat.choose("care")
        filled = city.employers.unit.responses.get("person-1", response).filled
        assert filled.version == 1

    def test_where_the_old_version_is_gone_what_fits_is_taken_over(self, city: SmallCity) -> None:
        response = begun(city)
        chat = talk(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        put_new_version(city, keeps_old=False)
        again = talk(city)
        again.start("questionnaire", response=response)
        assert again.said[0] == "questionnaires.has_changed"
        again.choose("care")
        filled = city.employers.unit.responses.get("person-1", response).filled
        assert filled.version == 2
        assert filled.answers[Key("size")] == "10-49"


class TestSending:
    def ready(self, city: SmallCity, response: str) -> ScriptedChat:
        chat = talk(city)
        chat.start("questionnaire", response=response)
        chat.choose("10-49")
        chat.choose("care")
        chat.send("M14")
        chat.choose("way.skip")
        chat.choose("way.skip")
        chat.choose("problem")
        chat.send("staff fall for scam emails")
        chat.send("twelve")
        while chat.last.text_id != "questionnaires.review":
            if "yes" in chat.options and "way.skip" not in chat.options:
                chat.choose("yes")
                chat.send("anna@example.org")
            elif "way.skip" in chat.options:
                chat.choose("way.skip" if "way.skip" in chat.options else "-done")
            else:
                chat.choose("-done")
        return chat

    def test_everything_is_looked_through_and_can_be_changed(self, city: SmallCity) -> None:
        response = begun(city)
        chat = self.ready(city, response)
        chat.choose("change.1")
        chat.choose("250-plus")
        assert chat.last.text_id == "questionnaires.review"
        assert answers(city, response)[Key("size")] == "250-plus"

    def test_the_address_stands_with_the_member_and_not_with_what_was_sent(
        self, city: SmallCity
    ) -> None:
        response = begun(city)
        chat = self.ready(city, response)
        chat.choose("send")
        unit = city.employers.unit
        sent = unit.responses.get("person-1", response)
        assert "anna@example.org" not in str(sent)
        assert sent.filled.answers[Key("problem-people")] == Decimal(12)
        member = unit.employers.member("person-1", sent.organisation)
        assert member.contact == "anna@example.org"

    def test_nothing_is_sent_twice(self, city: SmallCity) -> None:
        response = begun(city)
        chat, other = self.ready(city, response), talk(city)
        other.start("questionnaire", response=response)
        chat.choose("send")
        other.choose("send")
        assert len(city.employers.unit.responses.list_of("person-1")) == 1


class TestOthers:
    def test_nobody_opens_what_is_another_persons(self, city: SmallCity) -> None:
        response = begun(city)
        city.employers.context.person.id = "eve"
        chat = talk(city)
        chat.start("questionnaire", response=response)
        assert "questionnaires.gone" in chat.said

    def test_two_colleagues_answer_at_once_each_for_themselves(self, city: SmallCity) -> None:
        mine = begun(city)
        unit = city.employers.unit
        [one] = unit.employers.list_of("person-1")
        token = unit.employers.invite("person-1", one.id, "Nights")
        unit.employers.join("ben", token, "manchester")
        chat = talk(city)
        chat.start("questionnaire", response=mine)
        city.employers.context.person.id = "ben"
        begin = city.employers.effects()["BeginResponse"]
        bens = begin(BeginResponse("skills-needs", one.id))["id"]
        other = talk(city)
        other.start("questionnaire", response=bens)
        other.choose("2-9")
        city.employers.context.person.id = "person-1"
        chat.choose("10-49")
        assert answers(city, mine)[Key("size")] == "10-49"
        theirs = unit.responses.get("ben", bens).filled.answers
        assert theirs[Key("size")] == "2-9"

    def test_only_providers_say_what_they_could_teach(self, city: SmallCity) -> None:
        chat = talk(city)
        chat.start("questionnaire", payload="answer_provision")
        assert "questionnaires.not_for_you" in chat.said
        city.employers.teach_for("Adult College")
        chat = talk(city)
        chat.start("questionnaire", payload="answer_provision")
        assert chat.last.text_id == "questionnaires.known", "their organisation's name is known"

    def test_a_link_begins_nothing_that_is_not_for_links(self, city: SmallCity) -> None:
        for payload, why in (
            ("answer_evaluation", "no_course"),
            ("answer_", "gone"),
            ("answer_x" * 9, "gone"),
        ):
            chat = talk(city)
            chat.start("questionnaire", payload=payload)
            assert f"questionnaires.{why}" in chat.said

    def test_a_link_leads_employers_to_a_questionnaire_once_it_is_known_for_whom(
        self, city: SmallCity
    ) -> None:
        chat = talk(city)
        chat.start("questionnaire", payload="answer_quick-needs")
        assert chat.last.text_id == "employers.about"
        chat.choose("yes")
        chat.send("Care Ltd")
        assert "questionnaires.begin" in chat.said

    def test_a_questionnaire_of_the_citys_own_is_answered_by_its_link(
        self, city: SmallCity
    ) -> None:
        put_own(city, "learner")
        chat = talk(city)
        chat.start("questionnaire", payload="answer_open-day")
        chat.choose("yes")
        while chat.last.text_id != "questionnaires.review":
            chat.choose("way.skip" if "way.skip" in chat.options else "-done")
        chat.choose("send")
        [sent] = city.employers.unit.responses.list_of("person-1")
        assert (sent.filled.questionnaire, sent.state) == ("open-day", "sent")

    def test_what_employers_are_asked_besides_replaces_nothing_that_they_need(
        self, city: SmallCity
    ) -> None:
        unit = city.employers.unit
        needs = begun(city, "quick-needs")
        organisation = unit.responses.get("person-1", needs).organisation
        unit.responses.send("person-1", needs, unit.responses.get("person-1", needs).filled)
        put_own(city, "employer")
        chat = talk(city)
        chat.start("employers", organisation=organisation, asks="open-day")
        chat.choose("yes")
        while chat.last.text_id != "questionnaires.review":
            chat.choose("way.skip" if "way.skip" in chat.options else "-done")
        chat.choose("send")
        sent = {one.filled.questionnaire for one in unit.responses.list_sent(organisation)}
        assert sent == {"quick-needs", "open-day"}
        assert unit.reminders.put_in == [], "nobody is asked in a year whether a day has changed"


def put_own(city: SmallCity, audience: str) -> None:
    """Add a questionnaire as a city does: the evaluation's questions for other people."""
    content = city.employers.context.content
    known = content.questionnaires
    own = known.current["evaluation"].model_copy(update={"id": "open-day", "audience": audience})
    changed = replace(known, current={**known.current, "open-day": own})
    city.employers.context.content = replace(content, questionnaires=changed)


def put_new_version(city: SmallCity, *, keeps_old: bool) -> None:
    """Replace the questionnaire by another version, as staff do."""
    content = city.employers.context.content
    known = content.questionnaires
    old = known.current["skills-needs"]
    new = old.model_copy(update={"version": 2})
    before = old.model_copy(update={"is_earlier": True})
    earlier = {("skills-needs", 1): before} if keeps_old else {}
    changed = replace(known, current={**known.current, "skills-needs": new}, earlier=earlier)
    city.employers.context.content = replace(content, questionnaires=changed)
