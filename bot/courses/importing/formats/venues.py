"""The national directory's venues file, given beside a provider's courses."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.courses.importing.detection import Shape, shape_of
from bot.courses.importing.drafting import read_venue
from bot.courses.importing.fields.links import read_contact
from bot.courses.importing.formats.tables import Row, Table
from bot.courses.importing.records import Reading
from bot.courses.records import Venue
from bot.errors import ImportRefused

COLUMNS = (
    "your_venue_reference", "venue_name", "address_line_1", "address_line_2", "town_or_city",
    "county", "postcode", "email", "phone", "website",
)  # fmt: skip


@dataclass(slots=True)
class Venues:
    """Venues by reference and by name, with how to reach them."""

    by_reference: dict[str, Venue] = field(default_factory=dict)
    by_name: dict[str, Venue] = field(default_factory=dict)
    contacts: dict[str, str] = field(default_factory=dict)

    def find(self, reference: str, name: str) -> Venue | None:
        """Return the venue with this reference, else with this name; None for neither."""
        return self.by_reference.get(_key(reference)) or self.by_name.get(_key(name))

    def contact(self, venue: Venue) -> str:
        """Return phone and e-mail of the venue, empty where not known."""
        return self.contacts.get(_key(venue.name), "")


def is_venues(header: list[str]) -> bool:
    """Tell whether the headings are those of a venues file."""
    return {"venue_name", "postcode", "address_line_1"} <= set(
        header
    ) and "course_name" not in header


def read_venues(reading: Reading, path: Path | None) -> Venues:
    """Read the venues file; no file gives no venues.

    Raises:
        ImportRefused: it is no venues file.
    """
    venues = Venues()
    if path is None:
        return venues
    if shape_of(path) is not Shape.TABLE:
        raise ImportRefused("imports.refused.no_venues")
    with path.open("rb") as file:
        table = Table(file)
        if not is_venues(table.header):
            raise ImportRefused("imports.refused.no_venues")
        for row in table.rows():
            _add(reading, venues, row)
    return venues


def _add(reading: Reading, venues: Venues, row: Row) -> None:
    venue = read_venue(
        reading,
        name=row["venue_name"],
        address=[row["address_line_1"], row["address_line_2"]],
        town=row["town_or_city"],
        postcode=row["postcode"],
        reference=row["your_venue_reference"],
    )
    if venue is None or not venue.name:
        reading.warn(f"venue {row.where}", "VENUE_NAME", "no_venue_name")
        return
    if row["postcode"].strip() and not venue.postcode:
        reading.warn(f"venue {row.where}", "POSTCODE", "no_postcode", words=row["postcode"][:20])
    if venue.reference:
        venues.by_reference.setdefault(_key(venue.reference), venue)
    venues.by_name.setdefault(_key(venue.name), venue)
    venues.contacts.setdefault(_key(venue.name), read_contact(row["phone"], row["email"]))


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
