"""What the bot can do, and where its facts come from."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Link, Option, Pick, Text, Typed, flow


@flow("help", version=1, commands=("help",), again="end")
async def help_flow(chat: Chat) -> Ending:
    """Say how to use the bot, on one screen."""
    about = await chat.look("about", "about_city")
    options = (
        Option("discover", Text("help.find.button"), is_main=True),
        Option("sources", Text("help.sources.button")),
        Option("privacy", Text("menu.privacy.button")),
    )
    local = await chat.look("local", "local_examples")
    values = {"city": about["name"], "area": local["area"]}
    question = Pick(Text("help.text", values), options, accepts_text=True)
    answer = await chat.ask("help", question)
    if isinstance(answer, Typed):
        return chat.start("discover", wish=answer.text)
    return chat.start(answer)


@flow("sources", version=1, commands=("sources",), again="end")
async def sources(chat: Chat) -> Ending:
    """Name the source and licence of every fact set."""
    found = await chat.look("sources", "sources")
    lines = tuple(Text("sources.line", one) for one in found["lines"])
    page = Link(Text("sources.page.button"), found["address"])
    chat.say(Text("sources.text", {"lines": lines}), links=(page,))
    return chat.start("menu")
