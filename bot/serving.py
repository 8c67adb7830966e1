"""Running the program in a process of its own: signals, the greeting, the exit."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import uvloop

from bot.app import App, build_app
from bot.settings import Settings
from bot.work.collector import set_apart_modules, settle_collector
from bot.work.logs import configure_logging


def serve(settings: Settings) -> int:
    """Run the bot until it is told to stop, and return the exit code."""
    set_apart_modules()
    configure_logging(settings.log_format)
    app_runner = uvloop.run if sys.platform != "win32" else asyncio.run
    app_runner(_serve(settings))
    return 0


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    app = build_app(settings)
    if hasattr(signal, "SIGHUP"):
        loop.add_signal_handler(signal.SIGHUP, reload_content, app)
    try:
        await app.start()
        settle_collector()
        print(greeting(app), flush=True)  # noqa: T201 - what `run` is asked to print
        await stop.wait()
    finally:
        await app.stop()


def reload_content(app: App) -> None:
    """Read all content again, beside the chat: all of it is used from now on, or nothing changes.

    What is wrong is told by file, line and field.
    """
    app.tasks.append(asyncio.create_task(app.publication.reload(), name="content"))


def greeting(app: App) -> str:
    """Return what is printed at the start: where to go, what is connected, what to do next."""
    settings = app.settings
    lines = ["Learning City Bot is running.", f"  Web chat:  {_web_chat(app)}"]
    if settings.telegram_token is None:
        lines.append("  Telegram:  not connected. Get a token from @BotFather on Telegram, put")
        lines.append("             BOT_TELEGRAM_TOKEN=... into the file .env, and start again.")
    else:
        lines.append(
            f"  Telegram:  connecting ({settings.telegram_mode}); /readyz says when it is."
        )
    command = f"{_python()} -m bot"
    lines.append(f"  Staff:     {command} staff invite    prints a link for the first admin.")
    lines.append(f"  Help:      {command} doctor          says what is missing. Ctrl-C stops.")
    return "\n".join(lines)


def _python() -> str:
    """Return how to type the Python that runs this, from the folder it was started in."""
    running = Path(sys.executable)
    try:
        return str(running.relative_to(Path.cwd()))
    except ValueError:
        return str(running)


def _web_chat(app: App) -> str:
    settings = app.settings
    if settings.public_url:
        return settings.public_url
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{host}:{app.port}"
