"""People who chat with the bot."""

from __future__ import annotations

from typing import Any

from tests.support.fake_bot_api.bots import FakeBot
from tests.support.fake_bot_api.calls import Call

PATIENCE = 10.0


class MissingButtonError(AssertionError):
    """The person looked for a button that the chat does not show."""


class Person:
    """Somebody in a private chat: writes, presses, reads.

    Args:
        bot: The bot they write to.
        chat_id: Their chat; positive.
        language: The language of their app.
    """

    def __init__(self, bot: FakeBot, chat_id: int, language: str = "en") -> None:
        self._bot = bot
        self._read = 0
        self.chat = bot.chat(chat_id)
        self.language = language

    def say(self, text: str, **extra: Any) -> int | None:
        """Send a text; returns the update's id."""
        return self._bot.push("message", self._message(text=text, **_commands(text), **extra))

    def start(self, payload: str = "") -> int | None:
        """Open the bot, through a deep link if there is a payload."""
        return self.say(f"/start {payload}".strip())

    def share_location(self, latitude: float, longitude: float) -> int | None:
        """Share where they are."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._bot.push("message", self._message(location=place))

    def edit(self, message_id: int, text: str) -> int | None:
        """Edit a message that they sent."""
        edited = {**self._message(text=text), "message_id": message_id, "edit_date": self._now()}
        return self._bot.push("edited_message", edited)

    def send_other(self, **content: Any) -> int | None:
        """Send something that is no text: a sticker, a photo, a contact."""
        return self._bot.push("message", self._message(**content))

    def press(self, label: str, message_id: int = 0) -> int | None:
        """Press the newest button whose label holds these words.

        Raises:
            MissingButtonError: If there is none.
        """
        for message in self._newest_first(message_id):
            for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
                for button in row:
                    if label in button["text"] and "callback_data" in button:
                        return self.press_data(button["callback_data"], message["message_id"])
        raise MissingButtonError(f"no button {label!r} in {self.buttons()}")

    def type_elsewhere(self, words: str) -> str:
        """Type the bot's name and some words in another chat; returns the query's id."""
        query = f"q{self.chat.id}-{self._bot.updates.next_id}"
        self._bot.open_queries.add(query)
        asked = {"id": query, "from": self._user(), "query": words, "offset": ""}
        self._bot.push("inline_query", asked)
        return query

    def press_data(self, data: str, message_id: int = 1) -> int | None:
        """Press a button by what it carries, even one that no message shows."""
        callback = f"{self.chat.id}-{self._bot.updates.next_id}"
        self._bot.open_callbacks.add(callback)
        shown = self.chat.messages.get(message_id)
        inaccessible = {"chat": self.chat.as_json(), "message_id": message_id, "date": 0}
        query = {
            "id": callback,
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
            "message": shown if shown is not None else inaccessible,
        }
        return self._bot.push("callback_query", query)

    def block(self) -> int | None:
        """Block the bot."""
        self.chat.is_blocked = True
        return self._membership("member", "kicked")

    def unblock(self) -> int | None:
        """Let the bot write again."""
        self.chat.is_blocked = False
        return self._membership("kicked", "member")

    async def reply(self, seconds: float = PATIENCE) -> dict[str, Any]:
        """Wait for the next message that the bot sent or edited and that was not read yet.

        Raises:
            TimeoutError: Nothing came.
        """
        message = await self.chat.next_shown(self._read, seconds)
        self._read += 1
        return message

    def replies(self) -> list[dict[str, Any]]:
        """Every message of the bot that stands in the chat, oldest first."""
        return list(self.chat.messages.values())

    def texts(self) -> list[str]:
        """The words of those messages."""
        return [m.get("text") or m.get("caption", "") for m in self.replies()]

    def buttons(self) -> list[str]:
        """The labels of the newest message that has buttons."""
        for message in self._newest_first(0):
            rows = message.get("reply_markup", {}).get("inline_keyboard", ())
            if rows:
                return [button["text"] for row in rows for button in row]
        return []

    def copies_of(self, call: Call) -> int:
        """How often the very text of a call stands in the chat."""
        return self.texts().count(call.parameters.get("text", ""))

    def _newest_first(self, message_id: int) -> list[dict[str, Any]]:
        if message_id:
            return [self.chat.messages[message_id]]
        return list(reversed(self.replies()))

    def _message(self, **content: Any) -> dict[str, Any]:
        self.chat.is_started = True
        self.chat.last_message_id += 1
        return {
            "message_id": self.chat.last_message_id,
            "from": self._user(),
            "chat": {**self.chat.as_json(), "last_name": "Lovelace", "username": "ada_l"},
            "date": self._now(),
            **content,
        }

    def _membership(self, before: str, after: str) -> int | None:
        user = self._bot.as_json()
        changed = {
            "chat": self.chat.as_json(),
            "from": self._user(),
            "date": self._now(),
            "old_chat_member": {"status": before, "user": user, "until_date": 0},
            "new_chat_member": {"status": after, "user": user, "until_date": 0},
        }
        return self._bot.push("my_chat_member", changed)

    def _user(self) -> dict[str, Any]:
        return {
            "id": self.chat.id,
            "is_bot": False,
            "first_name": "Ada",
            "last_name": "Lovelace",
            "username": "ada_l",
            "language_code": self.language,
        }

    def _now(self) -> int:
        return int(self._bot.clock())


def _commands(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
