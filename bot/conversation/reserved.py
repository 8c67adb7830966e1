"""The options that the engine adds to questions; their ids begin with "-"."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.conversation.screen import Option

BACK = Option("-back", Text("choice.back"))
MENU = Option("-menu", Text("choice.menu"))
DONE = Option(
    "-done",
    Text("choice.done"),
    words=("finished", "ready", "that is all", "thats all", "wedi gorffen", "بس"),
    is_main=True,
)
SKIP = Option(
    "-skip",
    Text("choice.skip"),
    words=("anywhere", "skip", "dont mind", "not sure", "unrhyw le", "کہیں بھی"),
)
FRESH = Option("-fresh", Text("choice.fresh"))
NONE_OF_THESE = Option("-stay", Text("choice.none_of_these"))
STAY = Option("-stay", Text("choice.stay"))
SEARCH = Option("-wish", Text("choice.search"), is_main=True)
YES = Option("yes", Text("choice.yes"))
NO = Option("no", Text("choice.no"))
