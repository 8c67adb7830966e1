"""What the interface for other programs needs: the public catalogue, and an assistant's tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.assistants.exchanging import Ask, Exchange
from bot.courses import SearchRequest, SearchResult
from bot.courses.records import Course


class OpenCatalogue(Protocol):
    """What everybody may read of the catalogue."""

    async def search(self, city: str, request: SearchRequest) -> SearchResult | None:
        """Search a city's courses; None before its catalogue was first read."""
        ...

    async def courses(self, city: str, after: str, limit: int) -> Sequence[Course]:
        """Return courses of a city that are on offer, in the order of their ids, after an id."""
        ...

    async def course(self, course: str) -> tuple[Course, bool] | None:
        """Return a course and whether it is on offer; None where there never was one."""
        ...


class ToolServer(Protocol):
    """Speaks the assistants' protocol (MCP)."""

    async def exchange(self, message: Exchange, ask: Ask) -> Exchange | None:
        """Answer one message; None where it cannot be answered just now."""
        ...


class NoOpenCatalogue:
    """Has no courses."""

    async def search(self, city: str, request: SearchRequest) -> SearchResult | None:
        """Return None."""
        del city, request
        return None

    async def courses(self, city: str, after: str, limit: int) -> Sequence[Course]:
        """Return nothing."""
        del city, after, limit
        return ()

    async def course(self, course: str) -> tuple[Course, bool] | None:
        """Return None."""
        del course
        return None


class NoToolServer:
    """Never answers."""

    async def exchange(self, message: Exchange, ask: Ask) -> Exchange | None:
        """Return None."""
        del message, ask
        return None


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open to other programs."""

    catalogue: OpenCatalogue = field(default_factory=NoOpenCatalogue)
    tools: ToolServer = field(default_factory=NoToolServer)
