from __future__ import annotations

import pytest

from bot.people import Grant, Role, Teacher, organisation_key
from bot.people.teaching import names_of

ME, OTHER = "me", "other"


def teacher(*grants: Grant) -> Teacher:
    return Teacher(ME, frozenset(grants))


COLLEGE = Grant(Role.PROVIDER, "derby", "Hulme College")
NAMELESS = Grant(Role.PROVIDER, "derby")
EDITOR = Grant(Role.EDITOR, "derby")


@pytest.mark.parametrize("name", ["Hulme College", " hulme\u00a0 COLLEGE\n", "Hulme Ｃollege"])
def test_an_organisation_is_the_same_however_it_is_written(name: str) -> None:
    assert organisation_key(name) == "hulme college"
    assert teacher(COLLEGE).teaches("derby", name)


@pytest.mark.parametrize(
    ("grants", "city", "provider", "is_theirs"),
    [
        ((COLLEGE,), "derby", "Hulme College", True),
        ((COLLEGE,), "derby", "Hulme Colleges", False),
        ((COLLEGE,), "swansea", "Hulme College", False),
        ((Grant(Role.PROVIDER, "", "Hulme College"),), "swansea", "hulme college", True),
        ((NAMELESS,), "derby", "", False),
        ((NAMELESS,), "derby", "Hulme College", False),
        ((EDITOR,), "derby", "Anybody", True),
        ((EDITOR,), "swansea", "Anybody", False),
        ((Grant(Role.EMPLOYER, "derby", "Hulme College"),), "derby", "Hulme College", False),
        ((), "derby", "Hulme College", False),
    ],
)
def test_a_provider_teaches_its_own_and_staff_teach_everything_of_their_city(
    grants: tuple[Grant, ...], city: str, provider: str, is_theirs: bool
) -> None:
    assert teacher(*grants).teaches(city, provider) is is_theirs


@pytest.mark.parametrize(
    ("grants", "organisation", "made_by", "is_theirs"),
    [
        ((COLLEGE,), "hulme college", OTHER, True),
        ((COLLEGE,), "library", OTHER, False),
        ((COLLEGE,), "library", ME, False),
        ((COLLEGE,), "", ME, True),
        ((COLLEGE,), "", OTHER, False),
        ((NAMELESS,), "library", ME, True),
        ((NAMELESS,), "library", OTHER, False),
        ((NAMELESS,), "", OTHER, False),
        ((EDITOR,), "library", OTHER, True),
        ((Grant(Role.EDITOR, "swansea"),), "library", ME, False),
        ((), "", ME, False),
    ],
)
def test_a_code_is_its_organisations_and_an_old_one_its_makers(
    grants: tuple[Grant, ...], organisation: str, made_by: str, is_theirs: bool
) -> None:
    assert teacher(*grants).reaches("derby", organisation, made_by) is is_theirs


def test_organisations_are_named_once_each() -> None:
    again = Grant(Role.PROVIDER, "", "hulme  college")
    library = Grant(Role.PROVIDER, "derby", "Library")
    assert len(names_of((COLLEGE, again, library, NAMELESS, EDITOR), "derby")) == 2
    assert names_of((COLLEGE, library), "swansea") == ()
