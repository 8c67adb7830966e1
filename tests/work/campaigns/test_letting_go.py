"""What a program gives back unsent, and what it leaves to another one."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.campaigns.records import Broadcast
from bot.conversation.messages import Message
from bot.errors import Undeliverable
from bot.people import Purpose
from bot.work.campaigns import posting
from bot.work.campaigns.broadcasting import Broadcasting
from bot.work.campaigns.pacing import Pace
from bot.work.campaigns.posting import Poster
from bot.work.delivery import GIVE_UP_AFTER
from bot.work.metrics import Metrics
from storage import Database
from storage.repositories.deliveries import Claimed
from tests.support.databases import MovedClock
from tests.support.run_campaigns import BOT, begin, freeze, run_for, settle
from tests.work.campaigns.test_broadcasting import AROUND, Stage, letter


@pytest.fixture
def stage(sqlite_database: Database, clock: MovedClock) -> Stage:
    return Stage(sqlite_database, clock)


class TestPlainWords:
    """After Telegram refused the look of a message, its words go out alone."""

    def poster(self, stage: Stage) -> Poster:
        channels: Any = {("telegram", BOT): stage.channel}
        return Poster(stage.database, channels, letter, Pace(), stage.clock)

    async def test_a_second_try_that_would_begin_late_is_claimed_anew(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run = run_for(stage.database, 1)
        poster, to = self.poster(stage), Claimed(1, "a", "en", "m", "telegram", BOT, "1")
        stage.channel.answers = {"1": [Undeliverable("bad markup")]}
        claimed_at = asyncio.get_running_loop().time()

        def slow(_: str) -> None:
            monkeypatch.setattr(posting, "STALE", -1.0)

        stage.channel.before = slow
        given_back = await poster.post(run, to, claimed_at)
        assert given_back.state == "queued"
        assert stage.channel.sent == [("1", False)]

        monkeypatch.undo()
        stage.channel.before = lambda _: None
        again = await poster.post(run, to, asyncio.get_running_loop().time())
        assert again.state == "sent"
        assert stage.channel.sent == [("1", False), ("1", True)]

    async def test_who_leaves_between_the_tries_gets_neither(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run = run_for(stage.database, 1)
        stage.channel.answers = {"1": [Undeliverable("bad markup")]}

        def leave(_: str) -> None:
            def withdraw(unit: Any) -> None:
                person = unit.people.ensure("telegram", BOT, "1").id
                unit.people.record_consent(person, Purpose.NEWS, False, "telegram", "v1")

            stage.database.write_now(withdraw)
            monkeypatch.setattr(posting, "STALE", -1.0)

        stage.channel.before = leave
        async with stage.going():
            assert await stage.finished(run) == {"skipped": 1}
        assert stage.channel.sent == [("1", False)]


class TestAnotherProgram:
    """A program without Telegram's token beside one that has it."""

    def without(self, stage: Stage) -> Broadcasting:
        return Broadcasting(
            stage.database, {}, letter, lambda: AROUND, holder="other", metrics=Metrics(),
            clock=stage.clock, tell=stage.told.extend,
        )  # fmt: skip

    async def test_it_leaves_telegram_to_the_one_that_has_it(self, stage: Stage) -> None:
        async with stage.going():
            await stage.until(lambda: stage.database.read_now(_said))
        run = run_for(stage.database, 30)
        other = stage.broadcasting = self.without(stage)
        async with stage.going():
            await stage.until(lambda: bool(other._elsewhere._left))
            await other.settled()
            assert stage.counts(run) == {"queued": 30}

        again = Stage(stage.database, stage.clock)
        async with again.going():
            assert await again.finished(run) == {"sent": 30}

    async def test_it_fails_them_where_nobody_has_had_it_for_hours(self, stage: Stage) -> None:
        def mixed(unit: Any) -> Broadcast:
            settle(unit, 1)
            settle(unit, 2, channel="web")
            return freeze(unit, begin(unit))

        async with stage.going():
            await stage.until(lambda: stage.database.read_now(_said))
        run = stage.database.write_now(mixed)
        stage.clock.at += GIVE_UP_AFTER
        stage.clock.move(seconds=1)
        stage.broadcasting = self.without(stage)
        async with stage.going():
            assert await stage.finished(run) == {"sent": 1, "failed": 1}
        reasons = stage.database.read_now(lambda unit: unit.broadcasts.reasons(run.id, "failed"))
        assert reasons == {"no such channel runs here": 1}


def _said(unit: Any) -> bool:
    return bool(unit.marks.get("channel.telegram.served"))


class TestHalting:
    """Whatever ends or holds a run, no more goes out than what was on its way."""

    @pytest.mark.parametrize("how", ["paused", "cancelled", "stopped"])
    async def test_nothing_but_what_was_on_its_way_goes_out(self, stage: Stage, how: str) -> None:
        run, held = run_for(stage.database, 200), Held()
        stage.broadcasting = stage.with_channel(held)

        def halt(unit: Any) -> None:
            if how == "stopped":
                unit.campaigns.stop_everything("admin", "wrong")
            else:
                unit.broadcasts.set_state(run.id, how, was=["running"])

        async with stage.going():
            await stage.until(lambda: bool(held.begun))
            stage.database.write_now(halt)
            await stage.gate.look()
            on_the_way = stage.counts(run)["claimed"]
            assert 0 < on_the_way < 200
            held.let_go.set()
            await stage.broadcasting.settled()
            for _ in range(3):
                stage.broadcasting.look()
                await stage.broadcasting.send_some()
            await stage.broadcasting.settled()
        ended = stage.counts(run)
        assert ended["sent"] == len(held.begun) == len(set(held.begun)) <= on_the_way
        assert ended.get("queued", 0) + ended.get("cancelled", 0) == 200 - ended["sent"]


class Held:
    """Telegram, which answers nothing until it is let go."""

    name, bot = "telegram", BOT

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.let_go = asyncio.Event()

    async def send(self, address: str, message: Message, *, lane: int, is_plain: bool) -> Any:
        self.begun.append(address)
        await self.let_go.wait()
        return SimpleNamespace(message_id=address, moved_to="")
