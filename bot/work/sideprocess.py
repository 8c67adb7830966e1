"""A process beside ours that answers questions one at a time, started when first asked."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from typing import Any

import structlog

from bot.errors import BotError

IDLE_SECONDS = 120.0
LONGEST_LINE = 32 * 1024 * 1024
_SECRETS = ("BOT_TELEGRAM_TOKEN", "BOT_SECRET_KEY", "BOT_DATABASE_URL")
log = structlog.get_logger()


class SideProcessFailed(BotError):  # noqa: N818 - named for what happened
    """The process beside ours did not answer."""


class SideProcess:
    """Asks `python -m MODULE ARGUMENTS...` for lines of JSON.

    It ends when it was not asked for a while, and is started anew when it is asked again. One
    that does not answer in time is killed.

    Args:
        name: What the log calls it.
        module: What is run.
        arguments: Its arguments.
        seconds: How long one answer may take.
        idle: After how many quiet seconds it ends.
    """

    def __init__(
        self,
        name: str,
        module: str,
        arguments: tuple[str, ...],
        *,
        seconds: float,
        idle: float = IDLE_SECONDS,
    ) -> None:
        self._name, self._module, self._arguments = name, module, arguments
        self._seconds, self._idle = seconds, idle
        self._process: Process | None = None
        self._lock = asyncio.Lock()
        self._rest: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to a question.

        Raises:
            SideProcessFailed: None came: it could not be started, ended or took too long.
        """
        line = json.dumps(question, separators=(",", ":")).encode() + b"\n"
        async with self._lock:
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._exchange(line)
            except (OSError, ValueError, TimeoutError) as error:
                await self._end()
                log.warning("sideprocess.failed", process=self._name, error=type(error).__name__)
                raise SideProcessFailed(f"{self._name}: {type(error).__name__}") from error
            except asyncio.CancelledError:
                # Its answer would be taken for that to the next question.
                await self._end()
                raise
            self._rest_later()
            return answer

    async def close(self) -> None:
        """End the process."""
        async with self._lock:
            await self._end()
        await asyncio.gather(*self._ending, return_exceptions=True)

    @property
    def is_running(self) -> bool:
        """Whether there is a process now."""
        return self._process is not None and self._process.returncode is None

    async def _exchange(self, line: bytes) -> dict[str, Any]:
        process = await self._started()
        if process.stdin is None or process.stdout is None:
            raise OSError("no pipes")
        process.stdin.write(line)
        await process.stdin.drain()
        answer = await process.stdout.readline()
        if not answer.endswith(b"\n"):
            raise OSError("it ended")
        told: dict[str, Any] = json.loads(answer)
        return told

    async def _started(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            kept = {name: value for name, value in os.environ.items() if name not in _SECRETS}
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._module,
                *self._arguments,
                stdin=PIPE,
                stdout=PIPE,
                limit=LONGEST_LINE,
                env=kept,
            )
        return self._process

    def _rest_later(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(self._idle, self._go_to_rest)

    def _go_to_rest(self) -> None:
        task = asyncio.create_task(self._end_if_idle())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _end_if_idle(self) -> None:
        if not self._lock.locked():
            async with self._lock:
                await self._end()

    async def _end(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        # Whatever it still says has to be read, or its pipe stays open.
        await process.communicate()
