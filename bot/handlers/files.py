"""Attachments: the files and places that go beside words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeAlias

from telegram import InlineKeyboardMarkup, InputFile, MessageEntity
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.conversation.messages import Attachment
from bot.errors import Undeliverable
from bot.handlers.entities import Styled
from bot.handlers.limiter import PAID
from bot.handlers.refusals import delivery_error

LONGEST_VENUE_TITLE = 256


class File(Protocol):
    """What is sent as a file."""

    @property
    def name(self) -> str:
        """The file's name as people see it."""

    @property
    def media_type(self) -> str:
        """Such as "text/calendar"."""

    @property
    def content(self) -> bytes:
        """The bytes."""


MakeFile: TypeAlias = Callable[[Attachment], Awaitable[File | None]]
"""Makes the file that an attachment stands for; None where what it is made from has gone."""


class Attachments:
    """Sends attachments, through python-telegram-bot.

    Args:
        bot: The bot that sends; its limiter takes the lane.
        make_file: Makes files.
    """

    def __init__(self, bot: ExtBot[int], make_file: MakeFile) -> None:
        self._bot = bot
        self._make_file = make_file

    async def send(self, chat: int, attachment: Attachment, *, lane: int) -> str:
        """Send one; returns the message's id, or "" if there was nothing to send.

        Raises:
            DeliveryError: It was not sent, or may not have been.
        """
        if attachment.kind == "picture":
            return await self.send_picture(chat, attachment, Styled(""), None, lane=lane)
        try:
            if attachment.kind == "venue":
                return await self._send_venue(chat, attachment, lane)
            return await self._send_file(chat, attachment, lane)
        except TelegramError as error:
            raise delivery_error(error) from None

    async def send_picture(
        self,
        chat: int,
        attachment: Attachment,
        words: Styled,
        keyboard: dict[str, Any] | None,
        *,
        lane: int,
    ) -> str:
        """Send a picture with words below it and buttons.

        Returns:
            The message's id, or "" where there is no picture: then nothing was sent.

        Raises:
            DeliveryError: It was not sent, or may not have been.
        """
        made = await self._make_file(attachment)
        if made is None or not made.content:
            return ""
        buttons = InlineKeyboardMarkup.de_json(keyboard, self._bot) if keyboard else None
        entities = MessageEntity.de_list(list(words.entities), self._bot)
        try:
            sent = await self._bot.send_photo(
                chat,
                _input(made),
                caption=words.text or None,
                caption_entities=entities or None,
                reply_markup=buttons,
                allow_paid_broadcast=lane == PAID or None,
                rate_limit_args=lane,
            )
        except TelegramError as error:
            raise delivery_error(error) from None
        return str(sent.message_id)

    async def _send_venue(self, chat: int, attachment: Attachment, lane: int) -> str:
        values = attachment.values
        try:
            place: dict[str, Any] = {
                "latitude": float(values["lat"]),
                "longitude": float(values["lon"]),
            }
        except (KeyError, ValueError):
            raise Undeliverable("a venue without coordinates") from None
        title = values.get("title", "").strip()[:LONGEST_VENUE_TITLE]
        address = values.get("address", "").strip()[:LONGEST_VENUE_TITLE]
        if not title and not address:
            sent = await self._bot.send_location(chat, **place, rate_limit_args=lane)
        else:
            sent = await self._bot.send_venue(
                chat,
                **place,
                title=title or address,
                address=address or title,
                rate_limit_args=lane,
            )
        return str(sent.message_id)

    async def _send_file(self, chat: int, attachment: Attachment, lane: int) -> str:
        made = await self._make_file(attachment)
        if made is None or not made.content:
            return ""
        sent = await self._bot.send_document(chat, _input(made), rate_limit_args=lane)
        return str(sent.message_id)


def _input(made: File) -> InputFile:
    file = InputFile(made.content, filename=made.name)
    file.mimetype = made.media_type
    return file
