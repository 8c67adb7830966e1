"""Which files staff may change: by kind and city, and never what the program has to keep."""

from __future__ import annotations

import pytest

from bot.publishing.kinds import KINDS, city_of, kind_of, may_stand, new_path
from content.load import SHIPPED


@pytest.mark.parametrize(
    ("path", "kind", "city"),
    [
        ("text/menu.yaml", "texts", ""),
        ("translations/ur/messages.po", "translations", ""),
        ("cities/manchester/city.yaml", "cities", "manchester"),
        ("cities/derry-strabane/places.csv", "places", "derry-strabane"),
        ("courses/derby.yaml", "samples", "derby"),
        ("questionnaires/quick-needs.yaml", "questionnaires", ""),
        ("campaigns/enrolment-week.yaml", "campaigns", ""),
        ("pathways/job-search.yaml", "pathways", ""),
        ("frameworks/digcomp3/descriptors.csv", "frameworks", ""),
        ("frameworks/digcomp3/areas/1-information.yaml", "framework_parts", ""),
        ("needs/roles/care.yaml", "needs", ""),
    ],
)
def test_a_file_has_a_kind_and_perhaps_a_city(path: str, kind: str, city: str) -> None:
    found = kind_of(path)
    assert found is not None
    assert (found.id, city_of(path)) == (kind, city)
    assert may_stand(path)


@pytest.mark.parametrize(
    "path",
    [
        "sources.yaml", "codewords.yaml", "sending.yaml", "languages.yaml", "badges/pledge.yaml",
        "search/synonyms.yaml", "load.py", "../text/menu.yaml", "text/../sources.yaml",
        "text/menu.yaml/../../sources.yaml", "text/menu.py", "/etc/passwd", "text/.menu.yaml", "",
        "cities/../x/city.yaml", "translations/ur/messages.po\n", "text/a/b.yaml",
        "questionnaires/earlier/../../sources.yaml",
    ],
)  # fmt: skip
def test_what_must_stay_cannot_be_published(path: str) -> None:
    assert kind_of(path) is None
    assert not may_stand(path)


@pytest.mark.parametrize(
    "path",
    [
        "questionnaires/earlier/quick-needs.1.yaml",
        "pathways/earlier/job-search.2.yaml",
        "frameworks/digcomp3/framework.yaml",
        "frameworks/digcomp3/revisions.csv",
        "frameworks/digcomp3/versions/3.0-1/revisions.csv",
        "frameworks/digcomp3/versions/3.0-1/areas/1-information.yaml",
    ],
)
def test_what_a_change_leaves_behind_is_published_and_not_changed(path: str) -> None:
    assert kind_of(path) is None
    assert may_stand(path)


def test_every_kind_has_words_and_most_have_files() -> None:
    paths = [path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*.*")]
    empty = {kind.id for kind in KINDS if not any(kind.pattern.fullmatch(one) for one in paths)}
    assert empty == {"frameworks"}, "their sentences are in parts until somebody sends a sheet"


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        ("campaigns", "autumn-fair", "campaigns/autumn-fair.yaml"),
        ("needs", "museums", "needs/roles/museums.yaml"),
        ("campaigns", "../x", ""),
        ("campaigns", "a/b", ""),
        ("campaigns", "X" * 60, ""),
        ("texts", "new", ""),
    ],
)
def test_a_new_file_has_a_safe_name(kind: str, name: str, path: str) -> None:
    found = next(one for one in KINDS if one.id == kind)
    assert new_path(found, name) == path
