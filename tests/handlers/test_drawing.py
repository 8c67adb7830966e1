from __future__ import annotations

from bot.conversation.messages import Card, Choice, Message, Span
from bot.handlers.drawing import Drawing
from bot.handlers.entities import Styled
from bot.handlers.links import Links
from content.words import Words
from tests.handlers.test_entities import covered


def draw(words: Words, message: Message, *, is_plain: bool = False) -> Styled:
    return Drawing(words, Links("https://learn.example.org")).draw(message, is_plain=is_plain)


RESULTS = Message(
    (Span("2 courses for "), Span("excel", "bold")),
    cards=(
        Card(
            (Span("Excel <b>&amp; more"),),
            ((Span("Tuesdays, 6:30pm"),), (Span("Free"), Span(" for most", "italic"))),
            "c1",
            "/courses/1",
        ),
        Card((Span("Cooking"),)),
    ),
)


def test_cards_are_numbered_bold_titles_with_their_facts(words: Words) -> None:
    styled = draw(words, RESULTS)
    assert styled.text == (
        "2 courses for excel\n\n"
        "1. Excel <b>&amp; more\nTuesdays, 6:30pm\nFree for most\n\n"
        "2. Cooking"
    )
    assert covered(styled) == [
        ("bold", "excel"),
        ("bold", "1. "),
        ("bold", "Excel <b>&amp; more"),
        ("text_link", "Excel <b>&amp; more"),
        ("italic", " for most"),
        ("bold", "2. "),
        ("bold", "Cooking"),
    ]
    assert styled.entities[3]["url"] == "https://learn.example.org/courses/1"


def test_plain_words_have_no_entities_but_the_same_words(words: Words) -> None:
    plain = draw(words, RESULTS, is_plain=True)
    assert plain.entities == ()
    assert plain.text == draw(words, RESULTS).text


def test_a_link_that_telegram_refuses_is_spelled_out(words: Words) -> None:
    refused = Message((Span("our page", url="http://localhost/x"),))
    assert draw(words, refused) == Styled("our page (http://localhost/x)")
    taken = Message((Span("our page", url="https://example.org/x"),))
    assert draw(words, taken, is_plain=True) == Styled("our page (https://example.org/x)")
    button = Message((Span("Apply"),), choices=(Choice("a", "Apply here", "http://localhost/a"),))
    assert draw(words, button).text == "Apply\n\nApply here: http://localhost/a"


def test_progress_is_shown_in_the_language_of_the_message(words: Words) -> None:
    message = Message((Span("How sure are you?"),), progress=(4, 12))
    styled = draw(words, message)
    assert styled.text == "about 8 left\n\nHow sure are you?"
