from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.messages import Card, Choice, Message, Span
from bot.errors import Undeliverable
from bot.handlers.keyboards import inline_keyboard, label_width
from bot.handlers.links import Links

LINKS = Links("https://learn.example.org")


def labels(message: Message, *, is_plain: bool = False) -> list[list[str]]:
    return [[button["text"] for button in row] for row in rows(message, is_plain=is_plain)]


def rows(message: Message, *, is_plain: bool = False) -> list[list[dict[str, Any]]]:
    keyboard = inline_keyboard(message, LINKS, is_plain=is_plain)
    return [] if keyboard is None else keyboard["inline_keyboard"]


def question(*choices: Choice, cards: tuple[Card, ...] = ()) -> Message:
    return Message((Span("?"),), nonce="nonce", choices=choices, cards=cards)


def named(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"o{number}", name) for number, name in enumerate(names))


@pytest.mark.parametrize(
    ("names", "drawn"),
    [
        (["Back", "Menu"], [["Back", "Menu"]]),
        (["Find a course", "Back"], [["Find a course", "Back"]]),
        (
            ["Something to learn today", "Back", "Menu"],
            [["Something to learn today"], ["Back", "Menu"]],
        ),
        (["1", "2", "3", "4", "5", "6"], [["1", "2", "3", "4", "5"], ["6"]]),
        (["Yes", "No", "Not sure at all"], [["Yes", "No"], ["Not sure at all"]]),
    ],
)
def test_buttons_share_rows_as_their_words_allow(names: list[str], drawn: list[list[str]]) -> None:
    assert labels(question(*named(*names))) == drawn


def test_back_and_menu_share_the_last_row() -> None:
    choices = (*named("Map", "To results"), Choice("-back", "Back"), Choice("-menu", "Menu"))
    assert labels(question(*choices)) == [["Map", "To results"], ["Back", "Menu"]]


def test_the_main_choice_has_a_row_of_its_own() -> None:
    message = question(Choice("a", "Yes", is_main=True), Choice("b", "No"), Choice("c", "Back"))
    assert labels(message) == [["Yes"], ["No", "Back"]]


def test_a_link_is_a_button_if_telegram_takes_it() -> None:
    taken = question(Choice("a", "Apply", url="/courses/1/apply"))
    assert rows(taken) == [[{"text": "Apply", "url": "https://learn.example.org/courses/1/apply"}]]
    assert rows(taken, is_plain=True) == []
    for url in ("http://localhost/x", "javascript:alert(1)", "https://[bad", "mailto:a@b.org"):
        assert rows(question(Choice("a", "Apply", url=url))) == []


def test_cards_are_opened_by_their_numbers() -> None:
    cards = (
        Card((Span("Excel for beginners"),), choice="c1"),
        Card((Span("Cooking"),), choice="c2"),
        Card((Span("No choice"),)),
    )
    message = question(Choice("c2", "Open cooking"), Choice("back", "Back"), cards=cards)
    assert labels(message) == [["1. Excel for beginners"], ["2. Open cooking"], ["Back"]]


def test_a_long_label_is_cut() -> None:
    (((label,),),) = (labels(question(Choice("a", "x" * 100))),)
    assert len(label) == 64


def test_a_choice_that_cannot_be_packed_is_undeliverable() -> None:
    with pytest.raises(Undeliverable):
        inline_keyboard(Message((Span("?"),), choices=named("Yes")), LINKS, is_plain=False)


def test_no_buttons_no_keyboard() -> None:
    assert inline_keyboard(Message((Span("Hi"),)), LINKS, is_plain=False) is None


def test_width() -> None:
    assert label_width("Menu") == 4
    assert label_width("e\u0301") == 1
    assert label_width("\u8a9e") == 2
