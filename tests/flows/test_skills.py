"""Telling what one can do: choosing, answering, changing and stopping."""

from __future__ import annotations

import pytest

from bot.skills.effects import KeepAnswer, StartSitting
from tests.support.resident import Resident
from tests.support.told_skills import PERSON, shipped


@pytest.fixture
def resident() -> Resident:
    return Resident()


class TestChoosing:
    def test_it_says_what_it_is_and_what_is_kept_before_anything_is_kept(
        self, resident: Resident
    ) -> None:
        resident.chat.send("/skills")
        assert resident.chat.said == ["skills.about"]
        assert "not a test" in resident.said()
        assert "I keep your answers" in resident.said()
        assert resident.chat.options == ["quick", "area", "whole", "tasks.eds", "of.sectors-draft"]
        assert not resident.skills.kept.sittings

    def test_an_area_is_chosen_and_asked_about(self, resident: Resident) -> None:
        resident.chat.send("/skills")
        resident.chat.choose("area")
        resident.chat.send("safety and wellbeing")
        resident.chat.choose("skip")
        assert resident.item.startswith("4.")

    def test_one_skill_is_chosen_and_asked_about_alone(self, resident: Resident) -> None:
        chat = resident.chat
        chat.send("/skills")
        for press in ("area", "one", "1", "1.2", "skip"):
            if press in chat.options:
                chat.choose(press)
        asked = resident.finish()
        assert 2 <= len(asked) <= 8
        assert {item.rpartition(".")[0] for item in asked} == {"1.2"}
        assert resident.sitting.parts == ("1.2",)

    def test_a_sector_is_always_labelled_as_our_draft(self, resident: Resident) -> None:
        chat = resident.chat
        chat.send("/skills")
        chat.choose("of.sectors-draft")
        label = shipped().frameworks["sectors-draft"].label
        assert label in resident.said()
        chat.choose("data")
        chat.choose("skip")
        assert chat.last.text_id == "skills.ask_draft"
        assert "our draft" in resident.said()
        resident.finish()
        assert label in resident.said()

    @pytest.mark.parametrize(
        ("payload", "item"),
        [
            ("skills_4", "4."),
            ("skills_1-1", "1.1."),
            ("skills_data", "data."),
            ("skills_data-care", "data.care."),
            ("safety and wellbeing", "4."),
            ("safety", "4."),
            ("Search", "1.1."),
            ("integrating and re-elaborating", "3.2."),
            ("skills_eds", "f1"),
        ],
    )
    def test_a_link_or_words_lead_straight_to_the_questions(
        self, resident: Resident, payload: str, item: str
    ) -> None:
        resident.chat.start("skills", payload=payload)
        if resident.chat.options[-1] == "skip":
            resident.chat.choose("skip")
        assert resident.item.startswith(item)

    @pytest.mark.parametrize(
        "payload", ["skills_99", "skills_", "saf", "x" * 400, "\u202e", "skills_'--"]
    )
    def test_a_link_to_nothing_leads_to_the_choice(self, resident: Resident, payload: str) -> None:
        resident.chat.start("skills", payload=payload)
        assert resident.key == "what"

    def test_a_framework_that_has_gone_ends_well(self, resident: Resident) -> None:
        resident.chat.start("skills", framework="gone", mode="whole", parts=[])
        if resident.chat.options[-1] == "skip":
            resident.chat.choose("skip")
        assert resident.chat.session.flow == "menu"


class TestAnswering:
    def test_answers_are_stored_as_they_are_given(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        items = []
        for answer in ("not_yet", "with_help", "alone", "could_show", "not_for_me"):
            items.append(resident.item)
            resident.answer(answer)
        assert resident.told == dict(zip(items, (0, 1, 2, 3, None), strict=True))

    def test_nothing_is_kept_before_the_first_answer(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        assert not resident.skills.kept.sittings
        resident.answer("alone")
        assert len(resident.skills.kept.sittings) == 1

    @pytest.mark.parametrize(
        ("typed", "answer"),
        [
            ("no", 0),
            ("Not yet!", 0),
            ("I can't", 0),
            ("sometimes", 1),
            ("with a bit of help", 1),
            ("2", 1),
            ("i can", 2),
            ("by myself", 2),
            ("yes i can", 2),
            ("could shw others", 3),
            ("i could show others", 3),
            ("easy", 3),
            ("n/a", None),
            ("doesn't apply", None),
            ("5", None),
            ("👍", 2),
        ],
    )
    def test_answers_can_be_typed(self, resident: Resident, typed: str, answer: int | None) -> None:
        resident.begin("areas", "1")
        resident.chat.send(typed)
        assert list(resident.told.values()) == [answer]

    def test_a_bare_yes_is_asked_about_and_never_guessed(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        resident.chat.send("yes")
        assert resident.chat.hint == "conversation.which"
        assert resident.chat.options == ["with_help", "alone", "could_show"]
        assert not resident.skills.kept.sittings

    def test_what_a_line_means_is_told_without_losing_the_question(
        self, resident: Resident
    ) -> None:
        resident.begin("areas", "1")
        item = resident.item
        resident.chat.send("what does this mean?")
        assert resident.chat.said == ["skills.example"]
        assert resident.item == f"{item}.told"
        assert "mean" not in resident.chat.options
        resident.answer("alone")
        assert resident.told == {item: 2}

    def test_progress_counts_down_to_about_nothing(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        left: list[int] = []
        while resident.item:
            done, total = resident.chat.question.progress
            assert done == len(left)
            left.append(total - done)
            resident.answer("alone")
        assert left[0] >= len(left) - 4
        assert left[-1] <= 2

    @pytest.mark.parametrize("rubbish", ["\x00", "😀" * 500, "'; drop table sitting; --", "9" * 80])
    def test_rubbish_is_no_answer(self, resident: Resident, rubbish: str) -> None:
        resident.begin("areas", "1")
        item = resident.item
        resident.chat.send(rubbish)
        assert resident.item == item
        assert not resident.skills.kept.sittings


class TestChanging:
    def test_a_changed_answer_is_stored_and_the_result_follows(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        items = resident.finish("not_yet")
        before = resident.chat.question
        low = resident.said()
        for item in items:
            resident.chat.change(f"sit/q.{item}")
            resident.chat.choose("could_show")
        assert set(resident.told.values()) == {3}
        assert list(resident.told) == items
        assert resident.chat.question.key == before.key
        resident.chat.choose("details")
        resident.chat.choose("1.1")
        assert "Highly advanced" in resident.said()
        assert "Highly advanced" not in low

    def test_an_answer_changed_on_the_way_asks_nothing_again(self, resident: Resident) -> None:
        resident.begin("areas", "1").answer("alone", "alone", "alone")
        first, *_ = resident.told
        here = resident.item
        resident.chat.change(f"sit/q.{first}")
        resident.chat.choose("not_yet")
        assert resident.item == here
        assert resident.told[first] == 0
        assert len(resident.told) == 3

    def test_back_opens_the_last_question_again(self, resident: Resident) -> None:
        resident.begin("areas", "1").answer("alone")
        first = next(iter(resident.told))
        resident.chat.back()
        assert resident.item == first
        resident.answer("with_help")
        assert resident.told == {first: 1}


class TestStopping:
    def test_enough_at_once_keeps_nothing(self, resident: Resident) -> None:
        resident.begin("whole").answer("enough")
        assert "skills.nothing_told" in resident.chat.said or resident.chat.session.flow == "menu"
        assert not resident.skills.kept.sittings

    def test_enough_on_the_way_tells_what_there_is_and_can_go_on(self, resident: Resident) -> None:
        resident.begin("areas", "1").answer("alone", "alone")
        here = resident.item
        resident.answer("enough")
        assert "skills.result_area" in resident.chat.said
        assert resident.sitting.finished_at
        resident.chat.choose("on")
        assert resident.item == f"{here}.1"
        resident.answer("alone")
        assert len(resident.told) == 3
        assert resident.sitting.finished_at is None

    def test_what_was_enough_for_a_day_is_offered_to_go_on_with(self, resident: Resident) -> None:
        resident.begin("areas", "1").answer("alone", "enough")
        resident.chat.choose("done")
        resident.chat.send("/skills")
        assert resident.chat.options[0] == "open"
        resident.chat.choose("open")
        resident.finish()
        assert len(resident.skills.kept.list_sittings(PERSON)) == 1
        assert len(resident.told) > 2

    def test_what_was_told_to_the_end_is_not(self, resident: Resident) -> None:
        resident.begin("areas", "1").finish()
        resident.chat.choose("done")
        resident.chat.send("/skills")
        assert "open" not in resident.chat.options

    def test_the_whole_tells_every_area_and_goes_on_or_stops(self, resident: Resident) -> None:
        resident.begin("whole")
        asked = resident.finish()
        assert {item[0] for item in asked} == {"1"}
        assert resident.chat.said == ["skills.result_area"]
        assert resident.chat.last.text_id == "skills.area_told"
        resident.chat.choose("on")
        assert resident.item.startswith("2.")
        resident.answer("alone")
        resident.answer("enough")
        assert resident.chat.said == ["skills.result"]
        assert "not asked, estimated" in resident.said()

    def test_an_area_can_be_left_for_the_next(self, resident: Resident) -> None:
        resident.begin("whole").answer("alone", "enough")
        resident.chat.choose("skip")
        assert resident.item.startswith("2.")

    def test_the_whole_ends_within_its_cap(self, resident: Resident) -> None:
        resident.begin("whole")
        asked: list[str] = []
        while True:
            asked += resident.finish("with_help")
            if (
                "on" not in resident.chat.options
                or resident.chat.last.text_id != "skills.area_told"
            ):
                break
            resident.chat.choose("on")
        assert len(asked) <= 42
        assert len(set(asked)) == len(asked)
        assert resident.chat.said == ["skills.result"]

    def test_quick_takes_fifteen_and_does_not_interrupt(self, resident: Resident) -> None:
        resident.begin("quick")
        assert len(resident.finish()) <= 15
        assert resident.chat.said == ["skills.result"]

    def test_nothing_applies(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        resident.finish("not_for_me")
        assert resident.chat.last.text_id == "skills.nothing_applies"
        resident.chat.choose("other")
        assert resident.key == "what"

    def test_a_deleted_sitting_ends_well(self, resident: Resident) -> None:
        resident.begin("areas", "1").answer("alone", "alone")
        resident.skills.kept.delete(PERSON, resident.sitting.id)
        resident.answer("alone")
        assert "skills.gone" in resident.chat.said or resident.chat.session.flow == "menu"


def test_a_sitting_stays_small_and_a_look_within_its_bound(resident: Resident) -> None:
    resident.begin("whole")
    while resident.item or resident.chat.last.text_id == "skills.area_told":
        if resident.item:
            resident.chat.choose("mean")
            resident.chat.choose("with_help")
        else:
            resident.chat.choose("on")
    session = resident.chat.session
    assert len(session.log) < 150
    assert sum(isinstance(one, KeepAnswer) for one in resident.chat.applied) <= 42
    assert sum(isinstance(one, StartSitting) for one in resident.chat.applied) == 1
