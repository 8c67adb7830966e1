"""How often one source may ask: enough for a full room, too little for a flood."""

from __future__ import annotations

from bot.web.limits import Limits
from bot.web.ports import WebSettings

A_MINUTE = WebSettings(public_url="", secret_key=b"").requests_a_minute


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def presses_let_in(people: int, seconds: int, every: float) -> tuple[int, int]:
    """Return how many of the presses of people behind one address are let in, and how many come."""
    clock = Clock()
    limits = Limits(A_MINUTE, clock)
    let_in = asked = 0
    while clock.now < seconds:
        asked += 1
        let_in += not limits.wait_for("acts", "one address") and not limits.wait_for(
            "pages", "one address"
        )
        clock.now += every / people
    return let_in, asked


def test_one_quick_person_is_never_told_to_slow_down_in_a_check_of_skills() -> None:
    let_in, asked = presses_let_in(people=1, seconds=12, every=0.2)
    assert asked > 42
    assert let_in == asked


def test_twenty_people_of_a_library_can_tell_their_skills_at_once() -> None:
    let_in, asked = presses_let_in(people=20, seconds=8 * 60, every=5)
    assert let_in == asked


def test_a_flood_from_one_address_is_let_in_by_no_more_than_the_rate() -> None:
    let_in, asked = presses_let_in(people=200, seconds=60, every=1)
    assert asked > 10_000
    assert let_in <= A_MINUTE * 1.5 + 1
