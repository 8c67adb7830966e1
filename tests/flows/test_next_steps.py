"""From a skill to two or three courses, and what one can do there."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation import Registry
from bot.flows.course import course
from bot.flows.discover import discover, search
from bot.flows.menu import menu
from bot.flows.next_steps import next_steps
from bot.flows.skills import skills
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, ToldSkills, shipped

FLOWS = Registry((next_steps, course, discover, search, menu, skills))


def told(**answers: int) -> ToldSkills:
    """Somebody who told what they can do: by competence and level, "s1_3_2a" with 0 to 3."""
    kept = ToldSkills()
    sitting = kept.kept.start(PERSON, "manchester", "digcomp3", "3.0-1", "c", "areas", ("1",))
    for item, answer in answers.items():
        name = item.removeprefix("s").replace("_", ".")
        kept.kept.record(PERSON, sitting.id, name, answer, "c")
    return kept


HELPED = {f"s1_3_{level}{letter}": 3 for level in (1,) for letter in "ab"} | {
    "s1_3_2a": 1, "s1_3_2b": 1, "s1_3_3a": 0, "s1_3_3b": 0,
}  # fmt: skip


def begin(city: SmallCity, **args: Any) -> ScriptedChat:
    chat = city.chat(FLOWS, words=lambda text, language="en": shipped().words.plain(text, language))
    chat.start("next_steps", **args)
    return chat


def cards(chat: ScriptedChat) -> list[str]:
    return [card.choice.removeprefix("open.") for card in chat.question.cards]


def whys(chat: ScriptedChat) -> list[list[str]]:
    return [[why.id for why in card.facts[0].values["why"]] for card in chat.question.cards]


def told_of(chat: ScriptedChat) -> str:
    """The text that says what was found; the whole screen can be put into words."""
    assert shipped().words.plain(chat.question.text)
    return str(chat.last.values["told"].id)


def test_the_next_level_is_shown_with_the_reason_that_somebody_gave() -> None:
    chat = begin(SmallCity(skills=told(**HELPED)), competence="1.3")

    assert chat.last.text_id == "steps.screen"
    assert told_of(chat) == "steps.fits"
    assert chat.last.values["heading"].values["level"].id == "framework.digcomp3.level.2.name"
    assert cards(chat) == ["excel", "sheets", "folders"]
    assert whys(chat)[1] == ["steps.because.with_help", "steps.why.at_work"]


def test_who_told_nothing_begins_at_the_beginning() -> None:
    chat = begin(SmallCity(), competence="1.3")

    assert chat.last.values["heading"].values["level"].id == "framework.digcomp3.level.1.name"
    assert cards(chat)[0] == "files"
    assert whys(chat)[0] == ["steps.because.chosen", "steps.why.drop-in"]


def test_where_nobody_asked_the_level_is_called_an_estimate_and_can_be_checked() -> None:
    guessed = told(s1_1_2a=2, s1_1_2b=2)
    chat = begin(SmallCity(skills=guessed), competence="1.3")

    assert chat.last.values["heading"].id == "steps.next_estimated"
    chat.choose("check")
    assert chat.session.flow == "skills"
    assert chat.question.text.id == "skills.ask"

    asked = begin(SmallCity(skills=told(**HELPED)), competence="1.3")
    assert asked.last.values["heading"].id == "steps.next"
    assert "check" not in asked.options


def test_nobody_is_told_that_they_told_of_the_highest_level_by_an_estimate() -> None:
    codes = ("1_1", "1_2", "2_1", "2_2", "3_1", "3_2", "4_1", "4_2", "5_1", "5_2")
    everything = {f"s{code}_{level}a": 3 for code in codes for level in (2, 3, 4)}
    chat = begin(SmallCity(skills=told(**everything)), competence="1.3")

    assert chat.last.text_id == "steps.held_estimated"
    assert "check" in chat.options


def test_a_route_may_name_the_level() -> None:
    chat = begin(SmallCity(), competence="1.3", level=2)

    assert chat.last.values["heading"].values["level"].id == "framework.digcomp3.level.2.name"


def test_a_course_opens_is_saved_and_the_steps_come_back() -> None:
    city = SmallCity()
    chat = begin(city, competence="1.3")

    chat.choose("open.files")
    assert chat.last.text_id == "course.full"
    chat.choose("save")
    chat.choose("results")

    assert city.saved == ["files"]
    assert told_of(chat) == "steps.fits"


@pytest.mark.parametrize(
    ("press", "left"), [("evening", ["excel"]), ("weekend", []), ("free", ["files", "folders"])]
)
def test_when_and_price_can_be_changed_and_changed_back(press: str, left: list[str]) -> None:
    chat = begin(SmallCity(), competence="1.3")

    chat.choose("change")
    chat.choose(press)
    shown = cards(chat)
    assert [one for one in shown if one in left] == left
    assert chat.last.text_id == "steps.screen_for"

    chat.choose("change")
    back = "any_price" if press == "free" else "any_time"
    assert back in chat.options
    chat.choose(back)
    assert chat.last.text_id == "steps.screen"


def test_where_can_be_changed_and_changed_back() -> None:
    chat = begin(SmallCity(), competence="1.3")

    chat.choose("change")
    chat.choose("near")
    chat.send("Hulme")
    assert chat.last.text_id == "steps.screen_for"
    assert cards(chat) == ["excel", "folders"]
    chat.choose("change")
    chat.choose("anywhere")

    assert chat.last.text_id == "steps.screen"


def test_wishes_can_be_typed_and_a_place_shared() -> None:
    chat = begin(SmallCity(), competence="1.3")

    chat.send("evenings")
    assert chat.last.text_id == "steps.screen_for"
    chat.locate(53.4, -2.2)
    assert chat.last.text_id == "steps.screen_for"
    chat.send("qqqq")

    assert chat.said == ["steps.not_read"]
    assert chat.last.text_id == "steps.screen_for"


def test_another_subject_is_searched_for() -> None:
    city = SmallCity()
    chat = begin(city, competence="1.3")

    chat.send("bread")

    assert chat.last.text_id == "discover.results"
    assert city.requests[-1] == {"text": "bread"}


def test_nothing_local_is_recorded_and_something_at_home_is_offered() -> None:
    city = SmallCity()
    chat = begin(city, competence="1.3")

    chat.choose("change")
    chat.choose("weekend")

    assert told_of(chat) == "steps.online"
    assert cards(chat) == ["folders"]
    assert city.unmet == ["1.3:1"]
    assert "notify" in chat.options


def test_where_nothing_fits_the_nearest_is_shown_and_what_was_left_out() -> None:
    city = SmallCity()
    chat = begin(city, competence="4.4")

    chat.choose("change")
    chat.choose("evening")

    assert told_of(chat) == "steps.near"
    assert cards(chat) == ["bread"]
    [left_out] = chat.last.values["told"].values["left_out"]
    assert left_out.id == "search.chip.evening"
    assert city.unmet == ["4.4:1"]


def test_nothing_at_all_is_recorded_and_can_be_watched() -> None:
    city = SmallCity()
    chat = begin(city, competence="3.4")

    assert told_of(chat) == "steps.none"
    assert city.unmet == ["3.4:1"]
    chat.choose("notify")

    assert chat.said == ["discover.watching"]
    assert city.watched["w0"]["filters"] == {"skills": ["3.4:1"]}


def test_who_holds_the_top_is_told_so() -> None:
    answers = {f"s1_3_{level}{letter}": 3 for level in (1, 2, 3, 4) for letter in "ab"}
    chat = begin(SmallCity(skills=told(**answers)), competence="1.3")

    assert chat.last.text_id == "steps.held"
    assert chat.options == ["another"]


def test_a_skill_is_suggested_or_chosen_from_all() -> None:
    chat = begin(SmallCity(skills=told(**HELPED)))

    assert chat.last.text_id == "steps.which"
    assert chat.options == ["skill.1.3", "other"]
    chat.choose("other")
    chat.choose("1")
    chat.choose("skill.1.3")

    assert cards(chat) == ["excel", "sheets", "folders"]
    chat.choose("another")
    assert chat.last.text_id == "steps.which"


def test_a_skill_of_another_list_can_be_chosen() -> None:
    chat = begin(SmallCity())

    chat.choose("choose")
    chat.choose("list.sectors-draft")
    chat.choose("data")
    chat.choose("skill.data.prepare")

    assert told_of(chat) == "steps.none"
    assert (
        chat.last.values["heading"].values["skill"].id
        == "framework.sectors-draft.skill.data.prepare.button"
    )


def test_who_told_nothing_can_find_out_first() -> None:
    chat = begin(SmallCity())

    assert chat.options == ["choose", "check"]
    chat.choose("check")

    assert chat.session.flow == "skills"


def test_a_link_names_the_skill_and_a_wrong_one_asks() -> None:
    chat = SmallCity().chat(FLOWS)
    chat.send("/start next_1-3")
    assert told_of(chat) == "steps.fits"
    chat.send("/start next_nonsense")
    assert chat.last.text_id == "steps.which_any"


def test_inside_another_flow_there_is_a_way_back() -> None:
    chat = begin(SmallCity(), competence="1.3", is_child=True)

    assert chat.options[-1] == "done"
    chat.choose("done")
    assert chat.question is None or chat.session.flow != "next_steps"


def test_all_courses_of_the_skill_are_one_press_away() -> None:
    city = SmallCity()
    chat = begin(city, competence="1.3")

    chat.choose("all")

    assert city.requests[-1] == {"text": "", "filters": {"skills": ["1.3"]}}


def test_the_heading_says_whether_somebody_told_where_they_are() -> None:
    stranger = begin(SmallCity(), competence="1.3")
    known = begin(SmallCity(skills=told(**HELPED)), competence="1.3")

    assert stranger.last.values["heading"].id == "steps.begin"
    assert known.last.values["heading"].id == "steps.next"
