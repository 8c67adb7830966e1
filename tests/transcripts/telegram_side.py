"""A person on Telegram, over the fake Bot API."""

from __future__ import annotations

from typing import Any

from tests.support.fake_bot_api import FakeBotApi
from tests.support.fake_bot_api.chats import Chat
from tests.transcripts.format import Heard
from tests.transcripts.house import until
from tests.transcripts.page import INVISIBLE
from tests.transcripts.sides import NotShownError, Tokens, comparable, described

CHAT = 1
Json = dict[str, Any]


class TelegramSide:
    """Acts by updates; hears the messages that stand in the chat."""

    def __init__(self, fake: FakeBotApi, tokens: Tokens) -> None:
        self._fake = fake
        self._tokens = tokens
        self._person = fake.person(CHAT)
        self._typed: dict[str, int] = {}
        self._heard = 0
        self._known: set[int] = set()

    @property
    def _chat(self) -> Chat:
        return self._person.chat

    async def begin(self) -> None:
        return

    async def type(self, text: str) -> None:
        self._person.say(text)
        self._typed[text] = self._chat.last_message_id
        await self._taken()

    async def press(self, label: str, under: str = "", times: int = 1) -> None:
        message, data = self._button(label, under)
        for _ in range(times):
            self._person.press_data(data, message["message_id"])
        await self._taken()

    async def share(self, latitude: float, longitude: float) -> None:
        self._person.share_location(latitude, longitude)
        await self._taken()

    async def edit(self, old: str, new: str) -> None:
        self._typed[new] = self._typed[old]
        self._person.edit(self._typed[old], new)
        await self._taken()

    async def block(self, is_blocked: bool) -> None:
        if is_blocked:
            self._person.block()
        else:
            self._person.unblock()
        await self._taken()

    async def heard(self) -> list[Heard]:
        shown, self._heard = self._chat.shown[self._heard :], len(self._chat.shown)
        found: list[Heard] = []
        for one in dict.fromkeys(shown):
            if one in self._chat.messages:
                found.append(self._as_heard(self._chat.messages[one]))
                if "photo" in self._chat.messages[one]:
                    sent = self._fake.called("sendPhoto", CHAT)[-1].parameters["photo"]
                    found.append(self._said("+", [described(sent)]))
        self._known.update(shown)
        return found

    async def _taken(self) -> None:
        """Wait until the program has confirmed every update, which it does once it is stored."""

        async def is_confirmed() -> bool:
            return not self._fake.bot.updates.pending()

        await until(is_confirmed)

    def _button(self, label: str, under: str) -> tuple[Json, str]:
        for message in reversed(self._chat.messages.values()):
            if under in (message.get("text") or message.get("caption", "")):
                for button in _buttons(message):
                    if button["text"].translate(INVISIBLE) == label and "callback_data" in button:
                        return message, button["callback_data"]
        raise NotShownError(f"no button {label!r} under {under!r} on Telegram")

    def _as_heard(self, message: Json) -> Heard:
        if "venue" in message:
            place = message["venue"]
            return self._said("+", [f"venue {place['title']}: {place['address']}"])
        if "document" in message:
            sent = self._fake.called("sendDocument", CHAT)[-1].parameters["document"]
            return self._said("+", [described(sent)])
        buttons = _buttons(message)
        row = " ".join(_written(one) for one in buttons)
        lines = [line for line in _with_links(message).splitlines() if line]
        if message["message_id"] in self._known and _is_answered(buttons):
            return self._said("~", [f"{' = '.join(lines)} {row}"])
        return self._said("<", [*lines, row])

    def _said(self, kind: str, lines: list[str]) -> Heard:
        return comparable(kind, lines, self._tokens)


def _is_answered(buttons: list[Json]) -> bool:
    return all(one.get("callback_data", "").endswith(":-change") for one in buttons)


def _buttons(message: Json) -> list[Json]:
    markup = message.get("reply_markup", {})
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or ()
    return [button for row in rows for button in row]


def _written(button: Json) -> str:
    label = f"[{button['text']}]"
    return f"{label}({button['url']})" if "url" in button else label


def _with_links(message: Json) -> str:
    """Return the words with the address of each link behind it."""
    coded = (message.get("text") or message.get("caption", "")).encode("utf-16-le")
    entities = (*message.get("entities", ()), *message.get("caption_entities", ()))
    links = [one for one in entities if one["type"] == "text_link"]
    for link in sorted(links, key=lambda one: -one["offset"]):
        end = 2 * (link["offset"] + link["length"])
        coded = coded[:end] + f" <{link['url']}>".encode("utf-16-le") + coded[end:]
    return str(coded.decode("utf-16-le"))
