"""Records for storage tests, with defaults for what a test does not care about."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

from bot.conversation.messages import Choice, Incoming, Message, Span
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course, CourseInstance
from storage.records import NewOutgoing

_numbers = count(1)


def incoming(chat: str = "anna", text: str = "excel", **fields: Any) -> Incoming:
    values: dict[str, Any] = {
        "channel": "telegram",
        "bot": "city_bot",
        "update_id": str(next(_numbers)),
        "kind": "text",
        "at": datetime(2027, 1, 11, 9, 0, tzinfo=UTC),
    }
    return Incoming(chat=chat, text=text, **(values | fields))


def message(text: str = "Hello", **fields: Any) -> Message:
    return Message(text=(Span(text),), **fields)


def question_message(nonce: str, text: str = "Which one?") -> Message:
    choices = (Choice("yes", "Yes", is_main=True), Choice("no", "No"))
    return message(text, kind="question", key="wish", nonce=nonce, choices=choices)


def outgoing(
    person: str = "p", chat: str = "anna", text: str = "Hello", **fields: Any
) -> NewOutgoing:
    values: dict[str, Any] = {
        "channel": "telegram",
        "bot": "city_bot",
        "dedupe_key": f"key-{next(_numbers)}",
        "message": message(text),
    }
    return NewOutgoing(person=person, chat=chat, **(values | fields))


def stored_course(course_id: str, title: str = "Excel for work", **fields: Any) -> StoredCourse:
    values: dict[str, Any] = {"provider": "Hulme College", "city": "manchester"}
    instances = fields.pop("instances", (CourseInstance(id="1"),))
    course = Course(id=course_id, title=title, instances=instances, **(values | fields))
    body = dump_course(course)
    return StoredCourse(course, body, body_hash(body))
