"""The process that holds the keys: it signs and judges, one line of JSON in, one line out.

`python -m bot.badges.process KEYS BASE`. Signing is slow and pure Python, so it has an interpreter
of its own that comes last; and private keys are in no process that talks to the network.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any, TypeAlias

from bot.badges.addresses import HOST_ISSUER, Addresses
from bot.badges.did import did_document, jwk_set
from bot.badges.issuing import NotIssued, endorse_document, issue_document
from bot.badges.keyfolder import KeyFolder
from bot.badges.records import Json
from bot.badges.status import status_list
from bot.badges.verify.judging import judge
from bot.badges.verify.reading import NotJudged, read
from bot.badges.verify.steps import Judgement
from bot.errors import BotError

NICENESS = 10
MOST_MEMORY = 1 << 30

Work: TypeAlias = Callable[["Workshop", Json], Json]


class Workshop:
    """Answers questions.

    Args:
        keys: The folder of the keys.
        addresses: From which DIDs follow.
    """

    def __init__(self, keys: KeyFolder, addresses: Addresses) -> None:
        self._keys = keys
        self._addresses = addresses

    def answer(self, question: Json) -> Json:
        """Return what a question asks for, or why not: {"refused": ...} or {"failed": ...}."""
        try:
            return _WORKS[question["do"]](self, question)
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

    def publish(self, question: Json) -> Json:
        """Return what is to be published about an issuer's keys; they are made if need be."""
        now = datetime.fromisoformat(question["now"])
        ring = self._keys.ring(question["issuer"], now)
        if question.get("did"):
            ring = ring.known_as(question["did"])
        return {"did": did_document(ring), "jwks": jwk_set(ring)}

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


_WORKS: dict[str, Work] = {
    "issue": Workshop.issue,
    "list": Workshop.list,
    "publish": Workshop.publish,
    "read": Workshop.read,
    "judge": Workshop.judge,
}


def serve(workshop: Workshop, questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until there are no more questions."""
    for line in questions:
        told = workshop.answer(json.loads(line))
        answers.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")
        answers.flush()


def main(arguments: list[str]) -> None:
    """Run the process."""
    _come_last()
    keys, base = arguments
    addresses = Addresses(base)
    gc.freeze()
    serve(Workshop(KeyFolder(Path(keys), addresses), addresses), sys.stdin.buffer, _own_output())


def _own_output() -> IO[bytes]:
    """Return the pipe of the answers, and let nothing else be printed into it."""
    answers: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers  # type: ignore[no-any-return]


def _come_last() -> None:
    if sys.platform == "linux":
        import resource

        os.nice(NICENESS)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
