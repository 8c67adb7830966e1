"""Many people at once, written past the repositories: a million one by one would take an hour."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from storage import Database, Unit
from storage.instants import micros
from storage.statements import Statement
from tests.support.run_campaigns import BOT, CITY

SLICE = 10_000
_PEOPLE = Statement("""
    INSERT INTO person (id, city, language, version, notice_version, notice_at, memory, reference,
                        created_at, seen_at)
    VALUES (:id, :city, :language, 0, 'v1', :at, '{}', :reference, :at, :at)
""")
_CONTACTS = Statement("""
    INSERT INTO contact (channel, bot, chat, person, is_reachable, created_at, seen_at)
    VALUES ('telegram', :bot, :chat, :id, TRUE, :at, :at)
""")
_CONSENTS = Statement("""
    INSERT INTO consent (id, person, purpose, channel, basis, text_version, is_given, at)
    VALUES (:consent, :id, 'news', 'telegram', 'consent', 'v1', TRUE, :at)
""")
_STANDING = Statement("""
    INSERT INTO standing_consent (person, purpose, channel, is_given, consent, at)
    VALUES (:id, 'news', 'telegram', TRUE, :consent, :at)
""")


def settle_town(
    database: Database, people: int, *, agreed: int = 1, urdu: int = 1, first_chat: int = 1
) -> None:
    """Write people, of whom every `agreed`-th agreed to news; every `urdu`-th of those reads Urdu.

    Their chats are `first_chat`, the next number and so on.
    """
    at = micros(database.read_now(lambda unit: unit.now))
    for start in range(0, people, SLICE):
        numbers = range(start, min(start + SLICE, people))
        rows = [_row(number, at, agreed, urdu, number + first_chat) for number in numbers]
        database.write_now(partial(_write, rows))


def _write(rows: list[dict[str, Any]], unit: Unit) -> None:
    agreed = [row for row in rows if row["consent"]]
    unit.run_many(_PEOPLE, rows)
    unit.run_many(_CONTACTS, rows)
    unit.run_many(_CONSENTS, agreed)
    unit.run_many(_STANDING, agreed)


def _row(number: int, at: int, agreed: int, urdu: int, chat: int) -> dict[str, Any]:
    agrees = number % agreed == 0
    return {
        # Ids as they are made: rising with time, so that rows stand where they would stand.
        "id": f"{number:012x}{(number * 2654435761) % 2**80:020x}",
        "city": CITY,
        "language": "ur" if agrees and number // agreed % urdu == 0 else "en",
        "reference": f"reference-{number}",
        "bot": BOT,
        "chat": str(chat),
        "consent": f"consent-{number}" if agrees else "",
        "at": at,
    }


def daytime(now: datetime) -> datetime:
    """Return a time of the same day at which people may be written to."""
    return now.replace(hour=12)
