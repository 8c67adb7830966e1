from __future__ import annotations

from bot.people import AgeBand
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity


def city_with_things() -> SmallCity:
    """Somebody with two badges, a route and a sitting behind them."""
    city = SmallCity()
    city.cv.kept.award("Getting online")
    city.cv.kept.award("Promise to learn")
    city.routes.kept.follow("person-1", "manchester", "job-search", "1")
    skills = city.skills.kept
    sitting = skills.start("person-1", "manchester", "digcomp3", "3.0-1", "v", "areas", ("1",))
    skills.record("person-1", sitting.id, "1.1.2a", 2, "v")
    return city


def tell(chat: ScriptedChat, skill: str = "resilience") -> None:
    chat.choose(skill)
    chat.send("I lost my job and had rent to pay")
    chat.send("I made a list each morning and rang ten places")
    chat.send("I can go on when things are hard")
    chat.send("2024")


def test_it_is_off_until_it_is_switched_on_and_says_so_first() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/cv")

    assert chat.last.text_id == "cv.about"
    assert chat.options == ["build", "done"]
    assert city.cv.kept.cv is None, "nothing is kept of who only looks"


def test_it_is_built_step_by_step_and_stays_off() -> None:
    city = city_with_things()
    chat = city.chat()

    chat.send("/cv")
    chat.choose("build")
    chat.send("cooking for others, old trains")
    chat.send("Amina")
    assert chat.last.text_id == "cv.badges_ask"
    chat.choose("badge1")
    chat.choose("-done")
    chat.choose("digcomp3.1")
    chat.choose("-done")
    chat.choose("job-search")
    chat.choose("-done")
    chat.choose("yes")
    tell(chat)
    assert chat.last.text_id == "cv.experience.sure"
    chat.choose("keep")

    assert "cv.built" in chat.said
    assert chat.last.text_id == "cv.home_off"
    labels = {one.id: one.text.id for one in chat.question.options}
    assert labels["build"] == "cv.rebuild.button", "what is there is changed, not built"
    cv = city.cv.kept.cv
    assert cv is not None
    assert not cv.is_on
    assert (cv.name, cv.interests) == ("Amina", "cooking for others, old trains")
    assert (cv.badges, cv.areas, cv.routes) == (("badge1",), ("digcomp3.1",), ("job-search",))
    [experience] = city.cv.kept.experiences.values()
    assert experience.skill == "resilience"
    assert experience.learned == "I can go on when things are hard"
    assert experience.when == "2024"


def test_what_there_is_nothing_for_is_passed_over() -> None:
    chat = SmallCity().chat()

    chat.send("/cv")
    chat.choose("build")
    chat.choose("keep")
    chat.choose("keep")

    assert chat.last.text_id == "cv.experience.about"
    chat.choose("no")
    assert chat.last.text_id == "cv.about"


def on_page(chat: ScriptedChat) -> str:
    chat.send("/cv")
    chat.choose("on")
    chat.choose("yes")
    return str(chat.last.values["link"])


def test_switching_on_says_what_that_means_and_off_is_at_once() -> None:
    city = city_with_things()
    city.cv.kept.say("person-1", "manchester", "interests", "trains")
    chat = city.chat()

    chat.send("/cv")
    chat.choose("on")
    assert chat.last.text_id == "cv.on_sure"
    chat.choose("no")
    assert not city.cv.kept.cv.is_on  # type: ignore[union-attr]
    link = on_page(chat)

    assert link.startswith("https://bot.example/cv/")
    assert "cv.is_on" in chat.said
    chat.choose("off")
    assert "cv.is_off" in chat.said
    assert not city.cv.kept.cv.is_on  # type: ignore[union-attr]
    assert on_page(chat) == link, "the same address when it is on again"


def test_a_new_address_is_given_on_demand() -> None:
    city = city_with_things()
    city.cv.kept.say("person-1", "manchester", "interests", "trains")
    chat = city.chat()
    link = on_page(chat)

    chat.choose("new")
    assert chat.last.text_id == "cv.new_sure"
    chat.choose("no")
    assert chat.last.values["link"] == link
    chat.choose("new")
    chat.choose("yes")

    assert chat.last.text_id == "cv.home_on"
    assert chat.last.values["link"] != link


def test_a_part_is_changed_alone() -> None:
    city = city_with_things()
    city.cv.kept.say("person-1", "manchester", "interests", "trains")
    city.cv.kept.choose("person-1", "manchester", "badges", ["badge1", "badge2"])
    chat = city.chat()

    chat.send("/cv")
    chat.choose("build")
    chat.choose("interests")
    assert chat.last.text_id == "cv.interests_now"
    chat.choose("none")
    chat.choose("badges")
    assert chat.last.text_id == "cv.badges_now"
    chat.choose("badge2")
    chat.choose("-done")
    chat.choose("back")

    cv = city.cv.kept.cv
    assert cv is not None
    assert (cv.interests, cv.badges) == ("", ("badge2",))
    assert chat.last.text_id == "cv.home_off"


def test_parts_without_anything_say_where_to_get_it() -> None:
    city = SmallCity()
    city.cv.kept.say("person-1", "manchester", "interests", "trains")
    chat = city.chat()

    chat.send("/cv")
    chat.choose("build")
    for part in ("badges", "levels", "routes"):
        chat.choose(part)
        assert f"cv.{part}_none" in chat.said


def test_an_experience_is_changed_hidden_and_deleted_with_undo() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.start("cv", payload="cv_experiences")
    tell(chat)
    chat.choose("keep")
    chat.start("cv", payload="cv_experiences")
    chat.choose("open.experience1")
    assert chat.last.values["done"] == "I made a list each morning and rang ten places"

    chat.choose("change")
    chat.choose("learned")
    chat.send("I can ask for help")
    assert chat.last.values["learned"] == "I can ask for help"
    chat.choose("hide")
    assert chat.last.text_id == "cv.experience.one_hidden"
    chat.choose("delete")
    assert city.cv.kept.experiences == {}
    chat.choose("undo")
    assert "cv.experience.back" in chat.said
    assert list(city.cv.kept.experiences) == ["experience1"]
    chat.choose("delete")
    chat.choose("back")

    assert city.cv.kept.experiences == {}


def test_an_experience_is_kept_only_when_the_person_says_so() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.start("cv", payload="cv_experiences")
    tell(chat)
    assert city.cv.kept.experiences == {}
    chat.choose("no")

    assert "cv.experience.dropped" in chat.said
    assert city.cv.kept.experiences == {}


def test_who_did_not_say_that_they_are_18_shows_no_name() -> None:
    city = city_with_things()
    city.cv.person.age_band = AgeBand.FROM_13_TO_17
    chat = city.chat()

    chat.start("cv", payload="cv_name")

    assert "cv.adults_only" in chat.said
    chat.choose("build")
    chat.choose("keep")
    assert chat.last.text_id == "cv.badges_ask", "the step is passed over"


def test_who_never_said_how_old_they_are_is_asked_before_a_name() -> None:
    city = city_with_things()
    city.cv.person.age_band = None
    chat = city.chat()

    chat.start("cv", payload="cv_name")
    assert chat.last.text_id == "cv.age"
    chat.choose("without")
    assert "cv.adults_only" not in chat.said
    assert city.cv.person.age_band is None
    chat.start("cv", payload="cv_name")
    chat.choose("adult")
    chat.send("Amina")

    assert city.cv.kept.cv is not None
    assert city.cv.kept.cv.name == "Amina"
    assert city.cv.person.age_band is AgeBand.ADULT


def test_the_way_through_all_parts_asks_for_a_name_too() -> None:
    city = city_with_things()
    city.cv.person.age_band = None
    chat = city.chat()

    chat.send("/cv")
    chat.choose("build")
    chat.choose("keep")

    assert chat.last.text_id == "cv.age"


def test_children_have_none() -> None:
    city = SmallCity()
    city.cv.person.age_band = AgeBand.UNDER_13
    chat = city.chat()

    chat.send("/cv")

    assert chat.last.text_id == "cv.under_13"
    chat.choose("done")
    assert city.cv.kept.cv is None


def test_the_badges_come_as_one_file_and_the_page_as_a_picture() -> None:
    city = city_with_things()
    city.cv.kept.choose("person-1", "manchester", "badges", ["badge1"])
    chat = city.chat()

    chat.send("/cv")
    chat.choose("files")
    [file] = [one for say in chat.outcome.screen.says for one in say.attachments]
    assert file.values["source"] == "cv"
    chat.choose("see")
    [picture] = [one for say in chat.outcome.screen.says for one in say.attachments]

    assert (picture.kind, picture.values["source"]) == ("picture", "cv")
