"""What the Bot API answers when it does not do as told, in the bot's own error kinds.

Texts of refusals change between versions of the server, so they are matched loosely.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import DeliveryError, InDoubt, RecipientGone, RetryLater, Undeliverable

SOON = 1.0
"""Seconds before trying again what was certainly not accepted."""
TOKEN_REFUSED_PAUSE = 60.0

_GONE = ("chat not found", "user not found", "peer_id_invalid", "deactivated", "input_user_invalid")
_UNEDITABLE = ("message to edit not found", "can't be edited", "message_id_invalid", "message id")


class NotSentError(NetworkError):
    """The request certainly did not reach the Bot API, or was not accepted there."""


class FloodControlError(RetryAfter):
    """A 429, with its seconds as a plain number, which python-telegram-bot is moving away from."""

    __slots__ = ("seconds",)

    def __init__(self, seconds: float) -> None:
        TelegramError.__init__(self, "too many requests")
        self._retry_after = timedelta(seconds=seconds)
        self.seconds = seconds


class ChatMovedError(DeliveryError):
    """The group became a supergroup and has a new address."""

    def __init__(self, address: str) -> None:
        super().__init__("the group has a new address")
        self.address = address


class TokenRefused(RetryLater):
    """The bot's token is not, or no longer, valid."""

    def __init__(self) -> None:
        super().__init__(TOKEN_REFUSED_PAUSE, "the Bot API refuses the token")


class ContestedError(RetryLater):
    """Something else fetches this bot's updates: another program, or a webhook."""

    def __init__(self) -> None:
        super().__init__(SOON, "something else fetches this bot's updates")


class FloodRefused(RetryLater):
    """Too many requests; nothing may be sent there for `after` seconds."""


class Uneditable(Undeliverable):
    """The message to edit is gone, or may no longer be edited."""


class IsPicture(Undeliverable):
    """The message to edit is a picture: its words are a caption."""


class NotModified(Undeliverable):
    """The message already reads as asked."""


def refusal(status: int, description: str, parameters: Mapping[str, Any]) -> DeliveryError:
    """Return the error that an answer of the Bot API means.

    Args:
        status: The HTTP status.
        description: The answer's description.
        parameters: The answer's ResponseParameters.
    """
    if new_chat := parameters.get("migrate_to_chat_id"):
        return ChatMovedError(str(new_chat))
    if status == 429 or "retry_after" in parameters:
        return FloodRefused(float(parameters.get("retry_after", SOON)), "too many requests")
    if status in (401, 404):
        return TokenRefused()
    if status == 504:
        return InDoubt("the gateway had no answer in time")
    if status == 409:
        return ContestedError()
    if status >= 500:
        return RetryLater(SOON, f"the Bot API answered {status}")
    return _refused_for_content(status, description)


def _refused_for_content(status: int, description: str) -> DeliveryError:
    words = description.casefold()
    if status == 403 or any(sign in words for sign in _GONE):
        return RecipientGone(description)
    if "not modified" in words:
        return NotModified(description)
    if "no text in the message" in words:
        return IsPicture(description)
    if any(sign in words for sign in _UNEDITABLE):
        return Uneditable(description)
    return Undeliverable(description or f"the Bot API answered {status}")


def delivery_error(error: TelegramError) -> DeliveryError:
    """Return the bot's own kind of an error of python-telegram-bot."""
    if isinstance(error, RetryAfter):
        return FloodRefused(seconds_of(error), "too many requests")
    if isinstance(error, ChatMigrated):
        return ChatMovedError(str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return refusal(403, error.message, {})
    if isinstance(error, InvalidToken):
        return TokenRefused()
    if isinstance(error, BadRequest):
        return refusal(400, error.message, {})
    if isinstance(error, NotSentError):
        return RetryLater(SOON, error.message)
    if isinstance(error, TimedOut | NetworkError):
        return InDoubt(error.message)
    return Undeliverable(error.message)


def seconds_of(error: RetryAfter) -> float:
    """Return the wait that a RetryAfter asks for."""
    if isinstance(error, FloodControlError):
        return error.seconds
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
