"""The limiter, on a clock that the tests move."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.errors import ChatBusy, RetryLater
from bot.handlers.limiter import CAMPAIGN, PAID, REMINDER, REPLY, Limiter
from bot.handlers.refusals import FloodControlError, FloodRefused
from tests.handlers.virtual_time import VirtualTime


@pytest.fixture
def time() -> VirtualTime:
    return VirtualTime()


@pytest.fixture
def limiter(time: VirtualTime) -> Limiter:
    return Limiter(clock=time.clock, sleep=time.sleep)


async def test_replies_leave_at_once_while_bulk_waits(limiter: Limiter, time: VirtualTime) -> None:
    left: list[tuple[str, float]] = []

    async def leave(name: str, chat: int, lane: int) -> None:
        await limiter.enter(chat, lane)
        left.append((name, time.now))

    campaign = [asyncio.create_task(leave("bulk", chat, CAMPAIGN)) for chat in range(1, 201)]
    await time.settle()
    began = len(left)
    assert began < 60
    replies = [asyncio.create_task(leave("reply", chat, REPLY)) for chat in range(1000, 1100)]
    await time.settle()
    assert [name for name, _ in left[began:]].count("reply") == 100
    assert {at for name, at in left if name == "reply"} == {1000.0}
    await time.advance(20.0)
    await asyncio.gather(*campaign, *replies)
    assert len(left) == 300


async def test_what_is_paid_for_goes_faster_and_takes_nothing_from_the_rest(
    limiter: Limiter, time: VirtualTime
) -> None:
    left: list[int] = []

    async def leave(chat: int, lane: int) -> None:
        await limiter.enter(chat, lane)
        left.append(lane)

    paid = [asyncio.create_task(leave(chat, PAID)) for chat in range(1, 1001)]
    free = [asyncio.create_task(leave(chat, REMINDER)) for chat in range(2000, 2028)]
    await time.settle()
    assert left.count(REMINDER) == 28
    await time.advance(1.2)
    assert left.count(PAID) == 1000
    await asyncio.gather(*paid, *free)


async def test_reminders_go_before_campaigns(limiter: Limiter, time: VirtualTime) -> None:
    left: list[int] = []

    async def leave(chat: int, lane: int) -> None:
        await limiter.enter(chat, lane)
        left.append(lane)

    tasks = [asyncio.create_task(leave(chat, CAMPAIGN)) for chat in range(1, 61)]
    await time.settle()
    already = len(left)
    tasks += [asyncio.create_task(leave(100 + chat, REMINDER)) for chat in range(5)]
    await time.advance(10.0)
    await asyncio.gather(*tasks)
    # One campaign message may be on the point of leaving; the reminders follow it.
    assert left[already + 1 : already + 6] == [REMINDER] * 5


async def test_who_waited_too_long_for_others_does_not_leave(
    limiter: Limiter, time: VirtualTime
) -> None:
    ends: list[str] = []

    async def leave(chat: int) -> None:
        try:
            await limiter.enter(chat, CAMPAIGN, patience=0.8)
        except RetryLater:
            ends.append("refused")
        else:
            assert time.now <= 1000.0 + 0.8 + 0.1
            ends.append("left")

    tasks = [asyncio.create_task(leave(chat)) for chat in range(1, 101)]
    await time.advance(10.0)
    await asyncio.gather(*tasks)

    assert 40 <= ends.count("left") <= 60
    assert ends.count("refused") == 100 - ends.count("left")


async def test_whoever_leaves_in_a_busy_chat_is_not_written_to_after_it(
    limiter: Limiter, time: VirtualTime
) -> None:
    """The answer to "stop" spends the chat's budget: what waits for it goes back, and is asked."""
    for _ in range(5):
        await limiter.enter(1, REPLY)
    waiting = asyncio.create_task(limiter.enter(1, CAMPAIGN, patience=0.5))
    await time.advance(3.0)

    with pytest.raises(ChatBusy):
        await waiting


async def test_bulk_keeps_to_thirty_a_second(limiter: Limiter, time: VirtualTime) -> None:
    left: list[float] = []

    async def leave(chat: int) -> None:
        await limiter.enter(chat, CAMPAIGN)
        left.append(time.now)

    tasks = [asyncio.create_task(leave(chat)) for chat in range(1, 301)]
    await time.advance(15.0)
    await asyncio.gather(*tasks)
    for at in left:
        assert sum(at <= other < at + 1.0 for other in left) <= 60
    assert sum(1001.0 <= at < 1006.0 for at in left) <= 150


async def test_a_burst_in_one_chat_waits_its_turn_and_others_do_not(
    limiter: Limiter, time: VirtualTime
) -> None:
    for _ in range(5):
        await limiter.enter(1, REPLY)
    waiting = asyncio.create_task(limiter.enter(1, REPLY))
    await limiter.enter(2, REPLY)
    await time.advance(0.9)
    assert not waiting.done()
    await time.advance(0.2)
    assert waiting.done()


async def test_a_long_wait_goes_back_to_the_outbox(limiter: Limiter, time: VirtualTime) -> None:
    for _ in range(20):
        await limiter.enter(-1, CAMPAIGN)
    with pytest.raises(RetryLater) as held:
        await limiter.enter(-1, CAMPAIGN)
    assert held.value.after == pytest.approx(3.0)


async def test_after_a_429_nothing_leaves_to_that_chat_before_its_time(
    limiter: Limiter, time: VirtualTime
) -> None:
    limiter.refused(1, 2.0)
    await limiter.enter(2, REPLY)  # the other request that, in #5338, lifted the halt early
    time.now += 0.3
    with pytest.raises(FloodRefused) as held:
        await limiter.enter(1, REPLY)
    assert held.value.after == pytest.approx(1.7)
    with pytest.raises(FloodRefused):
        await limiter.enter(3, CAMPAIGN)
    time.now += 1.7
    await limiter.enter(1, REPLY)


async def test_open_means_no_budget_but_a_429_is_obeyed(time: VirtualTime) -> None:
    limiter = Limiter(is_open=True, clock=time.clock, sleep=time.sleep)
    for _ in range(1000):
        await limiter.enter(1, CAMPAIGN)
    limiter.refused(1, 1.0)
    with pytest.raises(FloodRefused):
        await limiter.enter(1, REPLY)


async def test_a_cancelled_message_does_not_keep_the_turn(
    limiter: Limiter, time: VirtualTime
) -> None:
    tasks = [asyncio.create_task(limiter.enter(chat, CAMPAIGN)) for chat in range(1, 101)]
    await time.settle()
    waiting = [task for task in tasks if not task.done()]
    for task in waiting[:-1]:
        task.cancel()
    await time.advance(5.0)
    assert waiting[-1].done()
    assert not waiting[-1].cancelled()


async def call(
    limiter: Limiter, endpoint: str, chat: object, error: Exception | None = None
) -> Any:
    async def callback() -> bool:
        if error is not None:
            raise error
        return True

    return await limiter.process_request(callback, (), {}, endpoint, {"chat_id": chat}, None)


async def test_calls_through_the_library_are_counted_and_paused(
    limiter: Limiter, time: VirtualTime
) -> None:
    for _ in range(5):
        assert await call(limiter, "sendDocument", "1")
    sixth = asyncio.create_task(call(limiter, "sendDocument", 1))
    await time.settle()
    assert not sixth.done()
    await time.advance(1.1)
    assert sixth.done()
    for _ in range(50):
        await call(limiter, "sendChatAction", 1)
        await call(limiter, "getMe", None)
    with pytest.raises(RetryAfter):
        await call(limiter, "sendVenue", 2, FloodControlError(9.0))
    with pytest.raises(FloodRefused):
        await limiter.enter(2, REPLY)
