from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Incoming, Press
from bot.handlers.callbacks import STALE
from bot.handlers.entities import units
from bot.handlers.reading import UnreadableUpdateError, clean, load_json, read_update

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
USER = {
    "id": 7,
    "is_bot": False,
    "first_name": "Ada",
    "last_name": "Lovelace",
    "username": "ada_l",
    "language_code": "cy",
}
CHAT = {"id": 7, "type": "private", "first_name": "Ada", "username": "ada_l"}
MESSAGE = {"message_id": 3, "from": USER, "chat": CHAT, "date": 1_790_000_000}


def read(kind: str, value: Any) -> Incoming | None:
    return read_update({"update_id": 12, kind: value}, "42", NOW)


def get(kind: str, value: Any) -> Incoming:
    incoming = read(kind, value)
    assert incoming is not None
    return incoming


def test_a_text_keeps_what_is_needed_and_nothing_more() -> None:
    incoming = get("message", {**MESSAGE, "text": " excel near moss side "})
    assert incoming == Incoming(
        channel="telegram",
        bot="42",
        update_id="12",
        chat="7",
        kind="text",
        at=datetime.fromtimestamp(1_790_000_000, UTC),
        text="excel near moss side",
        language="cy",
        message_id="3",
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("message", {**MESSAGE, "text": "hi"}),
        ("message", {**MESSAGE, "contact": {"phone_number": "+447700900123", "first_name": "Ada"}}),
        ("edited_message", {**MESSAGE, "text": "hi", "edit_date": 1_790_000_001}),
        ("callback_query", {"id": "c", "from": USER, "message": MESSAGE, "data": "1:n:o"}),
        ("my_chat_member", {**MESSAGE, "new_chat_member": {"status": "kicked", "user": USER}}),
    ],
)
def test_no_name_username_or_phone_is_kept(kind: str, value: Any) -> None:
    kept = json.dumps(dataclasses.asdict(get(kind, value)), default=str)
    assert not any(word in kept for word in ("Ada", "Lovelace", "ada_l", "7700900123"))


def test_a_deep_link_arrives_as_text() -> None:
    assert get("message", {**MESSAGE, "text": "/start course_x1"}).text == "/start course_x1"


def test_a_location_is_rounded_to_about_a_kilometre() -> None:
    incoming = get(
        "message", {**MESSAGE, "location": {"latitude": 53.45678, "longitude": -2.23456}}
    )
    assert (incoming.kind, incoming.place) == ("location", (53.46, -2.23))


def test_the_steps_of_a_live_location_are_not_acts() -> None:
    place = {"latitude": 53.45678, "longitude": -2.23456, "live_period": 60}
    assert read("edited_message", {**MESSAGE, "location": place}) is None


def test_an_edited_message_names_the_message() -> None:
    incoming = get("edited_message", {**MESSAGE, "text": "word", "edit_date": 1_790_000_009})
    assert (incoming.kind, incoming.message_id, incoming.text) == ("edited", "3", "word")
    assert incoming.at.timestamp() == 1_790_000_009


def test_a_caption_is_text_and_a_sticker_is_none() -> None:
    assert get("message", {**MESSAGE, "photo": [], "caption": "look"}).text == "look"
    sticker = get("message", {**MESSAGE, "sticker": {"emoji": "!"}})
    assert (sticker.kind, sticker.text) == ("text", "")


def test_a_press() -> None:
    query = {"id": "cb1", "from": USER, "message": MESSAGE, "data": "1:nonce:yes"}
    incoming = get("callback_query", query)
    assert incoming.press == Press("nonce", "yes")
    assert (incoming.kind, incoming.callback_id, incoming.message_id) == ("press", "cb1", "3")


@pytest.mark.parametrize(
    "query",
    [
        {"id": "c", "from": USER, "data": "1:n"},
        {
            "id": "c",
            "from": USER,
            "message": {"chat": {"id": 7}, "message_id": 1, "date": 0},
            "data": "x",
        },
        {"id": "c", "from": USER, "message": MESSAGE, "game_short_name": "g"},
    ],
)
def test_an_unknown_press_is_stale(query: Any) -> None:
    incoming = get("callback_query", query)
    assert (incoming.press, incoming.chat) == (STALE, "7")


@pytest.mark.parametrize(
    ("status", "kind"), [("kicked", "blocked"), ("member", "unblocked"), ("left", "blocked")]
)
def test_blocking_is_known(status: str, kind: str) -> None:
    change = {**MESSAGE, "new_chat_member": {"status": status, "user": USER}}
    assert get("my_chat_member", change).kind == kind


def test_groups_and_other_updates_are_left_alone() -> None:
    group = {"id": -5, "type": "group", "title": "G"}
    assert read("message", {**MESSAGE, "chat": group, "text": "hi"}) is None
    assert (
        read("callback_query", {"id": "c", "from": USER, "message": {**MESSAGE, "chat": group}})
        is None
    )
    assert (
        read("my_chat_member", {**MESSAGE, "chat": group, "new_chat_member": {"status": "left"}})
        is None
    )
    assert read("poll", {"id": "1"}) is None


@pytest.mark.parametrize(
    "update",
    [
        [],
        "text",
        None,
        {},
        {"update_id": "x"},
        {"update_id": 1, "message": 5},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": {**MESSAGE, "location": {"latitude": 91, "longitude": 0}}},
        {
            "update_id": 1,
            "message": {**MESSAGE, "location": {"latitude": float("nan"), "longitude": 0}},
        },
        {"update_id": 1, "message": {**MESSAGE, "date": 10**20}},
        {"update_id": 1, "message": {**MESSAGE, "text": 5}},
        {"update_id": 1, "callback_query": {"id": 1}},
        {"update_id": 1, "my_chat_member": {}},
    ],
)
def test_a_misshapen_update_is_refused_in_one_way(update: Any) -> None:
    with pytest.raises(UnreadableUpdateError):
        read_update(update, "42", NOW)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "message",
                        "chat",
                        "id",
                        "type",
                        "from",
                        "date",
                        "text",
                        "update_id",
                        "callback_query",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_nothing_else_is_ever_raised(update: Any) -> None:
    try:
        read_update(update, "42", NOW)
    except UnreadableUpdateError:
        return


def test_lone_surrogates_are_read_and_dropped() -> None:
    update = load_json(
        json.dumps({"update_id": 1, "message": {**MESSAGE, "text": "a\ud800b"}}).encode()
    )
    incoming = read_update(update, "42", NOW)
    assert incoming is not None
    assert incoming.text == "ab"


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableUpdateError):
        load_json(body)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("  hi  ", "hi"),
        ("a\x00b\x07c", "abc"),
        ("one\r\ntwo", "one\ntwo"),
        ("\u202eevil\u202c", "evil"),
        ("cafe\u0301", "caf\u00e9"),
        ("\ufeffhi", "hi"),
        ("\u200f\u0627\u0631\u062f\u0648", "\u200f\u0627\u0631\u062f\u0648"),
        ("\U0001f469\u200d\U0001f680", "\U0001f469\u200d\U0001f680"),
    ],
)
def test_clean(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned


def test_length_is_counted_as_telegram_counts() -> None:
    assert clean("\U0001f600" * 4096) == "\U0001f600" * 2048
    assert clean("x" + "\U0001f600" * 4096) == "x" + "\U0001f600" * 2047
    assert clean("x" * 5000) == "x" * 4096


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_is_storable(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert units(cleaned) <= 4096
