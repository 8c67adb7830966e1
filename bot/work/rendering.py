"""Turning what a turn shows into messages in a person's language, the same for every channel."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from bot.conversation.messages import Attachment, Card, Choice, Drawn, Message, Rich, Span, Text
from bot.conversation.plain import text_from_json
from bot.conversation.screen import Answered, AskedQuestion, Link, Option, Say, Screen
from bot.conversation.screen import Card as CardOfTexts
from content.words import Words

PARAGRAPH = Span("\n\n")
LINE = Span("\n")
LONGEST_ANSWERED = 90
"""Letters of an answered question that are still shown: its answer is what matters now."""

Draw: TypeAlias = Callable[[str, tuple[Any, ...]], Any]
"""Looks up what a message shows: (name of the look, arguments) -> JSON."""


def _draws_nothing(name: str, args: tuple[Any, ...]) -> Any:
    raise LookupError(f"nothing draws {name!r} of {args!r} here")


class Renderer:
    """Renders in one language.

    Args:
        words: All texts.
        language: The person's language; each text without a translation is English.
        person: Whose documents are attached.
        public_url: The bot's address, to which its own pages are added.
        draw: Looks up what is only shown.
    """

    def __init__(
        self,
        words: Words,
        language: str,
        person: str = "",
        public_url: str = "",
        draw: Draw = _draws_nothing,
    ) -> None:
        self._words = words
        self._public_url = public_url
        self._draw = draw
        self._language = language
        self._person = person

    def screen(self, screen: Screen) -> tuple[Message, ...]:
        """Return what was said, then the question, one message each."""
        says = tuple(self.say(say) for say in screen.says)
        return says if screen.question is None else (*says, self.question(screen.question))

    def say(self, say: Say) -> Message:
        """Return one message that asks nothing."""
        return Message(
            text=self._rich(say.text),
            language=self._language,
            cards=self._cards(say.cards),
            choices=self._links(say.links),
            attachments=tuple(self._attached(one) for one in say.attachments),
        )

    def changed(self, say: Say) -> Message:
        """Return what was said before and now reads differently."""
        return self.say(replace(say, text=Text("conversation.changed", {"words": say.text})))

    def question(self, question: AskedQuestion) -> Message:
        """Return a question with its buttons; what the engine adds (Back, Menu) comes last."""
        text = self._rich(question.text)
        if question.hint is not None:
            text = (*self._rich(question.hint), PARAGRAPH, *text)
        return Message(
            text=text,
            language=self._language,
            kind="question",
            key=question.key,
            nonce=question.nonce,
            cards=self._cards(question.cards),
            choices=(
                *self._choices(question.options, question.picked),
                *self._choices(question.extras),
            ),
            wants=question.wants,
            progress=question.progress,
        )

    def answered(self, answered: Answered) -> Message:
        """Return a question that shows its answer and one button to change it."""
        shown = tuple(replace(span, style="bold") for span in self._rich(answered.shown))
        return Message(
            text=(*_first_line(self._rich(answered.text)), LINE, *shown),
            language=self._language,
            kind="answered",
            key=answered.key,
            nonce=answered.nonce,
            choices=self._choices((answered.change,) if answered.change else ()),
        )

    def closed(self, text: Text) -> Message:
        """Return a line that is no part of a conversation, such as "that question is closed"."""
        return Message(text=self._rich(text), language=self._language, kind="closed")

    def notice(self, text: Text) -> Message:
        """Return a line of the bot's own."""
        return Message(text=self._rich(text), language=self._language)

    def _attached(self, attachment: Attachment) -> Attachment:
        """Say whose it is: a flow cannot name anybody's but the person's own."""
        own = {"person": self._person}
        if attachment.kind == "picture":
            own["language"] = self._language
        elif attachment.kind != "document":
            return attachment
        return replace(attachment, values={**attachment.values, **own})

    def _rich(self, text: Text) -> Rich:
        rendered = self._words.render(self._resolved(text), self._language)
        return tuple([Span(span.text, span.style, span.url) for span in rendered])

    def _choices(
        self, options: Iterable[Option], picked: tuple[str, ...] = ()
    ) -> tuple[Choice, ...]:
        return tuple(
            [
                Choice(option.id, self._label(option, picked), option.url, option.is_main)
                for option in options
            ]
        )

    def _label(self, option: Option, picked: tuple[str, ...]) -> str:
        text = Text("work.picked", {"label": option.text}) if option.id in picked else option.text
        return self._words.label(text, self._language)

    def _links(self, links: tuple[Link, ...]) -> tuple[Choice, ...]:
        return tuple(
            Choice(f"link.{number}", self._words.label(link.text, self._language), link.url)
            for number, link in enumerate(links)
        )

    def _cards(self, cards: tuple[CardOfTexts, ...]) -> tuple[Card, ...]:
        return tuple(
            Card(
                self._rich(card.title),
                tuple(self._rich(fact) for fact in self._facts(card)),
                card.choice,
                self._public_url + card.url if card.url.startswith("/") else card.url,
            )
            for card in cards
        )

    def _facts(self, card: CardOfTexts) -> Iterable[Text]:
        for fact in card.facts:
            if isinstance(fact, Drawn):
                yield from self._drawn(fact)
            else:
                yield fact

    def _resolved(self, text: Text) -> Text:
        """Return the text with what it shows looked up."""
        values = {name: self._value(value) for name, value in text.values.items()}
        return Text(text.id, values)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Drawn):
            return self._drawn(value)
        if isinstance(value, Text):
            return self._resolved(value) if value.values else value
        return value

    def _drawn(self, drawn: Drawn) -> Any:
        found = self._draw(drawn.look, drawn.args)
        if isinstance(found, list):
            return tuple(text_from_json(one) for one in found)
        return found if isinstance(found, str) else text_from_json(found)


def _first_line(rich: Rich) -> Rich:
    """Shorten to the first line."""
    kept: list[Span] = []
    left = LONGEST_ANSWERED
    for span in rich:
        line, newline, _ = span.text.partition("\n")
        if len(line) > left:
            line = line[:left].rsplit(" ", 1)[0] + "…"
            newline = "\n"
        kept.append(replace(span, text=line))
        left -= len(line)
        if newline:
            break
    return tuple(kept)
