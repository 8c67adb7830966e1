"""The assistants' protocol (MCP), spoken by a process beside ours, one message after another."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.assistants.exchanging import Ask, Exchange
from bot.work.sideprocess import SideProcess, SideProcessFailed

PROCESS = "bot.assistants.process"
SECONDS = 20.0
MOST_WAITING = 30
MOST_ASKS = 20
"""Uses of tools in one message; the protocol sends one."""


class SideToolServer:
    """Gives messages to the process that knows the protocol, and answers what it asks back."""

    def __init__(self) -> None:
        self._side = SideProcess("tools", PROCESS, (), seconds=SECONDS)
        self._lock = asyncio.Lock()
        self._waiting = 0

    async def exchange(self, message: Exchange, ask: Ask) -> Exchange | None:
        """Answer one message; None where too many wait, or the process does not answer."""
        try:
            sent = {"body": message.body.decode(), "headers": dict(message.headers)}
        except UnicodeDecodeError:
            return Exchange(b"", {}, status=400)
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            async with self._lock:
                return await self._exchange(sent, ask)
        finally:
            self._waiting -= 1

    async def _exchange(self, sent: Mapping[str, Any], ask: Ask) -> Exchange | None:
        is_done = False
        try:
            told = await self._side.ask(sent)
            for _ in range(MOST_ASKS):
                if "needs" not in told:
                    break
                needs = told["needs"]
                told = await self._side.ask(await ask(needs["tool"], needs["arguments"]))
            done = told["done"]
            is_done = True
        except (SideProcessFailed, KeyError):
            return None
        finally:
            if not is_done:
                # It waits for an answer, which the next message would be taken for.
                await self._side.close()
        return Exchange(done["body"].encode(), done["headers"], done["status"])

    async def close(self) -> None:
        """End the process."""
        await self._side.close()
