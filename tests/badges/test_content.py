"""Every badge that content offers can be signed, in every language, and says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

import pytest

from bot.badges.codes import as_typed, new_words
from bot.badges.document import credential_document
from bot.badges.earning import area_level
from bot.badges.planning import (
    About,
    Planner,
    about_area,
    about_course,
    about_itself,
    about_route,
    about_skill,
)
from bot.badges.proofs import with_proof
from bot.badges.records import Achievement
from bot.badges.schemas import credential_faults
from bot.badges.terms import undefined_terms
from bot.pictures import Look
from bot.pictures.badge import BadgeArt, draw_badge
from bot.skills.results import Standing
from content.badges import BadgePlan, Stands, read_badges
from content.load import Content, load
from content.problems import Problem
from content.reading_age import reading_age
from content.words import TextValue
from tests.badges.awards import ADDRESSES, DID, ISSUER, NOW, award, ring

CITY = "manchester"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities={CITY})


def abouts(content: Content, plan: BadgePlan) -> Iterator[About]:
    """Yield everything that a plan can be about, or one of many."""
    framework = content.frameworks["digcomp3"]
    if plan.about == "area":
        for area in framework.areas:
            for level in range(1, 5):
                yield about_area(content.frameworks[plan.framework], area.code, level)
    elif plan.about == "course":
        yield about_course("A course, 1", "Baking <b>& more", "Café 9", [("digcomp3", "1.1", 2)])
    elif plan.about == "pathway":
        route = next(iter(content.pathways.current.values()))
        stands = [Stands(framework="digcomp3", competence="1.1", level=1)]
        yield about_route(route.id, route.version, route.title, stands)
    elif plan.about == "skill":
        yield about_skill(framework, "5.4", 3)
    else:
        yield about_itself(content.cities[CITY])


def achievements(content: Content) -> Iterator[tuple[BadgePlan, dict[str, Achievement]]]:
    planner = Planner(content, ADDRESSES, content.cities[CITY])
    for plan in content.badges.values():
        for about in abouts(content, plan):
            yield plan, planner.achievements(plan, about)


def test_everything_that_can_be_earned_is_there(content: Content) -> None:
    kinds = {plan.kind for plan in content.badges.values()}
    assert kinds == {
        "assessment",
        "attendance",
        "completion",
        "pathway",
        "informal",
        "in-work",
        "volunteering",
        "pledge",
    }


def test_every_achievement_satisfies_both_schemas_in_every_language(content: Content) -> None:
    seen = set()
    for _, languages in achievements(content):
        for one in languages.values():
            plain = credential_document(award(achievement=one))
            signed = {**plain, "proof": [{"type": "DataIntegrityProof", "proofPurpose": "x"}]}
            assert credential_faults(signed) == (), one.key
            assert one.id not in seen
            seen.add(one.id)
    assert len(seen) >= 27


def test_no_achievement_holds_an_undefined_term(content: Content) -> None:
    for _, languages in achievements(content):
        one = languages["en"]
        assert undefined_terms(credential_document(award(achievement=one))) == (), one.key


def test_each_names_what_it_stands_for(content: Content) -> None:
    for plan, languages in achievements(content):
        for one in languages.values():
            assert one.alignments, plan.id
            assert all("{" not in words for words in (one.name, one.description, one.criteria))
            assert all(1 <= alignment.level <= 4 for alignment in one.alignments)


def test_languages_are_tied_to_each_other(content: Content) -> None:
    for _, languages in achievements(content):
        for language, one in languages.items():
            others = {other for _, other in one.others}
            assert others == set(languages) - {language}
            assert {address for address, _ in one.others} == {
                languages[other].id for other in others
            }


def test_what_is_self_declared_says_so(content: Content) -> None:
    found = [
        one
        for plan, languages in achievements(content)
        for one in languages.values()
        if plan.kind == "assessment" and one.language == "en"
    ]
    assert len(found) == 20
    for one in found:
        assert one.kind == "Assessment"
        assert "nobody tested it" in one.criteria.casefold()
        assert "nobody tested it" in one.description.casefold()
        assert "self-declared" in one.criteria


def test_other_words_have_another_address(content: Content) -> None:
    planner = Planner(content, ADDRESSES, content.cities[CITY])
    plan = content.badges["attendance"]
    one = planner.achievements(plan, about_course("c", "Excel", "College"))["en"]
    other = planner.achievements(plan, about_course("c", "Excel 2", "College"))["en"]
    same = planner.achievements(plan, about_course("c", "Excel", "College"))["en"]
    assert one == same
    assert one.id != other.id
    assert one.key == other.key


def test_a_courses_title_cannot_break_out_of_its_address(content: Content) -> None:
    planner = Planner(content, ADDRESSES, content.cities[CITY])
    about = about_course("../../x?y#z", "../", "/")
    one = planner.achievements(content.badges["completion"], about)["en"]
    path = one.id.removeprefix(f"{ADDRESSES.issuer(CITY)}/achievements/")
    assert path.count("/") == 2
    assert ".." not in path


def test_what_an_award_is_about_survives_being_stored(content: Content) -> None:
    for plan in content.badges.values():
        for about in abouts(content, plan):
            assert About.from_json(about.to_json()) == about


def test_words_can_be_read_at_eleven(content: Content) -> None:
    for plan in content.badges.values():
        for name in ("description", "criteria", "how"):
            words = content.words.plain(_text(plan.text(name)), "en")
            assert (reading_age(words) or 0) <= 11, plan.text(name)


def _text(text_id: str) -> TextValue:
    values = ("area", "level", "course", "by", "route", "skill", "city")
    return TextValue(text_id, dict.fromkeys(values, "Excel"))


def test_one_is_really_signed(content: Content) -> None:
    _, languages = next(achievements(content))
    one = replace(award(achievement=languages["en"]), issuer=ISSUER)
    assert with_proof(credential_document(one), DID, ring().current, NOW)["proof"]


# -- which level is earned ------------------------------------------------------------------


def standing(level: int, *, is_asked: bool = True) -> Standing:
    return Standing("", level, level, level, 0.9, ("x",) if is_asked else ())


def test_an_areas_level_is_the_lowest_of_its_skills(content: Content) -> None:
    framework = content.frameworks["digcomp3"]
    codes = [one.code for one in framework.areas[0].competences]
    told = {code: standing(3) for code in codes}
    assert area_level(framework, "1", told) == 3
    assert area_level(framework, "1", {**told, codes[0]: standing(1)}) == 1
    assert area_level(framework, "1", {}) == 0
    assert area_level(framework, "1", {codes[0]: standing(4)}) == 0
    guessed = {code: standing(3, is_asked=False) for code in codes[1:]}
    assert area_level(framework, "1", {**guessed, codes[0]: standing(3)}) == 0
    with pytest.raises(KeyError):
        area_level(framework, "9", told)


# -- code words -----------------------------------------------------------------------------


def test_code_words_are_many_and_easy_to_type(content: Content) -> None:
    words = content.code_words
    assert words is not None
    draw = Random(7).randrange
    made = [new_words(words, draw) for _ in range(2000)]
    assert len(set(made)) > 1990
    assert len(words.first) * len(words.second) * 90 > 500_000
    assert as_typed(f"  {made[0].upper().replace('-', '  ')} ") == made[0]


# -- what is wrong with a file --------------------------------------------------------------

GOOD = """\
version: "1"
kind: pledge
type: Badge
about: itself
confirmed: self
art: {shape: circle, sign: heart}
stands: [{framework: digcomp3, competence: "5.4", level: "1"}]
"""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (("type: Badge", "type: Medal"), "type"),
        (("kind: pledge", "kind: assessment"), "file"),
        (("type: Badge", "type: Assessment"), "file"),
        (("about: itself", "about: course"), "file"),
        (('competence: "5.4"', 'competence: "9.9"'), "stands.0"),
        (("framework: digcomp3", "framework: nowhere"), "stands.0"),
        (("sign: heart", "sign: skull"), "art.sign"),
        (('version: "1"', "version: one"), "version"),
        (("confirmed: self", "confirmed: self\nmore: x"), "more"),
    ],
)
def test_a_wrong_badge_is_named(
    content: Content, tmp_path: Path, change: tuple[str, str], field: str
) -> None:
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges/pledge.yaml").write_text(GOOD.replace(*change), "utf-8")
    problems: list[Problem] = []
    read_badges(tmp_path, content.frameworks, content.texts, problems)
    assert problems
    assert problems[0].file == "badges/pledge.yaml"
    assert problems[0].field.removeprefix("pledge.") == field


def test_a_badge_without_its_words_is_refused(content: Content, tmp_path: Path) -> None:
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges/new.yaml").write_text(GOOD, "utf-8")
    problems: list[Problem] = []
    read_badges(tmp_path, content.frameworks, content.texts, problems)
    assert len([one for one in problems if "badge.new." in one.reason]) == 5


def test_self_declared_badges_look_like_no_others(content: Content, tmp_path: Path) -> None:
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges/pledge.yaml").write_text(GOOD, "utf-8")
    other = GOOD.replace("confirmed: self", "confirmed: named")
    (tmp_path / "badges/champion.yaml").write_text(other, "utf-8")
    problems: list[Problem] = []
    read_badges(tmp_path, content.frameworks, content.texts, problems)
    assert any("others confirm" in one.reason for one in problems)


# -- art ------------------------------------------------------------------------------------


def test_every_badge_can_be_drawn_in_every_language(content: Content) -> None:
    for plan, languages in achievements(content):
        for one in languages.values():
            art = BadgeArt(one.name, "Manchester", plan.art.shape, plan.art.sign, 2, "Sample")
            drawing = draw_badge(art, Look(one.language, "#1f4e79"))
            assert (drawing.width, drawing.height) == (640, 640)
            assert asdict(art)["title"] == one.name


def test_levels_signs_and_samples_can_be_told_apart() -> None:
    plain = BadgeArt("A", "B", "circle", "steps", 1)
    others = [replace(plain, level=2), replace(plain, shape="shield"), replace(plain, sign="tick")]
    drawn = {
        draw_badge(one, Look()).svg for one in (plain, *others, replace(plain, sample="Sample"))
    }
    assert len(drawn) == 5
