"""Runs the server as a process of its own: python -m tests.support.fake_bot_api --port 8081."""

from __future__ import annotations

import argparse
import asyncio
import signal

import uvloop

from tests.support.fake_bot_api.server import TOKEN, FakeBotApi


async def serve(fake: FakeBotApi) -> None:
    """Serve until told to stop."""
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with fake:
        print(f"{fake.url} {TOKEN}", flush=True)
        await stopping.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="fake_bot_api")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one; it is printed")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds added to every answer")
    parser.add_argument("--lenient", action="store_true", help="built-in limits only")
    parser.add_argument("--forget", action="store_true", help="do not record calls")
    given = parser.parse_args()
    fake = FakeBotApi(given.port, is_strict=not given.lenient, is_recording=not given.forget)
    fake.latency = given.latency
    uvloop.run(serve(fake))


if __name__ == "__main__":
    main()
