"""What goes in and out of a conversation, the same for every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal, TypeAlias

Value: TypeAlias = (
    "str | int | float | bool | Decimal | date | datetime | time | Text | Drawn |"
    " tuple[Value, ...] | None"
)
"""What a text may be filled with. Names inside a text's placeholders say how it is shown."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words by id: what a flow holds instead of words."""

    id: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Words that are looked up when a message is drawn, because they decide nothing in the talk.

    They are not kept with the session: a look's results are, for as long as it lives.

    Attributes:
        look: The name of a look that returns a string, a text as JSON, or a list of these.
        args: Its arguments, as JSON values.
    """

    look: str
    args: tuple[str | int | float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the nonce of the question that carried it and the option's id."""

    nonce: str
    option: str


IncomingKind: TypeAlias = Literal["text", "press", "location", "edited", "blocked", "unblocked"]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did, reduced to what the bot needs: no name, username or phone.

    Attributes:
        channel: "telegram" or "web".
        bot: Which bot of the channel received it.
        update_id: The channel's id for it, unique with channel and bot.
        chat: The channel's address of the person.
        kind: What it is. Commands and deep links are text ("/start city_manchester").
        text: What was typed, cleaned; at most 4,096 UTF-16 units.
        press: The pressed button, for kind "press".
        place: Latitude and longitude rounded to about 1 km, for kind "location".
        language: The channel's hint, such as "cy" or "en-GB"; empty where unknown.
        message_id: The channel's id of the message that was pressed on, edited or sent.
        callback_id: What a callback answer needs, for kind "press" on Telegram.
        at: When the channel received it.
    """

    channel: str
    bot: str
    update_id: str
    chat: str
    kind: IncomingKind
    at: datetime
    text: str = ""
    press: Press | None = None
    place: tuple[float, float] | None = None
    language: str = ""
    message_id: str = ""
    callback_id: str = ""


Style: TypeAlias = Literal["", "bold", "italic", "code"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words in one style, with an address where it is a link."""

    text: str
    style: Style = ""
    url: str = ""


Rich: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: its option id ([a-z0-9._-], at most 40), its words, and an address for a link."""

    id: str
    label: str
    url: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A result: a title, facts in rows, the choice that opens it, and its public page."""

    title: Rich
    facts: tuple[Rich, ...] = ()
    choice: str = ""
    url: str = ""


AttachmentKind: TypeAlias = Literal["calendar", "venue", "document", "picture"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something sent beside words, named by what it is made from; made when it is sent.

    `values` of "calendar": course, instance. Of "venue": title, address, lat, lon.
    Of "document": name, media_type, source (an id that the sender's port resolves).
    Of "picture": source (the name of a picture), the ids that it is made from, and page (an own
    address with the same as a table), if there is one.
    """

    kind: AttachmentKind
    values: Mapping[str, str]


MessageKind: TypeAlias = Literal["say", "question", "answered", "closed"]
Wants: TypeAlias = Literal["", "text", "location"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a person, in their language, ready for a channel to draw.

    Attributes:
        text: The words.
        language: The language of the words ("en", "cy", "ur").
        kind: "answered" replaces a question by its answer and a Change button.
        key: The key of the question within its flow; empty for a say.
        nonce: Joins the buttons to the question; empty where there are none.
        cards: Results, each with the choice that opens it.
        choices: Buttons, in order.
        attachments: Things sent beside the words.
        wants: What the composer should ask for besides a press.
        progress: Done and about how many in all, or None.
    """

    text: Rich
    language: str = "en"
    kind: MessageKind = "say"
    key: str = ""
    nonce: str = ""
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    wants: Wants = ""
    progress: tuple[int, int] | None = None
