"""Routes: choosing, following, one step after another, changing and leaving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.skills.pathway_effects import MarkStep
from bot.work.effects.pathways import MOST_FOLLOWED
from bot.work.reads.pathways import known_of
from content.pathways import Pathways
from tests.support.route_resident import SAFE, Resident, words
from tests.support.told_skills import PERSON, shipped


def test_a_route_is_chosen_by_what_it_is_for() -> None:
    anna = Resident()

    anna.chat.send("/routes")
    assert anna.chat.options == ["group.life", "group.work", "group.sectors", "worth"]
    anna.chat.choose("group.life")
    assert SAFE in anna.chat.options
    anna.chat.choose(SAFE)

    assert anna.chat.last.text_id == "routes.unknown"
    assert anna.lines()[:2] == ["→ 1. Lock your devices: next", "2. Keep your secrets"]
    assert "do not know yet" in anna.said
    assert anna.chat.options == ["follow", "check", "steps", "leads", "others"]


def test_a_route_is_found_by_typing_its_name() -> None:
    anna = Resident()
    anna.chat.send("/routes")
    anna.chat.send("work")
    anna.chat.send("work in care")

    assert anna.chat.last.values["text"].values["title"].id == "pathway.care-work.title"


def test_other_words_at_routes_are_searched_for() -> None:
    anna = Resident()
    anna.chat.send("/routes")
    anna.chat.send("baking bread")

    assert anna.chat.session is not None
    assert anna.chat.session.flow == "discover"


def test_who_said_not_yet_to_a_sentence_is_never_told_that_they_can() -> None:
    anna = Resident().tell(x4_2_1=3, x4_2_2=3, x4_2_3=3, x4_2_4=2)
    kept = anna.city.skills.kept
    sitting = kept.start(PERSON, "manchester", "digcomp3", "3.0-1", "1", "skills", ("4.2",))
    step = shipped().pathways.current[SAFE].find_step("spot-scams")
    assert step is not None
    level = step.needs["4.2"]
    kept.record(PERSON, sitting.id, f"4.2.{level}a", 0, "1")

    anna.open(f"route_{SAFE}_spot-scams")

    assert "On your route because your answers say you do not do this" in anna.said
    assert "done" in anna.chat.options


def test_the_picture_says_of_an_estimate_what_the_words_say() -> None:
    anna = Resident().tell(x4_1_3=3, x4_1_4=3, x4_2_1=2, x4_2_2=2)
    anna.follow(SAFE).open(f"route_{SAFE}")
    assert anna.lines()[0] == ("✓ 1. Lock your devices: you can do this, at a first estimate")

    anna.chat.choose("picture")

    [picture] = anna.says[0].attachments
    assert picture.values["states"][0] == "e"


def test_a_preview_marks_what_was_told() -> None:
    anna = Resident().tell(x4_1_1=2, x4_1_2=2, x4_1_3=0, x4_2_1=2, x4_2_2=1)

    anna.open(f"route_{SAFE}")

    assert anna.lines()[:4] == [
        "✓ 1. Lock your devices: done",
        "✓ 2. Keep your secrets: done",
        "→ 3. Check who says it: next",
        "4. Spot scams",
    ]
    # What they said of just that level counts, though the skill as a whole comes out lower.
    assert "✓ 5. Use strong keys: done" in anna.lines()
    assert "3 of 7 steps done." in anna.said
    anna.chat.choose("steps")
    anna.chat.choose("step.lock-doors")
    assert "you told us that you do this on your own" in anna.said


def test_what_is_only_estimated_is_said_to_be() -> None:
    anna = Resident().tell(x4_1_3=3, x4_1_4=3, x4_2_3=3, x4_2_4=3, x4_3_3=3, x4_3_4=3)
    anna.open("route_city-life")

    estimated = [line for line in anna.lines() if "first estimate" in line]
    assert estimated
    number = estimated[0].split(".")[0][-1]
    anna.chat.choose("steps")
    anna.chat.choose(anna.chat.options[int(number) - 1])
    assert "first estimate from your other answers" in anna.said


def test_following_shows_the_way_and_the_next_step() -> None:
    anna = Resident()
    anna.open(f"route_{SAFE}")
    anna.chat.choose("follow")

    [say] = anna.says
    assert say.text.id == "routes.following"
    assert say.attachments[0].values == {
        "source": "route", "pathway": SAFE, "version": "1", "states": "nllllll",
    }  # fmt: skip
    assert anna.chat.last.text_id == "routes.then"
    anna.chat.choose("next")
    assert anna.chat.last.text_id == "routes.step_text"
    assert anna.said.startswith("Step 1 of 7: Lock your devices\nLock your devices and let")
    assert "You have not told us about this yet." in anna.said


def test_a_step_that_is_done_leads_to_the_next() -> None:
    anna = Resident().follow(SAFE)
    anna.chat.start("pathways", payload="next")
    anna.chat.choose("done")

    [say] = anna.says
    assert words(say.text) == "Lock your devices: done. That is 1 step of 7."
    assert say.attachments[0].values["states"] == "hnlllll"
    assert "you said that you can do this now" in anna.said
    anna.chat.choose("next")
    assert anna.said.startswith("Step 2 of 7: Keep your secrets")
    anna.chat.choose("route")
    assert anna.lines()[0] == "✓ 1. Lock your devices: done"


def test_a_change_of_mind_puts_a_step_back() -> None:
    anna = Resident().follow(SAFE).tell(x4_1_1=3, x4_1_2=3)
    anna.open(f"route_{SAFE}_lock-doors")
    anna.chat.choose("not_yet")

    assert anna.says[0].text.id == "routes.step_open"
    assert "You want to take this step." in anna.said
    anna.chat.choose("route")
    assert anna.lines()[0] == "→ 1. Lock your devices: next"
    anna.chat.choose("next")
    anna.chat.choose("done")
    assert anna.chat.applied[-1] == MarkStep(SAFE, "lock-doors", "done")


def test_a_finished_route_says_so() -> None:
    anna = Resident().follow(SAFE)
    for step in shipped().pathways.current[SAFE].steps[:-1]:
        anna.kept.mark(PERSON, "manchester", SAFE, step.id, "done")
    anna.chat.start("pathways", payload="next")
    anna.chat.choose("done")

    assert anna.says[0].text.id == "routes.all_done"
    anna.chat.choose("route")
    assert anna.chat.last.text_id == "routes.finished"
    assert "next" not in anna.chat.options
    anna.chat.send("/routes")
    assert "next" not in anna.chat.options
    anna.chat.start("pathways", payload="next")
    assert anna.chat.last.text_id == "routes.home"


def test_several_routes_one_current() -> None:
    anna = Resident().follow(SAFE, "job-search")

    anna.chat.send("/routes")
    assert anna.chat.options == ["next", "open.job-search", f"open.{SAFE}", "others", "worth"]
    assert "Finding a job online: 0 of 6 steps done" in anna.said
    anna.chat.choose(f"open.{SAFE}")
    anna.chat.choose("more")
    assert anna.chat.options == ["check", "leads", "choose", "leave", "less"]
    anna.chat.choose("choose")
    assert anna.says[0].text.id == "routes.chosen"
    anna.chat.choose("more")
    assert "choose" not in anna.chat.options
    anna.chat.send("/routes")
    assert anna.chat.options[1] == f"open.{SAFE}"
    anna.chat.choose("next")
    assert anna.said.startswith("Step 1 of 7: Lock your devices")


def test_the_next_step_is_of_the_first_route_that_has_one() -> None:
    anna = Resident().follow("job-search", SAFE)
    for step in shipped().pathways.current[SAFE].steps:
        anna.kept.mark(PERSON, "manchester", SAFE, step.id, "done")

    found = anna.city.routes.looks()["next_step"]()

    assert (found["pathway"], found["step"], found["held"]) == ("job-search", "find-jobs", 2)


def test_nobody_follows_more_routes_than_they_can_see() -> None:
    anna = Resident()
    others = [one for one in shipped().pathways.current if one != SAFE]
    anna.follow(*others[:MOST_FOLLOWED])
    anna.open(f"route_{SAFE}")
    anna.chat.choose("follow")

    assert anna.says[0].text.id == "routes.full"
    assert anna.chat.options[0] == "follow"


def test_leaving_can_be_undone() -> None:
    anna = Resident().follow(SAFE)
    anna.kept.mark(PERSON, "manchester", SAFE, "lock-doors", "done")
    anna.open(f"route_{SAFE}")
    anna.chat.choose("more")
    anna.chat.choose("leave")
    assert anna.kept.list_followed(PERSON) == []
    anna.chat.choose("undo")

    assert anna.says[0].text.id == "routes.back"
    assert anna.lines()[0] == "✓ 1. Lock your devices: done"
    assert [one.pathway for one in anna.kept.list_followed(PERSON)] == [SAFE]


@pytest.mark.parametrize(("answer", "flow"), [("find_other", "pathways"), ("menu", "menu")])
def test_leaving_leads_on(answer: str, flow: str) -> None:
    anna = Resident().follow(SAFE)
    anna.open(f"route_{SAFE}")
    anna.chat.choose("more")
    anna.chat.choose("leave")
    anna.chat.choose(answer)

    assert anna.chat.session is not None
    assert anna.chat.session.flow == flow
    assert anna.kept.list_followed(PERSON) == []


def test_where_a_route_leads_is_a_suggestion() -> None:
    anna = Resident()
    anna.open("route_office-work")
    anna.chat.choose("leads")

    said = words(anna.says[0].text)
    assert "office assistant" in said
    assert "no promise" in said


def test_a_draft_is_called_a_draft() -> None:
    anna = Resident()
    anna.open("route_data-start")
    assert anna.said.startswith("Draft: ")
    anna.chat.send("/routes")
    anna.chat.choose("group.sectors")
    assert anna.said.startswith("Draft: ")
    anna.open(f"route_{SAFE}")
    assert "Draft" not in anna.said


def test_a_check_asks_about_the_skills_of_the_route_alone() -> None:
    anna = Resident().tell(x4_1_1=3, x4_1_2=3, x4_1_3=0)
    anna.open(f"route_{SAFE}")
    anna.chat.choose("check")

    assert anna.chat.session is not None
    assert anna.chat.session.flow == "skills"
    asked = anna.chat.session.opening.args
    assert (asked["framework"], asked["mode"]) == ("digcomp3", "skills")
    assert asked["parts"] == ["4.2", "1.2", "2.6", "4.3"]


# -- links and versions -----------------------------------------------------------------------


@pytest.mark.parametrize("payload", ["routes", "route_", "route_unknown", "route_../../x"])
def test_a_link_to_nothing_leads_to_the_routes(payload: str) -> None:
    anna = Resident()
    anna.open(payload)

    assert anna.chat.last.text_id == "routes.groups"


def test_a_link_to_a_step_that_is_gone_shows_the_route() -> None:
    anna = Resident()
    anna.open(f"route_{SAFE}_unknown")

    assert anna.says[0].text.id == "routes.step_gone"
    assert anna.chat.last.text_id == "routes.unknown"


def test_the_next_step_of_nobody_is_choosing_a_route() -> None:
    anna = Resident()
    anna.chat.start("pathways", payload="next")

    assert anna.chat.last.text_id == "routes.groups"


def changed_route() -> Pathways:
    """A route whose first step is no longer in its second version."""
    old = shipped().pathways.current[SAFE]
    new = old.model_copy(update={"version": "2", "steps": old.steps[1:]})
    return Pathways({SAFE: new}, {(SAFE, "1"): old})


def test_an_earlier_version_goes_on_until_the_person_takes_the_new_one() -> None:
    anna = Resident().follow(SAFE)
    anna.kept.mark(PERSON, "manchester", SAFE, "spot-scams", "done")
    context = anna.city.routes.context
    context.content = replace(context.content, pathways=changed_route())

    anna.open(f"route_{SAFE}")
    assert anna.chat.last.text_id == "routes.has_newer"
    assert len(anna.lines()) == 7
    anna.chat.choose("update")
    assert anna.says[0].text.id == "routes.updated"
    assert len(anna.lines()) == 6
    assert "✓ 3. Spot scams: done" in anna.lines()
    assert "update" not in anna.chat.options


def test_what_was_done_in_an_earlier_version_stays_known() -> None:
    anna = Resident().follow(SAFE)
    first = shipped().pathways.current[SAFE].steps[0]
    anna.kept.mark(PERSON, "manchester", SAFE, first.id, "done")
    content = replace(shipped(), pathways=changed_route())

    assert known_of(anna.city.routes.context.unit, PERSON, content).said == dict(first.needs)


def test_a_route_that_staff_took_away_is_left_alone() -> None:
    anna = Resident().follow(SAFE, "job-search")
    context = anna.city.routes.context
    context.content = replace(context.content, pathways=Pathways())

    anna.chat.send("/routes")
    assert anna.chat.last.text_id == "routes.groups"
    anna.chat.choose("group.life")
    assert anna.says[0].text.id == "routes.empty"
