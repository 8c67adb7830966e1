"""The process that speaks the assistants' protocol (MCP), one line of JSON in, one out.

`python -m bot.assistants.process`. The official `mcp` package takes two seconds and 50 MB to
load: it has a process of its own, which is there only while assistants ask. It holds no data; for
each use of a tool it asks back: {"needs": {"tool": ..., "arguments": ...}}, and is told.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import IO, Any

import anyio
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from bot.assistants.description import document, tools

Json = Mapping[str, Any]
Ask = Callable[[Json], Awaitable[Json]]
"""Sends a line to whoever started us and returns the next that comes from there."""
NICENESS = 5
MOST_MEMORY = 1 << 30
MOST_BYTES = 64 * 1024


def make_server(ask: Ask) -> Server[Any]:
    """Return a server of the tools that the description names."""
    info = document()["info"]
    found = [
        Tool.model_validate({**one, "annotations": ToolAnnotations(read_only_hint=True)})
        for one in tools()
    ]

    async def list_tools(_context: object, _params: PaginatedRequestParams | None) -> Any:
        return ListToolsResult(tools=found)

    async def call_tool(_context: object, params: CallToolRequestParams) -> Any:
        told = await ask({"needs": {"tool": params.name, "arguments": params.arguments or {}}})
        if "refused" in told:
            return CallToolResult(content=[_text(told["refused"])], is_error=True)
        answer = told["answer"]
        return CallToolResult(
            content=[_text(json.dumps(answer, ensure_ascii=False))], structured_content=answer
        )

    return Server(
        "learning-city",
        version=info["version"],
        title=info["title"],
        instructions=info["description"],
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _text(words: str) -> TextContent:
    return TextContent(type="text", text=words)


async def exchange(manager: StreamableHTTPSessionManager, message: Json) -> Json:
    """Give one HTTP message to the protocol and return its answer."""
    told: dict[str, Any] = {"status": 500, "headers": {}, "body": ""}
    body = bytearray()
    is_given = False

    async def receive() -> dict[str, Any]:
        nonlocal is_given
        if is_given:
            # Whoever asks again waits for the caller to go, which it never does before the end.
            await anyio.sleep_forever()
        is_given = True
        return {"type": "http.request", "body": message["body"].encode(), "more_body": False}

    async def send(part: Any) -> None:
        if part["type"] == "http.response.start":
            told["status"] = part["status"]
            told["headers"] = {
                name.decode("latin-1"): value.decode("latin-1") for name, value in part["headers"]
            }
        elif part["type"] == "http.response.body":
            body.extend(part.get("body", b""))

    await manager.handle_request(_scope(message), receive, send)
    return {"done": {**told, "body": body.decode()}}


def _scope(message: Json) -> dict[str, Any]:
    headers = [
        (name.lower().encode(), value.encode()) for name, value in message["headers"].items()
    ]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/mcp",
        "raw_path": b"/mcp",
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }


async def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer message by message until there are no more."""

    async def hear() -> Any:
        line = await anyio.to_thread.run_sync(questions.readline)
        return json.loads(line) if line else None

    def say(told: Json) -> None:
        answers.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")
        answers.flush()

    async def ask(question: Json) -> Json:
        say(question)
        return await hear() or {"refused": ""}

    manager = StreamableHTTPSessionManager(
        make_server(ask), json_response=True, stateless=True, max_request_body_size=MOST_BYTES
    )
    async with manager.run():
        while (message := await hear()) is not None:
            say(await exchange(manager, message))


def _own_output() -> IO[bytes]:
    """Return the pipe of the answers, and let nothing else be printed into it."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _come_later() -> None:
    if sys.platform == "linux":
        import resource

        os.nice(NICENESS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    # Ctrl-C reaches the whole family; this one ends when its questions do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _come_later()
    anyio.run(serve, sys.stdin.buffer, _own_output())
