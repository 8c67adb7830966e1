from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import Refused
from tests.conversation.examples import FLOWS, LOOKS, Redeem
from tests.support.scripted_chat import ScriptedChat


def redeem(effect: Redeem) -> dict[str, str]:
    if effect.code != "GOLD":
        raise Refused("code.unknown")
    return {"badge": "b-1"}


@pytest.fixture
def talk() -> Callable[..., ScriptedChat]:
    def begin(flow: str = "", **options: Any) -> ScriptedChat:
        options.setdefault("effects", {"Redeem": redeem})
        chat = ScriptedChat(FLOWS, looks={**LOOKS, **options.pop("looks", {})}, **options)
        if flow:
            chat.start(flow)
        return chat

    return begin
