from dataclasses import replace
from datetime import timedelta

from bot.conversation.messages import Incoming, Press
from storage import Database
from storage.records import ClaimedIncoming
from storage.repositories.inbox import HIDDEN_WORDS
from tests.storage.factories import incoming
from tests.support.databases import MovedClock

LEASE = timedelta(seconds=30)


def add(database: Database, *updates: Incoming) -> list[ClaimedIncoming]:
    return database.write_now(lambda unit: unit.inbox.add_many(updates))


def claim(database: Database, limit: int = 10, holder: str = "w") -> list[ClaimedIncoming]:
    return database.write_now(lambda unit: unit.inbox.claim(limit, holder, unit.now + LEASE))


def texts(claimed: list[ClaimedIncoming]) -> list[str]:
    return [each.incoming.text for each in claimed]


def test_an_update_is_stored_once_however_often_it_comes(database: Database) -> None:
    update = incoming()
    assert len(add(database, update, update)) == 1
    assert add(database, update) == []
    assert database.read_now(lambda unit: unit.inbox.count_waiting()) == 1


def test_everything_about_an_update_comes_back(database: Database) -> None:
    update = incoming(
        kind="press",
        press=Press("nonce", "yes"),
        place=(53.46, -2.24),
        language="cy",
        message_id="12",
        callback_id="34",
    )
    add(database, update)
    [claimed] = claim(database)
    assert claimed.incoming == update
    assert claimed.tries == 1


def test_words_that_no_database_stores_are_stored_all_the_same(database: Database) -> None:
    add(database, incoming(text="a\x00b"), incoming(chat="ben", text="lone \ud83d surrogate"))
    assert texts(claim(database)) == ["a\x00b", "lone ? surrogate"]


def test_one_message_of_a_chat_at_a_time_in_order(database: Database) -> None:
    add(database, incoming(text="one"), incoming(text="two"), incoming(chat="ben", text="three"))
    first = claim(database)
    assert texts(first) == ["one", "three"]
    assert claim(database) == []
    database.write_now(lambda unit: unit.inbox.finish(first[0].id))
    assert texts(claim(database)) == ["two"]


def test_the_head_of_an_idle_chat_is_claimed_as_it_comes_in(
    database: Database, clock: MovedClock
) -> None:
    until = clock() + LEASE
    updates = [incoming(text="one"), incoming(text="two"), incoming(chat="ben", text="three")]
    added = database.write_now(lambda unit: unit.inbox.add_many(updates, holder="me", until=until))
    assert [(each.incoming.text, each.holder, each.tries) for each in added] == [
        ("one", "me", 1),
        ("two", "", 0),
        ("three", "me", 1),
    ]
    later = database.write_now(
        lambda unit: unit.inbox.add_many([incoming(text="four")], holder="me", until=until)
    )
    assert later[0].holder == ""
    assert claim(database) == []


def test_a_claim_that_lapsed_is_taken_by_another(database: Database, clock: MovedClock) -> None:
    add(database, incoming(text="one"))
    claim(database, holder="dead")
    clock.move(seconds=31)
    [again] = claim(database, holder="alive")
    assert (again.tries, again.holder) == (2, "alive")


def test_lapsed_claims_are_rescued_and_counted(database: Database, clock: MovedClock) -> None:
    add(database, incoming())
    claim(database)
    assert database.write_now(lambda unit: unit.inbox.rescue()) == 0
    clock.move(seconds=31)
    assert database.write_now(lambda unit: unit.inbox.rescue()) == 1


def test_a_holder_gives_its_claims_back(database: Database) -> None:
    add(database, incoming(), incoming(chat="ben"))
    claim(database, limit=1, holder="one")
    claim(database, limit=1, holder="two")
    assert database.write_now(lambda unit: unit.inbox.release("one")) == 1
    assert len(claim(database)) == 1
    assert database.write_now(lambda unit: unit.inbox.release_all()) == 2


def test_a_message_put_back_holds_up_its_chat_until_its_time(
    database: Database, clock: MovedClock
) -> None:
    add(database, incoming(text="one"), incoming(text="two"))
    [first] = claim(database)
    later = clock() + timedelta(seconds=5)
    database.write_now(lambda unit: unit.inbox.retry_at(first.id, later))
    assert claim(database) == []
    clock.move(seconds=5)
    assert texts(claim(database)) == ["one"]


def test_a_message_given_up_lets_its_chat_go_on(database: Database) -> None:
    add(database, incoming(text="poison"), incoming(text="fine"))
    [poison] = claim(database)
    database.write_now(lambda unit: unit.inbox.dead_letter(poison.id, "handler"))
    assert texts(claim(database)) == ["fine"]
    [letter] = database.read_now(lambda unit: unit.inbox.list_dead_letters())
    assert (letter.id, letter.reason, letter.tries) == (poison.id, "handler", 1)


def test_the_oldest_open_message_is_known(database: Database, clock: MovedClock) -> None:
    assert database.read_now(lambda unit: unit.inbox.oldest_waiting_at()) is None
    start = clock()
    [added] = add(database, incoming())
    clock.move(seconds=9)
    add(database, incoming(chat="ben"))
    assert database.read_now(lambda unit: unit.inbox.oldest_waiting_at()) == start
    database.write_now(lambda unit: unit.inbox.finish(added.id))
    assert database.read_now(lambda unit: unit.inbox.oldest_waiting_at()) == clock()


def test_words_that_may_not_be_kept_are_gone_from_the_row(database: Database) -> None:
    add(database, incoming(text="ada@example.org", message_id="12"))
    [claimed] = claim(database)
    database.write_now(lambda unit: unit.inbox.hide_words(claimed.id))
    database.write_now(lambda unit: unit.inbox.release_all())
    [again] = claim(database)
    assert again.incoming == replace(claimed.incoming, text=HIDDEN_WORDS)
