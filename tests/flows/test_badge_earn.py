"""What badges can be earned, in which order they are offered, and earning them."""

from __future__ import annotations

from bot.badges.held import NewAward
from bot.badges.planning import about_skill
from tests.flows.test_badges import flow_of
from tests.support.resident import Resident
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped


def test_a_pledge_keeps_the_words_only_where_wanted() -> None:
    for answer, kept in (("quiet", ()), ("told", ("Learn to swim",))):
        city = SmallCity()
        chat = city.chat()
        chat.start("badges", payload="badges_pledge")
        chat.send("Learn to swim")
        chat.choose(answer)
        assert "my_badges.coming" in chat.said
        award = city.badges.kept.awards[0]
        assert tuple(one.narrative for one in award.evidence) == kept
        assert "pledge" not in chat.options, "it is made once"


def test_an_area_that_was_told_gives_a_badge_that_says_so() -> None:
    city = SmallCity()
    Resident(city.skills).begin("areas", "1").finish("alone")
    chat = city.chat()
    chat.send("/badges")
    chat.choose("earn")
    assert chat.last.text_id == "my_badges.ways"
    assert chat.options[0] == "areas", "what is within reach comes first"
    chat.choose("areas")
    assert chat.last.text_id == "my_badges.area_sure", "one area is no choice"
    chat.choose("get")
    assert "my_badges.coming" in chat.said
    award = city.badges.kept.awards[0]
    assert (award.plan, award.about.key.rpartition(".")[0]) == ("skills-check", "digcomp3.1")
    assert "areas" not in chat.options, "the same badge is not offered again"


def test_of_several_areas_one_is_chosen_or_named_by_where_one_comes_from() -> None:
    city = SmallCity()
    for area in "12":
        Resident(city.skills).begin("areas", area).finish("alone")
    chat = city.chat()
    chat.start("badges", payload="badges_areas")
    chat.choose("area.2")
    assert chat.last.text_id == "my_badges.area_sure"
    other = city.chat()
    other.start("badges", payload="badges_area.2")
    assert other.last.text_id == "my_badges.area_sure"
    assert other.last.values["area"].id == "framework.digcomp3.area.2.title"


def test_the_ways_are_grouped_and_their_buttons_stand_in_the_same_order() -> None:
    chat = SmallCity().chat()
    chat.start("badges", payload="badges_earn")
    groups = chat.question.text.values["groups"]
    assert [one.id for one in groups] == [
        "my_badges.ways.now", "my_badges.ways.learning", "my_badges.ways.elsewhere",
    ]  # fmt: skip
    lines = [line.id for group in groups for line in group.values["lines"]]
    offered = [one.id for one in chat.question.options]
    assert lines == [f"my_badges.way.{one}" for one in offered if one != "back"]


def test_who_follows_no_route_is_led_to_them() -> None:
    chat = SmallCity().chat()
    chat.start("badges", payload="badges_earn")
    chat.choose("route")
    assert flow_of(chat) == "pathways"


def test_an_area_that_was_not_asked_gives_none() -> None:
    chat = SmallCity().chat()
    chat.start("badges", payload="badges_areas")
    assert chat.last.text_id == "my_badges.ways"
    assert "areas" not in chat.options


def test_a_route_needs_a_badge_for_every_step() -> None:
    city = SmallCity()
    city.routes.kept.follow(PERSON, "manchester", "getting-online", "1")
    chat = city.chat()
    chat.start("badges", payload="badges_route")
    chat.choose("route.getting-online")
    assert flow_of(chat) == "pathways", "what is missing is found on the route"
    assert not city.badges.kept.awards


def give_parts(city: SmallCity, pathway: str) -> None:
    """A confirmed badge for every need of every step."""
    content = shipped()
    for step in content.pathways.current[pathway].steps:
        for code, level in step.needs.items():
            framework = next(one for one in content.frameworks.values() if code in one.competences)
            about = about_skill(framework, code, level)
            city.badges.kept.award(NewAward(PERSON, "manchester", "informal", about))
    city.badges.kept.sign()


def test_a_route_with_all_parts_gives_its_badge_with_evidence() -> None:
    city = SmallCity()
    city.routes.kept.follow(PERSON, "manchester", "getting-online", "1")
    give_parts(city, "getting-online")
    parts = {one.token for one in city.badges.kept.list_of(PERSON)}
    chat = city.chat()
    chat.start("badges", payload="badges_route")
    chat.choose("route.getting-online")
    assert "my_badges.coming" in chat.said
    award = city.badges.kept.awards[-1]
    assert award.plan == "route"
    named = {one.address.rpartition("/")[2] for one in award.evidence}
    assert named
    assert named <= parts


def test_routes_learn_from_badges() -> None:
    city = SmallCity()
    city.routes.kept.follow(PERSON, "manchester", "getting-online", "1")
    before = city.routes.looks()["route"]("getting-online")
    give_parts(city, "getting-online")
    after = city.routes.looks()["route"]("getting-online")
    assert before["held"] == 0
    assert after["held"] == after["count"]
    assert {one[2] for one in after["steps"]} == {"badge"}
