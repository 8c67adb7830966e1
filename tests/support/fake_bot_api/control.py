"""The control interface, for when the server is a process of its own. All of it is JSON."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import orjson
from aiohttp import web

from tests.support.fake_bot_api.faults import Fault
from tests.support.fake_bot_api.people import MissingButtonError, Person

if TYPE_CHECKING:
    from tests.support.fake_bot_api.server import FakeBotApi

ACTS = frozenset(
    {
        "say",
        "start",
        "share_location",
        "edit",
        "send_other",
        "press",
        "press_data",
        "type_elsewhere",
        "block",
        "unblock",
    }
)


class Control:
    """Answers /control/... requests."""

    def __init__(self, fake: FakeBotApi) -> None:
        self._fake = fake
        self._people: dict[int, Person] = {}

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Do what a control request asks."""
        body = await request.read()
        asked: dict[str, Any] = dict(request.query) | (orjson.loads(body) if body else {})
        name = request.path.removeprefix("/control/")
        actions = {
            "act": self._act,
            "update": self._update,
            "calls": self._calls,
            "faults": self._faults,
            "settings": self._settings,
            "reset": self._reset,
        }
        try:
            if name == "replies":
                answer = await self._replies(asked)
            else:
                answer = actions[name](asked)
        except (KeyError, TypeError, MissingButtonError) as error:
            return web.json_response({"error": repr(error)}, status=400)
        return web.Response(
            body=orjson.dumps(answer, default=_plain), content_type="application/json"
        )

    def _person(self, asked: dict[str, Any]) -> Person:
        chat = int(asked.pop("chat"))
        person = self._people.get(chat)
        if person is None:
            person = self._people[chat] = self._fake.person(chat)
        person.language = asked.pop("language", person.language)
        return person

    def _act(self, asked: dict[str, Any]) -> Any:
        person, act = self._person(asked), asked.pop("do")
        if act not in ACTS:
            raise KeyError(act)
        return {"update_id": getattr(person, act)(**asked)}

    def _update(self, asked: dict[str, Any]) -> Any:
        update_id = asked.pop("update_id", None)
        ((kind, value),) = asked.items()
        return {"update_id": self._fake.bot.push(kind, value, update_id)}

    def _calls(self, asked: dict[str, Any]) -> Any:
        chat, after = int(asked.get("chat", 0)), int(asked.get("after", 0))
        wanted = [
            call
            for call in (self._fake.problems if asked.get("problems") else self._fake.calls)
            if call.number > after
            and asked.get("method", call.method) == call.method
            and chat in (0, call.chat)
        ]
        return {
            "calls": [dataclasses.asdict(call) for call in wanted],
            "polls": self._fake.polls,
            "pending": len(self._fake.bot.updates.pending()),
        }

    async def _replies(self, asked: dict[str, Any]) -> Any:
        chat = self._person(asked).chat
        after, seconds = int(asked.get("after", 0)), float(asked.get("seconds", 0))
        if seconds and len(chat.shown) <= after:
            try:
                await chat.next_shown(after, seconds)
            except TimeoutError:
                return {"messages": [], "shown": len(chat.shown)}
        found = [chat.messages[i] for i in chat.shown[after:] if i in chat.messages]
        return {"messages": found, "shown": len(chat.shown)}

    def _faults(self, asked: dict[str, Any]) -> Any:
        if asked.get("clear"):
            self._fake.faults.clear()
        else:
            self._fake.faults.add(Fault(**asked))
        return {}

    def _settings(self, asked: dict[str, Any]) -> Any:
        self._fake.latency = float(asked.get("latency", self._fake.latency))
        return {"latency": self._fake.latency}

    def _reset(self, _: dict[str, Any]) -> Any:
        self._fake.calls.clear()
        self._fake.problems.clear()
        self._fake.faults.clear()
        self._fake.latency = 0.0
        return {}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    raise TypeError
