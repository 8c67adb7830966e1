"""What only PostgreSQL has: many writers at once, and a server that can go away."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest

from bot.errors import DatabaseBroken, DatabaseBusy
from storage import Database, Unit
from storage.engines.postgres import PostgresEngine
from tests.storage.factories import incoming, outgoing

pytestmark = pytest.mark.postgres

LEASE = timedelta(seconds=30)


@pytest.fixture
def replicas(postgres_url: str) -> Callable[[int], list[Database]]:
    return lambda count: [Database.open(postgres_url) for _ in range(count)]


async def test_replicas_never_claim_the_same_message(
    replicas: Callable[[int], list[Database]],
) -> None:
    first, second = replicas(2)
    updates = [incoming(chat=str(number % 40), text=str(number)) for number in range(200)]
    await first.write(lambda unit: unit.inbox.add_many(updates))
    seen: list[tuple[str, str]] = []

    async def worker(database: Database, name: str) -> None:
        while claimed := await database.write(
            lambda unit: unit.inbox.claim(5, name, unit.now + LEASE)
        ):
            for each in claimed:
                seen.append((each.incoming.chat, each.incoming.text))
                await database.write(lambda unit, i=each.id: unit.inbox.finish(i))  # type: ignore[misc]

    for _ in range(10):
        await asyncio.gather(*(worker(d, f"w{n}") for n, d in enumerate((first, second) * 2)))
        if len(seen) == 200:
            break
    assert len(seen) == len(set(seen)) == 200
    for chat in {chat for chat, _ in seen}:
        texts = [int(text) for other, text in seen if other == chat]
        assert texts == sorted(texts)
    await first.aclose()
    await second.aclose()


async def test_replicas_never_send_the_same_message(
    replicas: Callable[[int], list[Database]],
) -> None:
    first, second = replicas(2)
    new = [outgoing(chat=str(number)) for number in range(100)]
    await first.write(lambda unit: unit.outbox.add_many(new))

    async def claim_all(database: Database, name: str) -> list[str]:
        claimed: list[str] = []
        while got := await database.write(
            lambda unit: unit.outbox.claim(7, [0], name, unit.now + LEASE)
        ):
            claimed += [each.id for each in got]
        return claimed

    one, two = await asyncio.gather(claim_all(first, "a"), claim_all(second, "b"))
    assert len(one) + len(two) == len({*one, *two}) == 100
    await first.aclose()
    await second.aclose()


async def test_the_audit_chain_stays_whole_with_many_writers(
    replicas: Callable[[int], list[Database]],
) -> None:
    databases = replicas(2)
    await asyncio.gather(
        *(
            databases[number % 2].write(lambda unit: unit.audit.record("export"))
            for number in range(30)
        )
    )
    check = databases[0].read_now(lambda unit: unit.audit.verify())
    assert (check.entries, check.is_whole) == (30, True)
    for database in databases:
        await database.aclose()


def kill_others(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND application_name = 'learning-city-bot'"""
        )
        return len(found.fetchall())


def test_a_unit_whose_connection_was_cut_is_run_again_whole(postgres_url: str) -> None:
    database = Database.open(postgres_url)
    runs: list[int] = []

    def cut_once(unit: Unit) -> str:
        runs.append(1)
        unit.marks.put("times", str(len(runs)))
        if len(runs) == 1:
            assert kill_others(postgres_url) >= 1
        unit.inbox.add_many([incoming()])
        return "done"

    assert database.write_now(cut_once) == "done"
    assert len(runs) == 2
    assert database.read_now(lambda unit: unit.inbox.count_waiting()) == 1
    database.close()


def test_idle_connections_that_died_are_replaced(postgres_url: str) -> None:
    database = Database.open(postgres_url)
    database.write_now(lambda unit: unit.marks.put("a", "1"))
    assert kill_others(postgres_url) >= 1
    assert database.read_now(lambda unit: unit.marks.get("a")) == "1"
    database.close()


def test_two_units_that_lock_crosswise_both_get_through(postgres_url: str) -> None:
    database = Database.open(postgres_url)
    for name in ("a", "b"):
        database.write_now(lambda unit, n=name: unit.marks.put(n, "0"))  # type: ignore[misc]
    meet = threading.Barrier(2)

    def crosswise(first: str, second: str) -> None:
        is_first_run = [True]

        def unit_function(unit: Unit) -> None:
            unit.marks.put(first, "1")
            if is_first_run[0]:
                is_first_run[0] = False
                meet.wait(10)
            unit.marks.put(second, "1")

        database.write_now(unit_function)

    threads = [threading.Thread(target=crosswise, args=names) for names in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert database.read_now(lambda unit: unit.marks.get("a") + unit.marks.get("b")) == "11"  # type: ignore[operator]
    database.close()


def test_a_server_that_is_away_is_busy_not_broken(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.postgres.PAUSE_S", 0)
    nowhere = "postgresql://nobody@127.0.0.1:1/bot"
    with pytest.raises(DatabaseBusy):
        Database.open(nowhere)
    database = Database(PostgresEngine(nowhere, lambda: incoming().at))
    with pytest.raises(DatabaseBusy):
        database.write_now(lambda unit: unit.marks.put("a", "1"))
    database.close()


def test_an_empty_database_is_not_taken_for_ours(postgres_url: str) -> None:
    with pytest.raises(DatabaseBroken, match="not up to date"):
        Database.open(postgres_url.replace("/migrated", "/postgres"))
