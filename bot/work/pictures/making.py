"""Making pictures away from the event loop, and keeping a few that are asked for again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from bot.conversation.messages import Attachment
from bot.errors import PictureFailed
from bot.pictures import Drawing
from bot.pictures.painting import paint
from bot.pictures.photos import Photo
from bot.pictures.png import LONGEST_SIDE, to_png
from bot.work.pictures import PICTURES, PictureContext, PictureRegistry
from content.load import Content
from storage import Database, Unit

KEPT_BYTES: Final = 4 * 1024 * 1024
SHARPEST: Final = 960
"""Pixels across: sharp on a phone whose screen is 320 wide and has three dots for each."""
SHOWN: Final = 480
"""How wide a page shows a picture at most, in its own pixels."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page must know of a picture before it has it: its words, and the room it takes."""

    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Composed:
    drawing: Drawing | Photo
    alt: str


class Pictures:
    """Makes pictures for people.

    Args:
        database: What they are made from.
        content: Returns the content in use.
        registry: The pictures by name.
        paint: Paints a picture so many pixels wide, blocking; it may raise PictureFailed.
    """

    def __init__(
        self,
        database: Database,
        content: Callable[[], Content],
        registry: PictureRegistry = PICTURES,
        paint: Callable[[Drawing, int], bytes] = to_png,
    ) -> None:
        self._database = database
        self._content = content
        self._registry = registry
        self._paint = paint
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    async def show(self, attachment: Attachment, person: str) -> Shown | None:
        """Return a picture's words and room; None where it cannot be made."""
        composed = await self._composed(attachment, person)
        if composed is None:
            return None
        width = min(SHOWN, composed.drawing.width)
        height = round(composed.drawing.height * width / composed.drawing.width)
        return Shown(composed.alt, width, height)

    async def png(self, attachment: Attachment, person: str) -> bytes | None:
        """Return a picture as PNG, or as staff gave it; None where it cannot be made.

        The words then stand without it.
        """
        composed = await self._composed(attachment, person)
        if composed is None:
            return None
        if isinstance(composed.drawing, Photo):
            return composed.drawing.body
        key = hashlib.sha256(composed.drawing.svg.encode()).digest()
        kept = self._kept.get(key)
        if kept is None:
            kept = await self._painted(composed.drawing)
        if kept is not None:
            self._keep(key, kept)
        return kept

    async def _painted(self, drawing: Drawing) -> bytes | None:
        try:
            return await paint(self._paint, drawing, _across(drawing))
        except PictureFailed as error:
            log.warning("picture.not_painted", reason=str(error))
            return None

    def _keep(self, key: bytes, png: bytes) -> None:
        self._kept[key] = png
        self._kept.move_to_end(key)
        while sum(map(len, self._kept.values())) > KEPT_BYTES and len(self._kept) > 1:
            self._kept.popitem(last=False)

    async def _composed(self, attachment: Attachment, person: str) -> _Composed | None:
        source = attachment.values.get("source", "")
        try:
            return await self._database.read(lambda unit: self._compose(unit, attachment, person))
        except Exception as error:  # noqa: BLE001 - no picture may cost a message its words
            log.warning("picture.not_made", source=source, error=type(error).__name__)
            return None

    def _compose(self, unit: Unit, attachment: Attachment, person: str) -> _Composed | None:
        values = attachment.values
        draw = self._registry.find(values.get("source", ""))
        known = unit.people.find(person) if person else None
        if draw is None or known is None:
            return None
        content = self._content()
        context = PictureContext(
            unit=unit,
            content=content,
            language=values.get("language") or known.language,
            person=person,
            city=content.cities.get(known.city),
            values=values,
        )
        made = draw(context)
        if made is None:
            return None
        alt = made.alt
        if not isinstance(alt, str):
            alt = content.words.label(alt, context.language)
        return _Composed(made.drawing, alt)


def _across(drawing: Drawing) -> int:
    """Return how many pixels wide a picture is painted: fewer where it is very long."""
    return min(max(SHARPEST, drawing.width), LONGEST_SIDE * drawing.width // drawing.height)


class ChatPictures:
    """Pictures for whoever holds a chat of one channel, and for nobody else.

    Args:
        database: Who holds which chat.
        pictures: What makes them.
        channel, bot: The chats' channel.
    """

    def __init__(self, database: Database, pictures: Pictures, channel: str, bot: str) -> None:
        self._database = database
        self._pictures = pictures
        self._channel = channel
        self._bot = bot

    async def show(self, address: str, attachment: Attachment) -> Shown | None:
        """Return the words and room of a picture in a chat; None where it cannot be made."""
        return await self._pictures.show(attachment, await self._person(address))

    async def png(self, address: str, attachment: Attachment) -> bytes | None:
        """Return a picture in a chat as PNG; None where it cannot be made."""
        return await self._pictures.png(attachment, await self._person(address))

    async def _person(self, address: str) -> str:
        """Return who the chat belongs to now: a message may be older than that."""
        person = await self._database.read(
            lambda unit: unit.people.at(self._channel, self._bot, address)
        )
        return person.id if person is not None else ""
