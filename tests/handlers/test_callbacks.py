from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.messages import Press
from bot.handlers.callbacks import STALE, pack, unpack

NONCES = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=1, max_size=20
)
OPTIONS = st.text("abcdefghijklmnopqrstuvwxyz0123456789._-", min_size=1, max_size=40)


@given(NONCES, OPTIONS)
def test_what_is_packed_comes_back(nonce: str, option: str) -> None:
    packed = pack(Press(nonce, option))
    assert len(packed.encode()) <= 64
    assert unpack(packed) == Press(nonce, option)


@pytest.mark.parametrize(
    "press",
    [
        Press("", "yes"),
        Press("n", ""),
        Press("a:b", "yes"),
        Press("n", "a:b"),
        Press("n" * 30, "o" * 40),
        Press("é" * 30, "yes"),
    ],
)
def test_what_would_not_survive_is_not_packed(press: Press) -> None:
    with pytest.raises(ValueError, match=r"nonce|bytes"):
        pack(press)


@given(st.text())
def test_anything_else_is_stale_or_a_press(data: str) -> None:
    press = unpack(data)
    assert press == STALE or pack(press) == data


@pytest.mark.parametrize(
    "data", ["", "1", "1:", "1::", "1:a", "1:a:", "2:a:b", "1:a:b:c", "1:a:\n"]
)
def test_truncated_and_foreign_data_is_stale(data: str) -> None:
    assert unpack(data) == STALE
