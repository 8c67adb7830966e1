"""Finds what names something that is not there, from one content file to another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from content.problems import Problem
from content.samples import SampleCourse
from content.schema import City


def lost_names(
    cities: Mapping[str, City],
    samples: Mapping[str, tuple[SampleCourse, ...]],
    *,
    sources: Collection[str],
    languages: Collection[str],
    texts: Collection[str],
) -> list[Problem]:
    """Return what names something that is not there.

    Args:
        cities, samples: What names others; sample courses by city id.
        sources, languages, texts: The ids of what there is.
    """
    problems: list[Problem] = []
    for city in cities.values():
        wrong = [
            *(
                ("sources", f"{key} is not in sources.yaml")
                for key in city.sources
                if key not in sources
            ),
            *(
                ("languages", f"{key} is not in languages.yaml")
                for key in city.languages
                if key not in languages
            ),
        ]
        if city.about not in texts:
            wrong.append(("about", f"the text {city.about} is missing"))
        file = f"cities/{city.id}/city.yaml"
        problems.extend(Problem(file, 0, name, reason) for name, reason in wrong)
        problems.extend(_lost_venues(city, samples.get(city.id, ())))
    return problems


def _lost_venues(city: City, samples: Iterable[SampleCourse]) -> list[Problem]:
    wards = {place.name for place in city.places_of("ward")}
    venues = {key: venue for sample in samples for key, venue in sample.venues.items()}
    return [
        Problem(f"courses/{city.id}.yaml", 0, f"venues.{key}", f"{venue.ward} is not a ward")
        for key, venue in venues.items()
        if venue.ward not in wards
    ]
