"""What `python -m bot outbound` does: the emergency stop, beside or without a running program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.campaigns.progress import progress_of
from bot.campaigns.records import Broadcast
from bot.errors import SettingsError
from bot.settings import Settings
from storage import Database, Unit

T = TypeVar("T")


def stop_all(settings: Settings, reason: str) -> None:
    """Stop all that goes out; a program that runs sees it within a second.

    Raises:
        SettingsError: No reason was given.
    """
    words = " ".join(reason.split())
    if not words:
        raise SettingsError("Say why with --reason.")

    def stop(unit: Unit) -> None:
        unit.campaigns.stop_everything("", words)
        unit.audit.record("outbound.stopped", facts={"from": "command line"})

    _write(settings, stop)


def end_stop(settings: Settings) -> bool:
    """Let messages go out again; False where nothing was stopped."""

    def end(unit: Unit) -> bool:
        was = unit.campaigns.end_stop()
        if was:
            unit.audit.record("outbound.resumed", facts={"from": "command line"})
        return was

    return _write(settings, end)


def told(settings: Settings) -> dict[str, Any]:
    """Return the stop that holds, and the runs that are not over."""

    def read(unit: Unit) -> dict[str, Any]:
        stop = unit.campaigns.stopped()
        since = stop.at.strftime("%Y-%m-%d %H:%M UTC") if stop else ""
        return {
            "stopped": {"since": since, "reason": stop.reason, "by": stop.by} if stop else None,
            "runs": [_run(unit, one) for one in unit.broadcasts.list_open()],
        }

    return _write(settings, read)


def _run(unit: Unit, run: Broadcast) -> dict[str, Any]:
    progress = progress_of(unit.broadcasts.counts(run.id))
    return {
        "city": run.city,
        "title": unit.campaigns.get(run.campaign).title,
        "state": run.state,
        "done": progress.done,
        "size": progress.size,
    }


def _write(settings: Settings, work: Callable[[Unit], T]) -> T:
    Database.migrate(settings.database_url)
    database = Database.open(settings.database_url, is_alone=False)
    try:
        return database.write_now(work)
    finally:
        database.close()
