"""Pathways: what ships, and what is said about a file that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from content.check import check
from content.load import Content, inspect
from content.pathways import GROUPS, Pathway, Step
from content.problems import Problem
from tests.content.folders import content_folder

FRAMEWORK = """\
title: "Small skills"
short: "Small"
version: "1"
status: draft
label: "A draft."
source:
  title: Small
  publisher: Us
  version: "1"
  licence: MIT
  attribution: Ours
  used_for: tests
  retrieved: "2026-01-02"
changes: "None."
levels:
  one: {name: "One", meaning: "First."}
  two: {name: "Two", meaning: "Second."}
  three: {name: "Three", meaning: "Third."}
  four: {name: "Four", meaning: "Fourth."}
"""
AREA = """\
code: "a"
title: "All of it"
short: "All"
competences:
  "a.look":
    title: "Looking"
    short: "Look"
    use: "Find things."
    levels:
""" + "".join(
    f'      "{level}":\n        example: "Look about there."\n'
    f'        sentences: {{a: {{can: "Look around {level}"}}}}\n'
    for level in range(1, 5)
)
STEP = """\
  step-{number}:
    goal: "Look {number} times"
    short: "Look {number}"
    needs: {{"a.look": "1"}}
    weeks: "1"
    ways:
      course: {{search: "looking"}}
      self-paced: {{how: "Look {number} times today."}}
"""
HEAD = """\
version: "2"
group: life
frameworks: [small]
title: "Looking about"
button: "Look about"
who: "You like to look."
leads_to: {life: "You see more."}
steps:
"""
STEPS = "".join(STEP.format(number=number) for number in range(1, 5))
GOOD = HEAD + STEPS


def folder(root: Path, pathway: str = GOOD, **more: str) -> Path:
    files = {
        "frameworks/small/framework.yaml": FRAMEWORK,
        "frameworks/small/areas/a.yaml": AREA,
        "pathways/looking.yaml": pathway,
    }
    return content_folder(root, {**files, **more})


def errors(root: Path) -> list[Problem]:
    return [one for one in check(root) if one.severity == "error"]


def each_step(content: Content) -> Iterator[tuple[Pathway, Step]]:
    for pathway in content.pathways.current.values():
        for step in pathway.steps:
            yield pathway, step


# -- what ships -----------------------------------------------------------------------------


def test_there_are_routes_for_life_work_and_sectors(shipped: Content) -> None:
    groups = {group: len(shipped.pathways.of_group(group)) for group in GROUPS}

    assert sum(groups.values()) >= 14
    assert min(groups.values()) >= 4


def test_every_step_can_be_taken_by_a_course_and_in_another_way(shipped: Content) -> None:
    for pathway, step in each_step(shipped):
        assert "course" in step.ways or "event" in step.ways, (pathway.id, step.id)
        assert set(step.ways) - {"course"}, (pathway.id, step.id)


def test_every_route_has_a_way_beside_classes(shipped: Content) -> None:
    outside = {"volunteering", "in-work", "drop-in", "self-paced", "family"}
    for pathway in shipped.pathways.current.values():
        kinds = {kind for step in pathway.steps for kind in step.ways}
        assert len(kinds & outside) >= 2, pathway.id


def test_a_route_never_asks_for_less_than_before(shipped: Content) -> None:
    """A later step in the same competence is a higher one."""
    for pathway in shipped.pathways.current.values():
        reached: dict[str, int] = {}
        for step in pathway.steps:
            is_new = any(reached.get(code, 0) < level for code, level in step.needs.items())
            lower = [code for code, level in step.needs.items() if level < reached.get(code, 0)]
            assert is_new or len(step.needs) == 1, (pathway.id, step.id)
            assert not lower, (pathway.id, step.id)
            reached |= step.needs


def test_routes_that_rest_on_a_draft_are_known_as_drafts(shipped: Content) -> None:
    drafts = {one.id for one in shipped.pathways.current.values() if one.is_draft}

    assert {one.id for one in shipped.pathways.of_group("sectors")} <= drafts
    assert drafts.isdisjoint(one.id for one in shipped.pathways.of_group("life"))


def test_every_competence_of_the_published_framework_is_in_some_route(shipped: Content) -> None:
    codes = set(shipped.frameworks["digcomp3"].competences)
    needed = {code for code in codes if shipped.pathways.needing(code)}

    assert needed == codes


def test_the_words_of_a_route_are_texts(shipped: Content) -> None:
    for pathway, step in each_step(shipped):
        ids = [pathway.title, pathway.button, pathway.who, *pathway.leads_to.values()]
        ids += [step.goal, step.short, *(way.text for way in step.ways.values() if way.text)]
        assert [one for one in ids if one not in shipped.texts] == []


def test_frameworks_speak_through_texts(shipped: Content) -> None:
    said = shipped.words.short

    assert said("framework.digcomp3.skill.1.1.button") == "Search"
    assert said("framework.digcomp3.can.1.1.1a") == "Type a few words to look something up online"
    assert said("framework.eds.place.start.name") == shipped.quick_checks["eds"].places[0].name


# -- what is wrong --------------------------------------------------------------------------


def test_a_good_folder_has_no_faults(tmp_path: Path) -> None:
    content, problems = inspect(folder(tmp_path))

    assert [one for one in problems if one.severity == "error"] == []
    looking = content.pathways.current["looking"]
    assert (looking.is_draft, looking.weeks, looking.competences) == (True, 4, ("a.look",))
    assert content.words.short(looking.title) == "Looking about"
    assert content.words.short(looking.steps[1].goal) == "Look 2 times"


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "reason"),
    [
        ('"a.look": "1"', '"a.lok": "1"', 12, "steps.step-1.needs.a.lok", "not a competence"),
        ('"a.look": "1"', '"a.look": "5"', 12, "steps.step-1.needs.a.look", "less than or equal"),
        ('weeks: "1"', 'weeks: "soon"', 13, "steps.step-1.weeks", "integer"),
        ("group: life", "group: fun", 2, "group", "'life', 'work' or 'sectors'"),
        ("[small]", "[smal]", 3, "frameworks", "no framework smal"),
        ('who: "You like to look."', 'who: ""', 6, "who", "empty"),
        ('who: "You like to look."', 'who: "You, {name}."', 6, "who", "filled in"),
        ('who: "You like to look."', 'who: "You, **who."', 6, "who", "bold"),
        ("[small]", "[small]\nsources: [atlas]", 4, "sources", "sources.yaml"),
        ('{search: "looking"}', "{}", 15, "steps.step-1.ways.course", "needs words"),
        ("      course:", "      dance:", 15, "steps.step-1.ways.dance", "'course'"),
    ],
)
def test_a_fault_is_named_with_file_line_and_field(
    tmp_path: Path, old: str, new: str, line: int, field: str, reason: str
) -> None:
    assert old in GOOD
    found = errors(folder(tmp_path, GOOD.replace(old, new, 1)))

    assert any(
        (one.file, one.line) == ("pathways/looking.yaml", line)
        and one.field.startswith(field)
        and reason in one.reason
        for one in found
    ), found


@pytest.mark.parametrize("count", [3, 9])
def test_a_route_has_four_to_eight_steps(tmp_path: Path, count: int) -> None:
    steps = "".join(STEP.format(number=number) for number in range(1, count + 1))
    found = errors(folder(tmp_path, HEAD + steps))

    assert [(one.line, one.field) for one in found] == [(8, "steps")]


def test_a_long_label_is_a_fault(tmp_path: Path) -> None:
    found = errors(folder(tmp_path, GOOD.replace('"Look 1"', '"Look at it for ever and ever"')))

    assert any("24" in one.reason and one.line == 11 for one in found)


def test_a_group_without_a_route_is_mentioned(tmp_path: Path) -> None:
    found = [one for one in check(folder(tmp_path)) if one.file == "pathways"]

    assert {one.field for one in found} == {"work", "sectors"}
    assert {one.severity for one in found} == {"warning"}


# -- versions -------------------------------------------------------------------------------

EARLIER = GOOD.replace('version: "2"', 'version: "1"').replace("Look 1 times", "Look once")


def test_an_earlier_version_stays_readable(tmp_path: Path) -> None:
    content, problems = inspect(folder(tmp_path, **{"pathways/earlier/looking.1.yaml": EARLIER}))

    assert [one for one in problems if one.severity == "error"] == []
    was, now = content.pathways.find("looking", "1"), content.pathways.find("looking", "2")
    assert was is not None
    assert now is not None
    assert (was.version, now.version) == ("1", "2")
    assert content.words.short(was.steps[0].goal) == "Look once"
    assert content.words.short(now.steps[0].goal) == "Look 1 times"
    # What reads the same is one text, so that its translation serves both.
    assert was.title == now.title
    assert content.pathways.find("looking", "0") == now


def test_an_earlier_version_is_earlier(tmp_path: Path) -> None:
    late = {"pathways/earlier/looking.2.yaml": GOOD, "pathways/earlier/looking.3.yaml": EARLIER}
    found = errors(folder(tmp_path, **late))

    assert [(one.file, one.field) for one in found] == [
        ("pathways/earlier/looking.2.yaml", "version"),
        ("pathways/earlier/looking.3.yaml", "version"),
    ]
