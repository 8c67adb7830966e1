"""The process that holds the keys: it signs and judges, one line of JSON in, one line out.

`python -m bot.badges.process sign|judge KEYS BASE`. Signing is slow and pure Python, so it has an
interpreter of its own that comes last; and private keys are in no process that talks to the
network or reads what strangers send: the one that judges has none.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any, TypeAlias

from bot.badges.addresses import HOST_ISSUER, Addresses
from bot.badges.issuing import NotIssued, endorse_document, issue_document
from bot.badges.keyfolder import KeyFolder
from bot.badges.records import Json
from bot.badges.status import status_list
from bot.badges.verify.judging import judge
from bot.badges.verify.reading import NotJudged, read
from bot.badges.verify.steps import Judgement
from bot.errors import BotError

NICENESS = {"sign": 19, "judge": 5}
"""Somebody waits for a judgement; signing comes after everything else."""
MOST_MEMORY = 1 << 30

Work: TypeAlias = Callable[["Workshop", Json], Json]


class Workshop:
    """Answers questions.

    Args:
        keys: The folder of the keys; only touched by the works that sign.
        works: What it answers.
    """

    def __init__(self, keys: KeyFolder, works: Mapping[str, Work]) -> None:
        self._keys = keys
        self._works = works

    def answer(self, question: Json) -> Json:
        """Return what a question asks for, or why not: {"refused": ...} or {"failed": ...}."""
        try:
            return self._works[question["do"]](self, question)
        except NotIssued as error:
            return {"refused": str(error)}
        except BotError as error:
            return {"failed": str(error)}
        except Exception as error:  # noqa: BLE001 - one odd question must not end the process
            return {"failed": type(error).__name__}

    def issue(self, question: Json) -> Json:
        """Sign a badge and what others confirm about it."""
        now = datetime.fromisoformat(question["now"])
        document = question["document"]
        host = self._keys.ring(HOST_ISSUER, now) if question["endorsements"] else None
        tokens = [
            endorse_document(one["document"], host.known_as(one["did"]))
            for one in question["endorsements"]
            if host is not None
        ]
        if tokens:
            document = {**document, "endorsementJwt": tokens}
        signed = issue_document(document, self._keys.ring(question["issuer"], now), now)
        return {"document": signed.document.decode(), "jws": signed.jws, "keys": signed.keys}

    def list(self, question: Json) -> Json:
        """Sign a list of revoked badges."""
        now = datetime.fromisoformat(question["now"])
        ring = self._keys.ring(question["issuer"], now)
        signed = status_list(question["address"], frozenset(question["revoked"]), ring, now)
        return {"document": signed.decode()}

    def record(self, question: Json) -> Json:
        """Sign a record of badges."""
        from bot.badges.learning_record import sign_record  # seldom asked for

        now = datetime.fromisoformat(question["now"])
        ring = self._keys.ring(question["issuer"], now)
        return {"document": sign_record(question["document"], ring, now).decode()}

    def make(self, question: Json) -> Json:
        """Make an issuer's keys if it has none."""
        self._keys.ring(question["issuer"], datetime.fromisoformat(question["now"]))
        return {"made": True}

    def read(self, question: Json) -> Json:
        """Return what is needed to judge a badge, or the judgement where nothing is."""
        try:
            found = read(base64.b64decode(question["data"]))
        except NotJudged as stop:
            return {"judgement": Judgement(stop.verdict, stop.steps).to_json()}
        return {"needs": [[need.kind, need.address, need.did] for need in found.needs]}

    def judge(self, question: Json) -> Json:
        """Judge a badge."""
        documents = {
            address: None if raw is None else base64.b64decode(raw)
            for address, raw in question["documents"].items()
        }
        data = base64.b64decode(question["data"])
        found = judge(data, documents, datetime.fromisoformat(question["now"]))
        return {"judgement": found.to_json()}


SIGNING: dict[str, Work] = {
    "issue": Workshop.issue,
    "list": Workshop.list,
    "record": Workshop.record,
    "make": Workshop.make,
}
JUDGING: dict[str, Work] = {"read": Workshop.read, "judge": Workshop.judge}


def serve(workshop: Workshop, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions."""
    for line in questions:
        told = workshop.answer(json.loads(line))
        answers.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")
        answers.flush()


def main(arguments: list[str]) -> None:
    """Run the process."""
    task, keys, base = arguments
    # Ctrl-C reaches the whole family; this one ends when its questions do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _come_last(task)
    addresses = Addresses(base)
    works = SIGNING if task == "sign" else JUDGING
    workshop = Workshop(KeyFolder(Path(keys), addresses), works)
    gc.freeze()
    serve(workshop, sys.stdin.buffer, _own_output())


def _own_output() -> IO[bytes]:
    """Return the pipe of the answers, and let nothing else be printed into it."""
    answers: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers  # type: ignore[no-any-return]


def _come_last(task: str) -> None:
    if sys.platform == "linux":
        import resource

        os.nice(NICENESS[task])
        if task == "sign":
            # Whoever chats runs at once, even where there is one core.
            with contextlib.suppress(OSError):
                os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
