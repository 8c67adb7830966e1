"""What the words of an audience come to in a city: names that may be typed, and what they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.campaigns.audience import Vocabulary
from bot.campaigns.audience.resolving import MOST_COURSES
from bot.campaigns.audience.vocabulary import ROLES, names
from bot.conversation.messages import Text
from bot.courses import SearchRequest
from bot.people.consent import TOPICS
from bot.work.catalogue import Catalogue
from bot.work.places import Places
from content.formats import KM_PER_MILE
from content.load import Content
from content.places import FoundPlace, distance_km


class CityGround:
    """A city as the rules of audiences see it.

    Args:
        places: The places of every city.
    """

    def __init__(self, content: Content, catalogue: Catalogue, places: Places, city: str) -> None:
        self._content = content
        self._catalogue = catalogue
        self._places = places
        self._city = content.cities[city]

    def vocabulary(self) -> Vocabulary:
        """Return what may be said in a rule about this city."""
        content, city = self._content, self._city
        plain = content.words.plain
        skills = [
            (code, plain(Text(f"framework.{framework.id}.skill.{code}.title")))
            for framework in content.offered(city.id).values()
            for code in framework.competences
        ]
        wards = {place.name.casefold(): place.name for place in city.places_of("ward")}
        return Vocabulary(
            {
                "city": names((city.id, city.name)),
                "language": names(
                    *((one.id, one.name) for one in content.languages.values()),
                    *((one.id, one.own_name) for one in content.languages.values()),
                ),
                "role": ROLES,
                "ward": wards,
                "place": {place.name.casefold(): place.name for place in city.places} | wards,
                "route": names(
                    *((one.id, plain(Text(one.title))) for one in content.pathways.current.values())
                ),
                "badge": names(
                    *((one.id, plain(Text(one.text("name")))) for one in content.badges.values())
                ),
                "topic": names(
                    *((one.value, plain(Text(f"topics.{one.value}.name"))) for one in TOPICS)
                ),
                "skill": names(*skills),
            }
        )

    def wards_within(self, place: str, miles: float) -> Collection[str]:
        """Return the names of the wards whose middle lies so near to a place."""
        found = next(iter(self._places.resolve(self._city.id, place)), None)
        return self._near(found, miles * KM_PER_MILE) if found else ()

    def ward_of(self, lat: float, lon: float) -> str:
        """Return the ward whose middle is the nearest to a point; empty outside of the city."""
        if not self._city.bounds.has(lat, lon, margin=0.02):
            return ""
        wards = self._city.places_of("ward")
        nearest = min(wards, key=lambda one: distance_km(lat, lon, one.lat, one.lon), default=None)
        return nearest.name if nearest else ""

    def courses_about(self, subject: str) -> Collection[str]:
        """Return the ids of the courses that a search for the subject finds."""
        index = self._catalogue.index(self._city.id)
        if index is None:
            return ()
        asked = SearchRequest(subject, limit=MOST_COURSES, city=self._city.id)
        return [hit.course.id for hit in index.search(asked).hits]

    def courses_starting(self, days: Collection[str]) -> Iterable[str]:
        """Return the ids of the courses that have a run which starts on one of some local days."""
        for course in self._catalogue.index(self._city.id) or ():
            starts = (run.start_date for run in course.instances)
            if any(one is not None and one.isoformat() in days for one in starts):
                yield course.id

    def routes_needing(self, skill: str) -> Collection[tuple[str, int]]:
        """Return the routes that need a skill, each with the highest level that it needs."""
        routes = self._content.pathways.needing(skill)
        return [
            (route.id, max(step.needs[skill] for step in route.steps if skill in step.needs))
            for route in routes
        ]

    def _near(self, found: FoundPlace, km: float) -> list[str]:
        return [
            ward.name
            for ward in self._city.places_of("ward")
            if distance_km(found.lat, found.lon, ward.lat, ward.lon) <= km
        ]
