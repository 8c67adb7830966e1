"""A Bot API server of our own to test against: real HTTP, strict, and able to misbehave."""

from tests.support.fake_bot_api.calls import ApiError, Call
from tests.support.fake_bot_api.faults import Fault
from tests.support.fake_bot_api.people import Person
from tests.support.fake_bot_api.server import FakeBotApi

__all__ = ["ApiError", "Call", "FakeBotApi", "Fault", "Person"]
