from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.load import Content, load
from content.places import (
    Gazetteer,
    Postcode,
    distance_km,
    folded,
    read_postcode,
)
from tests.content.folders import PLACES, content_folder


@pytest.fixture(scope="module")
def gazetteers(shipped: Content) -> dict[str, Gazetteer]:
    return {name: Gazetteer(city) for name, city in shipped.cities.items()}


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("M14 5RX", Postcode("M14", "M14 5", "M14 5RX")),
        ("m145rx", Postcode("M14", "M14 5", "M14 5RX")),
        (" m 14 5 rx ", Postcode("M14", "M14 5", "M14 5RX")),
        ("ec1a1bb", Postcode("EC1A", "EC1A 1", "EC1A 1BB")),
        ("M14", Postcode("M14")),
        ("m14 5", Postcode("M14", "M14 5")),
        ("M1 4", Postcode("M1", "M1 4")),
        ("m145", Postcode("M14", "M14 5")),
        ("m14 5r", Postcode("M14", "M14 5")),
        ("W1A", Postcode("W1A")),
        ("", None),
        ("hello", None),
        ("M14 5RXX", None),
        ("14 M", None),
        ("٣M14", None),
    ],
)
def test_postcodes_are_read_in_any_spacing_and_case(typed: str, postcode: Postcode | None) -> None:
    assert read_postcode(typed) == postcode


@pytest.mark.parametrize(
    ("city", "typed", "name", "kind"),
    [
        ("manchester", "m145rx", "M14 5RX", "sector"),
        ("manchester", "M14 9ZZ", "M14 9ZZ", "outcode"),
        ("manchester", "hulme", "Hulme", "ward"),
        ("manchester", "mos side", "Moss Side", "ward"),
        ("manchester", "near Moss Side", "Moss Side", "ward"),
        ("manchester", "lonsight", "Longsight", "ward"),
        ("manchester", "longsight libary", "Longsight Library & Learning Centre", "library"),
        ("manchester", "central library", "Central Library", "library"),
        ("manchester", "st georges", "St George's", "neighbourhood"),
        ("manchester", "ancotes", "Ancoats", "ward"),
        ("manchester", "city centre", "Manchester", "city"),
        ("manchester", "I live in didsbury please", "Didsbury", "ward"),
        ("manchester", "hulm", "Hulme", "ward"),
        ("belfast", "Andersonstown", "Andersonstown", "ward"),
        ("belfast", "botanic", "Botanic", "neighbourhood"),
        ("belfast", "central library", "Belfast Central Library", "library"),
        ("swansea", "abertawe", "Swansea", "city"),
        ("swansea", "bon-y-maen", "Bôn-y-maen", "ward"),
        ("swansea", "Tregwyr", "Gowerton", "neighbourhood"),
        ("glasgow", "partick", "Partick", "ward"),
        ("derry-strabane", "waterside", "Waterside", "neighbourhood"),
        ("derry-strabane", "derry", "Derry", "city"),
        ("kirklees", "huddersfield", "Huddersfield", "city"),
    ],
)
def test_one_place_is_found_where_there_is_no_doubt(
    gazetteers: dict[str, Gazetteer], city: str, typed: str, name: str, kind: str
) -> None:
    (found,) = gazetteers[city].resolve(typed)
    assert (found.name, found.kind) == (name, kind)


def test_a_name_is_looked_for_in_its_own_city_only(gazetteers: dict[str, Gazetteer]) -> None:
    (derby,) = gazetteers["derby"].resolve("Normanton")
    (wakefield,) = gazetteers["wakefield"].resolve("Normanton")
    assert derby.lat < 53 < wakefield.lat
    assert gazetteers["manchester"].resolve("Normanton") == []


@pytest.mark.parametrize(
    "typed",
    ["", " ", "xyzzy", "BT1 1AA", "library", "near the", "in", "é", "home", "north", "church"],
)
def test_what_is_no_place_of_the_city_is_not_found(
    gazetteers: dict[str, Gazetteer], typed: str
) -> None:
    assert gazetteers["manchester"].resolve(typed) == []


def test_places_that_lie_apart_are_asked_about(tmp_path: Path) -> None:
    rows = "ward,Green Lane,,53.05,-2.01,,,\nward,Green Bank,,52.95,-2.01,,,\n"
    root = content_folder(tmp_path, {"cities/testham/places.csv": PLACES + rows})
    found = Gazetteer(load(root).cities["testham"]).resolve("green")
    assert {place.name for place in found} == {"Green Lane", "Green Bank"}


def test_no_postcode_of_northern_ireland_is_kept(shipped: Content) -> None:
    for city in shipped.cities.values():
        codes = [p.name for p in city.places if p.kind in {"outcode", "sector"}]
        codes += [p.postcode for p in city.places if p.postcode]
        assert not any(code.startswith("BT") for code in codes)
        assert bool(codes) is (city.country != "Northern Ireland")


def test_every_place_of_every_city_is_found_by_its_own_name(
    shipped: Content, gazetteers: dict[str, Gazetteer]
) -> None:
    for city in shipped.cities.values():
        for place in city.places:
            found = gazetteers[city.id].find_exact(place.name)
            numbered = gazetteers[city.id].resolve(place.name)
            assert found or numbered, (city.id, place.name)


def test_everyday_words_are_places_only_where_a_place_is_asked_for(
    gazetteers: dict[str, Gazetteer],
) -> None:
    manchester = gazetteers["manchester"]
    assert manchester.find_exact("airport") == ()
    assert "airport" not in manchester.names()
    assert manchester.resolve("airport")[0].name == "Airport"
    assert manchester.find_exact("Hulme")[0].name == "Hulme"


def test_names_are_compared_without_accents_marks_and_case() -> None:
    assert folded("Bôn-y-maen") == "bon y maen"
    assert folded("St. George’s & Hulme") == "st georges and hulme"


def test_distances() -> None:
    assert distance_km(53.479, -2.245, 53.479, -2.245) == 0
    assert distance_km(53.479, -2.245, 54.597, -5.930) == pytest.approx(271, abs=2)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_anything_may_be_typed(gazetteers: dict[str, Gazetteer], typed: str) -> None:
    assert len(gazetteers["manchester"].resolve(typed)) <= 5
