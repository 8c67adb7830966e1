"""Recording sessions of every flow, so that new code is held to play what old code began.

Run it whenever a flow has a new version: `python -m tests.support.record_sessions`. A recording of
an earlier version is never changed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.conversation import Flow, Registry
from tests.support.scripted_chat import ScriptedChat
from tests.support.walking import Begin, walk

WALKS = 6
TURNS = 14

Recording = dict[str, Any]


def record(
    begin: Begin, registry: Registry, flow: Flow, starts: Sequence[Mapping[str, Any]] = ({},)
) -> Recording:
    """Walk through a flow by fixed seeds; return its keys and the sessions on the way."""
    keys: set[str] = set()
    sessions: list[Recording] = []

    def watch(chat: ScriptedChat) -> None:
        session = chat.session
        if session is None or session.flow != flow.name or chat.question is None:
            return
        keys.update(_plain(key) for key in (*(act.key for act in session.log), session.frontier))
        keys.update(_plain(key) for key in session.ledger)
        sessions.append({"session": session.to_json(), "asks": chat.question.text.id})

    for seed in range(WALKS):
        walk(
            begin,
            registry,
            flow,
            starts[seed % len(starts)],
            seed,
            TURNS,
            is_polite=True,
            watch=watch,
        )
    kept = sessions[:: max(1, len(sessions) // 12)]
    return {"flow": flow.name, "version": flow.version, "keys": sorted(keys), "sessions": kept}


def path_of(folder: Path, flow: Flow) -> Path:
    """Return where the recording of a flow's present version lies."""
    return folder / f"{flow.name}.v{flow.version}.json"


def record_all(
    begin: Begin,
    registry: Registry,
    folder: Path,
    starts: Mapping[str, Sequence[Mapping[str, Any]]],
) -> list[Path]:
    """Record the present version of every flow."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for flow in registry:
        recording = record(begin, registry, flow, starts.get(flow.name, ({},)))
        path = path_of(folder, flow)
        path.write_text(json.dumps(recording, ensure_ascii=False, indent=1) + "\n", "utf-8")
        written.append(path)
    return written


def _plain(key: str) -> str:
    """Return a key with its numbers made "#", so that loops have one key."""
    shown = "".join("#" if char.isdigit() else char for char in key)
    while "##" in shown:
        shown = shown.replace("##", "#")
    return shown


def main() -> None:
    """Record every flow of `bot.flows` beside the tests."""
    import bot.flows
    from bot.conversation import collect_flows
    from tests.flows.world import START_ARGS, begin

    parser = argparse.ArgumentParser(description=__doc__)
    here = Path(__file__).resolve().parents[1] / "flows" / "recorded"
    parser.add_argument("--into", type=Path, default=here)
    folder = parser.parse_args().into
    for path in record_all(begin, collect_flows(bot.flows), folder, START_ARGS):
        print(path.name)


if __name__ == "__main__":
    main()
