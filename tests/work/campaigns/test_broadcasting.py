"""Sending runs: who is written to, what becomes of each message, and what stops it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.campaigns.records import Broadcast
from bot.conversation.messages import Message, Span
from bot.errors import ChatBusy, Conflict, InDoubt, RecipientGone, RetryLater, Undeliverable
from bot.people import Purpose
from bot.work.campaigns.broadcasting import Broadcasting
from bot.work.campaigns.pacing import AT_LEAST, Pace
from bot.work.campaigns.posting import Poster
from bot.work.gate import Gate, GatedChannel
from bot.work.metrics import Metrics
from content.campaigns import SendingRules
from storage import Database
from storage.repositories.deliveries import Claimed, Deliveries
from tests.support.databases import START, MovedClock
from tests.support.run_campaigns import BOT, begin, freeze, run_for, settle

RULES = SendingRules(cap=2, cap_days=7)
AROUND: Any = SimpleNamespace(
    content=SimpleNamespace(
        cities={"manchester": SimpleNamespace(zone="Europe/London")},
        sending_in=lambda _: RULES,
    )
)


class FakeChannel:
    """Telegram as a list; what it answers to a chat can be said beforehand."""

    name, bot = "telegram", BOT

    def __init__(self) -> None:
        self.sent: list[tuple[str, bool]] = []
        self.answers: dict[str, list[Exception]] = {}
        self.moved: dict[str, str] = {}
        self.before: Callable[[str], object] = lambda _: None

    async def send(self, address: str, message: Message, *, lane: int, is_plain: bool) -> Any:
        assert lane == 2
        self.before(address)
        await asyncio.sleep(0)
        self.sent.append((address, is_plain))
        if self.answers.get(address):
            raise self.answers[address].pop(0)
        number = str(len(self.sent))
        return SimpleNamespace(message_id=number, moved_to=self.moved.get(address, ""))

    @property
    def chats(self) -> list[str]:
        return [address for address, _ in self.sent]


async def letter(run: Broadcast, to: Claimed) -> Message:
    return Message(text=(Span(f"Hello {to.number}"),), language=to.language, nonce=str(to.number))


class Stage:
    def __init__(self, database: Database, clock: MovedClock) -> None:
        self.database, self.clock = database, clock
        self.channel = FakeChannel()
        self.told: list[tuple[str, str]] = []
        self.gate = Gate(database)
        self.broadcasting = self.with_channel(self.channel)

    def with_channel(self, channel: Any) -> Broadcasting:
        channels: Any = {("telegram", BOT): GatedChannel(channel, self.gate)}
        return Broadcasting(
            self.database, channels, letter, lambda: AROUND, holder="me", metrics=Metrics(),
            clock=self.clock, tell=self.told.extend,
        )  # fmt: skip

    def counts(self, run: Broadcast) -> dict[str, int]:
        return self.database.read_now(lambda unit: unit.broadcasts.counts(run.id))

    def run(self, run: Broadcast) -> Broadcast:
        return self.database.read_now(lambda unit: unit.broadcasts.get(run.id))

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not is_so():  # noqa: ASYNC110 - the database says when
                await asyncio.sleep(0.005)

    async def finished(self, run: Broadcast) -> dict[str, int]:
        await self.until(lambda: self.run(run).state == "finished")
        return self.counts(run)

    @asynccontextmanager
    async def going(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.broadcasting.run())
        try:
            yield
        finally:
            await self.broadcasting.stop(5)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def stage(sqlite_database: Database, clock: MovedClock) -> Stage:
    return Stage(sqlite_database, clock)


async def test_everybody_gets_it_once_and_the_run_is_finished(stage: Stage) -> None:
    run = run_for(stage.database, 60)
    async with stage.going():
        assert await stage.finished(run) == {"sent": 60}

    assert sorted(stage.channel.chats, key=int) == [str(n) for n in range(1, 61)]
    assert stage.run(run).totals == {"sent": 60}
    rows = stage.database.read_now(lambda unit: unit.broadcasts.list_deliveries(run.id, "sent"))
    assert all(row.message_id and row.channel == "telegram" for row in rows)


async def test_every_end_is_told_apart_and_adds_up(stage: Stage) -> None:
    run = run_for(stage.database, 6)
    stage.channel.answers = {
        "2": [RecipientGone("blocked")],
        "3": [InDoubt("cut")],
        "4": [Undeliverable("bad markup")],
        "5": [Undeliverable("bad markup"), Undeliverable("refused")],
        "6": [RetryLater(0.0, "later")],
    }
    async with stage.going():
        assert await stage.finished(run) == {"sent": 3, "blocked": 1, "in_doubt": 1, "failed": 1}

    assert stage.channel.chats.count("3") == 1
    assert ("4", True) in stage.channel.sent
    contacts = stage.database.read_now(
        lambda unit: unit.contacts.list_of(unit.people.ensure("telegram", BOT, "2").id)
    )
    assert [one.is_reachable for one in contacts] == [False]


async def test_who_moved_is_followed(stage: Stage) -> None:
    run = run_for(stage.database, 1)
    stage.channel.moved["1"] = "-100"
    async with stage.going():
        await stage.finished(run)

    def chats(unit: Any) -> list[str]:
        return [
            one.chat
            for one in unit.contacts.list_of(unit.contacts.find("telegram", BOT, "-100").person)
        ]

    assert stage.database.read_now(chats) == ["-100"]


async def test_web_people_find_it_in_their_chat(stage: Stage) -> None:
    def work(unit: Any) -> Broadcast:
        settle(unit, 1, channel="web")
        return freeze(unit, begin(unit))

    run = stage.database.write_now(work)
    async with stage.going():
        assert await stage.finished(run) == {"sent": 1}

    assert stage.told == [("web", "1")]
    assert not stage.channel.sent
    row = stage.database.read_now(lambda unit: unit.broadcasts.delivery(run.id, 1))
    assert row is not None
    assert row.outgoing


class TestStopping:
    async def test_a_pause_holds_at_once_and_resumes_without_repeating(self, stage: Stage) -> None:
        run = run_for(stage.database, 200)

        def pause(address: str) -> None:
            if address == "20":
                stage.channel.before = lambda _: None
                stage.database.write_now(
                    lambda unit: unit.broadcasts.set_state(run.id, "paused", was=["running"])
                )

        stage.channel.before = pause
        async with stage.going():
            await stage.until(lambda: stage.run(run).state == "paused")
            await stage.broadcasting.settled()
            held = len(stage.channel.sent)
            assert held < 200
            assert stage.counts(run) == {"sent": held, "queued": 200 - held}
            stage.database.write_now(
                lambda unit: unit.broadcasts.set_state(run.id, "running", was=["paused"])
            )
            stage.broadcasting.look()
            assert await stage.finished(run) == {"sent": 200}
        assert len(set(stage.channel.chats)) == 200

    async def test_a_cancel_ends_every_row_that_has_not_left(self, stage: Stage) -> None:
        run = run_for(stage.database, 50)
        stage.database.write_now(
            lambda unit: unit.broadcasts.set_state(run.id, "cancelled", was=["running"])
        )
        async with stage.going():
            await stage.until(lambda: stage.counts(run) == {"cancelled": 50})
            await stage.until(lambda: stage.run(run).totals == {"cancelled": 50})
        assert not stage.channel.sent

    async def test_a_cancel_while_some_are_leaving_keeps_how_they_ended(self, stage: Stage) -> None:
        run = run_for(stage.database, 40)

        def cancel(address: str) -> None:
            if address == "3":
                stage.database.write_now(
                    lambda unit: unit.broadcasts.set_state(run.id, "cancelled", was=["running"])
                )

        stage.channel.before = cancel
        async with stage.going():
            await stage.until(lambda: bool(stage.run(run).totals))
        assert stage.run(run).totals == stage.counts(run)
        assert set(stage.counts(run)) == {"sent", "cancelled"}

    async def test_a_run_cancelled_before_anybody_was_in_it_is_left_alone(
        self, stage: Stage
    ) -> None:
        run = stage.database.write_now(begin)
        stage.database.write_now(
            lambda unit: unit.broadcasts.set_state(run.id, "cancelled", was=["freezing"])
        )
        async with stage.going():
            await stage.until(lambda: stage.run(run).totals == {"cancelled": 0})
        assert stage.database.read_now(lambda unit: unit.deliveries.list_cancelled()) == []

    async def test_the_emergency_stop_holds_everything(self, stage: Stage) -> None:
        run = run_for(stage.database, 5)
        stage.database.write_now(lambda unit: unit.campaigns.stop_everything("admin", "wrong"))
        await stage.gate.look()
        with pytest.raises(RetryLater):
            await GatedChannel(stage.channel, stage.gate).send(  # type: ignore[arg-type]
                "1", Message(text=()), lane=0, is_plain=False
            )
        async with stage.going():
            assert not await stage.broadcasting.send_some()
            assert stage.counts(run) == {"queued": 5}
            stage.database.write_now(lambda unit: unit.campaigns.end_stop())
            await stage.gate.look()
            assert await stage.finished(run) == {"sent": 5}

    async def test_who_leaves_while_it_runs_is_not_written_to(self, stage: Stage) -> None:
        run = run_for(stage.database, 150)

        def leave(address: str) -> None:
            if address == "1":

                def withdraw(unit: Any) -> None:
                    person = unit.people.ensure("telegram", BOT, "150").id
                    unit.people.record_consent(person, Purpose.NEWS, False, "telegram", "v1")

                stage.database.write_now(withdraw)

        stage.channel.before = leave
        async with stage.going():
            assert await stage.finished(run) == {"sent": 149, "skipped": 1}
        assert "150" not in stage.channel.chats


class TestHours:
    async def test_nobody_is_written_to_at_night(self, stage: Stage) -> None:
        run = run_for(stage.database, 2)
        stage.clock.at = START.replace(hour=21)
        assert not await stage.broadcasting.send_some()
        stage.clock.at = START.replace(hour=8) + timedelta(days=1)
        async with stage.going():
            assert await stage.finished(run) == {"sent": 2}

    async def test_a_city_may_choose_a_shorter_day(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rules = SendingRules(from_hour=10, until_hour=15)
        monkeypatch.setattr(AROUND.content, "sending_in", lambda _: rules)
        run = run_for(stage.database, 1)
        for hour in (8, 9, 15, 19):
            stage.clock.at = START.replace(hour=hour)
            assert not await stage.broadcasting.send_some()
        stage.clock.at = START.replace(hour=10) + timedelta(days=1)
        async with stage.going():
            assert await stage.finished(run) == {"sent": 1}

    async def test_what_would_come_too_late_is_left_out(self, stage: Stage) -> None:
        late = run_for(stage.database, 2, not_after=START + timedelta(hours=12))
        stage.clock.at = START.replace(hour=22)
        async with stage.going():
            assert await stage.finished(late) == {"skipped": 2}
        reasons = stage.database.read_now(lambda unit: unit.broadcasts.reasons(late.id, "skipped"))
        assert reasons == {"late": 2}

    async def test_a_night_that_ends_too_late_ends_the_run(self, stage: Stage) -> None:
        run = run_for(stage.database, 2, not_after=START + timedelta(hours=14))
        stage.clock.at = START.replace(hour=20, minute=30)
        async with stage.going():
            assert await stage.finished(run) == {"skipped": 2}
        reasons = stage.database.read_now(lambda unit: unit.broadcasts.reasons(run.id, "skipped"))
        assert reasons == {"quiet": 2}


async def test_after_a_kill_nothing_is_sent_twice(stage: Stage, clock: MovedClock) -> None:
    run = run_for(stage.database, 10)
    stage.database.write_now(
        lambda unit: unit.deliveries.claim(run, 4, "dead", START + timedelta(seconds=60))
    )
    clock.move(seconds=61)
    async with stage.going():
        assert await stage.finished(run) == {"in_doubt": 4, "sent": 6}
    assert len(stage.channel.sent) == 6


async def test_an_end_that_cannot_be_noted_stops_nobody_else(stage: Stage) -> None:
    """A program that dies of one row would send nothing of any run any more."""
    lost, run = run_for(stage.database, 1), run_for(stage.database, 3)
    settle_rows = Deliveries.settle

    def refuse(self: Deliveries, broadcast: str, *rest: Any) -> Any:
        if broadcast == lost.id and rest[-1]:
            raise Conflict
        return settle_rows(self, broadcast, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Deliveries, "settle", refuse)
        async with stage.going():
            assert await stage.finished(run) == {"sent": 3}
    assert stage.counts(lost) == {"claimed": 1}


async def test_whoever_is_refused_for_hours_is_given_up(stage: Stage) -> None:
    """One chat that never takes anything would keep its run open for ever."""
    run = run_for(stage.database, 1)
    channels: Any = {("telegram", BOT): stage.channel}
    poster = Poster(stage.database, channels, letter, Pace(), stage.clock)
    to = Claimed(1, "anna", "en", "manchester", "telegram", BOT, "1")
    stage.channel.answers = {"1": [RetryLater(0.0, "no")] * 99}

    async def ends(tries: int) -> list[str]:
        states: list[str] = []
        for _ in range(tries):
            now = asyncio.get_running_loop().time()
            states.append((await poster.post(run, to, now)).state)
            stage.clock.move(minutes=20)
        return states

    assert await ends(1) == ["queued"]
    stage.clock.move(hours=12)
    assert await ends(13) == ["queued"] * 12 + ["failed"]


async def test_a_chat_that_had_enough_holds_up_nobody_else(stage: Stage) -> None:
    run = run_for(stage.database, 3)
    stage.channel.answers = {"1": [ChatBusy(30.0, "enough")]}
    async with stage.going():
        await stage.until(lambda: stage.counts(run) == {"sent": 2, "queued": 1})
        stage.clock.move(seconds=31)
        stage.broadcasting.look()
        assert await stage.finished(run) == {"sent": 3}


def test_the_pace_grows_while_messages_are_quick_and_shrinks_when_they_wait() -> None:
    pace = Pace()
    first = pace.window
    pace.took(0.01)
    assert pace.window == first + 1
    for _ in range(500):
        pace.took(1.0)
    assert pace.window == AT_LEAST
    pace.refused(3.0, now=100.0)
    assert pace.held_until == 103.0
