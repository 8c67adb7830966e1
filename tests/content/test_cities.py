import csv

import pytest

from content.colour import contrast
from content.load import Content
from content.schema import DARK_PAGE, LIGHT_PAGE
from tests.support.shared import shared_data

CITIES = {
    "belfast": ("Belfast", 60),
    "bristol": ("Bristol", 34),
    "derby": ("Derby", 18),
    "derry-strabane": ("Derry City and Strabane", 40),
    "glasgow": ("Glasgow City", 23),
    "kirklees": ("Kirklees", 23),
    "manchester": ("Manchester", 32),
    "swansea": ("Swansea", 32),
    "wakefield": ("Wakefield", 21),
    "wolverhampton": ("Wolverhampton", 20),
}


def test_the_ten_cities_are_there(shipped: Content) -> None:
    assert sorted(shipped.cities) == sorted(CITIES)


def test_every_city_says_who_it_is_and_why(shipped: Content) -> None:
    for city in shipped.cities.values():
        assert city.zone == "Europe/London"
        assert city.membership.network == "UNESCO Global Network of Learning Cities"
        assert city.title
        assert "UNESCO" in shipped.words.short(city.about)
        assert city.bounds.has(city.centre.lat, city.centre.lon)
    assert shipped.cities["swansea"].languages == ("en", "cy")
    assert shipped.cities["swansea"].named("cy") == "Abertawe"
    assert shipped.cities["derby"].named("cy") == "Derby"


def test_every_city_has_its_wards_libraries_and_neighbourhoods(shipped: Content) -> None:
    for name, (_, wards) in CITIES.items():
        city = shipped.cities[name]
        assert len(city.places_of("ward")) == wards
        assert city.places_of("library")
        assert bool(city.places_of("neighbourhood")) is (name != "glasgow")


def test_accents_can_be_read_on_both_pages(shipped: Content) -> None:
    for city in shipped.cities.values():
        assert contrast(city.accent.light, LIGHT_PAGE) >= 4.5
        assert contrast(city.accent.dark, DARK_PAGE) >= 4.5
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_lines_that_licences_ask_for_are_there(shipped: Content) -> None:
    lines = " ".join(source.attribution for source in shipped.sources.values())
    assert "Contains OS data © Crown copyright and database right 2025" in lines
    assert "Contains Royal Mail data © Royal Mail copyright and database right 2025" in lines
    assert "Office for National Statistics licensed under the Open Government Licence" in lines
    assert "2023 or older" in shipped.sources["libraries"].note


@pytest.mark.shared_data
def test_wards_are_those_of_the_source_rounded(shipped: Content) -> None:
    with shared_data("geo/wards_10_cities.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for name, (authority, _) in CITIES.items():
        source = {
            (row["ward_name"], round(float(row["lat"]), 3), round(float(row["lon"]), 3))
            for row in rows
            if row["lad_name"] == authority
        }
        ours = {(p.name, p.lat, p.lon) for p in shipped.cities[name].places_of("ward")}
        assert len(ours & source) >= len(source) - 1
        assert {ward for ward, _, _ in ours} == {ward for ward, _, _ in source}
