"""A problem in an employer's own words: said back, asked about where it is only guessed at."""

from __future__ import annotations

import pytest

from bot.questionnaires.records import Key
from tests.flows.test_questionnaire import answers, begun, talk
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity

GUESSED = "email suspicious"


@pytest.fixture
def city() -> SmallCity:
    return SmallCity()


@pytest.fixture
def response(city: SmallCity) -> str:
    return begun(city, "quick-needs")


@pytest.fixture
def chat(city: SmallCity, response: str) -> ScriptedChat:
    chat = talk(city)
    chat.start("questionnaire", response=response)
    chat.choose("care")
    chat.choose("10-49")
    return chat


def kept(city: SmallCity, response: str) -> str:
    return str(answers(city, response)[Key("problem")])


def test_what_was_understood_is_said_with_the_reason(chat: ScriptedChat) -> None:
    chat.send("staff keep falling for scam e-mails")
    assert "questionnaires.understood" in chat.said
    chat.send("12")
    chat.send("M14")
    assert chat.options[:2] == ["in-person", "online"], "they were asked on"


def test_a_guess_is_used_once_it_was_meant(
    city: SmallCity, chat: ScriptedChat, response: str
) -> None:
    chat.send(GUESSED)
    assert chat.last.text_id == "questionnaires.did_you_mean"
    chat.choose("meant")
    words = kept(city, response)
    assert words == f"{GUESSED} (Scams)"
    matching = city.employers.context.around.matching
    [reading] = matching.reader(city.employers.context.content).read(words)
    assert (reading.problem, reading.is_sure) == ("scams", True)


def test_a_guess_that_was_not_meant_leaves_the_words_alone(
    city: SmallCity, chat: ScriptedChat, response: str
) -> None:
    chat.send(GUESSED)
    chat.choose("go_on")
    assert kept(city, response) == GUESSED


def test_it_can_be_said_in_other_words(city: SmallCity, chat: ScriptedChat, response: str) -> None:
    chat.send("zzz qqq")
    assert chat.last.text_id == "questionnaires.not_understood"
    chat.choose("again")
    chat.send("we want to use AI safely")
    assert "questionnaires.understood" in chat.said
    assert kept(city, response) == "we want to use AI safely"


def test_whoever_types_on_says_it_in_other_words(
    city: SmallCity, chat: ScriptedChat, response: str
) -> None:
    chat.send("zzz qqq")
    chat.send(GUESSED)
    assert chat.last.text_id == "questionnaires.did_you_mean"
    chat.send("staff keep falling for scam e-mails")
    assert "questionnaires.understood" in chat.said
    assert kept(city, response) == "staff keep falling for scam e-mails"
