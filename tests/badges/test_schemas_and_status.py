"""The official schemas as they are published, and the list of revoked badges."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from openbadgeslib.ob3 import decode_encoded_list, set_indices

from bot.badges.indexes import ENTRIES, draw_index
from bot.badges.schemas import SCHEMAS, credential_faults, faults, rules
from bot.badges.status import status_list
from bot.errors import Conflict
from tests.badges.awards import LIST, NOW, document, ring
from tests.support.shared import shared_data

FILES = {
    "strict": "achievementcredential.ghpages.json",
    "published": "ob_v3p0_achievementcredential_schema.json",
}
SILENT = ("description", "$comment", "title")


def demands(value: Any, *, are_names: bool = False) -> Any:
    """Return a schema without what demands nothing."""
    if isinstance(value, list):
        return [demands(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: demands(one, are_names=name in ("properties", "$defs"))
        for name, one in value.items()
        if are_names or name not in SILENT
    }


@pytest.mark.shared_data
@pytest.mark.parametrize("schema", SCHEMAS)
def test_our_schemas_demand_what_the_official_ones_demand(schema: str) -> None:
    official = json.loads(shared_data(f"badges/schema/{FILES[schema]}").read_text("utf-8"))
    assert rules(schema) == demands(official)


def test_a_full_credential_satisfies_both() -> None:
    assert credential_faults(document()) == ()


def removals(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield (*path, key)
        if isinstance(value[key], dict | list):
            yield from removals(value[key], (*path, key))


NEEDED = (
    ("@context",),
    ("id",),
    ("type",),
    ("issuer",),
    ("issuer", "id"),
    ("validFrom",),
    ("credentialSubject",),
    ("credentialSubject", "achievement"),
    ("credentialSubject", "achievement", "id"),
    ("credentialSubject", "achievement", "name"),
    ("credentialSubject", "achievement", "description"),
    ("credentialSubject", "achievement", "criteria"),
    ("credentialSubject", "achievement", "alignment", 0, "targetUrl"),
    ("credentialStatus", "type"),
    ("proof", 0, "type"),
)


@pytest.mark.parametrize("path", NEEDED, ids=lambda path: ".".join(map(str, path)))
def test_what_is_needed_is_missed_by_both(path: tuple[Any, ...]) -> None:
    found = copy.deepcopy(document())
    assert path in list(removals(found))
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    assert {one.partition(":")[0] for one in credential_faults(found)} == set(SCHEMAS)


@pytest.mark.parametrize("text", ["yesterday", "2026-11-20", "2026-11-20T12:00:00", "T"])
def test_a_time_without_its_zone_is_none(text: str) -> None:
    found = {**document(), "validFrom": text}
    assert any("validFrom" in one for one in faults("strict", found))


# -- the list -------------------------------------------------------------------------------


def test_the_list_has_its_full_size_and_the_right_bits() -> None:
    told = json.loads(status_list(LIST, {0, 7, 8, ENTRIES - 1}, ring(), NOW))
    bits = decode_encoded_list(told["credentialSubject"]["encodedList"])
    assert len(bits) * 8 == ENTRIES == 131_072
    assert (bits[0], bits[1], bits[-1]) == (0b10000001, 0b10000000, 1)
    assert set_indices(bits) == {0, 7, 8, ENTRIES - 1}
    assert told["id"] == LIST
    assert told["credentialSubject"]["encodedList"].startswith("u")
    assert told["validUntil"] == "2026-11-27T12:00:00Z"


def test_indexes_are_drawn_at_random_from_the_free_ones() -> None:
    used: set[int] = set()
    drawn = []
    for _ in range(500):
        drawn.append(draw_index(used))
        used.add(drawn[-1])
    assert len(used) == 500
    assert drawn != sorted(drawn)
    assert max(drawn) > ENTRIES // 2 > min(drawn)


def test_a_full_list_gives_nothing() -> None:
    with pytest.raises(Conflict):
        draw_index(range(ENTRIES))
