"""Content on staff's pages: files, uploads, drafts, publishing, going back; whose they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import FormData

from bot.errors import ImportRefused
from bot.people import Grant, Role
from bot.publishing.reviewing import Upload
from tests.web.client import Visitor
from tests.web.fake_content import FAULT, MANCHESTER, MENU, NOTE, PLACES, PO, FakeContent
from tests.web.fakes import NOW, World

SECRET, OTHER = "s" * 22, "t" * 22
HOME = "/staff/content"


def _cookie(secret: str = SECRET) -> dict[str, str]:
    return {"Cookie": f"lcb-staff={secret}"}


@pytest.fixture
def desk(world: World) -> FakeContent:
    """Sign an editor of all cities in."""
    world.staff.sign_in(SECRET, Grant(Role.EDITOR))
    assert isinstance(world.ports.desks.content, FakeContent)
    return world.ports.desks.content


def _me(world: World, secret: str = SECRET) -> str:
    return world.staff.sessions[secret].person


async def _send(visitor: Visitor, to: str, secret: str = SECRET, **fields: str) -> int:
    form = {"csrf": f"csrf-{secret}", **fields}
    return (await visitor.send(f"{HOME}{to}", form, _cookie(secret))).status


async def _upload(
    visitor: Visitor, body: bytes, secret: str = SECRET, **fields: str
) -> tuple[int, str]:
    form = FormData(default_to_multipart=True)
    for name, value in {"csrf": f"csrf-{secret}", **fields}.items():
        form.add_field(name, value)
    form.add_field(
        "file", BytesIO(body), filename="any.yaml", content_type="application/octet-stream"
    )
    headers = {"Origin": visitor.origin, "Sec-Fetch-Site": "same-origin", **_cookie(secret)}
    sent = await visitor.client.post(
        f"{HOME}/file", data=form, headers=headers, allow_redirects=False
    )
    visitor.last = await sent.text()
    return sent.status, sent.headers.get("Location", "")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("", "Version 2"),
        ("/kinds/texts", "What it is for &lt;i&gt;"),
        (f"/file?path={MENU}", "Upload a changed file"),
        ("/draft", "You have no draft"),
        ("/screens?in=ur", 'dir="rtl"'),
        ("/translations", "11 of 15 texts"),
        ("/history", "went back to what the program came with"),
        ("/history/1", "Plainer words"),
        ("/back/1", "Go back now"),
    ],
)
async def test_pages_show_what_there_is(
    desk: FakeContent, visitor: Visitor, path: str, shown: str
) -> None:
    del desk
    answer = await visitor.get(f"{HOME}{path}", headers=_cookie())

    assert answer.status == 200
    assert shown.casefold() in visitor.last.casefold()


@pytest.mark.parametrize(
    "path",
    [
        "/kinds/passwords", "/file?path=sources.yaml", "/file?path=../../etc/passwd", "/history/9",
        "/back/9", "/history/x", "/download?path=codewords.yaml", "/translations/en/all.po",
        "/translations/ur/all.exe", f"/workbook?path={MENU}",
    ],
)  # fmt: skip
async def test_there_is_nothing_else(desk: FakeContent, visitor: Visitor, path: str) -> None:
    del desk
    assert (await visitor.get(f"{HOME}{path}", headers=_cookie())).status == 404


@pytest.mark.parametrize("role", [Role.ANALYST, Role.LIAISON, Role.APPROVER, Role.PROVIDER])
async def test_others_have_no_such_page(world: World, visitor: Visitor, role: Role) -> None:
    world.staff.sign_in(SECRET, Grant(role))
    for path in ("", "/draft", f"/file?path={MENU}", "/screens", "/history", "/back/1"):
        assert (await visitor.get(f"{HOME}{path}", headers=_cookie())).status == 404
    for path in ("/draft", "/publish", "/back/1"):
        assert await _send(visitor, path, act="drop-all", reason="x", seen="2") == 404


async def test_a_file_is_downloaded_and_never_shown(desk: FakeContent, visitor: Visitor) -> None:
    del desk
    answer = await visitor.get(f"{HOME}/download?path={MENU}", headers=_cookie())

    assert (await answer.read()).startswith(b"# The menu.")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="text-menu.yaml"'
    assert answer.content_type == "application/octet-stream"


async def test_an_upload_goes_into_one_s_own_draft(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    status, location = await _upload(visitor, b'menu.ask: "Hi"', path=MENU)

    assert (status, location) == (303, f"{HOME}/draft?taken=0")
    assert desk.taken == [(_me(world), MENU, b'menu.ask: "Hi"', False)]
    await visitor.get(location, headers=_cookie())
    assert "It is in your draft." in visitor.last
    assert "can we do &lt;b&gt;for" in visitor.last


async def test_words_can_be_changed_in_the_page(desk: FakeContent, visitor: Visitor) -> None:
    form = {"csrf": f"csrf-{SECRET}", "path": MENU, "words": "a: b\r\nc: d"}
    assert (await visitor.send(f"{HOME}/file", form, _cookie())).status == 303
    assert desk.taken[0][2] == b"a: b\r\nc: d"


async def test_what_was_typed_is_not_lost_when_it_cannot_be_taken(
    desk: FakeContent, visitor: Visitor
) -> None:
    desk.upload = Upload(problems=(FAULT,))
    form = {"csrf": f"csrf-{SECRET}", "path": MENU, "words": "my own <words>"}
    answer = await visitor.send(f"{HOME}/file", form, _cookie())

    assert answer.status == 422
    for shown in ("my own &lt;words&gt;", "text/menu.yaml", "line 2", "nothing fills it in"):
        assert shown in visitor.last


async def test_notes_of_a_file_that_was_taken_are_no_mistakes(
    desk: FakeContent, visitor: Visitor
) -> None:
    desk.upload = Upload((MENU,), problems=(NOTE,), count=1)
    status, _ = await _upload(visitor, b"x", path=MENU)

    assert status == 200
    assert "1 note: it does not stop you" in visitor.last
    assert "mistake" not in visitor.last


@pytest.mark.parametrize(
    ("upload", "shown"),
    [
        (Upload(refused="publishing.refused.encoding", values={"at": 7}), "byte 7"),
        (Upload(refused="imports.refused.bomb", values={"ratio": 100}), "100"),
        (Upload(refused="publishing.refused.unreadable"), "could not be read at all"),
    ],
)
async def test_a_refusal_says_what_to_do(
    desk: FakeContent, visitor: Visitor, upload: Upload, shown: str
) -> None:
    desk.upload = upload
    assert (await _upload(visitor, b"x", path=MENU))[0] == 422
    assert shown in visitor.last


async def test_rows_that_were_left_out_of_a_translation_are_listed(
    desk: FakeContent, visitor: Visitor
) -> None:
    desk.upload = Upload((PO,), problems=(replace(NOTE, line=12),), count=3)
    status, _ = await _upload(visitor, b"x", path=PO, is_read="yes")

    assert (status, desk.taken[0][3]) == (200, True)
    assert "3 texts have a new translation" in visitor.last
    assert "line 12" in visitor.last


@pytest.mark.parametrize(
    ("fields", "body", "shown"),
    [
        ({"kind": "campaigns", "name": "../../x"}, b"x", "Give it a short name"),
        ({"kind": "campaigns", "name": "fair"}, b"x", "one of that name already"),
        ({"kind": "questionnaires", "name": "new"}, b" ", "Choose a file first"),
        ({"path": MENU}, b"", "Choose a file first"),
    ],
)
async def test_what_is_missing_is_asked_for(
    desk: FakeContent, visitor: Visitor, fields: dict[str, str], body: bytes, shown: str
) -> None:
    assert (await _upload(visitor, body, **fields))[0] == 422
    assert shown in visitor.last
    assert desk.taken == []


async def test_a_new_file_is_added(desk: FakeContent, visitor: Visitor) -> None:
    status, _ = await _upload(visitor, b"x", kind="campaigns", name="winter-fair")

    assert status == 303
    assert desk.taken[0][1] == "campaigns/winter-fair.yaml"


@pytest.mark.parametrize("fields", [{"kind": "texts", "name": "x"}, {"path": "sources.yaml"}])
async def test_nothing_else_can_be_put(
    desk: FakeContent, visitor: Visitor, fields: dict[str, str]
) -> None:
    assert (await _upload(visitor, b"x", **fields))[0] == 404
    assert desk.taken == []


async def test_an_upload_has_a_bound_and_proves_its_page(
    desk: FakeContent, visitor: Visitor
) -> None:
    assert (await _upload(visitor, b"x" * 4_300_000, path=MENU))[0] == 413
    assert (await _upload(visitor, b"x", path=MENU, csrf="forged"))[0] == 403
    assert await _send(visitor, "/draft", csrf="forged", act="drop-all") == 403
    assert desk.taken == []


async def test_staff_of_one_city_change_its_files_alone(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    world.staff.sign_in(OTHER, Grant(Role.EDITOR, "manchester"))
    assert (await _upload(visitor, b"x", OTHER, path=MANCHESTER))[0] == 303
    for path in (MENU, PLACES, PO):
        assert (await _upload(visitor, b"x", OTHER, path=path))[0] == 404
    assert (await _upload(visitor, b"x", OTHER, kind="campaigns", name="mine"))[0] == 404
    assert [path for _, path, _, _ in desk.taken] == [MANCHESTER]
    await visitor.get(f"{HOME}/file?path={MENU}", headers=_cookie(OTHER))
    assert "Only staff who look after all of them" in visitor.last
    assert (await visitor.get(f"{HOME}/back/1", headers=_cookie(OTHER))).status == 404
    assert await _send(visitor, "/back/1", OTHER, reason="x", seen="2") == 404


async def test_a_draft_that_holds_more_than_one_may_change_does_not_go_live(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    world.staff.sign_in(OTHER, Grant(Role.EDITOR, "manchester"))
    desk.begin(_me(world, OTHER), MENU)  # as an editor of all cities had it before

    assert (await visitor.get(f"{HOME}/publish", headers=_cookie(OTHER))).status == 403
    assert await _send(visitor, "/publish", OTHER, reason="x", seen="2") == 403
    assert desk.done == []


async def test_nobody_reaches_somebody_else_s_draft(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    world.staff.sign_in(OTHER, Grant(Role.EDITOR))
    desk.begin(_me(world))
    await visitor.get(f"{HOME}/draft", headers=_cookie(OTHER))
    assert "You have no draft" in visitor.last
    assert await _send(visitor, "/publish", OTHER, reason="x", seen="2") == 303
    assert _me(world) in desk.drafts


async def test_a_draft_is_published_with_a_reason(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    desk.begin(_me(world))
    await visitor.get(f"{HOME}/publish", headers=_cookie())
    assert "1 file goes live." in visitor.last
    assert await _send(visitor, "/publish", seen="2") == 422
    assert "Say in one sentence why." in visitor.last
    assert await _send(visitor, "/publish", seen="2", reason=" Plainer ") == 303

    assert desk.done == [("publish", _me(world), "Plainer")]


async def test_what_somebody_else_published_meanwhile_is_told_and_nothing_is_lost(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    desk.begin(_me(world))
    assert await _send(visitor, "/publish", seen="1", reason="Plainer") == 409
    assert "Nothing of yours is lost" in visitor.last
    desk.clashes = frozenset({MENU})
    await visitor.get(f"{HOME}/draft", headers=_cookie())
    assert "Go on to publish" not in visitor.last
    assert await _send(visitor, "/draft", act="settle", path=MENU) == 303

    assert desk.done == [("settle", _me(world), MENU)]


async def test_a_faulty_draft_does_not_go_live(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    desk.begin(_me(world))
    desk.problems = (FAULT, NOTE)
    await visitor.get(f"{HOME}/draft", headers=_cookie())
    assert "1 mistake has to be put right" in visitor.last
    assert "Go on to publish" not in visitor.last
    assert (await visitor.get(f"{HOME}/publish", headers=_cookie())).status == 303
    assert await _send(visitor, "/publish", seen="2", reason="Plainer") == 409
    assert desk.done == []


async def test_a_draft_is_dropped(desk: FakeContent, visitor: Visitor, world: World) -> None:
    desk.begin(_me(world))
    assert await _send(visitor, "/draft", act="drop", path=MENU) == 303
    assert desk.drafts == {}
    desk.begin(_me(world))
    assert await _send(visitor, "/draft", act="drop-all") == 303
    assert desk.drafts == {}
    assert await _send(visitor, "/draft", act="invented", path=MENU) == 400


async def test_going_back_asks_why(desk: FakeContent, visitor: Visitor, world: World) -> None:
    assert await _send(visitor, "/back/0", seen="2") == 422
    assert await _send(visitor, "/back/1", seen="1", reason="Too short") == 422
    assert "Somebody else published meanwhile" in visitor.last
    assert await _send(visitor, "/back/1", seen="2", reason="Too short") == 303

    assert desk.done == [("back 1", _me(world), "Too short")]


async def test_what_goes_live_needs_a_fresh_sign_in(
    desk: FakeContent, visitor: Visitor, world: World
) -> None:
    member = world.staff.sessions[SECRET]
    world.staff.sessions[SECRET] = replace(member, signed_in_at=NOW - timedelta(hours=1))
    desk.begin(member.person)
    for path in ("/publish", "/back/1"):
        assert (await visitor.get(f"{HOME}{path}", headers=_cookie())).status == 403
        assert await _send(visitor, path, reason="x", seen="2") == 403
    assert desk.done == []


async def test_a_version_that_is_not_in_use_is_told(desk: FakeContent, visitor: Visitor) -> None:
    desk.refused = (FAULT,)
    await visitor.get(HOME, headers=_cookie())

    assert "The newest published content is not in use" in visitor.last
    assert "nothing fills it in here" in visitor.last
    await visitor.get("/staff", headers=_cookie())
    assert "The newest published content is not in use" in visitor.last
    desk.refused = ()
    await visitor.get("/staff", headers=_cookie())
    assert "The newest published content is not in use" not in visitor.last


async def test_a_translator_gets_a_sheet(desk: FakeContent, visitor: Visitor) -> None:
    del desk
    path = f"{HOME}/translations/ur/missing.xlsx?file={MENU}"
    answer = await visitor.get(path, headers=_cookie())
    assert await answer.read() == f"ur xlsx missing {MENU}".encode()
    lost = await visitor.get(f"{HOME}/translations/ur/all.po?file=lost", headers=_cookie())
    assert lost.status == 404


async def test_long_lists_of_screens_have_pages(desk: FakeContent, visitor: Visitor) -> None:
    del desk
    await visitor.get(f"{HOME}/screens?file={MENU}", headers=_cookie())
    assert "Screens 1 to 40 of 44" in visitor.last
    await visitor.get(f"{HOME}/screens?file={MENU}&from=40", headers=_cookie())
    assert "Screens 41 to 44 of 44" in visitor.last
    assert "What would you &lt;b&gt;like" in visitor.last


async def test_while_content_cannot_be_tried_pages_say_when_to_come_again(
    desk: FakeContent, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ImportRefused("publishing.refused.unreadable")

    for name in ("groups", "left", "step"):
        monkeypatch.setattr(desk, name, fail)
    for path in ("/screens", "/translations", "/history/1"):
        answer = await visitor.get(f"{HOME}{path}", headers=_cookie())
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
