"""The same bot, writing a row for each update with async SQLAlchemy before it answers."""

from __future__ import annotations

import os

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "row"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int]
    text: Mapped[str]


engine = create_async_engine("sqlite+aiosqlite:///peer.db")
sessions = async_sessionmaker(engine, class_=AsyncSession)


@event.listens_for(engine.sync_engine, "connect")
def _durable(connection: object, record: object) -> None:
    del record
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    del context
    assert update.message is not None
    assert update.message.text is not None
    async with sessions() as session:
        session.add(Row(chat=update.message.chat_id, text=update.message.text))
        await session.commit()
    await update.message.reply_text(update.message.text)


async def ready(application: object) -> None:
    del application
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    print("ready", flush=True)


async def close(application: object) -> None:
    del application
    await engine.dispose()


def main() -> None:
    application = (
        Application.builder()
        .token(os.environ["BOT_TELEGRAM_TOKEN"])
        .base_url(f"{os.environ['BOT_TELEGRAM_API_URL']}/bot")
        .post_init(ready)
        .post_shutdown(close)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
