"""What the bot can do, and where its facts come from."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Link, Option, Pick, Text, Typed, flow


@flow("help", version=1, commands=("help",), again="end")
async def help_flow(chat: Chat) -> Ending:
    """Say how to use the bot, on one screen."""
    about = await chat.look("about", "about_city")
    options = (
        Option("discover", Text("help.find.button"), is_main=True),
        Option("pathways", Text("menu.routes.button")),
        Option("worth", Text("routes.worth.button")),
        Option("badges", Text("menu.badges.button")),
        Option("reminders", Text("menu.reminders.button")),
        Option("sources", Text("help.sources.button")),
        Option("privacy", Text("menu.privacy.button")),
        Option("complain", Text("privacy.complain.button")),
    )
    local = await chat.look("local", "local_examples")
    values = {"city": about["name"], "area": local["area"]}
    question = Pick(Text("help.text", values), options, accepts_text=True)
    answer = await chat.ask("help", question)
    if isinstance(answer, Typed):
        return chat.start("discover", wish=answer.text)
    return chat.start(answer)


@flow("sources", version=2, commands=("sources",), again="end")
async def sources(chat: Chat) -> Ending:
    """Name the source and licence of every fact set, and of every skills framework."""
    found = await chat.look("sources", "sources")
    lines = tuple(Text("sources.line", one) for one in found["lines"])
    options = (
        Option("skills", Text("sources.skills.button"), is_main=True),
        Option("page", Text("sources.page.button"), url=found["address"]),
    )
    await chat.ask("which", Pick(Text("sources.text", {"lines": lines}), options))
    for key in await chat.look("frameworks", "framework_sources"):
        one = await chat.look(f"framework.{key}", "framework_source", key)
        chat.say(Text(f"sources.{one['kind']}", one["values"]))
    page = Link(Text("sources.page.button"), found["address"])
    chat.say(Text("sources.crosswalk"), links=(page,))
    return chat.start("menu")
