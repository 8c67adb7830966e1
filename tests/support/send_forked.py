"""Forks a sender (`send_campaign`) for each line of its input: `... DATABASE_URL BOT_API_URL`.

A line names the fault at which that sender is to die, or nothing; what is printed is how it ended.
Each is a process of its own, but what all of them load is loaded once.
"""

from __future__ import annotations

import importlib
import os
import sys

import uvloop

from bot.work import faults
from tests.support.send_campaign import send


def fork(url: str, api_url: str, fault: str) -> int:
    """Return how a sender ended: its exit code, or the negative number of a signal."""
    child = os.fork()
    if child == 0:
        os.environ["BOT_FAULT"] = fault
        importlib.reload(faults)
        uvloop.run(send(url, api_url, is_alone=True))
        sys.exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    for line in sys.stdin:
        print(fork(sys.argv[1], sys.argv[2], line.strip()), flush=True)
