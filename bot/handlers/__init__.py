"""Telegram: updates in, messages out."""

from bot.handlers.assembly import Telegram, TelegramSettings, build_telegram
from bot.handlers.files import File, MakeFile
from bot.handlers.health import TelegramHealth
from bot.handlers.sending import Sent, TelegramChannel

__all__ = [
    "File",
    "MakeFile",
    "Sent",
    "Telegram",
    "TelegramChannel",
    "TelegramHealth",
    "TelegramSettings",
    "build_telegram",
]
