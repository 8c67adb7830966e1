from pathlib import Path

import pytest

from content.load import Content, load
from content.problems import BadContent
from content.reading_age import reading_age
from tests.content.folders import content_folder

SAMPLE = """\
providers:
  frog: {name: Frog Learning}
venues:
  pond: {name: The Pond, ward: North Hill}
courses:
  jump:
    provider: frog
    title: Jump higher
    summary: "Learn to jump a little higher each week."
    runs:
      - {starts: 3, weekdays: [1], weeks: 4, venue: pond}
"""


def test_samples_are_read_with_their_provider_and_venues(tmp_path: Path) -> None:
    content = load(content_folder(tmp_path, {"courses/testham.yaml": SAMPLE}))
    (course,) = content.samples["testham"]
    assert course.provider.name == "Frog Learning"
    assert course.venues["pond"].ward == "North Hill"
    assert course.runs[0].weekdays == (1,)


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("provider: frog", "provider: toad", "courses.jump"),
        ("venue: pond", "venue: lake", "courses.jump"),
        ("ward: North Hill", "ward: Far Hill", "venues.pond"),
        ("weekdays: [1]", "weekdays: [7]", "courses.jump.runs.0.weekdays.0"),
        ("starts: 3", "starts: soon", "courses.jump.runs.0.starts"),
        ("title: Jump higher", "tittle: Jump", "courses.jump.title"),
    ],
)
def test_a_wrong_sample_is_named(tmp_path: Path, right: str, wrong: str, field: str) -> None:
    root = content_folder(tmp_path, {"courses/testham.yaml": SAMPLE.replace(right, wrong)})
    with pytest.raises(BadContent) as caught:
        load(root)
    assert field in {problem.field for problem in caught.value.problems}


def test_manchester_has_a_catalogue_worth_trying(shipped: Content) -> None:
    courses = shipped.samples["manchester"]
    assert len(courses) >= 120
    assert len({course.title for course in courses}) >= 60
    assert len({course.summary for course in courses}) == len(courses)
    assert len({course.kind for course in courses}) == 8
    assert {f"level-{n}" for n in range(1, 9)} <= {course.level for course in courses}


def test_every_other_city_has_ten(shipped: Content) -> None:
    others = {city: len(found) for city, found in shipped.samples.items() if city != "manchester"}
    assert set(others.values()) == {10}
    assert len(others) == 9


def test_samples_are_easy_to_read(shipped: Content) -> None:
    ages = [
        age
        for courses in shipped.samples.values()
        for course in courses
        if "cy" not in course.languages and (age := reading_age(course.summary)) is not None
    ]
    assert sum(ages) / len(ages) < 10
