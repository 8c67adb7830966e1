from datetime import timedelta

from bot.conversation.messages import Press
from storage import Database
from tests.storage.factories import incoming, outgoing, question_message
from tests.support.databases import MovedClock

WEB = {"channel": "web", "bot": "web"}


def talk(database: Database, clock: MovedClock) -> str:
    person = database.write_now(lambda unit: unit.people.ensure("web", "web", "anna")).id
    press = incoming(kind="press", text="", press=Press("n1", "yes"), **WEB)
    said = outgoing(person, message=question_message("n1"), nonce="n1", **WEB)
    for step in (
        lambda unit: unit.inbox.add_many([incoming(text="excel", **WEB)]),
        lambda unit: unit.outbox.add_many([said]),
        lambda unit: unit.inbox.add_many([press, incoming(chat="ben", text="private", **WEB)]),
    ):
        clock.move(seconds=1)
        database.write_now(step)
    return person


def test_both_sides_are_read_in_order(database: Database, clock: MovedClock) -> None:
    person = talk(database, clock)
    typed, asked = database.read_now(lambda unit: unit.transcripts.read(person))
    assert (typed.is_person, typed.text, typed.kind) == (True, "excel", "text")
    assert asked.message == question_message("n1")
    assert asked.nonce == "n1"


def test_presses_are_there_for_who_wants_them(database: Database, clock: MovedClock) -> None:
    person = talk(database, clock)
    entries = database.read_now(lambda unit: unit.transcripts.read(person, has_presses=True))
    assert [entry.kind for entry in entries] == ["text", "", "press"]
    assert (entries[2].nonce, entries[2].option, entries[2].is_answered) == ("n1", "yes", False)


def test_only_what_is_new_or_newest_is_read(database: Database, clock: MovedClock) -> None:
    person = talk(database, clock)
    typed, asked = database.read_now(lambda unit: unit.transcripts.read(person))
    read = database.read_now
    assert read(lambda unit: unit.transcripts.read(person, after=typed.id)) == [asked]
    assert read(lambda unit: unit.transcripts.read(person, limit=1)) == [asked]
    assert read(lambda unit: unit.transcripts.read(person, channel="telegram")) == []


def test_words_that_are_no_longer_kept_are_not_shown(database: Database, clock: MovedClock) -> None:
    person = talk(database, clock)
    clock.at += timedelta(days=31)
    while database.write_now(lambda unit: unit.privacy.sweep()):
        continue
    assert database.read_now(lambda unit: unit.transcripts.read(person)) == []
