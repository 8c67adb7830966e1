"""Short addresses: signed, so that nobody counts for somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.links import LONGEST_CODE, ShortLink, code_of, number_of, token_of

LINK = ShortLink("abcdefgh", "run", "site", "https://city.example", "secret")


@given(st.integers(min_value=1, max_value=10**9 - 1))
def test_a_code_finds_its_delivery_again(number: int) -> None:
    code = code_of(LINK, number)
    assert len(code) <= LONGEST_CODE
    assert token_of(code) == LINK.token
    assert number_of(LINK, code) == number
    assert number_of(replace(LINK, secret="other"), code) is None


@pytest.mark.parametrize(
    "code",
    ["", "abcdefgh", "abcdefgh.1", "abcdefgh.1.", "abcdefgh.١.x", "abcdefgh.-1.x", "other.1.x"],
)
def test_what_was_not_signed_finds_nothing(code: str) -> None:
    assert number_of(LINK, code) is None


def test_a_mark_holds_for_its_number_alone() -> None:
    token, _, mark = code_of(LINK, 7).split(".")
    assert number_of(LINK, f"{token}.8.{mark}") is None
