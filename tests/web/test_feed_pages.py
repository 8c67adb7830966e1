"""The staff pages about feeds, files, runs and providers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest

from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.fake_catalogue import (
    DONE,
    FEED_KEY,
    GUARDED,
    NOW,
    PROVIDER,
    REFUSED,
    RUNNING,
    SPELLING,
    TRIED,
    keeping_of,
)
from tests.web.fakes import World

SECRET = "s" * 22
COOKIE = {"Cookie": f"lcb-staff={SECRET}"}
HOME = "/staff/catalogue"
COLLEGE = f"{HOME}/providers/manchester/{PROVIDER}"
SPELT = f"{HOME}/providers/manchester/{SPELLING}"


def editor(world: World, city: str = "manchester", minutes: int = 0) -> str:
    member = world.staff.sign_in(SECRET, Grant(Role.EDITOR, city))
    began = NOW - timedelta(minutes=minutes)
    world.staff.sessions[SECRET] = replace(member, signed_in_at=began)
    return member.csrf


async def look(visitor: Visitor, path: str) -> str:
    response = await visitor.get(path, headers=COOKIE)
    assert response.status == 200, path
    return " ".join(visitor.last.split())


async def act(visitor: Visitor, path: str, **fields: str | bytes) -> tuple[int, str]:
    response = await visitor.send(path, fields, COOKIE)
    return response.status, response.headers.get("Location", "")


# -- feeds ----------------------------------------------------------------------------------------


async def test_feeds_show_how_they_go_and_when_they_come_next(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    shown = await look(visitor, f"{HOME}/feeds")
    assert "Failed 2 times in a row" in shown
    assert "New: 12. Changed: 3. Unchanged: 80. Withdrawn: 5. Faulty: 1." in shown
    assert "Every day. Next:" in shown
    assert f'href="{HOME}/runs/{GUARDED}"' in shown
    assert "3,000 courses read so far." in shown


async def test_a_feed_is_imported_paused_and_set(world: World, visitor: Visitor) -> None:
    csrf, path = editor(world), f"{HOME}/feeds/{FEED_KEY}"
    assert await act(visitor, path, csrf=csrf, act="import") == (303, f"{HOME}/runs/{RUNNING}")
    assert (await act(visitor, path, csrf=csrf, act="pause"))[1].endswith("done=pause")
    assert (await act(visitor, path, csrf=csrf, act="interval", hours="72"))[0] == 303
    assert (await act(visitor, path, csrf=csrf, act="interval", hours="1"))[0] == 400
    assert (await act(visitor, path, csrf=csrf, act="72"))[0] == 303
    assert (await act(visitor, f"{HOME}/feeds/{'ff' * 12}", csrf=csrf, act="pause"))[0] == 404
    assert [one[0] for one in keeping_of(world.ports).acts] == ["import", "pause", "72", "72"]


async def test_a_feed_that_is_being_imported_says_so(world: World, visitor: Visitor) -> None:
    csrf = editor(world)
    keeping_of(world.ports).imports.is_busy = True
    status, _ = await act(visitor, f"{HOME}/feeds/{FEED_KEY}", csrf=csrf, act="import")
    assert status == 422
    assert "This provider is being imported right now." in visitor.last


async def test_removing_a_feed_asks_for_a_fresh_sign_in(world: World, visitor: Visitor) -> None:
    csrf, path = editor(world, minutes=11), f"{HOME}/feeds/{FEED_KEY}"
    assert (await act(visitor, path, csrf=csrf, act="remove"))[0] == 403
    assert keeping_of(world.ports).acts == []
    csrf = editor(world)
    assert (await act(visitor, path, csrf=csrf, act="remove"))[0] == 303


async def test_a_new_feed_is_imported_or_says_why_not(world: World, visitor: Visitor) -> None:
    fields = {"csrf": editor(world), "city": "manchester", "provider": "Hub", "hours": "24"}
    good, bad = "https://feeds.example/a.csv", "https://other.example/a.csv"
    assert (await act(visitor, f"{HOME}/feeds", **fields, address=good))[0] == 303
    status, _ = await act(visitor, f"{HOME}/feeds", **fields, address=bad)
    assert status == 422
    assert "other.example is not on the list of hosts" in visitor.last.replace(
        "\u2068", ""
    ).replace("\u2069", "")
    assert f'value="{bad}"' in visitor.last
    elsewhere = {**fields, "city": "belfast"}
    assert (await act(visitor, f"{HOME}/feeds", **elsewhere, address=good))[0] == 404


# -- files ----------------------------------------------------------------------------------------


async def test_a_file_is_tried_first(world: World, visitor: Visitor) -> None:
    fields = {"csrf": editor(world), "city": "manchester", "provider": "Hub"}
    done = await act(visitor, f"{HOME}/files", **fields, file=b"title\nA", venues=b"VENUE_NAME\nB")
    assert done == (303, f"{HOME}/runs/{TRIED}")
    imports = keeping_of(world.ports).imports
    assert [(one.name, b"".join(one.pieces)) for one in imports.given] == [
        ("file.csv", b"title\nA"),
        ("venues.csv", b"VENUE_NAME\nB"),
    ]


async def test_a_field_beside_a_file_has_no_nul_in_it(world: World, visitor: Visitor) -> None:
    fields = {"csrf": editor(world), "city": "manchester", "provider": "Hu\0b"}
    assert (await act(visitor, f"{HOME}/files", **fields, file=b"title\nA"))[0] == 303
    assert "\0" not in str(keeping_of(world.ports).acts)
    assert "Hub" in str(keeping_of(world.ports).acts)


async def test_a_large_file_comes_in_pieces(world: World, visitor: Visitor) -> None:
    fields = {"csrf": editor(world), "city": "manchester", "provider": "Hub"}
    body = bytes(range(256)) * 5000
    assert (await act(visitor, f"{HOME}/files", **fields, file=body))[0] == 303
    [given] = keeping_of(world.ports).imports.given
    assert len(given.pieces) > 1
    assert b"".join(given.pieces) == body


async def test_what_is_no_file_changes_nothing(world: World, visitor: Visitor) -> None:
    path, csrf = f"{HOME}/files", editor(world)
    fields = {"csrf": csrf, "city": "manchester", "provider": "Hub"}
    assert (await act(visitor, path, **fields, file=b""))[0] == 422
    assert "Choose a file that is not empty." in visitor.last
    assert (await act(visitor, path, **fields))[0] == 415
    assert (await act(visitor, path, **{**fields, "csrf": "x"}, file=b"a"))[0] == 403
    assert (await act(visitor, path, **{**fields, "city": "belfast"}, file=b"a"))[0] == 404
    assert (await act(visitor, path, **fields, odd=b"a"))[0] == 400
    assert (await act(visitor, path, **{**fields, "provider": "x" * 9000}, file=b"a"))[0] == 400
    assert keeping_of(world.ports).acts == []


async def test_a_file_that_is_too_large_or_of_unknown_length_is_refused(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    headers = {
        "Origin": visitor.origin,
        "Content-Type": "multipart/form-data; boundary=b",
        **COOKIE,
    }

    async def endless() -> object:
        yield b"--b\r\n"

    response = await visitor.client.post(f"{HOME}/files", data=endless(), headers=headers)
    assert response.status == 411
    body = BytesIO(b"x" * (21 * 1024 * 1024))
    response = await visitor.client.post(f"{HOME}/files", data=body, headers=headers)
    assert response.status == 413


# -- runs -----------------------------------------------------------------------------------------


async def test_a_run_shows_every_faulty_row_and_gives_them_as_csv(
    world: World, visitor: Visitor
) -> None:
    editor(world)
    shown = await look(visitor, f"{HOME}/runs/{DONE}")
    assert "2 rows to look at" in shown
    assert "row 4" in shown
    assert "It has no title. &lt;b&gt;" in shown
    assert "its schedule" in shown
    response = await visitor.get(f"{HOME}/runs/{DONE}/rows.csv", headers=COOKIE)
    text = await response.text()
    assert "left out,row 4,title,It has no title. <b>" in text
    assert "'=1+1 is not a number" in text
    assert response.headers["Content-Disposition"].startswith("attachment")


async def test_a_run_under_way_shows_how_far_it_is(world: World, visitor: Visitor) -> None:
    editor(world)
    shown = await look(visitor, f"{HOME}/runs/{RUNNING}")
    assert "data-live" in shown
    assert "3,000 courses read so far." in shown
    assert 'http-equiv="refresh"' not in shown
    assert "The file is empty." in await look(visitor, f"{HOME}/runs/{REFUSED}")


async def test_what_was_tried_is_imported_with_one_press(world: World, visitor: Visitor) -> None:
    csrf = editor(world, minutes=11)
    shown = await look(visitor, f"{HOME}/runs/{TRIED}")
    assert "Nothing is stored yet." in shown
    assert "sample courses go at its first real import" in shown
    done = await act(visitor, f"{HOME}/runs/{TRIED}", csrf=csrf, act="import")
    assert done == (303, f"{HOME}/runs/{RUNNING}")
    assert keeping_of(world.ports).acts[0][:3] == ("import_tried", TRIED, "0")


async def test_the_guard_wants_a_fresh_sign_in_a_tick_and_the_number(
    world: World, visitor: Visitor
) -> None:
    path, keeping = f"{HOME}/runs/{GUARDED}", keeping_of(world.ports)
    csrf = editor(world, minutes=11)
    yes = {"csrf": csrf, "act": "import", "sure": "yes", "withdrawn": "5"}
    assert "Yes, withdraw 5 courses" in await look(visitor, path)
    assert (await act(visitor, path, **yes))[0] == 403
    editor(world)
    assert (await act(visitor, path, **{**yes, "sure": ""}))[0] == 422
    assert "Tick the box first." in visitor.last
    assert (await act(visitor, path, **{**yes, "withdrawn": "9"}))[0] == 422
    assert keeping.acts == []
    assert (await act(visitor, path, **yes))[0] == 303
    assert keeping.acts[0][:3] == ("import", FEED_KEY, "5")


@pytest.mark.parametrize("run", [DONE, RUNNING, REFUSED])
async def test_only_what_waits_for_a_yes_takes_one(
    world: World, visitor: Visitor, run: str
) -> None:
    csrf = editor(world)
    assert (await act(visitor, f"{HOME}/runs/{run}", csrf=csrf, act="import"))[0] == 400
    assert keeping_of(world.ports).acts == []


# -- providers -------------------------------------------------------------------------------------


async def test_providers_are_listed_found_and_known(world: World, visitor: Visitor) -> None:
    csrf = editor(world)
    shown = await look(visitor, f"{HOME}/providers")
    assert "2 providers" in shown
    assert "Moss-Side Coll. / &lt;b&gt;" in shown
    assert "1 provider<" in await look(visitor, f"{HOME}/providers?q=COLL.")
    done = await act(
        visitor, COLLEGE, csrf=csrf, act="keep", contact="0161 496 0000", agreed="yes", note="May"
    )
    assert done == (303, f"{COLLEGE}?done=kept")
    shown = await look(visitor, COLLEGE)
    assert 'value="0161 496 0000"' in shown
    assert 'value="yes" checked' in shown
    assert (await act(visitor, COLLEGE, csrf=csrf, act="keep", note="x" * 501))[0] == 422


async def test_two_spellings_become_one_and_two_again(world: World, visitor: Visitor) -> None:
    csrf = editor(world)
    assert "Somebody speaks for this name" in await look(visitor, COLLEGE)
    assert (await act(visitor, SPELT, csrf=csrf, act="merge", into="Nobody"))[0] == 422
    assert (await act(visitor, SPELT, csrf=csrf, act="merge", into="moss side COLLEGE"))[0] == 303
    assert "Its courses are shown as Moss Side College" in (await look(visitor, SPELT)).replace(
        "\u2068", ""
    ).replace("\u2069", "")
    assert (await act(visitor, SPELT, csrf=csrf, act="part"))[0] == 303
    assert (await act(visitor, SPELT, csrf=csrf, act="part"))[0] == 404
    assert (await act(visitor, SPELT, csrf=csrf, act="nonsense"))[0] == 400


@pytest.mark.parametrize("path", [COLLEGE, f"{HOME}/runs/{TRIED}", f"{HOME}/feeds/{FEED_KEY}"])
async def test_another_city_s_are_not_there(world: World, visitor: Visitor, path: str) -> None:
    csrf = editor(world, "belfast")
    for kind in ("import", "pause", "remove", "keep", "merge", "part"):
        assert (await act(visitor, path, csrf=csrf, act=kind, sure="yes", into="x"))[0] == 404
    if "/feeds/" not in path:
        assert (await visitor.get(path, headers=COOKIE)).status == 404
    assert (await visitor.get(f"{HOME}/runs/{TRIED}/rows.csv", headers=COOKIE)).status == 404
    assert keeping_of(world.ports).acts == []
    for page in ("feeds", "providers", "reports", "hidden"):
        shown = await look(visitor, f"{HOME}/{page}")
        assert "Moss Side College" not in shown
