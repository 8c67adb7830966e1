"""What a questionnaire is given on purpose: hostile words, levels nobody asked for, very much."""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.plain import to_text
from bot.conversation.walk import LOOK_LENGTH
from bot.questionnaires.effects import AnswerQuestion
from bot.questionnaires.records import Key
from tests.flows.test_questionnaire import answers, begun, talk, to_roles
from tests.support.small_city import SmallCity


@pytest.fixture
def city() -> SmallCity:
    return SmallCity()


@pytest.mark.parametrize(
    "words", ["<b>x</b>", "=HYPERLINK(1)", "'; DROP TABLE response;--", "\u202eevil", "🙂" * 300]
)
def test_hostile_words_are_kept_as_words(city: SmallCity, words: str) -> None:
    response = begun(city)
    chat = talk(city)
    chat.start("questionnaire", response=response)
    chat.choose("10-49")
    chat.choose("care")
    chat.send(words)
    kept = answers(city, response).get(Key("place"))
    assert kept is None or "\u202e" not in kept


def test_cells_of_rows_that_nobody_asked_about_are_refused(city: SmallCity) -> None:
    response = begun(city)
    chat = talk(city)
    chat.start("questionnaire", response=response)
    to_roles(chat)
    role = chat.options[0]
    chat.choose(role)
    chat.choose("-done")
    keep = city.employers.effects()["AnswerQuestion"]
    told = keep(AnswerQuestion(response, "skills", role, (("digcomp3:9.9", 0, 4),)))
    assert told is not None
    told = keep(AnswerQuestion(response, "skills", role, (("digcomp3:1.3", 0, 99),)))
    assert told is not None
    assert Key("skills", role) not in answers(city, response)


def test_the_longest_answers_fit_on_every_screen(city: SmallCity) -> None:
    """A look holds 2 kB: six roles with all their skills, and words as long as they may be."""
    response = begun(city)
    looks, keep = city.employers.looks(), city.employers.effects()["AnswerQuestion"]
    step = looks["questionnaire_step"](response, [])
    while step["kind"] != "end":
        assert len(to_text(step)) <= LOOK_LENGTH
        question, item = step["key"]
        ids = step["options"]["ids"] if step["options"] else []
        given: Any = {
            "choice": ids[-1:] and ids[-1],
            "several": (*ids[:5], "=" + "ö" * 100) if step["other"] else tuple(ids[:5]),
            "number": "100000",
            "grid": tuple((row[0], 1, 4) for row in step["rows"]),
            "text": f"a{item}@example.org" if question == "email" else "ö" * 50,
            "place": "ö" * 100,
        }[step["kind"]]
        given = {"from": "both", "contact-wanted": "yes", "website": None}.get(question, given)
        told = keep(AnswerQuestion(response, question, item, given))
        assert told is None or "error" not in told, question
        step = looks["questionnaire_step"](response, [])
    found = looks["questionnaire_review"](response, 0)
    for page in range(found["pages"]):
        assert len(to_text(looks["questionnaire_review"](response, page))) <= LOOK_LENGTH
