import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.template import Slot, Span, TemplateError, parse


def test_words_without_values_are_finished_when_parsed() -> None:
    assert parse("Say **yes** or _no_, `now`.").spans == (
        Span("Say "),
        Span("yes", "bold"),
        Span(" or "),
        Span("no", "italic"),
        Span(", "),
        Span("now", "code"),
        Span("."),
    )


def test_values_keep_their_name_and_format() -> None:
    template = parse("From {start:date} to {end:date} with {provider}")
    assert template.spans is None
    assert template.slots == {Slot("start", "date"), Slot("end", "date"), Slot("provider")}
    assert template.names == {"start", "end", "provider"}


def test_a_link_may_hold_values_in_its_words_and_its_address() -> None:
    template = parse("[Read {title}](https://a.example/{id}) or [all]({address}).")
    assert template.names == {"title", "id", "address"}
    assert template.runs[0].url == ("https://a.example/", Slot("id"))


def test_two_braces_stand_for_one() -> None:
    assert parse("{{x}}").spans == (Span("{x}"),)


def test_underscores_inside_words_are_not_italic() -> None:
    assert parse("snake_case_name and 2 * 3").spans == (Span("snake_case_name and 2 * 3"),)


def test_a_block_of_yaml_loses_its_last_newline() -> None:
    assert parse("One\n\nTwo\n").spans == (Span("One\n\nTwo"),)


@pytest.mark.parametrize(
    "source",
    ["{", "}", "a {Name}", "{x y}", "{x:}", "**open", "**a `b` c**", "[a](javascript:x)", "`x"],
)
def test_what_cannot_be_shown_is_refused(source: str) -> None:
    with pytest.raises(TemplateError):
        parse(source)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    try:
        template = parse(source)
    except TemplateError:
        return
    assert template.source == source.rstrip("\n")
