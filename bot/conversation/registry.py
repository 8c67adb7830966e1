"""The flows that exist: how one is declared, and how all of a package are found."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import string
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, TypeAlias

from bot.errors import FlowDefinitionError

_NAME_LETTERS = frozenset(string.ascii_lowercase + "_")


@dataclass(frozen=True, slots=True)
class Folded:
    """What a compact hook returns: the keys of answers that go, and the values that replace them.

    The flow reads the values as `chat.folded`.
    """

    drop: frozenset[str]
    values: Mapping[str, Any]


Again: TypeAlias = Literal["raise", "park", "end"]
CompactHook = Callable[[Mapping[str, Any], Mapping[str, Any]], Folded]


@dataclass(frozen=True)
class Flow:
    """A conversation as plain code, with what starts it.

    Attributes:
        function: The `async def` that takes a Chat and the flow's arguments.
        commands: Commands without their slash that start it.
        deep_links: Prefixes of deep links ("find" for "find_excel") that start it.
        child_of: The name of the only flow that runs it; a child has no commands.
        again: What becomes of its live session when it is started again: "raise" shows it where it
            was, "park" keeps it to be carried on and begins a new one, "end" begins a new one.
        takes_wish: Plain words outside any question start it, as its first argument.
        compact: Folds a long log into few values: (answers, folded so far) -> Folded.
    """

    name: str
    version: int
    function: Callable[..., Awaitable[Any]]
    commands: tuple[str, ...] = ()
    deep_links: tuple[str, ...] = ()
    child_of: str | None = None
    takes_wish: bool = False
    compact: CompactHook | None = None
    again: Again = "raise"
    arguments: tuple[str, ...] = ()

    @property
    def first_argument(self) -> str:
        """The argument that takes the words behind a command or deep link, or nothing."""
        return self.arguments[0] if self.arguments else ""


def flow(
    name: str,
    *,
    version: int = 1,
    commands: tuple[str, ...] = (),
    deep_links: tuple[str, ...] = (),
    child_of: str | None = None,
    takes_wish: bool = False,
    compact: CompactHook | None = None,
    again: Again = "raise",
) -> Callable[[Callable[..., Awaitable[Any]]], Flow]:
    """Declare an `async def` to be a flow.

    Raises:
        FlowDefinitionError: The name is not [a-z_]{1,20}, or the function is not `async def`.
    """
    if not 1 <= len(name) <= 20 or not set(name) <= _NAME_LETTERS:
        raise FlowDefinitionError(f"flow name {name!r} is not [a-z_]{{1,20}}")

    def declare(function: Callable[..., Awaitable[Any]]) -> Flow:
        if not inspect.iscoroutinefunction(function):
            raise FlowDefinitionError(f"flow {name} is not an async def")
        arguments = tuple(inspect.signature(function).parameters)[1:]
        return Flow(
            name,
            version,
            function,
            commands,
            deep_links,
            child_of,
            takes_wish,
            compact,
            again,
            arguments,
        )

    return declare


class Registry:
    """Flows by name, command and deep link; immutable once built."""

    def __init__(self, flows: Iterable[Flow]) -> None:
        """Build it.

        Raises:
            FlowDefinitionError: Two flows share a name, a command or a deep link.
        """
        self._flows: dict[str, Flow] = {}
        self._commands: dict[str, Flow] = {}
        self._links: dict[str, Flow] = {}
        for one in flows:
            _add(self._flows, one.name, one)
            for command in one.commands:
                _add(self._commands, command, one)
            for link in one.deep_links:
                _add(self._links, link, one)
        self.wish_flow = next((one for one in self._flows.values() if one.takes_wish), None)

    def __iter__(self) -> Iterator[Flow]:
        return iter(self._flows.values())

    def __len__(self) -> int:
        return len(self._flows)

    def find(self, name: str) -> Flow | None:
        """Return the flow of that name."""
        return self._flows.get(name)

    def get(self, name: str) -> Flow:
        """Return the flow of that name.

        Raises:
            FlowDefinitionError: There is none.
        """
        found = self._flows.get(name)
        if found is None:
            raise FlowDefinitionError(f"there is no flow {name!r}")
        return found

    def find_command(self, command: str) -> Flow | None:
        """Return the flow that a command without its slash starts."""
        return self._commands.get(command)

    def find_deep_link(self, prefix: str) -> Flow | None:
        """Return the flow that a deep link of that prefix starts."""
        return self._links.get(prefix)


def collect_flows(package: ModuleType) -> Registry:
    """Import every module of a package and return the flows that they declare."""
    found: dict[str, Flow] = {}
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Flow) and found.setdefault(value.name, value) is not value:
                raise FlowDefinitionError(f"two flows are called {value.name}")
    return Registry(found.values())


def _add(table: dict[str, Flow], name: str, one: Flow) -> None:
    if table.setdefault(name, one) is not one:
        raise FlowDefinitionError(f"{name!r} belongs to {table[name].name} and to {one.name}")
