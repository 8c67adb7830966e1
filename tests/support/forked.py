"""Processes of programs that the nursery of this test process has forked."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Self

_ROOT = Path(__file__).resolve().parents[2]


class Forked:
    """A program that runs; it is used like what `asyncio.create_subprocess_exec` returns."""

    def __init__(
        self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ending = asyncio.create_task(self._end(reader, writer))

    @classmethod
    async def start(
        cls, *words: str, folder: Path, environment: Mapping[str, str], log: Path
    ) -> Self:
        """Run a module: its name and its arguments, as after `python -m`.

        Args:
            folder: The one it is started in.
            environment: All of it.
            log: The file to which its output is added.
        """
        order = {
            "words": words,
            "folder": str(folder),
            "environment": dict(environment),
            "log": str(log),
        }
        reader, writer = await asyncio.open_unix_connection(_nursery())
        writer.write(json.dumps(order).encode() + b"\n")
        return cls(int(await reader.readline()), reader, writer)

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it has not ended."""
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> int:
        """Wait until it has ended and return its exit code."""
        return await asyncio.shield(self._ending)

    async def _end(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        self.returncode = int(await reader.readline())
        writer.close()
        await writer.wait_closed()
        return self.returncode


@cache
def _nursery() -> str:
    """Return the address of this process's nursery, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="nursery")
    address = f"{folder.name}/orders"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.nursery", address],
        cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return address
