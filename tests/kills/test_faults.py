"""Faults of the Bot API, of the database and of people, against the real program."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from content.load import SHIPPED
from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import Program
from tests.support.scene import Scene, make_scene

pytestmark = pytest.mark.kills


async def test_f3_a_lost_answer_is_repeated_once(scene: Scene) -> None:
    await scene.program.start()
    scene.fake.fault("cut_after", method="sendMessage", chat=1, times=1)
    scene.begin(1, 2)
    await scene.settled()

    scene.judge()
    assert len(scene.sent(1)) == 2
    assert len(scene.sent(2)) == 1


async def test_f3_an_answer_lost_twice_is_set_aside_and_the_chat_goes_on(scene: Scene) -> None:
    await scene.program.start()
    scene.fake.fault("cut_after", method="sendMessage", chat=1, times=2)
    scene.begin(1)
    await scene.settled()
    scene.say(1)
    await scene.settled()

    assert scene.sent(1) == [scene.expected(1)[0]] * 2 + scene.expected(1)[1:]
    assert scene.rows("SELECT state FROM outbox ORDER BY id") == [("in_doubt",), ("sent",)]


async def test_f4_f18_updates_come_many_times_and_in_any_order(scene: Scene) -> None:
    await scene.program.start()
    scene.begin(1)
    await scene.settled()
    scene.say(1)
    await scene.settled()
    updates = [("/typed", 1, 1000), ("word0", 3, 1001)] * 50
    random.Random(1).shuffle(updates)
    for text, message_id, update_id in updates:
        raw = {**_raw_message(1), "text": text, "message_id": message_id}
        scene.fake.bot.push("message", raw, update_id=update_id)
    scene.say(1)
    await scene.settled()

    scene.judge()


def _raw_message(chat: int) -> dict[str, object]:
    return {
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private"},
        "from": {"id": chat, "is_bot": False, "first_name": "Ada", "language_code": "en"},
    }


async def test_f5_sigterm_under_load_stops_cleanly_and_loses_nothing(scene: Scene) -> None:
    await scene.program.start()
    scene.begin(*range(1, 11))
    for _ in range(10):
        for chat in range(1, 11):
            scene.say(chat)
    started = time.monotonic()
    code = await scene.program.stop()
    took = time.monotonic() - started

    assert code == 0
    assert took < 10
    await scene.program.start()
    await scene.settled()
    scene.judge()
    assert sum(len(scene.sent(chat)) for chat in scene.said) == 110, "nothing was in doubt"


async def test_f6_a_429_holds_up_only_its_chat(scene: Scene) -> None:
    await scene.program.start()
    scene.fake.fault("refuse", method="sendMessage", chat=1, status=429, retry_after=2, times=1)
    scene.begin(1, 2)
    await scene.settled()

    scene.judge()
    refused, accepted = scene.fake.called("sendMessage", chat=1)
    (other,) = scene.fake.called("sendMessage", chat=2)
    assert accepted.at - refused.at >= 2
    assert other.at - refused.at < 2


@pytest.mark.parametrize("kind", ["cut_before", "garbage"])
async def test_f7_cut_calls_are_made_again(scene: Scene, kind: str) -> None:
    await scene.program.start()
    scene.fake.fault(kind, times=4)
    scene.begin(1, 2)
    await scene.settled()

    for chat in (1, 2):
        assert list(dict.fromkeys(scene.sent(chat))) == scene.expected(chat)


async def test_f7_server_errors_are_waited_out(scene: Scene) -> None:
    await scene.program.start()
    scene.fake.fault("refuse", status=502, times=4)
    scene.begin(1, 2)
    await scene.settled()

    scene.judge()


async def test_f8_a_refused_message_goes_plain_and_then_aside(scene: Scene) -> None:
    await scene.program.start()
    refusal = {"status": 400, "description": "Bad Request: can't parse entities"}
    scene.fake.fault("refuse", method="sendMessage", chat=1, times=1, **refusal)
    scene.fake.fault("refuse", method="sendMessage", chat=2, times=2, **refusal)
    scene.begin(1, 2)
    await scene.settled()
    scene.say(2)
    await scene.settled()

    assert scene.sent(1) == scene.expected(1)
    assert scene.sent(2) == scene.expected(2)[1:], "the chat went on"
    failed = scene.rows("SELECT chat, reason <> '' FROM outbox WHERE state = 'failed'")
    assert failed == [("2", 1)]


async def test_f10_a_locked_database_keeps_everything_unacknowledged(
    webhook_scene: Scene,
) -> None:
    scene = webhook_scene
    await scene.program.start()
    scene.begin(1)
    await scene.settled()
    with closing(sqlite3.connect(scene.program.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        scene.say(1)
        await scene.until(lambda: bool(scene.fake.bot.webhook.last_error))
        assert len(scene.fake.bot.updates.pending()) == 1
        assert "503" in scene.fake.bot.webhook.last_error
        other.execute("ROLLBACK")
    await scene.settled()

    scene.judge()


async def test_f10_polling_waits_for_a_locked_database(scene: Scene) -> None:
    await scene.program.start()
    scene.begin(1)
    await scene.settled()
    with closing(sqlite3.connect(scene.program.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        scene.say(1)
        await asyncio.sleep(3)
        assert len(scene.fake.bot.updates.pending()) == 1
        other.execute("ROLLBACK")
    await scene.settled()

    scene.judge()


async def test_f20_somebody_blocks_the_bot_and_comes_back(scene: Scene) -> None:
    await scene.program.start()
    scene.begin(1, 2)
    await scene.settled()
    scene.person(1).block()
    scene.say(2)
    await scene.settled()
    reachable = "SELECT is_reachable FROM contact WHERE chat = '1'"
    await scene.until(lambda: scene.rows(reachable) == [(0,)])
    scene.person(1).unblock()
    scene.say(1)
    await scene.settled()

    assert scene.rows(reachable) == [(1,)]
    scene.judge()


async def test_f21_a_second_program_on_the_same_file_refuses_to_start(scene: Scene) -> None:
    await scene.program.start()
    second = Program(scene.program.folder, scene.fake.url, module=("bot", "run"))
    await second.start(is_awaited=False)

    assert await second.died() != 0
    assert "Another bot is running" in scene.program.log()
    scene.begin(1)
    await scene.settled()
    scene.judge()


async def test_f31_markup_in_answers_is_shown_as_it_was_typed(scene: Scene) -> None:
    await scene.program.start()
    scene.begin(1)
    await scene.settled()
    scene.said[1].append("<b>*_[x](http://evil.example)`</b>&amp;")
    scene.person(1).say(scene.said[1][-1])
    await scene.settled()

    scene.judge()
    (question,) = [
        c.parameters
        for c in scene.fake.called("sendMessage", chat=1)
        if "evil" in c.parameters["text"]
    ]
    assert not [one for one in question.get("entities", ()) if one["type"] == "text_link"]
    assert "parse_mode" not in question


FORGED = ("", "x", "0000000000:one", "-menu", "../../etc/passwd", "é" * 30)


async def test_f37_forged_buttons_change_nothing(scene: Scene) -> None:
    await scene.program.start()
    chats = dict(enumerate(FORGED, start=1))
    scene.begin(*chats)
    await scene.settled()
    for chat, data in chats.items():
        scene.person(chat).press_data(data or " ")
    await scene.until(lambda: not scene.fake.bot.updates.pending())
    for chat in chats:
        scene.say(chat)
    await scene.until(lambda: all(scene.expected(chat)[-1] in scene.sent(chat) for chat in chats))

    for chat, data in chats.items():
        others = [words for words in scene.sent(chat) if words not in scene.expected(chat)]
        assert len(others) <= 1, f"at most one polite line for {data!r}"


async def test_f37_another_persons_button_changes_nothing(scene: Scene) -> None:
    await scene.program.start()
    scene.person(1).say("/pressed")
    scene.person(2).say("/typed")
    await scene.until(lambda: len(scene.sent(1)) == len(scene.sent(2)) == 1)
    markup = scene.fake.called("sendMessage", chat=1)[0].parameters["reply_markup"]
    data = markup["inline_keyboard"][0][0]["callback_data"]
    scene.person(2).press_data(data)
    await scene.until(lambda: len(scene.sent(2)) == 2)
    scene.person(1).press_data(data, 2)
    await scene.until(lambda: len(scene.sent(1)) == 2)

    assert scene.sent(1)[1] == "Question 1 after one"
    assert "Question" not in scene.sent(2)[1]


async def test_f19_a_double_tap_is_answered_once(scene: Scene) -> None:
    await scene.program.start()
    scene.person(1).say("/pressed")
    await scene.until(lambda: len(scene.sent(1)) == 1)
    for _ in range(5):
        scene.person(1).press("two")
    await scene.settled()

    assert scene.sent(1) == ["Question 0 after nothing", "Question 1 after two"]


async def test_f19_typing_while_pressing_loses_neither(scene: Scene) -> None:
    await scene.program.start()
    scene.person(1).say("/pressed")
    await scene.until(lambda: len(scene.sent(1)) == 1)
    scene.person(1).press("two")
    scene.person(1).say("three")
    await scene.settled()

    assert scene.sent(1)[1:] == ["Question 1 after two", "Question 2 after three"]


OUTSIDE = (
    "/static/..%2f..%2f..%2fetc%2fpasswd", "/static/%2e%2e/settings.py", "/courses/..%2f..%2fx",
    "/cities/../../etc/passwd", "/static/chat.js%00.css",
)  # fmt: skip


async def test_f36_no_address_leaves_its_folder(real: Scene) -> None:
    await real.program.start()
    async with aiohttp.ClientSession() as session:
        for path in OUTSIDE:
            address = URL(real.program.url + path, encoded=True)
            async with session.get(address) as answer:
                assert answer.status in (400, 404), path
                assert "root:" not in await answer.text(), path


async def test_f39_a_forged_webhook_call_is_turned_away(webhook_scene: Scene) -> None:
    scene = webhook_scene
    await scene.program.start()
    address = f"{scene.program.url}/telegram/webhook"
    update = {"update_id": 1, "message": {**_raw_message(1), "text": "/typed", "message_id": 1}}
    async with aiohttp.ClientSession() as session:
        for secret in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with session.post(address, json=update, headers=secret) as answer:
                assert answer.status in (401, 403)

    assert scene.rows("SELECT count(*) FROM inbox") == [(0,)]


TAMPERED = ("../../x", "course_" + "a" * 57, "find_", "x", "join_wrong")


async def test_f40_a_tampered_deep_link_is_an_ordinary_start(real: Scene) -> None:
    await real.program.start()
    chats = dict(enumerate(TAMPERED, start=1))
    for chat, payload in chats.items():
        real.person(chat).start(payload)
    await real.until(lambda: all(real.sent(chat) for chat in chats))

    for chat, payload in chats.items():
        assert "Hello" in real.sent(chat)[0], payload


async def test_f43_a_flood_is_told_once_and_holds_up_nobody(
    tmp_path: Path, fake: FakeBotApi
) -> None:
    scene = make_scene(tmp_path, fake, BOT_FLOOD_BURST="20", BOT_FLOOD_PER_SECOND="2")
    async with scene.program:
        await scene.program.start()
        scene.begin(1)
        for _ in range(50):
            scene.say(1)
        scene.begin(2)
        started = time.monotonic()
        await scene.until(lambda: scene.sent(2) == scene.expected(2))
        waited = time.monotonic() - started
        await scene.settled()

        notices = [words for words in scene.sent(1) if "Question" not in words]
        assert len(notices) == 1
        assert waited < 2
        questions = [words for words in scene.sent(1) if "Question" in words]
        assert 20 <= len(questions) < 51


async def test_f22_bad_content_at_a_reload_leaves_the_old_words(
    tmp_path: Path, fake: FakeBotApi
) -> None:
    shutil.copytree(SHIPPED, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__*"))
    scene = make_scene(tmp_path, fake, BOT_CONTENT_DIR=str(tmp_path / "content"))
    words = tmp_path / "content" / "text" / "menu.yaml"
    good = words.read_text()
    async with scene.program as program:
        await program.start()
        words.write_text(good.replace('name.button: "{name}"', 'name.button: "{name'))
        program.hang_up()
        await scene.until(lambda: "content.refused" in program.log())
        scene.begin(1)
        await scene.settled()
        scene.judge()

        assert "text/menu.yaml" in program.log()
        words.write_text(good.replace('name.button: "{name}"', 'name.button: "Well: {name}"'))
        program.hang_up()
        await scene.until(lambda: "content.reloaded" in program.log())
        scene.say(1)
        await scene.settled()
        assert scene.sent(1)[-1] == f"Well: {scene.expected(1)[-1]}"
