"""Words that are used once: only what is made of them stays."""

from __future__ import annotations

from bot.conversation import AskUnkept, Chat, Option, Picked, Text, flow
from tests.support.scripted_chat import ScriptedChat

SECRET = "ada@example.org"


@flow("address", version=1)
async def address(chat: Chat) -> None:
    no = Option("no", Text("address.no.button"))
    wrong = Text("address.wrong")
    made = await chat.ask("email", AskUnkept(Text("address.ask"), "hashed", wrong, options=(no,)))
    if isinstance(made, Picked):
        chat.say(Text("address.none"))
    else:
        chat.say(Text("address.made", {"digest": made["digest"]}))


def hashed(typed: str) -> dict[str, str] | None:
    return {"digest": "d1"} if "@" in typed else None


def begun() -> ScriptedChat:
    chat = ScriptedChat([address], looks={"hashed": hashed}, words={"address.no.button": "Not now"})
    chat.start("address")
    return chat


def test_the_log_holds_what_was_made_and_never_the_words() -> None:
    chat = begun()
    chat.send(SECRET)
    assert chat.said == ["address.made"]
    assert chat.outcome.is_unkept
    assert SECRET not in "".join(chat.stored.values())
    assert chat.outcome.answered is not None
    assert chat.outcome.answered.shown == Text("answer.unkept")


def test_words_that_nothing_can_be_made_of_are_not_kept_either() -> None:
    chat = begun()
    chat.send("ada at example")
    assert chat.question.hint == Text("address.wrong")
    assert chat.outcome.is_unkept
    assert "ada at example" not in "".join(chat.stored.values())
    chat.send(SECRET)
    assert chat.said == ["address.made"]


def test_a_button_answers_and_hides_nothing() -> None:
    chat = begun()
    chat.choose("no")
    assert chat.said == ["address.none"]
    assert not chat.outcome.is_unkept
    chat = begun()
    chat.send("not now")
    assert chat.said == ["address.none"]
