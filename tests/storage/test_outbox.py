from datetime import timedelta

import pytest

from storage import Database
from storage.records import NewOutgoing, Outgoing, SendResult
from tests.storage.factories import outgoing, question_message
from tests.support.databases import MovedClock

LEASE = timedelta(seconds=30)


def add(database: Database, *new: NewOutgoing) -> list[Outgoing]:
    return database.write_now(lambda unit: unit.outbox.add_many(new))


def claim(database: Database, *lanes: int, holder: str = "s") -> list[Outgoing]:
    return database.write_now(
        lambda unit: unit.outbox.claim(10, lanes or (0, 1, 2), holder, unit.now + LEASE)
    )


def mark(database: Database, *results: SendResult) -> None:
    database.write_now(lambda unit: unit.outbox.mark_many(results))


def texts(claimed: list[Outgoing]) -> list[str]:
    return [each.message.text[0].text for each in claimed]


def test_a_message_comes_back_whole_and_once(database: Database) -> None:
    whole = question_message("n1")
    [added] = add(database, outgoing(message=whole, nonce="n1", city="manchester"))
    assert added.state == "waiting"
    [claimed] = claim(database)
    assert claimed.message == whole
    assert (claimed.id, claimed.nonce, claimed.city, claimed.attempts) == (
        added.id,
        "n1",
        "manchester",
        1,
    )
    assert claim(database) == []


def test_the_same_dedupe_key_is_stored_once(database: Database) -> None:
    assert len(add(database, outgoing(dedupe_key="turn-1"))) == 1
    assert add(database, outgoing(dedupe_key="turn-1")) == []


def test_urgent_lanes_come_first_and_a_chat_keeps_its_order(database: Database) -> None:
    add(
        database,
        outgoing(chat="ben", text="campaign", lane=2),
        outgoing(text="first"),
        outgoing(text="second"),
        outgoing(chat="cem", text="reminder", lane=1),
    )
    claimed = claim(database)
    assert texts(claimed) == ["first", "reminder", "campaign"]
    mark(database, SendResult(claimed[0].id, "sent", "77"))
    assert texts(claim(database)) == ["second"]


def test_a_reply_never_waits_for_a_campaign_of_its_chat(database: Database) -> None:
    add(database, outgoing(text="campaign", lane=2))
    claim(database)
    add(database, outgoing(text="reply"))
    assert texts(claim(database, 0)) == ["reply"]


def test_only_the_lanes_asked_for_are_claimed(database: Database) -> None:
    add(database, outgoing(text="campaign", lane=2))
    assert claim(database, 0, 1) == []


def test_a_message_with_a_holder_is_being_sent_as_it_is_stored(
    database: Database, clock: MovedClock
) -> None:
    until = clock() + LEASE
    [mine] = add(database, outgoing(holder="me", until=until))
    [next_of_mine] = add(database, outgoing(holder="me", until=until))
    [others] = add(database, outgoing(holder="you", until=until))
    assert (mine.state, mine.attempts) == ("sending", 1)
    assert next_of_mine.state == "sending"
    assert others.state == "waiting"
    [behind] = add(database, outgoing(holder="me", until=until))
    assert behind.state == "waiting"
    assert claim(database) == []


def test_a_campaign_is_never_handed_over_at_once(database: Database, clock: MovedClock) -> None:
    [added] = add(database, outgoing(lane=2, holder="me", until=clock() + LEASE))
    assert added.state == "waiting"


def test_the_web_reads_from_here_so_a_message_is_sent_when_stored(database: Database) -> None:
    [added] = add(database, outgoing(channel="web", holder="me"))
    assert added.state == "sent"
    assert claim(database) == []


def test_a_later_message_does_not_hold_up_and_waits_for_its_time(
    database: Database, clock: MovedClock
) -> None:
    tomorrow = clock() + timedelta(days=1)
    add(database, outgoing(text="tomorrow", lane=1, not_before=tomorrow), outgoing(lane=1))
    assert texts(claim(database)) == ["Hello"]
    clock.move(days=1)
    mark(database, *(SendResult(each.id, "sent") for each in claim(database)))


def test_a_message_not_accepted_waits_and_holds_up_its_chat(
    database: Database, clock: MovedClock
) -> None:
    add(database, outgoing(text="one"), outgoing(text="two"), outgoing(chat="ben", text="three"))
    one, three = claim(database)
    created_at = one.created_at
    mark(
        database,
        SendResult(one.id, "wait", reason="429", not_before=clock() + timedelta(seconds=5)),
        SendResult(three.id, "sent", "3"),
    )
    assert claim(database) == []
    clock.move(seconds=5)
    [again] = claim(database)
    assert (texts([again]), again.attempts, again.created_at) == (["one"], 2, created_at)


@pytest.mark.parametrize("lane", [0, 1])
def test_a_reply_in_doubt_is_repeated_once(database: Database, lane: int) -> None:
    add(database, outgoing(lane=lane))
    for is_repetition in (False, True):
        [claimed] = claim(database)
        assert claimed.was_in_doubt is is_repetition
        mark(database, SendResult(claimed.id, "doubt", reason="timeout"))
    assert claim(database) == []
    assert database.read_now(lambda unit: unit.outbox.counts()) == {}


def test_a_campaign_message_in_doubt_is_never_repeated(database: Database) -> None:
    add(database, outgoing(lane=2))
    [claimed] = claim(database)
    mark(database, SendResult(claimed.id, "doubt"))
    assert claim(database) == []


def test_what_was_being_sent_when_its_time_ended_counts_as_in_doubt(
    database: Database, clock: MovedClock
) -> None:
    add(database, outgoing(), outgoing(chat="ben", lane=2))
    claim(database)
    assert database.write_now(lambda unit: unit.outbox.rescue()) == 0
    clock.move(seconds=31)
    assert database.write_now(lambda unit: unit.outbox.rescue()) == 2
    [again] = claim(database)
    assert again.was_in_doubt


def test_at_a_lonely_start_everything_being_sent_is_in_doubt(database: Database) -> None:
    add(database, outgoing())
    claim(database)
    assert database.write_now(lambda unit: unit.outbox.release_all()) == 1
    assert len(claim(database)) == 1


def test_an_answer_that_came_late_still_ends_the_message(
    database: Database, clock: MovedClock
) -> None:
    add(database, outgoing())
    [claimed] = claim(database)
    clock.move(seconds=31)
    database.write_now(lambda unit: unit.outbox.rescue())
    mark(database, SendResult(claimed.id, "sent", "9"))
    assert claim(database) == []


def test_a_person_who_left_has_their_queue_cancelled(database: Database) -> None:
    add(database, outgoing(), outgoing(text="next"), outgoing(chat="ben"))
    first, other = claim(database)
    mark(database, SendResult(first.id, "gone", reason="blocked"), SendResult(other.id, "failed"))
    cancelled = database.write_now(
        lambda unit: unit.outbox.cancel_for_chat("telegram", "city_bot", "anna")
    )
    assert cancelled == 1
    assert claim(database) == []


def test_an_opt_out_cancels_only_the_less_urgent_lanes(database: Database) -> None:
    add(
        database,
        outgoing(text="reply"),
        outgoing(lane=2),
        outgoing(person="other", chat="ben", lane=2),
    )
    assert database.write_now(lambda unit: unit.outbox.cancel_for_person("p", lane=2)) == 1
    assert len(claim(database)) == 2


def test_the_message_of_a_question_is_found(database: Database) -> None:
    add(database, outgoing(message=question_message("n1"), nonce="n1"))
    [claimed] = claim(database)
    read = database.read_now
    assert read(lambda unit: unit.outbox.message_id_of("p", "n1")) is None
    mark(database, SendResult(claimed.id, "sent", "4711"))
    assert read(lambda unit: unit.outbox.message_id_of("p", "n1")) == "4711"
    assert read(lambda unit: unit.outbox.message_id_of("p", "n1", "web")) is None
    assert read(lambda unit: unit.outbox.message_id_of("stranger", "n1")) is None


def test_open_messages_are_counted_and_their_age_is_known(
    database: Database, clock: MovedClock
) -> None:
    start = clock()
    add(database, outgoing(), outgoing(chat="ben", lane=2))
    clock.move(seconds=3)
    claim(database, 0)
    read = database.read_now
    assert read(lambda unit: unit.outbox.counts()) == {"sending": 1, "waiting": 1}
    assert read(lambda unit: unit.outbox.oldest_waiting_at()) == start
    assert read(lambda unit: unit.outbox.oldest_waiting_at(1)) is None
