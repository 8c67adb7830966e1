from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.entities import Styled, StyledText, divide, units

WORDS = st.text(st.sampled_from("ab \n\U0001f600\u0301\u200dé"), max_size=30)


def covered(styled: Styled) -> list[tuple[str, str]]:
    """Each entity's type and the words it covers."""
    encoded = styled.text.encode("utf-16-le")
    return [
        (e["type"], encoded[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le"))
        for e in styled.entities
    ]


def test_offsets_are_utf16_units() -> None:
    text = StyledText()
    text.add("\U0001f600 ")
    text.add("bold", "bold")
    text.add(" and ")
    text.add("a link \U0001f600", "", "https://example.org")
    styled = text.finish()
    assert styled.entities[0] == {"type": "bold", "offset": 3, "length": 4}
    assert covered(styled) == [("bold", "bold"), ("text_link", "a link \U0001f600")]


def test_space_at_the_edges_goes_without_moving_entities() -> None:
    text = StyledText()
    text.add("\n\n ")
    text.add("  bold  ", "bold")
    text.add("\n ")
    styled = text.finish()
    assert styled.text == "bold"
    assert covered(styled) == [("bold", "bold")]


def test_space_alone_has_no_style() -> None:
    text = StyledText()
    text.add("a")
    text.add(" ", "bold")
    text.add("b")
    assert text.finish() == Styled("a b")


@pytest.mark.parametrize("divider", ["\n\n", "\n", " "])
def test_a_long_text_is_divided_at_a_boundary(divider: str) -> None:
    parts = divide(Styled("x" * 3000 + divider + "y" * 3000))
    assert [part.text for part in parts] == ["x" * 3000, "y" * 3000]


def test_paragraphs_are_better_than_words() -> None:
    parts = divide(Styled("one two\n\nthree four five six"), longest=14)
    assert parts[0].text == "one two"


def test_a_styled_word_is_not_divided_where_it_can_be_helped() -> None:
    text = StyledText()
    text.add("plain words and ")
    text.add("a bold part", "bold")
    text.add(" and more")
    parts = divide(text.finish(), longest=24)
    assert parts[0].text == "plain words and"
    assert covered(parts[1]) == [("bold", "a bold part")]


def test_an_endless_styled_stretch_goes_on_in_the_next_part() -> None:
    text = StyledText()
    text.add("b" * 30, "bold")
    parts = divide(text.finish(), longest=20)
    assert [covered(part) for part in parts] == [[("bold", "b" * 20)], [("bold", "b" * 10)]]


def test_what_is_drawn_as_one_is_not_divided() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    parts = divide(Styled("x" * 15 + family), longest=20)
    assert [part.text for part in parts] == ["x" * 15, family]


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "bold", "italic"])), max_size=12))
def test_no_word_and_no_style_is_lost(spans: list[tuple[str, str]]) -> None:
    text = StyledText()
    for words, style in spans:
        text.add(words, style)
    whole = text.finish()
    parts = divide(whole, longest=16)
    squeezed = "".join("".join(part.text for part in parts).split())
    assert squeezed == "".join(whole.text.split())
    for part in parts:
        assert units(part.text) <= 16
        assert part.text == part.text.strip()
        for entity in part.entities:
            assert entity["length"] > 0
            assert 0 <= entity["offset"] <= units(part.text) - entity["length"]
        covered(part)
    bold = "".join(words for _, words in covered(whole))
    divided = "".join(words for part in parts for _, words in covered(part))
    assert "".join(divided.split()) == "".join(bold.split())
