from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.markup import blocks, inline, safe_address
from content.words import Span

ALLOWED = {"p", "br", "ul", "li", "strong", "em", "code", "a"}
hostile = st.text(alphabet="<>&\"'/= \nab-*\\:\u202e\u200f", max_size=40) | st.sampled_from(
    ["<script>alert(1)</script>", "</p><img src=x onerror=a>", "&lt;b&gt;", "- <b>", "{{ 7*7 }}"]
)
addresses = hostile | st.sampled_from(
    [
        "javascript:alert(1)",
        "JAVASCRIPT:x",
        " https://x",
        'https://x/"onclick=a',
        "//x",
        "/ok?a=1&b",
    ]
)
spans = st.lists(
    st.builds(Span, hostile, st.sampled_from(["", "bold", "italic", "code"]), addresses),
    max_size=5,
)


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Read:
    reader = Read()
    reader.feed(html)
    reader.close()
    return reader


@given(spans)
def test_whatever_words_hold_they_stay_words(given_spans: list[Span]) -> None:
    shown = read(str(inline(given_spans)))

    assert shown.tags <= ALLOWED
    assert shown.text == "".join(span.text for span in given_spans).replace("\n", "")
    assert {name for name, _ in shown.attributes} <= {"href", "rel"}
    for name, value in shown.attributes:
        assert name == "rel" or safe_address(value or "") == value


@given(spans)
def test_paragraphs_and_lists_lose_no_words(given_spans: list[Span]) -> None:
    shown = read("".join(map(str, blocks(given_spans))))
    wanted = "".join(span.text for span in given_spans)
    without_dashes = "\n".join(line.removeprefix("- ") for line in wanted.split("\n"))

    assert shown.tags <= ALLOWED
    assert "".join(shown.text.split()) == "".join(without_dashes.split())


def test_text_becomes_paragraphs_and_lists() -> None:
    written = (Span("Hello "), Span("you", "bold"), Span("\n\n- one\n- "), Span("two", "bold"))

    assert blocks((*written, Span("\nend"))) == [
        "<p>Hello <strong>you</strong></p>",
        "<ul><li>one</li><li><strong>two</strong></li></ul>",
        "<p>end</p>",
    ]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "data:text/html,x", "https://a b", "/\\evil", ""],
)
def test_addresses_that_may_not_stand_in_a_page(address: str) -> None:
    assert safe_address(address) == ""
