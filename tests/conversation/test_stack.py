"""Rule 12: at most three live sessions, one a flow; the others are parked for 30 days."""

import json
from collections.abc import Callable
from datetime import timedelta

from bot.conversation.stack import MOST_PARKED, Stack
from tests.support.scripted_chat import MONDAY, ScriptedChat

Talk = Callable[..., ScriptedChat]


def stack_of(*flows: str) -> Stack:
    stack = Stack()
    for number, flow in enumerate(flows):
        stack = stack.push(f"s{number}", flow, MONDAY)
    return stack


def ids(stack: Stack) -> tuple[list[str], list[str]]:
    return [one.session for one in stack.live], [one.session for one in stack.parked]


def test_a_fourth_session_parks_the_lowest() -> None:
    assert ids(stack_of("a", "b", "c", "d")) == (["s1", "s2", "s3"], ["s0"])


def test_a_flow_has_one_live_session() -> None:
    assert ids(stack_of("a", "b", "a")) == (["s1", "s2"], ["s0"])


def test_raising_changes_the_order_and_nothing_else() -> None:
    stack = stack_of("a", "b", "c").raise_to_top("s0", MONDAY)
    assert ids(stack) == (["s1", "s2", "s0"], [])
    assert ids(stack.raise_to_top("unknown", MONDAY)) == ids(stack)


def test_a_parked_session_can_be_carried_on_for_thirty_days() -> None:
    stack = stack_of("a", "b", "c", "d")
    assert [one.session for one in stack.carry_on(MONDAY)] == ["s2", "s1", "s0"]
    later = MONDAY + timedelta(days=30)
    assert [one.session for one in stack.carry_on(later)] == ["s2", "s1"]
    assert ids(stack.raise_to_top("s0", MONDAY)) == (["s2", "s3", "s0"], ["s1"])
    assert ids(stack.push("s4", "e", later)) == (["s2", "s3", "s4"], ["s1"])


def test_what_is_parked_does_not_grow_with_the_years() -> None:
    stack = stack_of(*(f"flow{number}" for number in range(60)))
    assert len(stack.parked) == MOST_PARKED
    assert stack.parked[-1].session == "s56"


def test_ending_offers_the_one_below_once() -> None:
    stack = stack_of("a", "b").end("s1")
    offered, stack = stack.offer_below()
    assert offered is not None
    assert offered.session == "s0"
    assert stack.offer_below() == (None, stack)
    assert Stack().offer_below() == (None, Stack())


def test_leaving_parks() -> None:
    assert ids(stack_of("a", "b").park("s1", MONDAY)) == (["s0"], ["s1"])


def test_a_stack_survives_as_json() -> None:
    stack = stack_of("a", "b", "c", "d")
    assert Stack.from_json(json.loads(json.dumps(stack.to_json()))) == stack
    assert Stack.from_json({}) == Stack()


def test_a_button_of_a_lower_session_raises_it(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    lower = chat.question
    assert lower is not None
    chat.send("/letter")
    assert chat.session.flow == "letter"
    chat.press_nonce(lower.nonce, "online")
    assert chat.session.flow == "learn"
    assert chat.last.text_id == "learn.results"
    assert len(chat.stack.live) == 2


def test_a_command_raises_the_flows_live_session(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.send("/letter")
    chat.send("/find")
    assert chat.last.text_id == "learn.ask_where"
    assert len(chat.stack.live) == 2


def test_a_deep_link_pushes_a_session_of_its_own(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.send("/start find_sewing")
    assert chat.last.text_id == "learn.ask_where"
    assert chat.session.opening.args == {"wish": "sewing"}
    assert [entry.flow for entry in chat.stack.parked] == ["learn"]
