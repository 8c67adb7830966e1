from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import BotError, InDoubt, RecipientGone, RetryLater, Undeliverable
from bot.work.delivery import LONGEST_PAUSE, Again, Attempt, End, Lane, after_failure

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def attempt(lane: Lane = Lane.REPLY, **values: object) -> Attempt:
    return Attempt(lane, NOW, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("lane", [Lane.REPLY, Lane.REMINDER])
def test_a_reply_or_reminder_in_doubt_is_sent_once_more(lane: Lane) -> None:
    first = after_failure(attempt(lane), InDoubt(), NOW)
    second = after_failure(attempt(lane, attempts=2, doubts=1), InDoubt(), NOW)

    assert isinstance(first, Again)
    assert first.is_doubt
    assert second == End("in_doubt", "the request left and no answer came")


def test_a_campaign_message_in_doubt_is_never_sent_again() -> None:
    assert isinstance(after_failure(attempt(Lane.CAMPAIGN), InDoubt(), NOW), End)


def test_a_refused_message_is_sent_plain_once_and_then_set_aside() -> None:
    refusal = Undeliverable("can't parse entities")

    assert after_failure(attempt(), refusal, NOW) == Again(0.0, is_plain=True)
    assert after_failure(attempt(is_plain=True), refusal, NOW) == End(
        "failed", "can't parse entities"
    )


def test_the_pause_that_a_channel_asks_for_is_kept() -> None:
    again = after_failure(attempt(), RetryLater(17.0), NOW)

    assert again == Again(17.0)


def test_pauses_grow_to_five_minutes_and_trying_ends_after_four_hours() -> None:
    again = after_failure(attempt(attempts=30), RetryLater(1.0), NOW)
    end = after_failure(attempt(), RetryLater(1.0), NOW + timedelta(hours=4))

    assert isinstance(again, Again)
    assert LONGEST_PAUSE / 2 <= again.after <= LONGEST_PAUSE
    assert end == End("failed", "not accepted for four hours")


@pytest.mark.parametrize(
    ("error", "outcome"), [(RecipientGone(), "gone"), (KeyError("x"), "failed")]
)
def test_other_ends_say_why(error: Exception, outcome: str) -> None:
    end = after_failure(attempt(), error, NOW)

    assert isinstance(end, End)
    assert end.outcome == outcome
    assert "x" not in end.reason.split(": ")[0]


def test_every_delivery_error_has_a_rule() -> None:
    assert {type(e) for e in (InDoubt(), RecipientGone(), RetryLater(1), Undeliverable())} == {
        kind for base in BotError.__subclasses__() if base.__name__ == "DeliveryError"
        for kind in base.__subclasses__()
        if kind.__module__ == base.__module__
    }  # fmt: skip
