"""Messages as JSON and back. Defaults are left out, so that rows stay small."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson

from bot.conversation.messages import (
    Attachment,
    Card,
    Choice,
    Incoming,
    Message,
    Press,
    Rich,
    Span,
)


def dump_message(message: Message) -> str:
    """Return a message as JSON."""
    record: dict[str, Any] = {"text": [_span(span) for span in message.text]}
    if message.language != "en":
        record["language"] = message.language
    if message.kind != "say":
        record["kind"] = message.kind
    for name in ("key", "nonce", "wants", "progress"):
        if value := getattr(message, name):
            record[name] = value
    if message.choices:
        record["choices"] = [_choice(choice) for choice in message.choices]
    if message.cards:
        record["cards"] = [_card(card) for card in message.cards]
    if message.attachments:
        record["attachments"] = [[a.kind, dict(a.values)] for a in message.attachments]
    return orjson.dumps(record).decode()


def load_message(stored: str) -> Message:
    """Return the message that `dump_message` wrote. A scrubbed one comes back without words."""
    if not stored:
        return Message(text=())
    record: dict[str, Any] = orjson.loads(stored)
    progress = record.get("progress")
    return Message(
        text=_rich(record["text"]),
        language=record.get("language", "en"),
        kind=record.get("kind", "say"),
        key=record.get("key", ""),
        nonce=record.get("nonce", ""),
        cards=tuple(
            Card(_rich(title), tuple(_rich(fact) for fact in facts), choice, url)
            for title, facts, choice, url in record.get("cards", ())
        ),
        choices=tuple(Choice(*choice) for choice in record.get("choices", ())),
        attachments=tuple(Attachment(*each) for each in record.get("attachments", ())),
        wants=record.get("wants", ""),
        progress=None if progress is None else (progress[0], progress[1]),
    )


def dump_incoming(incoming: Incoming) -> str:
    """Return an incoming message as JSON, without what the inbox has columns for."""
    record: dict[str, Any] = {"kind": incoming.kind, "at": incoming.at.isoformat()}
    for name in ("text", "language", "message_id", "callback_id", "place"):
        if value := getattr(incoming, name):
            record[name] = value
    if incoming.press is not None:
        record["press"] = (incoming.press.nonce, incoming.press.option)
    try:
        return orjson.dumps(record).decode()
    except orjson.JSONEncodeError:  # a lone surrogate: no engine stores those
        record["text"] = incoming.text.encode("utf-8", "replace").decode()
        return orjson.dumps(record).decode()


def load_incoming(stored: str, channel: str, bot: str, update_id: str, chat: str) -> Incoming:
    """Return the incoming message of an inbox row."""
    record: dict[str, Any] = orjson.loads(stored)
    press, place = record.get("press"), record.get("place")
    return Incoming(
        channel=channel,
        bot=bot,
        update_id=update_id,
        chat=chat,
        kind=record["kind"],
        at=datetime.fromisoformat(record["at"]),
        text=record.get("text", ""),
        press=None if press is None else Press(*press),
        place=None if place is None else (place[0], place[1]),
        language=record.get("language", ""),
        message_id=record.get("message_id", ""),
        callback_id=record.get("callback_id", ""),
    )


def _span(span: Span) -> str | list[str]:
    return span.text if not (span.style or span.url) else [span.text, span.style, span.url]


def _spans(rich: Rich) -> list[str | list[str]]:
    return [_span(span) for span in rich]


def _rich(stored: list[Any]) -> Rich:
    return tuple(Span(each) if isinstance(each, str) else Span(*each) for each in stored)


def _choice(choice: Choice) -> tuple[str | bool, ...]:
    if choice.is_main:
        return (choice.id, choice.label, choice.url, True)
    return (choice.id, choice.label, choice.url) if choice.url else (choice.id, choice.label)


def _card(card: Card) -> tuple[Any, ...]:
    return _spans(card.title), [_spans(fact) for fact in card.facts], card.choice, card.url
