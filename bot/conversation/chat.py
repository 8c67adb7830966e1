"""What a flow sees of the person: ask, say, look, do, call, run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.conversation.effects import Effect, Refusal
from bot.conversation.messages import Attachment, Text, Value
from bot.conversation.questions import Question
from bot.conversation.registry import Flow
from bot.conversation.screen import Card, Link, Say

if TYPE_CHECKING:
    from bot.conversation.walk import Walk

T = TypeVar("T")


class Halt:
    """Suspends the flow for good: the turn ends here."""

    def __await__(self) -> Generator[Halt, None, None]:
        yield self


HALT: Final = Halt()


@dataclass(frozen=True, slots=True)
class Ending:
    """What a flow returns to go on in another flow.

    Attributes:
        flow: The name of the flow that starts next.
        args: Its arguments, as JSON.
        session: The id of a session to carry on instead of starting a flow.
    """

    flow: str
    args: Mapping[str, Any] = field(default_factory=dict)
    session: str = ""


class Chat:
    """The person as a flow sees them. Made by the engine, one for each turn.

    Attributes:
        person: A reference to the person, never a name.
        city: The id of the city.
        language: The language that words are shown in.
        roles: The roles of the person when the session began.
        folded: What the flow's compact hook made of answers that went.
    """

    __slots__ = ("_prefix", "_walk", "city", "folded", "language", "person", "roles")

    def __init__(self, walk: Walk, prefix: str = "") -> None:
        opening = walk.session.opening
        self.person = opening.person
        self.city = opening.city
        self.language = opening.language
        self.roles = opening.roles
        self.folded = walk.session.folded
        self._walk = walk
        self._prefix = prefix

    @property
    def now(self) -> datetime:
        """The time of the newest act on the way here, aware, in the city's time zone."""
        return self._walk.now

    async def ask(self, key: str, question: Question[T]) -> T:
        """Ask, and return the answer.

        Args:
            key: Names the question; once in a conversation. In a loop it carries the item.
            question: What is asked.
        """
        answer = self._walk.answer(self._prefix + key, question)
        if answer is HALT:
            await HALT
        return answer  # type: ignore[no-any-return]  # restored by the question itself

    def say(
        self,
        text: Text | str,
        /,
        *,
        attachments: tuple[Attachment, ...] = (),
        cards: tuple[Card, ...] = (),
        links: tuple[Link, ...] = (),
        **values: Value,
    ) -> None:
        """Say something.

        Args:
            text: A text, or a text id whose values are given by name.
            attachments: What is sent beside the words.
            cards: Results to show.
            links: Addresses to open.
            values: What the text is filled with.
        """
        told = Text(text, values) if isinstance(text, str) else text
        self._walk.say(Say(told, attachments, cards, links))

    async def look(self, key: str, name: str, *args: Any) -> Any:
        """Look something up, and return it as JSON of at most 2 kB.

        What a look returned stays the same behind an answer. It is read again when it is the
        newest thing on the screen and over 30 minutes old.
        """
        return self._walk.look(self._prefix + key, name, args)

    def do(self, key: str, effect: Effect) -> str | None:
        """Have something done when the turn is stored.

        Returns:
            The text id of the reason where it was refused, else None. A refused effect makes the
            flow play again at once, so that it can say so.
        """
        return self._walk.do(self._prefix + key, effect)

    def refusal(self, key: str) -> str | None:
        """Return the text id of the reason why the effect of that key was refused, if it was."""
        return self._walk.refusal(self._prefix + key)

    async def call(self, key: str, effect: Effect) -> Any:
        """Have something done now, and return its result as JSON, or a Refusal."""
        result = self._walk.call(self._prefix + key, effect)
        if result is HALT:
            await HALT
        return Refusal(result["refused"]) if "refused" in result else result["result"]

    async def run(
        self, key: str, child: Flow | Callable[..., Awaitable[Any]], /, **args: Any
    ) -> Any:
        """Run another flow inside this one, its keys behind `key/`; return what it returns."""
        self._walk.enter(self._prefix + key)
        function = child.function if isinstance(child, Flow) else child
        return await function(Chat(self._walk, f"{self._prefix}{key}/"), **args)

    def start(self, flow_name: str, /, **args: Any) -> Ending:
        """Return an ending that goes on in another flow: `return chat.start("saved")`."""
        return Ending(flow_name, args)

    def carry_on(self, session: str, /) -> Ending:
        """Return an ending that goes on in another session of the person, where it was left."""
        return Ending("", session=session)
