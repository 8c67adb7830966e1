"""Reads Telegram's updates: what a person did, and nothing that the bot does not need.

The JSON is read directly: `telegram.Update.de_json` makes about twenty objects of every update to
keep four values, and holds names and usernames on the way (docs/decisions/0002).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from bot.conversation.messages import Incoming
from bot.handlers import callbacks

CHANNEL: Final = "telegram"
LONGEST_TEXT: Final = 4096
"""UTF-16 units of a text that are kept."""
ALLOWED_UPDATES: Final = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
]
PLACE_DECIMALS: Final = 2
"""Decimal places of a location: about 1 km."""

Json = Mapping[str, Any]
# Controls but tab and newline, lone surrogates, bidi embeddings and isolates, non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


class UnreadableUpdateError(Exception):
    """The body is no update at all."""


def load_json(body: bytes | str) -> Any:
    """Read JSON, also with lone surrogates in it, which the fast reader refuses.

    Raises:
        UnreadableUpdateError: If it is no JSON.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableUpdateError(type(error).__name__) from None


def read_update(update: Json, bot: str, now: datetime) -> Incoming | None:
    """Return what a person did, or None where the bot has nothing to do with it.

    Args:
        update: One Update object of the Bot API.
        bot: The id of the bot that received it.
        now: The time of receiving, for updates without a date of their own.

    Raises:
        UnreadableUpdateError: If it is not shaped as an update.
    """
    try:
        update_id = str(int(update["update_id"]))
        if (message := update.get("message")) is not None:
            return _read_message(message, update_id, bot, now, is_edited=False)
        if (query := update.get("callback_query")) is not None:
            return _read_press(query, update_id, bot, now)
        if (message := update.get("edited_message")) is not None:
            return _read_message(message, update_id, bot, now, is_edited=True)
        if (change := update.get("my_chat_member")) is not None:
            return _read_membership(change, update_id, bot, now)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableUpdateError(type(error).__name__) from None
    return None


def _read_message(
    message: Json, update_id: str, bot: str, now: datetime, *, is_edited: bool
) -> Incoming | None:
    if message["chat"]["type"] != "private":
        return None
    place = _place(message.get("location"))
    if place is not None and is_edited:
        return None  # each step of a live location is an edit; the first one answered already
    return Incoming(
        channel=CHANNEL,
        bot=bot,
        update_id=update_id,
        chat=str(int(message["chat"]["id"])),
        kind="edited" if is_edited else "location" if place is not None else "text",
        at=_time(message.get("edit_date") or message.get("date"), now),
        text=clean(message.get("text") or message.get("caption") or ""),
        place=place,
        language=language_of(message.get("from")),
        message_id=str(int(message["message_id"])),
    )


def _read_press(query: Json, update_id: str, bot: str, now: datetime) -> Incoming | None:
    message = query.get("message")
    if message is not None and message["chat"].get("type", "private") != "private":
        return None
    chat = query["from"]["id"] if message is None else message["chat"]["id"]
    return Incoming(
        channel=CHANNEL,
        bot=bot,
        update_id=update_id,
        chat=str(int(chat)),
        kind="press",
        at=now,
        press=callbacks.unpack(str(query.get("data", ""))),
        language=language_of(query["from"]),
        message_id="" if message is None else str(int(message["message_id"])),
        callback_id=str(query["id"]),
    )


def _read_membership(change: Json, update_id: str, bot: str, now: datetime) -> Incoming | None:
    if change["chat"]["type"] != "private":
        return None
    status = change["new_chat_member"]["status"]
    return Incoming(
        channel=CHANNEL,
        bot=bot,
        update_id=update_id,
        chat=str(int(change["chat"]["id"])),
        kind="blocked" if status in ("kicked", "left") else "unblocked",
        at=_time(change.get("date"), now),
        language=language_of(change.get("from")),
    )


def clean(text: str) -> str:
    """Return the text as the bot keeps it: composed, without controls, at most 4,096 units."""
    if text.isascii() and text.isprintable():
        return text[:LONGEST_TEXT].strip()
    composed = unicodedata.normalize("NFC", _UNWANTED.sub("", text.replace("\r\n", "\n")))
    encoded = composed.encode("utf-16-le")
    if len(encoded) > LONGEST_TEXT * 2:
        composed = encoded[: LONGEST_TEXT * 2].decode("utf-16-le", "ignore")
    return composed.strip()


def _place(location: Json | None) -> tuple[float, float] | None:
    if location is None:
        return None
    latitude, longitude = float(location["latitude"]), float(location["longitude"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError
    return round(latitude, PLACE_DECIMALS), round(longitude, PLACE_DECIMALS)


def language_of(user: Json | None) -> str:
    """Return the language of a person's app, as a hint; empty where there is none to go by."""
    code = str(user.get("language_code") or "") if user else ""
    return code if len(code) <= 20 and _LANGUAGE.fullmatch(code) else ""


def _time(seconds: Any, now: datetime) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else now
