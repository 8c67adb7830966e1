from __future__ import annotations

import pytest

from bot.handlers.budgets import BULK_BURST, CHAT_BURST, GROUP_BURST, REMEMBERED_CHATS, Budgets


def test_a_chat_takes_a_burst_and_then_one_a_second() -> None:
    budgets = Budgets(0.0)
    for _ in range(int(CHAT_BURST)):
        assert budgets.chat_wait(1, 0.0) == 0
        budgets.take(1, 0.0)
    assert budgets.chat_wait(1, 0.0) == pytest.approx(1.0)
    assert budgets.chat_wait(1, 1.0) == 0
    assert budgets.chat_wait(2, 0.0) == 0


def test_a_group_takes_twenty_a_minute() -> None:
    budgets = Budgets(0.0)
    for _ in range(int(GROUP_BURST)):
        budgets.take(-1, 0.0)
    assert budgets.chat_wait(-1, 0.0) == pytest.approx(3.0)


def test_replies_slow_bulk_but_only_so_far() -> None:
    budgets = Budgets(0.0)
    for chat in range(1, 1000):
        budgets.take(chat, 0.0)
    assert 1.0 < budgets.overall_wait(0.0) < 1.1
    assert budgets.chat_wait(1001, 0.0) == 0


def test_a_429_is_a_deadline_that_no_success_lifts() -> None:
    budgets = Budgets(0.0)
    budgets.refused(1, 2.0, now=0.0)
    budgets.take(2, 0.3)  # another request ends meanwhile
    assert budgets.pause(1, 0.3, is_bulk=False) == pytest.approx(1.7)
    assert budgets.pause(1, 2.0, is_bulk=False) == 0


def test_a_shorter_429_does_not_shorten_a_longer_one() -> None:
    budgets = Budgets(0.0)
    budgets.refused(1, 30.0, now=0.0)
    budgets.refused(1, 1.0, now=1.0)
    assert budgets.pause(1, 1.0, is_bulk=False) == pytest.approx(29.0)


def test_one_429_holds_up_its_chat_and_bulk_alone() -> None:
    budgets = Budgets(0.0)
    budgets.refused(1, 5.0, now=0.0)
    assert budgets.pause(1, 0.0, is_bulk=False) == 5.0
    assert budgets.pause(2, 0.0, is_bulk=False) == 0
    assert budgets.pause(2, 0.0, is_bulk=True) == 5.0


def test_429s_in_two_chats_at_once_mean_the_whole_bot() -> None:
    budgets = Budgets(0.0)
    budgets.refused(1, 5.0, now=0.0)
    budgets.refused(2, 3.0, now=1.0)
    assert budgets.pause(3, 1.0, is_bulk=False) == 3.0
    assert budgets.pause(1, 1.0, is_bulk=False) == 4.0
    assert budgets.pause(3, 4.0, is_bulk=False) == 0


def test_429s_one_after_the_other_do_not() -> None:
    budgets = Budgets(0.0)
    budgets.refused(1, 5.0, now=0.0)
    budgets.refused(2, 5.0, now=6.0)
    assert budgets.pause(3, 6.0, is_bulk=False) == 0


def test_memory_is_bounded() -> None:
    budgets = Budgets(0.0)
    for chat in range(1, REMEMBERED_CHATS + 100):
        budgets.take(chat, 0.0)
    assert len(budgets._chats) == REMEMBERED_CHATS


def test_bulk_comes_back_at_its_rate() -> None:
    budgets = Budgets(0.0)
    sent, now = 0, 0.0
    while now < 60.0:
        wait = budgets.overall_wait(now)
        if wait:
            now += wait
        else:
            sent += 1
            budgets.take(sent, now)
    assert sent <= BULK_BURST + 60 * 30
    assert sent >= 60 * 25
