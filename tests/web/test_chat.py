from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest

from bot.conversation.messages import Message, Press, Span
from bot.web.chat.address import address_of
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World, make_world


async def test_a_first_visit_stores_nothing_and_sets_no_cookie(
    world: World, visitor: Visitor
) -> None:
    response = await visitor.get("/")

    assert response.status == 200
    assert "Set-Cookie" not in response.headers
    assert "What I keep" in visitor.last or "I keep your language" in visitor.last
    assert world.talk.seen == []


async def test_a_press_on_the_first_screen_begins_the_chat_and_is_handed_to_its_question(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/c/manchester")
    response = await visitor.press("en")

    assert response.status == 303
    assert response.headers["Location"] == "/c/manchester#latest"
    assert [one.text for one in world.talk.seen] == ["/start city_manchester", ""]
    assert world.talk.seen[1].press == Press("n000000002", "en")
    assert "What would you like to learn?" in visitor.last


async def test_words_on_the_first_screen_are_the_wish_itself(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("evning excel near moss side")

    assert [one.text for one in world.talk.seen] == ["evning excel near moss side"]
    assert "Excel for beginners" in visitor.last


async def test_the_cookie_is_random_and_only_its_hash_is_the_address(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    response = await visitor.type("excel")

    cookie = response.headers["Set-Cookie"]
    secret = visitor.cookies["lcb-chat"]
    assert len(secret) >= 22
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert world.talk.seen[0].chat == address_of(secret)
    assert secret not in world.talk.seen[0].chat


async def test_on_https_the_cookie_is_kept_to_this_host(visit: Visit) -> None:
    visitor = await visit(make_world("https://city.example"))
    await visitor.get("/")
    response = await visitor.type("excel", city="")

    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-chat=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_the_same_form_sent_twice_is_one_act(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    fields = {**visitor.hidden('id="text"'), "text": "maths"}
    await visitor.send("/chat", fields)
    await visitor.send("/chat", fields)

    assert len({one.update_id for one in world.talk.seen}) == len(world.talk.seen) == 2


async def test_another_button_of_the_same_page_is_another_act(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    fields = visitor.hidden('value="c-excel"')
    await visitor.send("/chat", {**fields, "option": "c-excel"})
    await visitor.send("/chat", {**fields, "option": "more"})

    assert [one.press.option for one in world.talk.seen if one.press] == ["c-excel", "more"]


async def test_an_earlier_question_keeps_its_buttons_behind_change(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    await visitor.press("c-excel")

    assert visitor.last.count("<details") == 1
    assert 'is-chosen" name="option" value="c-excel"' in visitor.last
    await visitor.press("c-cook")
    assert world.talk.seen[-1].press == Press("n000000002", "c-cook")


async def test_a_way_out_is_never_marked_as_the_answer(visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    await visitor.press("-menu")

    assert 'value="-menu"' in visitor.last
    assert "is-chosen" not in visitor.last


async def test_a_question_of_an_ended_conversation_has_no_buttons(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    await visitor.press("c-excel")
    entries = next(iter(world.talk.chats.values()))
    entries[:] = [replace(entry, is_live=False) for entry in entries]
    await visitor.get("/")

    assert "<details" not in visitor.last


async def test_a_chat_survives_a_reload_and_a_new_server(visit: Visit) -> None:
    world = make_world()
    first = await visit(world)
    await first.get("/")
    await first.type("excel")
    secret = first.cookies["lcb-chat"]

    second = await visit(world)
    await second.get("/", headers={"Cookie": f"lcb-chat={secret}"})

    assert "Excel for beginners" in second.last


async def test_somebody_whose_messages_are_deleted_by_now_is_greeted(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    for entries in world.talk.chats.values():
        entries.clear()

    await visitor.get("/")

    assert "Welcome back." in visitor.last
    assert "Excel for beginners" not in visitor.last


async def test_nobody_sees_another_chat(world: World, visitor: Visitor, visit: Visit) -> None:
    await visitor.get("/")
    await visitor.type("a private wish")
    stranger = await visit(world)
    await stranger.get("/", headers={"Cookie": f"lcb-chat={'x' * 22}"})

    assert "a private wish" not in stranger.last
    assert "What I keep" in stranger.last or "I keep your language" in stranger.last
    events = await stranger.get("/chat/events", headers={"Cookie": f"lcb-chat={'x' * 22}"})
    assert events.status == 404


async def test_a_form_without_its_signature_is_not_taken_and_keeps_the_words(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    taken = len(world.talk.seen)
    response = await visitor.type("maths <b>", form="0" * 64)

    assert response.status == 422
    assert 'value="maths &lt;b&gt;"' in visitor.last
    assert len(world.talk.seen) == taken


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Type something or press a button"), ("🙂" * 2049, "That is too long for me")],
)
async def test_an_act_that_cannot_be_taken_is_explained(
    visitor: Visitor, text: str, told: str
) -> None:
    await visitor.get("/")
    response = await visitor.type(text)

    assert response.status == 422
    assert told in visitor.last
    assert 'role="alert"' in visitor.last


async def test_a_busy_database_loses_no_words(world: World, visitor: Visitor) -> None:
    world.talk.is_busy = True
    await visitor.get("/")
    response = await visitor.type("excel near hulme")

    assert response.status == 503
    assert 'value="excel near hulme"' in visitor.last
    assert "Set-Cookie" not in response.headers


async def test_typed_words_are_cleaned(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("ex\x00cel \u202eabc\ud83d".encode("utf-8", "ignore").decode())

    assert world.talk.seen[0].text == "excel abc"


async def test_words_stay_words(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("<img src=x onerror=alert(1)>")

    assert "&lt;img src=x onerror=alert(1)&gt;" in visitor.last
    assert "<img" not in visitor.last


async def test_links_in_messages_go_only_where_links_may(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    spans = (
        Span("bad", url="javascript:alert(1)"),
        Span("worse", url="//evil.example"),
        Span("good", url="https://good.example/?a=1&b=2"),
    )
    world.talk.write(next(iter(world.talk.chats)), Message(spans))
    await visitor.get("/")

    assert "javascript:" not in visitor.last
    assert "//evil.example" not in visitor.last
    assert 'href="https://good.example/?a=1&amp;b=2"' in visitor.last


async def test_a_location_is_rounded(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("near me")
    await visitor.type("", lat="53.45678", lon="-2.23456")

    assert world.talk.seen[-1].kind == "location"
    assert world.talk.seen[-1].place == (53.46, -2.23)
    assert "I shared my rough area." in visitor.last


async def test_a_slow_turn_is_waited_for_and_then_shown_as_under_way(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    world.talk.is_silent = True
    response = await visitor.type("maths")

    assert response.status == 303
    assert "I am working on it." in visitor.last
    assert "Check for the reply" in visitor.last


async def test_a_page_with_scripts_gets_only_what_changed(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    fields = {**visitor.hidden('value="c-excel"'), "option": "c-excel"}
    known = ",".join(_versions(visitor.last))
    response = await visitor.send("/chat", fields, {"Accept": "application/json", "X-Lines": known})
    news = json.loads(await response.text())

    assert response.status == 200
    assert len(news["lines"]) == 3  # the question that was answered, the press, the reply
    assert news["order"][-1] == news["latest"] == news["lines"][-1]["id"]
    assert news["is_waiting"] is False


async def test_events_tell_an_open_page_what_is_new(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    known = ",".join(_versions(visitor.last))
    response = await visitor.client.get("/chat/events", params={"lines": known})
    assert response.content_type == "text/event-stream"
    world.talk.write(next(iter(world.talk.chats)), Message((Span("A reminder."),)))

    event = await _event(response)
    assert len(event["lines"]) == 1
    assert "A reminder." in event["lines"][0]["html"]
    response.close()


async def test_one_chat_has_few_streams(visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    streams = [await visitor.client.get("/chat/events") for _ in range(7)]

    assert [one.status for one in streams] == [200] * 6 + [429]
    for stream in streams:
        stream.close()


async def test_streams_end_when_the_server_stops(world: World, visit: Visit) -> None:
    visitor = await visit(world)
    await visitor.get("/")
    await visitor.type("excel")
    response = await visitor.client.get("/chat/events")
    async with asyncio.timeout(5):
        await visitor.client.server.close()
    response.close()


async def test_the_menu_and_telegram_are_one_press_away(world: World, visitor: Visitor) -> None:
    await visitor.get("/")
    await visitor.type("excel")
    fields = visitor.hidden('value="/join"')
    await visitor.send("/chat", {**fields, "text": "/join"})

    assert world.talk.seen[-1].text == "/join"
    await visitor.get("/")
    assert '<p dir="auto">/join</p>' not in visitor.last


async def test_an_urdu_chat_reads_from_right_to_left(world: World, visitor: Visitor) -> None:
    await visitor.get("/c/manchester")
    await visitor.press("ur")

    assert '<html lang="ur" dir="rtl">' in visitor.last
    assert '<div class="say" lang="ur" dir="rtl">' in visitor.last
    assert '<div class="say" lang="en" dir="ltr">' in visitor.last


async def test_a_deep_link_waits_for_a_press(world: World, visitor: Visitor) -> None:
    await visitor.get("/?start=invite_abcDEF-123")
    assert world.talk.seen == []
    assert "I keep your language" not in visitor.last
    fields = visitor.hidden('value="/start invite_abcDEF-123"')
    await visitor.send("/chat", {**fields, "text": "/start invite_abcDEF-123"})

    assert [one.text for one in world.talk.seen] == ["/start invite_abcDEF-123"]
    await visitor.get("/?start=%22%3E%3Cscript%3E")
    assert "You opened a link" not in visitor.last


async def test_joining_spends_nothing_until_the_button_is_pressed(
    world: World, visitor: Visitor
) -> None:
    token = "t" * 32
    page = await visitor.get(f"/join/{token}")
    assert page.status == 200
    assert world.talk.seen == []

    response = await visitor.send(f"/join/{token}", {})
    assert response.status == 303
    assert [one.text for one in world.talk.seen] == [f"/start join_{token}"]


async def test_own_data_is_only_that_of_the_cookie(world: World, visitor: Visitor) -> None:
    await visitor.get("/mydata")
    assert "I keep nothing about you." in visitor.last
    assert (await visitor.get("/mydata.json")).status == 404

    await visitor.get("/")
    await visitor.type("excel")
    await visitor.get("/mydata")
    assert "manchester" in visitor.last
    response = await visitor.get("/mydata.json")
    assert json.loads(await response.read())["person"][0]["city"] == "manchester"
    assert "attachment" in response.headers["Content-Disposition"]


async def test_a_course_page_opens_the_course_in_the_chat(world: World, visitor: Visitor) -> None:
    await visitor.get("/courses/excel")
    fields = visitor.hidden("/start course_excel")
    response = await visitor.send("/chat", {**fields, "text": "/start course_excel"})

    assert response.status == 303
    assert world.talk.seen[-1].text == "/start course_excel"
    assert [one.text for one in world.talk.seen] == ["/start course_excel"]


def _versions(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('data-version="')[1:]]


async def _event(response: object) -> dict[str, list[dict[str, str]]]:
    async with asyncio.timeout(5):
        async for line in response.content:  # type: ignore[attr-defined]
            if line.startswith(b"data: "):
                return dict(json.loads(line[6:]))
    raise AssertionError("the stream ended")
