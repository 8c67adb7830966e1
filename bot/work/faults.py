"""Places where a test may kill the program: `BOT_FAULT=name` or `name:count`.

They exist so that "nothing is lost" can be shown rather than believed. They are honoured only
where `BOT_FAULTS_ALLOWED=yes` is set as well, which no one does outside tests.

Points, in the order in which a message meets them:

=====================  ==========================================================
`intake.before`        fetched or posted, not yet in the inbox
`intake.after`         in the inbox, not yet acknowledged
`turn.claimed`         the inbox row is leased to a worker
`turn.played`          the flow has answered, nothing is stored
`turn.in_unit`         inside the transaction, before it ends
`turn.committed`       stored, nothing is sent
`reminder.claimed`     reminders are claimed, nothing is put out
`reminder.in_unit`     their messages are put out, the transaction has not ended
`send.before`          just before the request leaves
`send.after`           the answer came, the result is not stored
`send.marked`          the result is stored
`broadcast.claimed`    recipients of a campaign are claimed, nothing has left
`broadcast.before`     just before a campaign's request leaves
`broadcast.after`      the answer came, the end is not stored
`broadcast.marked`     ends are stored
=====================  ==========================================================
"""

from __future__ import annotations

import os
import signal
from itertools import count
from typing import NoReturn

_NAMES: dict[str, int] = {}
_passed: dict[str, count[int]] = {}


def _read(environment: str, allowed: str) -> None:
    if allowed != "yes" or not environment:
        return
    name, _, times = environment.partition(":")
    _NAMES[name] = int(times or 1)
    _passed[name] = count(1)


_read(os.environ.get("BOT_FAULT", ""), os.environ.get("BOT_FAULTS_ALLOWED", ""))


def point(name: str) -> None:
    """Die here if the environment asks for it, at the wanted passing of this point."""
    if _NAMES and name in _NAMES and next(_passed[name]) == _NAMES[name]:
        _die()


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise SystemExit  # SIGKILL is not caught: never reached
