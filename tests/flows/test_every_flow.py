"""What holds for every flow that exists now or later: found through the registry."""

import json
from pathlib import Path
from typing import Any

import pytest

import bot.flows
from bot.conversation import Session, Show, collect_flows, play
from bot.conversation.stack import Stack
from tests.flows.world import START_ARGS, begin
from tests.support.record_sessions import path_of, record
from tests.support.walking import check_not_stuck, walk

FOLDER = Path(__file__).parent
RECORDED = FOLDER / "recorded"
REGISTRY = collect_flows(bot.flows)
FLOWS = tuple(REGISTRY)
ALL_CHATS = 10_000
FEW_CHATS = 600
TURNS = 12

each_flow = pytest.mark.parametrize("flow", FLOWS, ids=[flow.name for flow in FLOWS])
each_recording = pytest.mark.parametrize(
    "path", sorted(RECORDED.glob("*.json")), ids=lambda path: path.stem
)


@each_flow
def test_a_flow_has_tests_of_its_own(flow: Any) -> None:
    assert (FOLDER / f"test_{flow.name}.py").is_file(), (
        f"tests/flows/test_{flow.name}.py is missing"
    )


@each_flow
def test_a_flow_can_be_begun_and_left(flow: Any) -> None:
    for args in START_ARGS.get(flow.name, ({},)):
        chat = begin(REGISTRY)
        chat.start(flow.name, **args)
        check_not_stuck(chat)
        chat.send("/menu")
        assert chat.session is not None
        assert chat.session.flow == "menu"


@each_flow
def test_a_changed_set_of_keys_needs_a_new_version(flow: Any) -> None:
    path = path_of(RECORDED, flow)
    again = "run python -m tests.support.record_sessions"
    assert path.is_file(), f"version {flow.version} of {flow.name} is not recorded: {again}"
    recorded = json.loads(path.read_text("utf-8"))
    now = record(begin, REGISTRY, flow, START_ARGS.get(flow.name, ({},)))
    assert now["keys"] == recorded["keys"], (
        f"{flow.name} asks otherwise: raise its version, {again}"
    )


@each_recording
def test_recorded_sessions_play_under_the_present_code(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    flow = REGISTRY.find(recorded["flow"])
    if flow is None:
        return
    for one in recorded["sessions"]:
        chat = begin(REGISTRY)
        session = Session.from_json(one["session"])
        chat.reads.now = session.touched_at
        outcome = play(flow, session, Show(), chat.reads)
        assert outcome.failure is None, outcome.failure
        assert {act.key for act in session.log} <= {act.key for act in outcome.session.log}
        if recorded["version"] == flow.version:
            assert outcome.screen.question is not None
            assert outcome.screen.question.text.id == one["asks"]


def test_random_chats_leave_nobody_stuck() -> None:
    chat_at_random(range(FEW_CHATS))


@pytest.mark.slow
def test_ten_thousand_random_chats_leave_nobody_stuck() -> None:
    chat_at_random(range(FEW_CHATS, ALL_CHATS))


def chat_at_random(seeds: range) -> None:
    for seed in seeds:
        flow = FLOWS[seed % len(FLOWS)]
        starts = START_ARGS.get(flow.name, ({},))
        try:
            chat = walk(
                begin,
                REGISTRY,
                flow,
                starts[seed % len(starts)],
                seed,
                TURNS,
                watch=check_not_stuck,
            )
            check_way_out(chat)
        except Exception as error:
            error.add_note(f"in the random chat {seed} of the flow {flow.name}")
            raise


def check_way_out(chat: Any) -> None:
    chat.send("/menu")
    assert chat.session is not None
    assert chat.question is not None
    assert chat.question.key == "menu"
    assert len(chat.stack.live) <= 3
    assert Stack.from_json(json.loads(json.dumps(chat.stack.to_json()))) == chat.stack
