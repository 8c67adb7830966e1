"""Earlier sittings: seen again, compared, deleted."""

from __future__ import annotations

from tests.support.resident import Resident
from tests.support.told_skills import PERSON, ToldSkills


def told(*answers: str) -> ToldSkills:
    """Somebody told of the same area several times, a month apart."""
    skills = ToldSkills()
    for answer in answers:
        Resident(skills).begin("areas", "1").finish(answer)
        skills.wait(days=30)
    return skills


def looking(skills: ToldSkills) -> Resident:
    resident = Resident(skills)
    resident.chat.send("/results")
    return resident


def test_nothing_was_told_yet() -> None:
    resident = looking(ToldSkills())
    assert resident.chat.last.text_id == "skills.history_none"
    resident.chat.choose("check")
    assert resident.key == "what"


def test_sittings_are_listed_with_day_and_kind() -> None:
    resident = looking(told("alone", "alone"))
    assert [resident.chat.options[-1], len(resident.chat.options)] == ["check", 3]
    labels = [resident.chat.reads.words(one.text, "en") for one in resident.chat.question.options]
    assert labels[:2] == ["1. 3 February: Information", "2. 4 January: Information"]


def test_two_of_one_day_and_kind_are_told_apart_by_their_times() -> None:
    skills = ToldSkills()
    for wait in (2, 48, 0):
        Resident(skills).begin("areas", "1").finish()
        skills.wait(hours=wait)
    resident = looking(skills)
    labels = [resident.chat.reads.words(one.text, "en") for one in resident.chat.question.options]
    assert labels[:3] == [
        "1. 6 January: Information",
        "2. 4 January: Information, 11:30am",
        "3. 4 January: Information, 9:30am",
    ]
    resident.chat.choose(resident.chat.options[1])
    assert "4 January: Information, 11:30am" in resident.said()


def test_a_result_has_one_date_in_the_list_and_where_it_is_compared() -> None:
    skills = ToldSkills()
    slow = Resident(skills).begin("areas", "1").answer("with_help")
    skills.wait(days=8)
    slow.finish("with_help")
    skills.wait(days=30)
    Resident(skills).begin("areas", "1").finish("could_show")
    resident = looking(skills)
    labels = [resident.chat.reads.words(one.text, "en") for one in resident.chat.question.options]
    assert labels[1] == "2. 12 January: Information"
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("compare")
    assert "Since 12 January" in resident.said()


def test_one_is_seen_again() -> None:
    resident = looking(told("alone", "alone"))
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("see")
    assert "skills.result_area" in resident.chat.said
    resident.chat.choose("list")
    assert resident.chat.last.text_id == "skills.history"


def test_the_only_one_is_told_at_once_and_the_list_is_a_press_away() -> None:
    resident = looking(told("alone"))
    assert resident.chat.said == ["skills.result_area"]
    resident.chat.choose("list")
    assert resident.chat.last.text_id == "skills.history"
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("delete")
    resident.chat.choose("yes")
    assert resident.skills.kept.list_sittings(PERSON) == []


def test_two_are_compared() -> None:
    resident = looking(told("with_help", "could_show"))
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("compare")
    assert resident.chat.said == ["skills.since"]
    assert "You can now do this on your own" in resident.said()


def test_which_of_several_is_asked() -> None:
    resident = looking(told("with_help", "with_help", "could_show"))
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("compare")
    assert resident.chat.last.text_id == "skills.compare_with"
    resident.chat.choose(resident.chat.options[-1])
    assert resident.chat.said == ["skills.since"]


def test_one_is_deleted_after_a_question_and_can_be_brought_back() -> None:
    skills = told("alone", "alone")
    resident = looking(skills)
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("delete")
    assert resident.chat.last.text_id == "skills.delete_sure"
    resident.chat.choose("no")
    assert len(skills.kept.list_sittings(PERSON)) == 2
    resident.chat.choose(resident.chat.options[0])
    resident.chat.choose("delete")
    resident.chat.choose("yes")
    assert len(skills.kept.list_sittings(PERSON)) == 1
    resident.chat.choose("undo")
    assert "skills.delete_back" in resident.chat.said
    assert len(skills.kept.list_sittings(PERSON)) == 2


def test_undo_comes_too_late() -> None:
    skills = told("alone", "alone")
    resident = looking(skills)
    for press in (resident.chat.options[0], "delete", "yes"):
        resident.chat.choose(press)
    skills.kept.removed.clear()
    resident.chat.choose("undo")
    assert "skills.delete_too_late" in resident.chat.said
