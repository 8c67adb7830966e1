"""What is kept about a person: told, shown, handed over and deleted."""

from __future__ import annotations

from bot.conversation import Attachment, Chat, Ending, Option, Pick, Text, flow, text_from_json
from bot.people.effects import Forget, KeepMe


@flow("privacy", version=1, commands=("privacy",), again="end")
async def privacy(chat: Chat) -> Ending:
    """Tell in one breath what is kept, with the ways to see and delete it."""
    notice = await chat.look("notice", "privacy_notice")
    options = (
        Option("mydata", Text("privacy.see.button")),
        Option("forget", Text("privacy.forget.button")),
        Option("notice", Text("privacy.notice.button"), url=notice["address"]),
        Option("complain", Text("privacy.complain.button")),
        Option("work", Text("privacy.work.button")),
    )
    return chat.start(str(await chat.ask("privacy", Pick(Text("privacy.text"), options))))


@flow("mydata", version=1, commands=("mydata",), again="end")
async def mydata(chat: Chat) -> Ending:
    """Show everything that is kept, to read and as a file."""
    kept = await chat.look("kept", "my_data")
    lines = tuple(text_from_json(line) for line in kept["lines"])
    values = {"name": "my-data.json", "media_type": "application/json", "source": "my_data"}
    file = Attachment("document", values)
    chat.say(Text("mydata.text", {"lines": lines}), attachments=(file,))
    return chat.start("menu")


@flow("forget", version=1, commands=("forget",), again="end")
async def forget(chat: Chat) -> Ending | None:
    """Delete everything, five minutes after the person says so."""
    options = (
        Option("yes", Text("forget.yes.button")),
        Option("no", Text("forget.no.button"), is_main=True),
        Option("see", Text("forget.see.button")),
    )
    answer = await chat.ask("sure", Pick(Text("forget.ask"), options))
    if answer != "yes":
        # They may have said yes and come back to this question: calls outlive a change of mind.
        await chat.call("kept", KeepMe())
    if answer == "see":
        return chat.start("mydata")
    if answer == "no":
        chat.say(Text("forget.kept"))
        return None
    await chat.call("forget", Forget())
    undo = Option("undo", Text("forget.undo.button"))
    await chat.ask("undo", Pick(Text("forget.due"), (undo,)))
    outcome = await chat.call("keep", KeepMe())
    chat.say(Text(f"forget.{outcome}"))
    return None
