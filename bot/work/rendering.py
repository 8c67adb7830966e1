"""Turning what a turn shows into messages in a person's language, the same for every channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.messages import Attachment, Card, Choice, Message, Rich, Span, Text
from bot.conversation.screen import Answered, AskedQuestion, Link, Option, Say, Screen
from bot.conversation.screen import Card as CardOfTexts
from content.words import Words

PARAGRAPH = Span("\n\n")
LINE = Span("\n")


class Renderer:
    """Renders in one language.

    Args:
        words: All texts.
        language: The person's language; each text without a translation is English.
        person: Whose documents are attached.
    """

    def __init__(self, words: Words, language: str, person: str = "") -> None:
        self._words = words
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
            text=(*self._rich(answered.text), LINE, *shown),
            language=self._language,
            kind="answered",
            key=answered.key,
            nonce=answered.nonce,
            choices=self._choices((answered.change,)),
        )

    def closed(self, text: Text) -> Message:
        """Return a line that is no part of a conversation, such as "that question is closed"."""
        return Message(text=self._rich(text), language=self._language, kind="closed")

    def notice(self, text: Text) -> Message:
        """Return a line of the bot's own."""
        return Message(text=self._rich(text), language=self._language)

    def _attached(self, attachment: Attachment) -> Attachment:
        """Say whose document it is: a flow cannot name anybody's but the person's own."""
        if attachment.kind != "document":
            return attachment
        return replace(attachment, values={**attachment.values, "person": self._person})

    def _rich(self, text: Text) -> Rich:
        rendered = self._words.render(text, self._language)
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
                tuple(self._rich(fact) for fact in card.facts),
                card.choice,
                card.url,
            )
            for card in cards
        )
