from pathlib import Path

import pytest

from content.load import LiveContent, inspect, load
from content.problems import BadContent, Problem
from tests.content.folders import CITY, PLACES, content_folder


def problems_of(root: Path) -> list[Problem]:
    with pytest.raises(BadContent) as caught:
        load(root)
    return list(caught.value.problems)


def test_a_whole_folder_is_loaded_and_frozen(tmp_path: Path) -> None:
    content = load(content_folder(tmp_path))

    assert list(content.languages) == ["en", "cy", "ur"]
    assert content.languages["ur"].is_right_to_left
    assert content.cities["testham"].about in content.texts
    with pytest.raises(AttributeError):
        content.version = "2"  # type: ignore[misc]


def test_every_fault_is_named_not_only_the_first(tmp_path: Path) -> None:
    root = content_folder(
        tmp_path,
        {
            "text/bad.yaml": 'one: "{"\ntwo: ""\nthree: {one: "a", few: "b", other: "c"}\n'
            'four: [a]\n"five.a": "x"\nfive: {a: "y"}\n',
            "cities/testham/city.yaml": CITY.replace("#f2a65a", "#222222")
            .replace("kind: city", "kind: village")
            .replace("Europe/London", "Europe/Nowhere"),
            "sources.yaml": "maps: {title: Maps}\n",
        },
    )

    found = {(p.file, p.line, p.field) for p in problems_of(root)}

    assert {
        ("text/bad.yaml", 1, "one"),
        ("text/bad.yaml", 2, "two"),
        ("text/bad.yaml", 3, "three"),
        ("text/bad.yaml", 4, "four"),
        ("text/bad.yaml", 6, "five.a"),
        ("cities/testham/city.yaml", 2, "kind"),
        ("cities/testham/city.yaml", 4, "zone"),
        ("cities/testham/city.yaml", 8, "accent"),
        ("sources.yaml", 1, "maps.publisher"),
    } <= found


def test_an_unreadable_accent_names_its_contrast(tmp_path: Path) -> None:
    root = content_folder(
        tmp_path, {"cities/testham/city.yaml": CITY.replace("#8a3d00", "#dd9977")}
    )
    (problem,) = problems_of(root)
    assert "light #dd9977" in problem.reason
    assert "less than 4.5" in problem.reason


def test_a_place_outside_its_city_is_named_with_its_line(tmp_path: Path) -> None:
    places = PLACES + "library,Far Library,,54.000,-2.000,,,\n"
    root = content_folder(tmp_path, {"cities/testham/places.csv": places})
    (problem,) = problems_of(root)
    assert (problem.line, problem.field) == (4, "Far Library")


@pytest.mark.parametrize(
    "row",
    [
        "ward,A,,north,-2.0,,,",
        "castle,A,,53.0,-2.0,,,",
        "ward,,,53.0,-2.0,,,",
        "ward,A,,53.0,-2.0,,2,",
        "ward,A,,nan,-2.0,,,",
    ],
)
def test_a_crooked_place_is_refused(tmp_path: Path, row: str) -> None:
    root = content_folder(tmp_path, {"cities/testham/places.csv": PLACES + row + "\n"})
    assert problems_of(root)[0].line == 4


def test_names_that_point_nowhere_are_found(tmp_path: Path) -> None:
    city = CITY.replace("[maps]", "[maps, rumours]").replace("[en, cy]", "[en, xx]")
    root = content_folder(
        tmp_path, {"cities/testham/city.yaml": city, "cities/testham/text.yaml": "x: y\n"}
    )
    assert {problem.field for problem in problems_of(root)} == {"sources", "languages", "about"}


def test_a_city_is_added_by_adding_a_folder(tmp_path: Path) -> None:
    root = content_folder(
        tmp_path,
        {
            "cities/newton/city.yaml": CITY.replace("Testham", "Newton"),
            "cities/newton/places.csv": PLACES,
            "cities/newton/text.yaml": 'city.newton.about: "New here."\n',
        },
    )
    assert list(load(root).cities) == ["newton", "testham"]
    assert list(load(root, cities={"newton"}).cities) == ["newton"]


def test_a_city_that_is_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="there is no such city"):
        load(content_folder(tmp_path), cities={"atlantis"})


def test_a_bad_file_at_reload_leaves_the_old_content_live(tmp_path: Path) -> None:
    root = content_folder(tmp_path, {"text/a.yaml": 'hello: "Hello"\n'})
    live = LiveContent(load(root))
    before = live.current

    (root / "text/a.yaml").write_text('hello: "Hell')
    with pytest.raises(BadContent, match=r"text/a\.yaml"):
        live.reload()
    assert live.current is before

    (root / "text/a.yaml").write_text('hello: "Good day"\n')
    assert live.reload() is live.current
    assert live.current.words.short("hello") == "Good day"
    assert before.words.short("hello") == "Hello"
    assert live.current.version != before.version


def test_inspecting_gives_what_can_be_read(tmp_path: Path) -> None:
    content, problems = inspect(content_folder(tmp_path, {"text/a.yaml": 'a: "{"\nb: "B"\n'}))
    assert content.words.short("b") == "B"
    assert [problem.field for problem in problems] == ["a"]
    assert str(problems[0]).startswith("text/a.yaml:1: a: ")


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    assert {p.file for p in problems_of(tmp_path)} == {"languages.yaml", "sources.yaml"}
