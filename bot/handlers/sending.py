"""The Telegram channel: how a message reaches a person's chat."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias

from bot.conversation.messages import Attachment, Message
from bot.errors import DeliveryError, Undeliverable
from bot.handlers.drawing import Drawing
from bot.handlers.entities import LONGEST_CAPTION, Styled, divide, units
from bot.handlers.files import Attachments
from bot.handlers.health import TelegramHealth
from bot.handlers.keyboards import inline_keyboard
from bot.handlers.limiter import PAID, REPLY, Limiter, patience_of
from bot.handlers.links import Links
from bot.handlers.location import LocationKeyboards
from bot.handlers.reading import CHANNEL
from bot.handlers.refusals import (
    ChatMovedError,
    FloodRefused,
    IsPicture,
    NotModified,
    TokenRefused,
    Uneditable,
)
from bot.handlers.transport import Transport

log = logging.getLogger(__name__)

Step: TypeAlias = Callable[[], Awaitable[str]]
"""One call: returns "w" for words, "a" for an attachment or "k" for a keyboard, and its id."""

REMEMBERED_HALVES: Final = 1000
NO_PREVIEW: Final = {"is_disabled": True}
QUICK_SECONDS: Final = 5.0
"""How long to wait where the answer does not matter."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram accepted.

    Attributes:
        message_id: The id of the message that holds the words and buttons.
        moved_to: The chat's new address, if it has one from now on.
    """

    message_id: str
    moved_to: str = ""


class TelegramChannel:
    """One bot's way to people; its methods raise `bot.errors.DeliveryError` kinds.

    Args:
        bot: The bot's id.
        transport: The way to the Bot API.
        limiter: When messages may leave.
        drawing: How messages look.
        links: Which addresses a button may open.
        attachments: What goes beside words.
        keyboards: The keyboards with which people share where they are.
        health: Told of a refused token.
    """

    name: Final = CHANNEL

    def __init__(
        self,
        bot: str,
        *,
        transport: Transport,
        limiter: Limiter,
        drawing: Drawing,
        links: Links,
        attachments: Attachments,
        keyboards: LocationKeyboards,
        health: TelegramHealth,
    ) -> None:
        self.bot = bot
        self._transport = transport
        self._limiter = limiter
        self._drawing = drawing
        self._links = links
        self._attachments = attachments
        self._keyboards = keyboards
        self._health = health
        self._halves: OrderedDict[bytes, list[str]] = OrderedDict()

    async def send(
        self, address: str, message: Message, *, lane: int = REPLY, is_plain: bool = False
    ) -> Sent:
        """Send a message with its attachments; `is_plain` drops all styles and links.

        A message that takes several calls goes on where it stopped when it is sent again.
        """
        chat = _chat_id(address)
        try:
            message_id = await self._send(chat, message, lane, is_plain)
            return Sent(message_id)
        except ChatMovedError as moved:
            message_id = await self._send(int(moved.address), message, lane, is_plain)
            return Sent(message_id, moved.address)

    async def edit(self, address: str, message_id: str, message: Message) -> Sent | None:
        """Replace a message; a question that can no longer be edited is sent anew.

        Returns:
            None if it was replaced, or what was sent in its place.
        """
        chat = _chat_id(address)
        styled = divide(self._drawing.draw(message))[0]
        parameters = _parameters(chat, styled)
        keyboard = inline_keyboard(message, self._links, is_plain=False)
        if keyboard is not None:
            parameters["reply_markup"] = keyboard
        try:
            parameters["message_id"] = _number(message_id)
            await self._call("editMessageText", chat, parameters)
        except NotModified:
            return None
        except IsPicture:
            return await self._edit_caption(address, message, styled, parameters)
        except Uneditable:
            return await self.send(address, message) if message.kind == "question" else None
        return None

    async def _edit_caption(
        self, address: str, message: Message, styled: Styled, parameters: dict[str, Any]
    ) -> Sent | None:
        """Replace the words below a picture; words that are too long for that are sent anew."""
        if units(styled.text) > LONGEST_CAPTION:
            return await self.send(address, message)
        captioned: dict[str, Any] = {
            name: parameters[name]
            for name in ("chat_id", "message_id", "reply_markup")
            if name in parameters
        }
        captioned |= {"caption": styled.text, "caption_entities": styled.entities}
        try:
            await self._call("editMessageCaption", parameters["chat_id"], captioned)
        except NotModified:
            return None
        except Uneditable:
            return await self.send(address, message) if message.kind == "question" else None
        return None

    async def acknowledge(self, callback_id: str) -> None:
        """Stop the waiting sign of a pressed button; one that is too old is let be."""
        parameters = {"callback_query_id": callback_id}
        try:
            await self._transport.call("answerCallbackQuery", parameters, QUICK_SECONDS)
        except Undeliverable:
            return

    async def typing(self, address: str) -> None:
        """Show that an answer is being made, for five seconds at most."""
        chat = _chat_id(address)
        self._limiter.check(chat)
        parameters = {"chat_id": chat, "action": "typing"}
        await self._transport.call("sendChatAction", parameters, QUICK_SECONDS)

    async def _send(self, chat: int, message: Message, lane: int, is_plain: bool) -> str:
        styled = self._drawing.draw(message, is_plain=is_plain)
        keyboard = inline_keyboard(message, self._links, is_plain=is_plain)
        is_simple = message.wants != "location" and not self._keyboards.is_open(chat)
        if is_simple and not message.attachments:
            parts = divide(styled)
            if len(parts) == 1:
                return await self._send_words(chat, styled, keyboard, lane)
        return await self._send_steps(chat, message, styled, keyboard, lane)

    async def _send_words(
        self, chat: int, styled: Styled, keyboard: dict[str, Any] | None, lane: int
    ) -> str:
        if not styled.text:
            if keyboard is None:
                raise Undeliverable("there are no words to send")
            styled = Styled("…")
        parameters = _parameters(chat, styled)
        if keyboard is not None:
            parameters["reply_markup"] = keyboard
        if lane == PAID:
            parameters["allow_paid_broadcast"] = True
        await self._limiter.enter(chat, lane, patience_of(lane))
        sent = await self._call("sendMessage", chat, parameters)
        return str(sent["message_id"])

    async def _send_steps(
        self,
        chat: int,
        message: Message,
        styled: Styled,
        keyboard: dict[str, Any] | None,
        lane: int,
    ) -> str:
        """Take the steps of a message one by one; after a failure, only those that are left."""
        steps = self._steps(chat, message, styled, keyboard, lane)
        half = hashlib.sha256(
            f"{chat} {len(steps)} {message!r}".encode("utf-8", "replace")
        ).digest()
        done = self._halves.pop(half, [])
        try:
            for step in steps[len(done) :]:
                done.append(await step())
        except DeliveryError:
            if done:
                self._halves[half] = done
                if len(self._halves) > REMEMBERED_HALVES:
                    self._halves.popitem(last=False)
            raise
        # The words, and among them the part with the buttons, are what later edits are about.
        spoken = [sent for sent in done if sent.startswith("w")]
        return (spoken or done or ["w"])[-1][1:]

    def _steps(
        self,
        chat: int,
        message: Message,
        styled: Styled,
        keyboard: dict[str, Any] | None,
        lane: int,
    ) -> list[Step]:
        picture = next((one for one in message.attachments if one.kind == "picture"), None)
        spoken: list[Step]
        if picture is not None and units(styled.text) <= LONGEST_CAPTION:
            spoken = [partial(self._captioned, chat, picture, styled, keyboard, lane)]
        else:
            parts = divide(styled) if styled.text or keyboard else []
            buttons = [*[None for _ in parts[1:]], keyboard]
            spoken = [
                partial(self._spoken, chat, part, under, lane)
                for part, under in zip(parts, buttons, strict=False)
            ]
            if picture is not None:
                spoken.insert(0, partial(self._beside, chat, picture, lane))
        others = list(message.attachments)
        if picture is not None:
            others.remove(picture)  # the first of them
        beside: list[Step] = [partial(self._beside, chat, one, lane) for one in others]
        steps = [*beside, *spoken] if keyboard is not None else [*spoken, *beside]
        if message.wants == "location":
            steps.append(partial(self._open_keyboard, chat, message.language))
        elif self._keyboards.is_open(chat):
            steps.insert(0, partial(self._close_keyboard, chat, message.language))
        return steps

    async def _spoken(
        self, chat: int, styled: Styled, keyboard: dict[str, Any] | None, lane: int
    ) -> str:
        return "w" + await self._send_words(chat, styled, keyboard, lane)

    async def _captioned(
        self,
        chat: int,
        picture: Attachment,
        styled: Styled,
        keyboard: dict[str, Any] | None,
        lane: int,
    ) -> str:
        """Send a picture with the words as its caption; where there is none, the words alone."""
        try:
            sent = await self._attachments.send_picture(chat, picture, styled, keyboard, lane=lane)
        except Undeliverable as error:
            log.warning("A picture was refused: %s", error)
            sent = ""
        if sent or not (styled.text or keyboard):
            return "w" + sent
        return await self._spoken(chat, styled, keyboard, lane)

    async def _beside(self, chat: int, attachment: Attachment, lane: int) -> str:
        try:
            return "a" + await self._attachments.send(chat, attachment, lane=lane)
        except Undeliverable as error:
            # The words stand without it: losing it must not lose or repeat them.
            log.warning("An attachment (%s) was refused: %s", attachment.kind, error)
            return "a"

    async def _close_keyboard(self, chat: int, language: str) -> str:
        return "k" + await self._keyboards.close(chat, language)

    async def _open_keyboard(self, chat: int, language: str) -> str:
        return "k" + await self._keyboards.open(chat, language)

    async def _call(self, method: str, chat: int, parameters: dict[str, Any]) -> Any:
        self._limiter.check(chat)
        try:
            return await self._transport.call(method, parameters)
        except FloodRefused as error:
            self._limiter.refused(chat, error.after)
            raise
        except TokenRefused:
            self._health.is_token_refused = True
            raise


def _parameters(chat: int, styled: Styled) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "chat_id": chat,
        "text": styled.text,
        "link_preview_options": NO_PREVIEW,
    }
    if styled.entities:
        parameters["entities"] = styled.entities
    return parameters


def _chat_id(address: str) -> int:
    try:
        return int(address)
    except ValueError:
        raise Undeliverable("the address is no chat id") from None


def _number(message_id: str) -> int:
    try:
        return int(message_id)
    except ValueError:
        raise Uneditable("the message has no id") from None
