"""Starts programs by forking: `python -m tests.support.nursery SOCKET`.

What all of them load is loaded once, which is most of a start. Each is a process of its own, killed
and waited for like any other. It reads its settings, opens its database and starts as from a shell.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import select
import socket
import sys
from contextlib import suppress
from typing import Any

from bot.work.collector import rest_collector

LOADED = (
    "bot.badge_commands", "bot.flows", "bot.framework_cli", "bot.outbound_cli", "bot.printing",
    "bot.questionnaire_cli", "bot.serving", "bot.work.effects", "bot.work.pictures",
    "bot.work.reads", "bot.work.reminders", "tests.support.scripted_app",
)  # fmt: skip
"""What programs import; packages with all their modules."""

Order = dict[str, Any]


def load() -> None:
    """Import what programs need, and read the content that comes with them."""
    from bot.loading import collect_modules
    from content.load import load as read_content
    from tests.support.read_once import read_content_once

    for name in LOADED:
        module = importlib.import_module(name)
        if hasattr(module, "__path__"):
            collect_modules(module)
    read_content_once()
    for is_shown in (True, False):
        read_content(cities=frozenset({"manchester"}), shows_missing=is_shown)
    gc.freeze()


def orders(address: str) -> Order | None:
    """Fork a program for each order, until nobody is there to give one.

    Returns:
        The order in its own process; None in the one that took them all.
    """
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(16)
        print("ready", flush=True)
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            reap()
            asking, _ = listener.accept()
            with asking:
                if os.fork() == 0:
                    listener.close()
                    return keep(asking)
    reap(0)
    return None


def reap(options: int = os.WNOHANG) -> None:
    """Let go of what has ended; with options of 0, wait for the rest."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            continue


def keep(asking: socket.socket) -> Order | None:
    """Start a program, tell its process id, and how it ended."""
    order: Order = json.loads(asking.makefile().readline())
    child = os.fork()
    if child == 0:
        return order
    with suppress(BrokenPipeError):
        asking.sendall(f"{child}\n".encode())
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        asking.sendall(f"{ended}\n".encode())
    return None


def run(order: Order) -> None:
    """Be the program that was asked for."""
    os.setsid()
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    sys.argv = list(order["words"])
    importlib.reload(importlib.import_module("bot.work.faults"))
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    rest_collector()
    load()
    if (found := orders(sys.argv[1])) is not None:
        run(found)
