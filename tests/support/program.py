"""The real program in a process of its own, to be started, killed and started again by tests."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp

from tests.support.fake_bot_api.server import TOKEN
from tests.support.forked import Forked

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """`python -m bot run` against a fake Bot API, with a database that outlives it.

    Args:
        folder: Where its `var` is; given again, it goes on with what it had stored.
        api_url: The fake Bot API; none leaves Telegram out.
        settings: More of the environment.
        command: Goes before the program, such as ("taskset", "-c", "0").
        module: What is run: the program, or `tests.support.scripted_program`.
        is_forked: Fork it where its modules are loaded already, which spares most of a start.
    """

    def __init__(
        self,
        folder: Path,
        api_url: str = "",
        settings: Mapping[str, str] | None = None,
        command: tuple[str, ...] = (),
        module: tuple[str, ...] = ("bot", "run"),
        *,
        is_forked: bool = False,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: asyncio.subprocess.Process | Forked | None = None
        self._module, self._is_forked = module, is_forked
        self._command = (*command, sys.executable, "-m", *module)
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONHASHSEED": "0",
            "BOT_CITIES": "manchester",
            "BOT_SAMPLE_DATA": "off",
            "BOT_LOG_FORMAT": "json",
            "BOT_PORT": str(self.port),
            "BOT_FAULTS_ALLOWED": "yes",
            "BOT_TELEGRAM_LIMITS": "off",
            **({"BOT_TELEGRAM_TOKEN": TOKEN, "BOT_TELEGRAM_API_URL": api_url} if api_url else {}),
            **(settings or {}),
        }

    @property
    def url(self) -> str:
        """Where its web server is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        """Its SQLite file."""
        return self.folder / "var" / "bot.db"

    def set(self, name: str, value: str) -> None:
        """Change its environment from the next start on."""
        self._environment[name] = value

    def log(self) -> str:
        """Return what it has logged in all its lives."""
        path = self.folder / "log.txt"
        return path.read_text() if path.exists() else ""

    async def start(self, fault: str = "", *, is_awaited: bool = True) -> None:
        """Start it, and wait until it is ready or dead.

        Args:
            fault: The point at which it kills itself.
            is_awaited: Whether to wait.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = {**self._environment, **({"BOT_FAULT": fault} if fault else {})}
        self.process = await self._started(environment)
        if is_awaited:
            await self.ready()

    async def _started(self, environment: dict[str, str]) -> asyncio.subprocess.Process | Forked:
        place = self.folder / "log.txt"
        if self._is_forked:
            return await Forked.start(
                *self._module, folder=self.folder, environment=environment, log=place
            )
        with place.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self.folder, env=environment, stdout=log, stderr=log,
            )  # fmt: skip

    async def ready(self) -> None:
        """Wait until it serves; a dead one is not waited for."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE):
            while self.is_alive:
                try:
                    async with session.get(f"{self.url}/readyz") as response:
                        if response.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.02)

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process is not None and self.process.returncode is None

    async def died(self) -> int:
        """Wait until it has ended and return its exit code."""
        assert self.process is not None
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def kill(self) -> None:
        """Kill it, as a power cut would."""
        if self.is_alive:
            assert self.process is not None
            self.process.send_signal(signal.SIGKILL)
            await self.died()

    def hang_up(self) -> None:
        """Ask it to read its content again."""
        assert self.process is not None
        self.process.send_signal(signal.SIGHUP)

    async def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        assert self.process is not None
        if self.is_alive:
            self.process.send_signal(signal.SIGTERM)
        return await self.died()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.kill()
