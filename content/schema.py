"""The records that content files are made of, checked when they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from content.colour import contrast

Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9._-]{1,64}$")]
Latitude: TypeAlias = Annotated[float, Field(ge=-90, le=90)]
Longitude: TypeAlias = Annotated[float, Field(ge=-180, le=180)]
Colour: TypeAlias = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
PlaceKind: TypeAlias = Literal["ward", "neighbourhood", "library", "outcode", "sector"]

LIGHT_PAGE, DARK_PAGE = "#ffffff", "#121619"
MIN_CONTRAST = 4.5


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _https(address: str) -> str:
    if not re.fullmatch(r"https://[^\s\"<>]+", address):
        raise ValueError("must be an https address")
    return address


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name} is not a time zone") from error
    return name


def _origin(text: str) -> str:
    parts = urlsplit(text)
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if not (parts.scheme == "https" or is_here) or not parts.hostname:
        raise ValueError("an origin is https:// and a host, such as https://www.example.gov.uk")
    if text != f"{parts.scheme}://{parts.netloc}" or not re.fullmatch(
        r"[a-z0-9.:-]+", parts.netloc
    ):
        raise ValueError("an origin is the scheme and the host in small letters, and nothing else")
    return text


Origin: TypeAlias = Annotated[str, AfterValidator(_origin)]
Address: TypeAlias = Annotated[str, AfterValidator(_https)]


class Source(Record):
    """Where facts come from and on which terms.

    Attributes:
        id: Its key in sources.yaml.
        title: What it is, such as "National Statistics Postcode Lookup".
        publisher: Who publishes it.
        version: Which edition.
        licence: The licence's name.
        attribution: The line that has to be shown, or our own short credit.
        used_for: What the bot takes from it, in plain words.
        retrieved: When the facts were taken.
        url, licence_url: Public addresses, empty where there is none.
        note: What a reader should know about its age or limits.
    """

    id: Key
    title: Words
    publisher: Words
    version: Words
    licence: Words
    attribution: Words
    used_for: Words
    retrieved: date
    url: Address | Literal[""] = ""
    licence_url: Address | Literal[""] = ""
    note: str = Field(default="", max_length=400)


class Language(Record):
    """A language in which the bot speaks.

    Attributes:
        id: BCP 47 code.
        name: In English.
        own_name: In itself, as a button shows it.
        is_right_to_left: Which way it is written.
        is_draft: Its translation awaits a native reader.
    """

    id: Key
    name: Words
    own_name: Words
    is_right_to_left: bool = False
    is_draft: bool = False


class Bounds(Record):
    """The box around a city, in degrees."""

    west: Longitude
    south: Latitude
    east: Longitude
    north: Latitude

    @model_validator(mode="after")
    def _is_a_box(self) -> Bounds:
        if self.west >= self.east or self.south >= self.north:
            raise ValueError("west must be less than east and south less than north")
        return self

    def has(self, lat: float, lon: float, margin: float = 0.0) -> bool:
        """Whether a point lies inside, or within `margin` degrees outside."""
        return (
            self.south - margin <= lat <= self.north + margin
            and self.west - margin <= lon <= self.east + margin
        )


class Centre(Record):
    """The middle of a city for people, not for maps, and the names by which they call it."""

    lat: Latitude
    lon: Longitude
    names: tuple[Words, ...]


class Accent(Record):
    """A city's colour on a light and on a dark page, each readable as text."""

    light: Colour
    dark: Colour

    @model_validator(mode="after")
    def _is_readable(self) -> Accent:
        for name, colour, page in (
            ("light", self.light, LIGHT_PAGE),
            ("dark", self.dark, DARK_PAGE),
        ):
            ratio = contrast(colour, page)
            if ratio < MIN_CONTRAST:
                raise ValueError(
                    f"{name} {colour} on {page} has a contrast of {ratio:.2f}, "
                    f"less than {MIN_CONTRAST}"
                )
        return self


class Place(Record):
    """A named place of a city.

    Attributes:
        kind: What it is.
        name: Its English name, or the code of an outcode or postcode sector.
        name_cy: Its Welsh name, where it has one of its own.
        lat, lon: Rounded to three decimals, about 100 metres.
        radius_km: Holds nine tenths of an outcode's or sector's postcodes; 0 where not known.
        share: Part of an outcode's postcodes that lie inside the city.
        postcode: A library's postcode; empty where not known.
    """

    kind: PlaceKind
    name: Words
    name_cy: str = ""
    lat: Latitude
    lon: Longitude
    radius_km: float = Field(default=0.0, ge=0, le=60)
    share: float = Field(default=1.0, gt=0, le=1)
    postcode: str = ""


class Membership(Record):
    """A city's place in the network of learning cities.

    Attributes:
        network: The network's name.
        joined: The year, empty where we could not find it stated.
        url: The network's or the city's page about it.
    """

    network: Words
    url: Address
    joined: str = Field(default="", pattern=r"^(\d{4})?$")


class Population(Record):
    """How many people live in a city, and the id of the source that says so."""

    people: Annotated[int, Field(ge=1_000, le=100_000_000)]
    source: Key


class City(Record):
    """A learning city or district that offers the bot.

    Attributes:
        id: The name of its folder.
        name: Its name, in English.
        title: What it calls itself as a learning city, in its own words; empty where not known.
        operator: Who runs the bot for it; empty while nobody does.
        contact: How people reach them; empty where nobody said.
        open_hours: When somebody is there, in their own words.
        names: Its name in other languages.
        aliases: What people may type for it.
        kind: "city" or "district", as a sentence calls it.
        zone: Time zone.
        embedded_by: Origins of sites that may hold the chat in their pages.
        languages: Languages offered there, English first.
        centre: Where its middle is.
        bounds: The box around it.
        accent: Its colour.
        membership: Its learning city network.
        population: How many people live there; None where no source says so.
        sources: Ids of the sources of its facts.
        places: Wards, neighbourhoods, libraries, outcodes and sectors.
    """

    id: Key
    name: Words
    title: str = Field(default="", max_length=100)
    operator: str = Field(default="", max_length=100)
    contact: str = Field(default="", max_length=200)
    open_hours: str = Field(default="", max_length=120)
    names: Mapping[str, Words] = Field(default_factory=dict)
    aliases: tuple[Words, ...] = ()
    kind: Literal["city", "district"]
    country: Literal["England", "Northern Ireland", "Scotland", "Wales"]
    zone: Annotated[str, AfterValidator(_zone)]
    embedded_by: tuple[Origin, ...] = ()
    languages: tuple[Key, ...]
    centre: Centre
    bounds: Bounds
    accent: Accent
    membership: Membership
    population: Population | None = None
    sources: tuple[Key, ...]
    places: tuple[Place, ...] = ()

    @model_validator(mode="after")
    def _population_is_sourced(self) -> City:
        if self.population is not None and self.population.source not in self.sources:
            raise ValueError("the population names a source that is not among the city's")
        return self

    @property
    def about(self) -> str:
        """The id of the text that says what makes it a learning city."""
        return f"city.{self.id}.about"

    def named(self, language: str) -> str:
        """Return its name in a language, else in English."""
        return self.names.get(language, self.name)

    def places_of(self, kind: PlaceKind) -> tuple[Place, ...]:
        """Return its places of one kind."""
        return tuple(place for place in self.places if place.kind == kind)
