"""Small content folders for tests."""

from __future__ import annotations

from pathlib import Path

LANGUAGES = """\
en: {name: English, own_name: English}
cy: {name: Welsh, own_name: Cymraeg}
ur: {name: Urdu, own_name: اردو}
"""

SOURCES = """\
maps:
  title: Maps
  publisher: Map makers
  version: "1"
  licence: Open
  url: https://maps.example
  attribution: Contains maps.
  used_for: places
  retrieved: "2026-01-02"
"""

CITY = """\
name: Testham
kind: city
country: England
zone: Europe/London
languages: [en, cy]
centre: {lat: 53.0, lon: -2.0, names: [Testham]}
bounds: {west: -2.2, south: 52.9, east: -1.8, north: 53.1}
accent: {light: "#8a3d00", dark: "#f2a65a"}
membership: {network: Learning cities, url: "https://network.example"}
sources: [maps]
"""

PLACES = """\
kind,name,name_cy,lat,lon,radius_km,share,postcode
ward,North Hill,,53.050,-2.010,,,
outcode,TT1,,53.010,-2.000,1.5,0.9,
"""

CITY_TEXT = 'city.testham.about: "Testham likes to learn."\n'

COMMON = (Path(__file__).parents[2] / "content/text/common.yaml").read_text(encoding="utf-8")


def content_folder(root: Path, changes: dict[str, str] | None = None) -> Path:
    """Write a whole small content folder, with some files changed or added; return it."""
    files = {
        "languages.yaml": LANGUAGES,
        "sources.yaml": SOURCES,
        "cities/testham/city.yaml": CITY,
        "cities/testham/places.csv": PLACES,
        "cities/testham/text.yaml": CITY_TEXT,
        "text/common.yaml": COMMON,
        **(changes or {}),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
