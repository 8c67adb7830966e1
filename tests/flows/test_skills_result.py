"""What follows from what one told: the result, the second time, going on, the quick check."""

from __future__ import annotations

import pytest

from tests.support.resident import Resident
from tests.support.told_skills import ToldSkills, shipped


@pytest.fixture
def resident() -> Resident:
    return Resident()


class TestFeelings:
    def test_they_are_asked_before_and_after_and_kept(self, resident: Resident) -> None:
        chat = resident.chat
        chat.start("skills", framework="digcomp3", mode="areas", parts=["1"])
        assert "show the city if its help works" in resident.said()
        chat.choose("2")
        chat.choose("3")
        resident.finish()
        assert chat.last.text_id == "skills.sure.after"
        chat.choose("4")
        chat.choose("5")
        sitting = resident.sitting
        assert (sitting.before.confidence, sitting.before.resilience) == (2, 3)
        assert (sitting.after.confidence, sitting.after.resilience) == (4, 5)

    def test_one_press_skips_both_then_and_later(self, resident: Resident) -> None:
        resident.begin("areas", "1")
        assert resident.item
        resident.finish()
        assert resident.chat.said == ["skills.result_area"]
        assert not resident.sitting.before.is_told


class TestAfterwards:
    def test_checks_are_offered_explained_and_counted(self, resident: Resident) -> None:
        chat = resident.begin("areas", "1").chat
        resident.finish("could_show")
        chat.choose("check")
        framework = shipped().frameworks["digcomp3"]
        seen = 0
        while "/c." in resident.key:
            item = resident.key.partition("/c.")[2]
            check = framework.find_check(item)
            assert check is not None
            chat.choose("abcd"[(check.right + 1) % 4])
            assert check.explanation in resident.said()
            seen += 1
        assert seen == 5
        assert "0 of 5" in resident.said()
        assert chat.said[-1] == "skills.result_area"
        assert "check" not in chat.options
        assert sum(framework.find_check(item) is not None for item in resident.told) == 5

    def test_checks_that_were_not_known_are_counted_among_those_asked(
        self, resident: Resident
    ) -> None:
        chat = resident.begin("areas", "1").chat
        resident.finish("could_show")
        chat.choose("check")
        framework = shipped().frameworks["digcomp3"]
        chat.choose("pass")
        check = framework.find_check(resident.key.partition("/c.")[2])
        assert check is not None
        chat.choose("abcd"[check.right])
        while "/c." in resident.key:
            chat.choose("pass")
        assert "You had 1 of 5 right." in resident.said()
        assert "where you did not know the answer" in resident.said()

    @pytest.mark.parametrize(("answer", "is_offered"), [("with_help", False), ("alone", True)])
    def test_a_card_is_offered_only_where_something_is_on_it(
        self, resident: Resident, answer: str, *, is_offered: bool
    ) -> None:
        chat = resident.begin("areas", "1").chat
        resident.finish(answer)
        chat.choose("more")
        assert ("share" in chat.options) is is_offered

    @pytest.mark.parametrize("scope", [("areas", "1"), ("quick",)])
    def test_the_way_back_to_the_picture_shows_it(
        self, resident: Resident, scope: tuple[str, ...]
    ) -> None:
        chat = resident.begin(*scope).chat
        resident.finish("alone")
        [first] = chat.outcome.screen.says
        chat.choose("details")
        chat.choose("back")
        assert chat.outcome.screen.says == (first,)
        assert first.attachments[0].values["source"] == "skills_result"
        assert chat.last.text_id == "skills.what_next"

    def test_the_picture_of_an_area_that_is_over_is_shown_again(self, resident: Resident) -> None:
        chat = resident.begin("whole").chat
        resident.finish("alone")
        assert chat.last.text_id == "skills.area_told"
        [first] = chat.outcome.screen.says
        chat.choose("details")
        chat.choose("back")
        assert chat.outcome.screen.says == (first,)
        assert chat.last.text_id == "skills.area_told"

    def test_within_a_topic_the_way_back_leads_to_the_topics(self, resident: Resident) -> None:
        chat = resident.begin("quick").chat
        resident.finish("alone")
        chat.choose("details")
        chat.choose("2")
        assert chat.question is not None
        assert chat.question.options[-1].text.id == "skills.other_topics.button"
        chat.choose("back")
        assert chat.last.text_id == "skills.which_area"

    def test_one_skill_shows_what_led_there_and_what_comes_next(self, resident: Resident) -> None:
        chat = resident.begin("areas", "1").chat
        resident.finish("alone")
        chat.choose("details")
        chat.choose("1.1")
        assert "You told me:" in resident.said()
        assert "On my own" in resident.said()
        told, _, coming = resident.said().partition("you could learn")
        wished = [line for line in coming.split("\n") if line.startswith("- ")]
        assert wished
        assert not any(f"{line}: On my own" in told for line in wished)
        chat.choose("use")
        assert shipped().frameworks["digcomp3"].competences["1.1"].use in resident.said()
        chat.choose("list")
        chat.choose("back")
        assert chat.last.text_id == "skills.what_next"

    def test_a_whole_result_is_looked_at_by_area_and_skill(self, resident: Resident) -> None:
        chat = resident.begin("quick").chat
        resident.finish("alone")
        chat.choose("details")
        chat.choose("2")
        assert chat.said == ["skills.lines"]
        code = chat.options[0]
        chat.choose(code)
        assert chat.last.text_id in ("skills.skill.text", "skills.skill.text_next")

    def test_what_one_can_do_the_page_the_picture_and_the_file(self, resident: Resident) -> None:
        chat = resident.begin("areas", "1").chat
        resident.finish("alone")
        for name, said in (
            ("can", "skills.you_can"),
            ("page", "results.page.made"),
            ("share", "skills.share"),
            ("file", "skills.file"),
        ):
            if "more" in chat.options:
                chat.choose("more")
            chat.choose(name)
            if name == "page":
                chat.choose("make")
            assert chat.said == [said]
            if name == "page":
                chat.choose("off")
                assert chat.said == ["results.page.off"]


class TestASecondTime:
    def tell(self, skills: ToldSkills, answer: str) -> Resident:
        resident = Resident(skills).begin("areas", "1")
        resident.finish(answer)
        skills.wait(days=30)
        return resident

    def test_what_is_new_is_told_and_nothing_that_fell(self) -> None:
        skills = ToldSkills()
        self.tell(skills, "with_help")
        again = self.tell(skills, "could_show")
        assert "You can now do this on your own" in again.said()
        assert "A level up" in again.said()

    def test_worse_answers_are_never_told_as_a_fall(self) -> None:
        skills = ToldSkills()
        self.tell(skills, "could_show")
        again = self.tell(skills, "not_yet")
        assert "About the same" in again.said()

    def test_what_was_told_the_same_day_is_dated_so(self) -> None:
        skills = ToldSkills()
        for answer in ("with_help", "could_show"):
            again = Resident(skills).begin("areas", "1")
            again.finish(answer)
            skills.wait(hours=2)
        assert "Since earlier today" in again.said()

    def test_the_home_says_less_and_offers_earlier_results(self) -> None:
        skills = ToldSkills()
        self.tell(skills, "alone")
        again = Resident(skills)
        again.chat.send("/skills")
        assert again.chat.said == ["skills.about_again"]
        assert "results" in again.chat.options


class TestGoingOn:
    def test_a_sitting_whose_talk_is_gone_goes_on_from_what_is_stored(self) -> None:
        skills = ToldSkills()
        first = Resident(skills).begin("areas", "1").answer("alone", "alone", "alone")
        told = set(first.told)
        skills.wait(days=9)
        later = Resident(skills)
        later.chat.send("/skills")
        later.chat.choose("open")
        assert later.item
        assert later.item not in told
        later.finish()
        assert told < set(later.told)
        assert later.sitting.finished_at

    def test_after_a_month_it_is_begun_anew(self) -> None:
        skills = ToldSkills()
        Resident(skills).begin("areas", "1").answer("alone")
        skills.wait(days=31)
        later = Resident(skills)
        later.chat.send("/skills")
        assert "open" not in later.chat.options


class TestTheQuickCheck:
    def test_its_rule_places_and_says_what_is_missing(self, resident: Resident) -> None:
        resident.begin("tasks", framework="eds")
        resident.answer(*["alone"] * 7, "with_help")
        assert resident.chat.said == ["skills.placed_missing"]
        assert "Start with the basics" in resident.said()
        assert "Change a password" in resident.said()
        resident.chat.choose("rule")
        assert "Foundation: all eight" in resident.said()

    def test_all_of_it_reaches_the_top(self, resident: Resident) -> None:
        resident.begin("tasks", framework="eds")
        assert len(resident.finish("could_show")) == 18
        assert resident.chat.said == ["skills.placed"]
        assert "Level 1" in resident.said()

    def test_the_beginning_leads_to_courses_for_beginners(self, resident: Resident) -> None:
        resident.begin("tasks", framework="eds")
        resident.finish("not_yet")
        resident.chat.choose("next")
        assert resident.chat.session.flow == "discover"

    def test_enough_on_the_way_claims_nothing(self, resident: Resident) -> None:
        resident.begin("tasks", framework="eds").answer("alone", "enough")
        assert resident.chat.said == ["skills.tasks_open"]
        resident.chat.choose("on")
        assert resident.item


class TestForARoute:
    def begin(self, resident: Resident) -> Resident:
        args = {"framework": "digcomp3", "mode": "skills", "parts": ["1.1"]}
        resident.chat.start("skills", **args, route="getting-online")
        return resident

    def test_the_way_back_to_the_route_comes_first(self, resident: Resident) -> None:
        chat = self.begin(resident).chat
        assert resident.item, "whoever comes from a route is asked about its skills at once"
        resident.finish("alone")
        assert chat.options[0] == "route"
        chat.choose("route")
        assert chat.session.flow == "pathways"
        assert chat.last.text_id.startswith("routes.")
        assert "follow" in chat.options

    def test_somebody_who_tells_nothing_is_brought_back_too(self, resident: Resident) -> None:
        self.begin(resident).answer("enough")
        assert resident.chat.session.flow == "pathways"

    def test_somebody_who_has_enough_can_go_on_or_go_back(self, resident: Resident) -> None:
        self.begin(resident).answer("alone", "enough")
        assert resident.chat.options[:2] == ["route", "on"]

    def test_where_nothing_applies_the_route_is_still_there(self, resident: Resident) -> None:
        self.begin(resident).finish("not_for_me")
        resident.chat.choose("route")
        assert resident.chat.session.flow == "pathways"


@pytest.mark.parametrize(("answer", "is_offered"), [("not_yet", False), ("alone", True)])
def test_a_badge_is_offered_for_what_somebody_can_do(answer: str, *, is_offered: bool) -> None:
    resident = Resident().begin("areas", "1")
    resident.finish(answer)
    assert ("badge" in resident.chat.options) is is_offered
