"""The CV as files: what is handed over, where, and while it is on alone."""

from __future__ import annotations

from bot.conversation.messages import Attachment
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity

RESUME, RECORD, ZIP = "resume.json", "clr.json", "my-badges.zip"


def built(channel: str = "telegram", *, has_badge: bool = True, is_on: bool = True) -> ScriptedChat:
    """Somebody with interests on a CV, and perhaps a badge."""
    city = SmallCity()
    city.cv.context.channel = channel
    city.cv.kept.say("person-1", "manchester", "interests", "old trains")
    if has_badge:
        city.cv.kept.award("Getting online")
        city.cv.kept.choose("person-1", "manchester", "badges", ["badge1"])
    if is_on:
        city.cv.kept.switch("person-1", "manchester", is_on=True)
    chat = city.chat()
    chat.send("/cv")
    return chat


def attached(chat: ScriptedChat) -> list[Attachment]:
    return [one for say in chat.outcome.screen.says for one in say.attachments]


def linked(chat: ScriptedChat) -> list[str]:
    return [link.url for say in chat.outcome.screen.says for link in say.links]


def test_while_it_is_on_all_files_come_in_the_language_of_the_chat() -> None:
    chat = built()
    chat.choose("files")
    assert chat.said == ["cv.files_on"]
    assert [one.values["name"] for one in attached(chat)] == [RESUME, RECORD, ZIP]
    assert {one.values["language"] for one in attached(chat)} == {"en"}


def test_while_it_is_off_only_the_badges_come() -> None:
    chat = built(is_on=False)
    chat.choose("files")
    assert chat.said == ["cv.files"]
    assert [one.values["name"] for one in attached(chat)] == [ZIP]
    assert "files" not in built(is_on=False, has_badge=False).options


def test_without_badges_there_is_the_cv_alone() -> None:
    chat = built(has_badge=False)
    chat.choose("files")
    assert chat.said == ["cv.files_alone"]
    assert [one.values["name"] for one in attached(chat)] == [RESUME]


def test_a_browser_gets_them_from_the_page_and_only_while_that_is_on() -> None:
    chat = built("web")
    chat.choose("files")
    page = f"https://bot.example/cv/{'1'.rjust(22, 't')}"
    assert not attached(chat)
    assert linked(chat) == [
        f"{page}/resume.json?lang=en",
        f"{page}/clr.json",
        f"{page}/credentials.zip",
    ]
    assert "files" not in built("web", is_on=False).options
