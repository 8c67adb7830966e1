"""A town in which much happened in one week and one month, written past the repositories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson

from bot.questionnaires import Filled, Key
from bot.questionnaires.keeping import dump_answers
from storage import Database, Unit
from storage.instants import micros
from storage.statements import Statement

CITY = "manchester"
NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
"""A Monday: the week before is over, and December."""
IN_WEEK, IN_MONTH = datetime(2027, 1, 6, 12, tzinfo=UTC), datetime(2026, 12, 9, 12, tzinfo=UTC)
LONG_AGO = datetime(2026, 3, 4, 12, tzinfo=UTC)
SUBJECTS = ("welding", "bookkeeping", "arabic")
WARDS = ("ardwick", "hulme", "moss side")
SLICE = 5_000

_PEOPLE = Statement("""
    INSERT INTO person (id, city, language, version, notice_version, notice_at, memory, reference,
                        created_at, seen_at)
    VALUES (:id, :city, :language, 0, 'v1', :long_ago, '{}', :id, :came, :week)
""")
_CONTACTS = Statement("""
    INSERT INTO contact (channel, bot, chat, person, is_reachable, created_at, seen_at)
    VALUES (:channel, 'b', :chat, :id, TRUE, :long_ago, :week)
""")
_SESSIONS = Statement("""
    INSERT INTO session (id, person, city, flow, status, position, frame, started_at, touched_at)
    VALUES (:id, :id, :city, :flow, 'ended', 0, '{}', :week, :week)
""")
_TRAITS = Statement("""
    INSERT INTO trait (person, kind, part, city, level, at)
    VALUES (:id, :kind, :part, :city, :level, :week)
""")
_SITTINGS = Statement("""
    INSERT INTO sitting (id, city, person, framework, framework_version, content_version, mode,
        parts, started_at, updated_at, finished_at, confidence_before, resilience_before,
        confidence_after, resilience_after)
    VALUES (:sitting, :city, :id, 'digcomp3', '1', '1', 'quick', '', :at, :at, :at,
        '2', '3', :after, '3')
""")
_ANSWERS = Statement("""
    INSERT INTO sitting_answer (sitting, item, person, number, answer, content_version, at)
    VALUES (:sitting, :item, :id, 0, :answer, '1', :at)
""")
_UNMET = Statement("""
    INSERT INTO unmet_wish (id, city, person, words, request, at, skill, place)
    VALUES (:id, :city, :id, '', :request, :week, '', '')
""")
_WATCHED = Statement("""
    INSERT INTO saved_search (id, city, person, words, request, created_at)
    VALUES (:id, :city, :id, '', :request, :week)
""")
_SAVED = Statement("""
    INSERT INTO saved_course (person, course, city, was, saved_at)
    VALUES (:id, :course, :city, :was, :week)
""")
_ROUTES = Statement("""
    INSERT INTO followed_pathway (person, pathway, city, version, followed_at, chosen_at)
    VALUES (:id, :pathway, :city, '1', :month, :month)
""")
_STEPS = Statement("""
    INSERT INTO pathway_step (person, pathway, step, city, mark, at)
    VALUES (:id, :pathway, 'one', :city, 'done', :month)
""")
_RESPONSES = Statement("""
    INSERT INTO response (id, city, person, audience, organisation, subject, team, questionnaire,
        version, answers, state, contact, follows, started_at, changed_at, sent_at)
    VALUES (:id, :city, :id, 'learner', '', '', '', 'evaluation', 1, :answers, 'sent', '', '',
        :month, :month, :month)
""")


def settle(
    database: Database, people: int, *, courses: Sequence[str] = (), pathway: str = "p"
) -> None:
    """Write people: every second came in the week, every third told of skills in the month."""
    for start in range(0, people, SLICE):
        rows = [_row(one, courses, pathway) for one in range(start, min(start + SLICE, people))]
        database.write_now(partial(_write, rows))


def _row(number: int, courses: Sequence[str], pathway: str) -> dict[str, Any]:
    key = f"{number:012x}"
    request = {"text": SUBJECTS[number % 3], "city": CITY}
    filled = Filled("evaluation", 1, {Key("tell"): "yes" if number % 4 else "no"})
    return {
        "number": number,
        "id": key,
        "city": CITY,
        "language": "ur" if number % 4 == 0 else "en",
        "came": micros(IN_WEEK if number % 6 == 0 else LONG_AGO),
        "week": micros(IN_WEEK),
        "month": micros(IN_MONTH),
        "long_ago": micros(LONG_AGO),
        "channel": "telegram",
        "chat": key,
        "flow": ("discover", "skills_check", "saved")[number % 3],
        "ward": WARDS[number % 3],
        "level": number % 5,
        "request": orjson.dumps(request).decode(),
        "course": courses[number % len(courses)] if courses else "none",
        "was": b"",
        "pathway": pathway,
        "answers": dump_answers(filled),
    }


def _write(rows: list[dict[str, Any]], unit: Unit) -> None:
    def every(step: int, **more: Any) -> list[dict[str, Any]]:
        return [{**row, **more} for row in rows if row["number"] % step == 0]

    unit.run_many(_PEOPLE, rows)
    unit.run_many(_CONTACTS, rows)
    unit.run_many(_CONTACTS, every(10, channel="web"))
    unit.run_many(_SESSIONS, every(2))
    told = every(3)
    unit.run_many(_TRAITS, [{**row, "kind": "skill", "part": "1.1"} for row in told])
    unit.run_many(_TRAITS, [{**row, "kind": "place", "part": row["ward"]} for row in every(2)])
    for name, at, step in (("1-", LONG_AGO, 6), ("2-", IN_MONTH, 3)):
        sittings = [
            {**row, "sitting": name + row["id"], "at": micros(at),
             "answer": "1" if name == "1-" else str(row["number"] // 6 % 3), "item": "1.1.k1",
             "after": "4" if row["number"] % 2 else "2"}
            for row in every(step)
        ]  # fmt: skip
        unit.run_many(_SITTINGS, sittings)
        unit.run_many(_ANSWERS, sittings)
    unit.run_many(_UNMET, every(10))
    unit.run_many(_WATCHED, every(15))
    unit.run_many(_SAVED, every(5))
    unit.run_many(_ROUTES, every(7))
    unit.run_many(_STEPS, every(14))
    unit.run_many(_RESPONSES, every(8))
