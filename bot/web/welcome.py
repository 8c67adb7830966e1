"""The first screen of a first visit, drawn without storing anything about anybody.

It shows what the flow "start" asks first, with the same option ids, so that a press on it can be
handed to that question once the chat has begun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.conversation.messages import Choice, Message, Span, Text, Value
from bot.web.ports import FirstScreen
from content.load import Content

LANGUAGES = {"english": "en", "welsh": "cy", "urdu": "ur"}


def first_screen(content: Callable[[], Content]) -> FirstScreen:
    """Return what draws the first screen for a language and a city ("" for none named)."""

    def draw(language: str, city: str) -> Sequence[Message]:
        words = content().words
        kept = Text("start.kept")
        hello = Text("start.hello_any", {"kept": kept})
        chosen = content().cities.get(city)
        if chosen is not None:
            operator = chosen.operator
            whose = Text("start.whose", {"operator": operator})
            values: dict[str, Value] = {
                "city": chosen.named(language),
                "whose": whose if operator else Text("start.whose_trial"),
                "kept": kept,
            }
            hello = Text("start.hello", values)
        spans = tuple(
            Span(span.text, span.style, span.url) for span in words.render(hello, language)
        )
        names = (*LANGUAGES, "more")
        choices = tuple(
            Choice(name, words.short(f"start.{name}.button", language)) for name in names
        )
        shown = words.language_of(hello.id, language)
        return (Message(spans, shown, kind="question", key="language", choices=choices),)

    return draw
