"""What Telegram shows before a conversation: commands, description and menu, in each language."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.conversation.messages import Text
from content.words import SOURCE_LANGUAGE, Words

log = logging.getLogger(__name__)

COMMANDS: Final = (
    "find", "skills", "results", "badges", "cv", "next", "routes", "saved", "alerts", "reminders",
    "menu", "city", "language", "privacy", "mydata", "forget", "join", "stop", "help",
)  # fmt: skip


async def introduce(bot: Bot, words: Words, languages: Sequence[str]) -> bool:
    """Set commands, descriptions and the menu button; False if Telegram would not take them all.

    Args:
        bot: The bot that is introduced.
        words: The words; English ones are also the default for other languages.
        languages: The languages to set.
    """
    try:
        for language in dict.fromkeys((SOURCE_LANGUAGE, *languages)):
            # A language that is not set falls back to the one without a code.
            code = None if language == SOURCE_LANGUAGE else language
            await _introduce_in(bot, words, language, code)
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        log.warning("Telegram took no commands and descriptions: %s", type(error).__name__)
        return False
    return True


async def _introduce_in(bot: Bot, words: Words, language: str, code: str | None) -> None:
    commands = [
        BotCommand(name, words.plain(Text(f"telegram.command.{name}"), language))
        for name in COMMANDS
    ]
    description = words.plain(Text("telegram.description"), language)
    short = words.plain(Text("telegram.short_description"), language)
    await bot.set_my_commands(commands, language_code=code)
    await bot.set_my_description(description, language_code=code)
    await bot.set_my_short_description(short, language_code=code)
