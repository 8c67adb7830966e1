"""A bare python-telegram-bot with its defaults that repeats what it is told."""

from __future__ import annotations

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    del context
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


async def ready(application: object) -> None:
    del application
    print("ready", flush=True)


def main() -> None:
    application = (
        Application.builder()
        .token(os.environ["BOT_TELEGRAM_TOKEN"])
        .base_url(f"{os.environ['BOT_TELEGRAM_API_URL']}/bot")
        .post_init(ready)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
