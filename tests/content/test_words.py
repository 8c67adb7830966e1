import logging
import re
from datetime import date, time
from typing import Any

import pytest

from content.formats import FSI, PDI
from content.load import Content
from content.template import Span, Template, parse
from content.words import Entry, TextValue, Words


def words_with(shipped: Content, **more: Any) -> Words:
    """The shipped English texts and some more: "id" or "id__cy" to template or plural."""
    english = {text_id: text.entry for text_id, text in shipped.texts.items()}
    texts: dict[str, dict[str, Entry]] = {"en": english, "cy": {}, "ur": {}}
    for name, written in more.items():
        text_id, _, language = name.partition("__")
        entry = (
            parse(written)
            if isinstance(written, str)
            else {form: parse(words) for form, words in written.items()}
        )
        texts[language or "en"][text_id] = entry
    return Words(texts)


def test_values_are_put_in_literally(shipped: Content) -> None:
    words = words_with(shipped, hello="Hello **{name}**, `{name}`")
    spans = words.render(TextValue("hello", {"name": "**[x](https://bad.example)** {y}"}))
    assert spans == (
        Span("Hello "),
        Span("**[x](https://bad.example)** {y}", "bold"),
        Span(", "),
        Span("**[x](https://bad.example)** {y}", "code"),
    )


def test_a_text_may_be_a_value(shipped: Content) -> None:
    words = words_with(shipped, outer="Price: {price}.", inner="**{amount:money}** now")
    outer = TextValue("outer", {"price": TextValue("inner", {"amount": 45})})
    assert words.render(outer) == (Span("Price: "), Span("£45", "bold"), Span(" now."))


def test_a_tuple_of_texts_is_joined(shipped: Content) -> None:
    words = words_with(shipped, facts="{facts:lines}", chips="{facts:commas}", fact="- {x}")
    facts = tuple(TextValue("fact", {"x": x}) for x in ("a", "b"))
    assert words.plain(TextValue("facts", {"facts": facts})) == "- a\n- b"
    assert words.plain(TextValue("chips", {"facts": facts})) == "- a, - b"


def test_the_plural_is_that_of_the_language(shipped: Content) -> None:
    welsh = {"zero": "dim", "one": "un", "two": "dau", "few": "tri", "many": "chwech"}
    words = words_with(
        shipped,
        found={"one": "{count} course", "other": "{count} courses"},
        found__cy={**welsh, "other": "{count} cwrs"},
    )
    english = [words.plain(TextValue("found", {"count": n})) for n in (0, 1, 2)]
    cymraeg = [words.plain(TextValue("found", {"count": n}), "cy") for n in (0, 1, 2, 3, 6, 9)]
    assert english == ["0 courses", "1 course", "2 courses"]
    assert cymraeg == ["dim", "un", "dau", "tri", "chwech", "9 cwrs"]
    assert words.plain(TextValue("found")) == "… courses"


def test_a_missing_translation_is_english_throughout(shipped: Content) -> None:
    words = words_with(shipped, starts="Starts {day:day}", ends="Ends", ends__cy="Diwedd")
    starts = TextValue("starts", {"day": date(2027, 1, 12)})
    assert words.plain(starts, "cy") == "Starts Tuesday 12 January"
    assert words.language_of("starts", "cy") == "en"
    assert words.is_complete("cy", ["ends"])
    assert not words.is_complete("cy", ["ends", "starts"])
    assert words.is_complete("en", ["ends", "starts"])


def test_english_inside_urdu_is_isolated(shipped: Content) -> None:
    words = words_with(shipped, outer__ur="قیمت: {price}", outer="Price: {price}", inner="free")
    label = words.label(TextValue("outer", {"price": TextValue("inner")}), "ur")
    assert label == f"قیمت: {FSI}free{PDI}"
    assert words.plain(TextValue("outer", {"price": "x"}), "ur") == "قیمت: x"


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://a.example/b?c=d", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("mailto:a@b.example", False),
        ("https://a.example/ b", False),
        ('https://a.example/"onx', False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(shipped: Content, address: str, is_link: bool) -> None:
    words = words_with(shipped, link="[Open it]({address})")
    (span,) = words.render(TextValue("link", {"address": address}))
    assert span == Span("Open it", "", address if is_link else "")


def test_a_missing_text_is_logged_and_polite(
    shipped: Content, caplog: pytest.LogCaptureFixture
) -> None:
    words = words_with(shipped)
    with caplog.at_level(logging.ERROR):
        assert "Sorry" in words.plain(TextValue("no.such.text"))
    assert caplog.records[0].text_id == "no.such.text"  # type: ignore[attr-defined]


def test_developers_see_the_id_of_a_missing_text_and_the_name_of_a_missing_value(
    shipped: Content,
) -> None:
    words = Words({"en": {"a": parse("{x} b")}}, shows_missing=True)
    assert words.plain(TextValue("none")) == "[none]"
    assert words.plain(TextValue("a")) == "{x} b"


def test_texts_that_hold_each_other_end(shipped: Content) -> None:
    values: dict[str, Any] = {}
    loop = TextValue("loop", values)
    values["x"] = loop
    assert words_with(shipped, loop="a {x}").plain(loop).endswith("…")


def test_phrases_are_split_at_commas_of_every_script(shipped: Content) -> None:
    words = words_with(shipped, typed="menu,  main menu ,home", typed__ur="مینو، گھر")
    assert words.phrases("typed") == ("menu", "main menu", "home")
    assert words.phrases("typed", "ur") == ("مینو", "گھر")


def test_texts_can_be_listed(shipped: Content) -> None:
    words = words_with(shipped, hello="Hello")
    assert words.has("hello")
    assert "hello" in words.ids()
    assert words.entry("hello", "cy") is None


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
def test_every_text_is_shown_in_every_language(shipped: Content, language: str) -> None:
    examples: dict[str, Any] = {
        **dict.fromkeys(("date", "full_date", "day", "weekday", "moment"), date(2027, 1, 12)),
        **dict.fromkeys(("list", "either", "commas", "lines", "weekdays"), (1, 3)),
        "time": time(18, 30),
        "language": "ur",
        "": "Excel",
    }
    for text in shipped.texts.values():
        forms = [text.entry] if isinstance(text.entry, Template) else list(text.entry.values())
        slots = {slot for form in forms for slot in form.slots}
        values = {slot.name: examples.get(slot.format, 2) for slot in slots}
        shown = shipped.words.label(TextValue(text.id, values), language)
        assert shown.strip() or text.id == "list.separator", text.id
        assert not re.search(r"\{[a-z_]+(:[a-z_]+)?\}", shown), text.id


def test_a_text_still_says_what_it_said_or_does_not(shipped: Content) -> None:
    words = words_with(shipped, skill="Search and filter", skill__cy="Chwilio a hidlo")
    assert words.still_says("skill", "Search and filter")
    assert not words.still_says("skill", "Find things")
    assert not words.still_says("gone", "Search and filter")
