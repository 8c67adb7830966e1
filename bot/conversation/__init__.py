"""The engine: conversations as plain code, whose only state is the log of what a person did."""

from bot.conversation.chat import Chat, Ending
from bot.conversation.effects import Effect, Refusal, register_effects
from bot.conversation.entries import AskDate, AskNumber, AskPlace, AskText
from bot.conversation.given import Given, Located, Pressed, Show, WentBack, Wrote
from bot.conversation.ledger import Wanted
from bot.conversation.messages import Attachment, Drawn, Text
from bot.conversation.outcome import Failure, Outcome
from bot.conversation.plain import text_from_json, text_to_json
from bot.conversation.questions import Many, Pick, Picked, Question, Typed, YesNo
from bot.conversation.reading import Reads
from bot.conversation.registry import Flow, Folded, Registry, collect_flows, flow
from bot.conversation.replay import begin, play
from bot.conversation.screen import (
    Answered,
    AskedQuestion,
    Card,
    Link,
    Option,
    Say,
    Screen,
)
from bot.conversation.session import Act, Opening, Session
from bot.conversation.trail import onward
from bot.conversation.unkept import AskUnkept

__all__ = [
    "Act",
    "Answered",
    "AskDate",
    "AskNumber",
    "AskPlace",
    "AskText",
    "AskUnkept",
    "AskedQuestion",
    "Attachment",
    "Card",
    "Chat",
    "Drawn",
    "Effect",
    "Ending",
    "Failure",
    "Flow",
    "Folded",
    "Given",
    "Link",
    "Located",
    "Many",
    "Opening",
    "Option",
    "Outcome",
    "Pick",
    "Picked",
    "Pressed",
    "Question",
    "Reads",
    "Refusal",
    "Registry",
    "Say",
    "Screen",
    "Session",
    "Show",
    "Text",
    "Typed",
    "Wanted",
    "WentBack",
    "Wrote",
    "YesNo",
    "begin",
    "collect_flows",
    "flow",
    "onward",
    "play",
    "register_effects",
    "text_from_json",
    "text_to_json",
]
