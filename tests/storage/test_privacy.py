"""What the register of holdings promises is kept, on both engines and in the file's own bytes."""

import asyncio
import dataclasses
import json
import threading
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, select, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  # fills the metadata
from storage import Database, Unit
from storage.instants import Instant
from storage.privacy.holdings import HOLDINGS, Holding
from storage.records import SendResult, SessionState
from tests.storage.canaries import CANARY, plant, planted, row, table
from tests.storage.factories import incoming, outgoing
from tests.support.databases import MovedClock

PERSON = "0199feedfacefeedfacefeedfacefeed"
OTHER = "0199c0ffeec0ffeec0ffeec0ffeec0ff"

NAMES = sorted(SQLModel.metadata.tables)
PERSONAL_WORDS = ("name", "phone", "email", "birth", "postcode", "address", "lat", "lon", "ip")


def holding(name: str) -> Holding:
    return HOLDINGS[name]


class TestTheRegister:
    def test_every_table_is_declared(self) -> None:
        assert sorted(HOLDINGS) == NAMES

    @pytest.mark.parametrize("name", NAMES)
    def test_what_is_declared_exists(self, name: str) -> None:
        declared = holding(name)
        columns = set(table(name).columns.keys())
        named = {*declared.personal, *declared.secret, *declared.scrub}
        named |= {declared.person} - {""}
        for rule in declared.retention:
            named |= {rule.column, *rule.scrub, *rule.only}
        assert named <= columns

    @pytest.mark.parametrize("name", NAMES)
    def test_every_table_says_how_long_and_for_whom(self, name: str) -> None:
        declared = holding(name)
        assert declared.retention or declared.forever
        if declared.whose == "nobody":
            assert not declared.personal
            assert not declared.person
        elif declared.erasure != "keep":
            assert declared.person or declared.is_by_address

    @pytest.mark.parametrize("name", NAMES)
    def test_every_column_with_words_is_declared_or_known_to_be_none_of_anybodys(
        self, name: str
    ) -> None:
        """A new column of text about a person has to be thought about."""
        declared = holding(name)
        if declared.whose == "nobody":
            return
        thought_about = {*declared.personal, *declared.secret, declared.person, *_OURS}
        words = {c.name for c in table(name).columns if c.type.python_type in (str, bytes)}
        assert words <= thought_about

    @pytest.mark.parametrize("name", NAMES)
    def test_nothing_is_kept_that_we_promised_not_to_keep(self, name: str) -> None:
        if holding(name).whose == "nobody":
            return
        for column in table(name).columns:
            assert not set(column.name.split("_")) & set(PERSONAL_WORDS)

    @pytest.mark.parametrize("name", NAMES)
    def test_retention_counts_from_a_time_that_an_index_finds(self, name: str) -> None:
        for rule in holding(name).retention:
            assert isinstance(table(name).c[rule.column].type, Instant)
            assert any(rule.column in index.columns for index in table(name).indexes)


_OURS = {
    # our own ids, states and codes
    "id", "session", "status", "state", "kind", "holder", "reason", "dedupe_key", "message_id",
    "search", "course", "outcome", "settled_by", "granted_by", "invited_by", "role", "cities",
    "action", "actor", "subject", "facts", "previous", "hash", "city", "channel",
    "sitting", "framework_version", "content_version", "broadcast",
}  # fmt: skip


@pytest.fixture
def planted_database(database: Database) -> Database:
    def unit_function(unit: Unit) -> None:
        plant(unit, PERSON)
        somebody_else(unit)

    database.write_now(unit_function)
    return database


def plant_row(unit: Unit, name: str, values: dict[str, object]) -> None:
    unit.connection.execute(insert(table(name)).values(values))


def somebody_else(unit: Unit) -> None:
    for name in ("person", "saved_search", "session"):
        values = row(name, OTHER, 9)
        values = {
            column: value.replace(CANARY, "other") if isinstance(value, str) else value
            for column, value in values.items()
        }
        unit.connection.execute(insert(table(name)).values(values))


def everything(database: Database) -> str:
    def unit_function(unit: Unit) -> str:
        return "\n".join(
            str(unit.connection.execute(select(table(name))).mappings().all()) for name in NAMES
        )

    return database.read_now(unit_function)


def erase(database: Database, person: str = PERSON) -> int:
    slices = 1
    while not database.write_now(lambda unit: unit.privacy.erase(person, limit=7)):
        slices += 1
    database.scrub()
    return slices


class TestExport:
    def test_it_holds_every_canary(self, planted_database: Database) -> None:
        exported = str(planted_database.read_now(lambda unit: unit.privacy.export(PERSON)))
        assert {canary for canary in planted() if canary not in exported} == set()

    def test_it_holds_no_secret_and_nobody_else(self, planted_database: Database) -> None:
        exported = str(planted_database.read_now(lambda unit: unit.privacy.export(PERSON)))
        assert "token_hash" not in exported
        assert "csrf" not in exported
        assert OTHER not in exported
        assert "other" not in exported

    def test_it_is_json_all_the_way_down(self, database: Database) -> None:
        person = database.write_now(lambda unit: unit.people.ensure("telegram", "b", "1")).id
        database.write_now(lambda unit: unit.wishes.add_search(person, "derby", "[sic", {"t": 1}))
        exported = database.read_now(lambda unit: unit.privacy.export(person))
        assert json.loads(json.dumps(exported)) == exported
        [wish] = exported["saved_search"]
        assert (wish["words"], wish["request"]) == ("[sic", {"t": 1})
        assert wish["created_at"] == "2027-01-11T09:00:00+00:00"

    def test_of_nobody_it_is_empty(self, planted_database: Database) -> None:
        assert planted_database.read_now(lambda unit: unit.privacy.export("nobody")) == {}


class TestErasure:
    def test_every_canary_is_gone_and_somebody_else_is_not(
        self, planted_database: Database
    ) -> None:
        assert CANARY in everything(planted_database)
        assert erase(planted_database) > 1
        left = everything(planted_database)
        assert CANARY not in left
        assert PERSON not in left
        assert left.count(OTHER) == 3

    def test_evidence_stays_without_the_link(self, database: Database) -> None:
        person = database.write_now(lambda unit: unit.people.ensure("telegram", "b", "1")).id
        reference = database.read_now(lambda unit: unit.people.reference_of(person))
        [sent] = database.write_now(lambda unit: unit.outbox.add_many([outgoing(person, "1")]))
        result = SendResult(sent.id, "sent", "77")
        database.write_now(lambda unit: unit.outbox.mark_many([result]))
        database.write_now(lambda unit: unit.audit.record("export", subject=reference))
        database.write_now(lambda unit: unit.reports.add(person, "derby", "c1", "wrong", "mine"))
        erase(database, person)
        left = everything(database)
        assert reference in left
        assert person not in left
        assert database.read_now(lambda unit: unit.audit.verify()).is_whole
        [report] = database.read_now(lambda unit: unit.reports.list_open("derby"))
        assert (report.reason, report.words) == ("wrong", "")
        [(who, chat, message)] = database.read_now(
            lambda unit: unit.connection.execute(
                text("SELECT person, chat, message FROM outbox")
            ).all()
        )
        assert (who, chat, message) == (reference, "", "")

    def test_nothing_more_is_sent_to_somebody_erased(self, database: Database) -> None:
        person = database.write_now(lambda unit: unit.people.ensure("telegram", "b", "1")).id
        database.write_now(lambda unit: unit.outbox.add_many([outgoing(person, "1")]))
        erase(database, person)
        until = database.now() + timedelta(seconds=30)
        assert database.write_now(lambda unit: unit.outbox.claim(5, [0, 1, 2], "s", until)) == []

    def test_it_can_be_called_off_for_five_minutes(
        self, database: Database, clock: MovedClock
    ) -> None:
        due_at = database.write_now(lambda unit: unit.privacy.schedule_erasure(PERSON))
        assert due_at - clock() == timedelta(minutes=5)
        clock.move(minutes=1)
        assert database.write_now(lambda unit: unit.privacy.schedule_erasure(PERSON)) == due_at
        assert database.read_now(lambda unit: unit.privacy.erasure_due_at(PERSON)) == due_at
        assert database.read_now(lambda unit: unit.privacy.list_due_erasures()) == []
        assert database.write_now(lambda unit: unit.privacy.cancel_erasure(PERSON))
        assert not database.write_now(lambda unit: unit.privacy.cancel_erasure(PERSON))
        database.write_now(lambda unit: unit.privacy.schedule_erasure(PERSON))
        clock.move(minutes=5)
        assert database.read_now(lambda unit: unit.privacy.list_due_erasures()) == [PERSON]

    async def test_the_database_erases_in_slices_and_cleans_up(
        self, planted_database: Database
    ) -> None:
        await planted_database.erase(PERSON)
        assert CANARY not in everything(planted_database)


def test_no_byte_of_somebody_erased_is_left_in_the_sqlite_files(
    sqlite_url: str, clock: MovedClock
) -> None:
    database = Database.open(sqlite_url, clock=clock)

    def unit_function(unit: Unit) -> None:
        plant(unit, PERSON, copies=40)
        for number in range(400):
            noise(unit, number)
        plant_again(unit)

    database.write_now(unit_function)
    for number in range(30):
        rewrite(database, number)
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    assert bytes_with(folder, CANARY)
    erase(database)
    assert bytes_with(folder, CANARY) == []
    assert bytes_with(folder, PERSON) == []
    assert everything(database).count("noise") > 400
    database.close()


def noise(unit: Unit, number: int) -> None:
    """Rows of others between those of the person, so that pages split and merge."""
    person = f"noise-{number}"
    text_of_many_lengths = "noise " * (number % 97)
    unit.inbox.add_many([incoming(person, text_of_many_lengths)])
    unit.outbox.add_many([outgoing(person, person, text_of_many_lengths)])
    acts = tuple(text_of_many_lengths for _ in range(number % 7))
    unit.sessions.save(SessionState(unit.new_id(), person, "discover", {}, acts))
    unit.wishes.add_search(person, "derby", text_of_many_lengths, {})


def plant_again(unit: Unit) -> None:
    for number in range(100):
        acts = tuple(f"{CANARY} {number} {n}" * 9 for n in range(number % 11))
        unit.sessions.save(SessionState(f"own-{number}", PERSON, "discover", {}, acts))
        unit.wishes.add_search(PERSON, "derby", f"{CANARY} wish {number}" * 5, {})
        unit.outbox.add_many(
            [outgoing(PERSON, "CANARY-chat", CANARY * (number % 50), nonce=CANARY)]
        )


def rewrite(database: Database, number: int) -> None:
    """Talk on: rows of the person grow, shrink and move, as in real use."""

    def unit_function(unit: Unit) -> None:
        acts = tuple(f"{CANARY} again {n}" * (number % 13) for n in range(number))
        unit.sessions.save(
            SessionState(f"own-{number}", PERSON, "discover", {"w": CANARY * number}, acts)
        )
        unit.people.set_city(PERSON, CANARY * number)
        noise(unit, 1000 + number)

    database.write_now(unit_function)


def bytes_with(folder: Path, word: str) -> list[str]:
    files = (path for path in sorted(folder.iterdir()) if path.is_file())
    return [path.name for path in files if word.encode() in path.read_bytes()]


async def test_a_long_read_holds_up_the_cleaning_and_nobody_else(
    sqlite_url: str, clock: MovedClock
) -> None:
    database = Database.open(sqlite_url, clock=clock)
    database.write_now(lambda unit: plant(unit, PERSON))
    is_reading, may_end = threading.Event(), threading.Event()

    def long_read(unit: Unit) -> None:
        unit.inbox.count_waiting()
        is_reading.set()
        assert may_end.wait(10)

    reading = asyncio.create_task(database.read(long_read))
    await asyncio.to_thread(is_reading.wait, 10)
    erasing = asyncio.create_task(database.erase(PERSON))
    while await database.read(lambda unit: unit.people.reference_of(PERSON)):
        continue
    await database.write(lambda unit: unit.marks.put("turn", "goes on"))
    assert not erasing.done()
    may_end.set()
    await reading
    await erasing
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    assert bytes_with(folder, CANARY) == []
    await database.aclose()


@pytest.mark.postgres
def test_no_row_or_index_entry_of_somebody_erased_is_left_in_postgresqls_pages(
    postgres_url: str, clock: MovedClock
) -> None:
    database = Database.open(postgres_url, clock=clock)
    database.write_now(lambda unit: plant(unit, PERSON, copies=40))
    assert {"saved_search", "ix_saved_search_person"} <= relations_with(postgres_url, PERSON)
    erase(database)
    assert relations_with(postgres_url, CANARY) == set()
    assert relations_with(postgres_url, PERSON) == set()
    database.close()


_ITEMS = {
    "r": "SELECT t_data FROM heap_page_items(get_raw_page(%s, %s)) WHERE t_data IS NOT NULL",
    "i": "SELECT decode(replace(data, ' ', ''), 'hex') FROM bt_page_items(%s, %s::bigint)",
}


def relations_with(url: str, word: str) -> set[str]:
    """Tables and indexes whose pages hold a row or an entry with the word, dead ones included."""
    found: set[str] = set()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        relations = connection.execute(
            """SELECT relname, relkind::text, pg_relation_size(oid) / 8192 FROM pg_class
            WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"""
        ).fetchall()
        for name, kind, pages in relations:
            for page in range(1 if kind == "i" else 0, pages):
                items = connection.execute(_ITEMS[kind], (name, page)).fetchall()
                if any(word.encode() in bytes(data) for (data,) in items if data):
                    found.add(name)
    return found


def test_the_register_is_made_of_frozen_records() -> None:
    for declared in HOLDINGS.values():
        with pytest.raises(dataclasses.FrozenInstanceError):
            declared.whose = "nobody"  # type: ignore[misc]
