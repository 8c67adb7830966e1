"""One step of a route: other ways to take it, and what is on for each."""

from __future__ import annotations

from bot.courses.effects import RecordUnmetSkill
from tests.support.route_resident import SAFE, Resident, words
from tests.support.told_skills import PERSON


def test_a_step_can_be_taken_in_other_ways() -> None:
    anna = Resident()
    anna.open("route_city-life_run-it")
    anna.chat.choose("ways")

    assert "- Volunteering: Offer to keep the list of helpers" in anna.said
    assert "- At work: Set up a shared list" in anna.said
    ways = ["way.course", "way.volunteering", "way.evenings", "way.daytime", "way.online"]
    assert anna.chat.options == [*ways, "way.free", "back"]
    anna.chat.choose("way.volunteering")
    assert anna.chat.options == ["open.excel", "all", "back"]
    anna.chat.choose("open.excel")
    anna.chat.choose("results")
    anna.chat.choose("back")
    assert anna.chat.last.text_id == "routes.ways"
    anna.chat.choose("back")
    assert anna.chat.last.text_id == "routes.step_text"


def test_a_way_in_which_nothing_is_on_is_noted_for_the_city() -> None:
    anna = Resident()
    anna.open(f"route_{SAFE}_spot-scams")
    anna.chat.choose("ways")
    anna.chat.choose("way.online")

    assert anna.chat.applied[-1] == RecordUnmetSkill("4.2:2", {"text": "excel"})
    assert words(anna.says[0].text).startswith("Online: nothing fits Spot scams yet.")
    assert anna.chat.last.text_id == "routes.ways"


def test_all_that_is_on_is_a_search() -> None:
    anna = Resident()
    anna.open(f"route_{SAFE}_spot-scams")
    anna.chat.choose("ways")
    anna.chat.choose("way.evenings")
    anna.chat.choose("all")

    assert anna.chat.last.text_id == "discover.understood" or anna.city.requests == [
        {"text": "excel"}
    ]


def test_a_step_with_two_skills_asks_which_one() -> None:
    anna = Resident()
    anna.open("route_office-work_safe-desk")
    anna.chat.choose("courses")

    assert anna.chat.options == ["4.1", "4.2", "back"]
    anna.chat.choose("back")
    assert anna.chat.last.text_id == "routes.step_text"


def test_a_skill_that_is_held_by_another_route_is_not_offered_again() -> None:
    anna = Resident()
    anna.kept.mark(PERSON, "manchester", SAFE, "spot-scams", "done")
    anna.open("route_office-work_safe-desk")
    anna.chat.choose("courses")

    assert anna.chat.last.text_id.startswith("steps.")
    assert "4.1" in str(anna.chat.last.values)


def test_a_step_tells_what_it_is_good_for() -> None:
    anna = Resident()
    anna.open(f"route_{SAFE}_spot-scams")
    anna.chat.choose("worth")

    assert anna.chat.session is not None
    assert anna.chat.session.flow == "worth"
    assert anna.chat.last.text_id == "worth.of"
