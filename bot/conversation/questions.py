"""Questions that offer a choice, and what every question has."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, TypeVar, overload

from bot.conversation import answers
from bot.conversation.cleaning import cap
from bot.conversation.messages import Text, Wants
from bot.conversation.reading import NotUnderstood, Reader, Reading, Understood
from bot.conversation.screen import Card, Option

MOST_TYPED = 500
"""UTF-16 units kept of words typed in place of a choice."""

T_co = TypeVar("T_co", covariant=True)


class Missing:
    """The stored answer does not fit the question."""


MISSING: Final = Missing()


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed at a choice where none of the options fits well, or a place shared there.

    Attributes:
        place: Latitude and longitude where a location was shared; the text is empty then.
    """

    text: str
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """An option chosen where text was asked for."""

    id: str


@dataclass(frozen=True)
class Question(Generic[T_co]):
    """What every question has. `stored` answers are JSON as they stand in the log."""

    text: Text

    kind: ClassVar[str] = "text"
    wants: ClassVar[Wants] = "text"
    keeps_words: ClassVar[bool] = True
    """Whether the words that somebody types there stay in the transcript."""

    @property
    def choices(self) -> tuple[Option, ...]:
        """What is offered to press."""
        return ()

    def restore(self, stored: Any) -> T_co | Missing:  # noqa: ARG002 - for overriding
        """Return the answer of a stored value, or MISSING where it does not fit."""
        raise TypeError(f"{type(self).__name__} cannot be asked")

    def press(self, option: str, stored: Any) -> Any | Missing:  # noqa: ARG002 - for overriding
        """Return the value to be stored for a press, or MISSING where there is no such option.

        Args:
            option: The option's id.
            stored: The answer stored so far, or None.
        """
        return option if any(o.id == option and not o.url for o in self.choices) else MISSING

    def read(self, typed: str, reader: Reader) -> Reading:  # noqa: ARG002 - for overriding
        """Return what was meant by words typed in answer."""
        raise TypeError(f"{type(self).__name__} cannot be asked")

    def locate(self, lat: float, lon: float) -> Any | Missing:  # noqa: ARG002 - for overriding
        """Return the value to be stored for a shared location, or MISSING."""
        return MISSING

    def show(self, stored: Any) -> Text:
        """Return the words that show a stored answer."""
        return answers.show(stored, self.choices)


@dataclass(frozen=True)
class Pick(Question[T_co]):
    """One of several; answers with the option's id.

    Attributes:
        accepts_text: Words that fit no option well answer too, as Typed.
        accepts_place: So does a shared location.
        progress: Questions done and about how many in all.
    """

    options: tuple[Option, ...]
    _: KW_ONLY
    cards: tuple[Card, ...] = ()
    accepts_text: bool = False
    accepts_place: bool = False
    progress: tuple[int, int] | None = None

    kind: ClassVar[str] = "choice"

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: Pick[str],
            text: Text,
            options: tuple[Option, ...],
            *,
            cards: tuple[Card, ...] = ...,
            accepts_text: Literal[False] = ...,
            progress: tuple[int, int] | None = ...,
        ) -> None: ...
        @overload
        def __init__(
            self: Pick[str | Typed],
            text: Text,
            options: tuple[Option, ...],
            *,
            cards: tuple[Card, ...] = ...,
            accepts_text: Literal[True],
            accepts_place: bool = ...,
            progress: tuple[int, int] | None = ...,
        ) -> None: ...
        def __init__(self, *_args: Any, **_kwargs: Any) -> None: ...

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def restore(self, stored: Any) -> T_co | Missing:
        """Accept an option that still exists, or typed words where they may answer."""
        answer: Any = MISSING
        if isinstance(stored, str):
            answer = stored if any(o.id == stored for o in self.options) else MISSING
        elif self.accepts_text and isinstance(stored, dict) and "typed" in stored:
            answer = Typed(stored["typed"])
        elif self.accepts_place and isinstance(stored, dict) and stored.get("kind") == "location":
            answer = Typed("", (stored["lat"], stored["lon"]))
        return answer  # type: ignore[no-any-return]  # the overloads promise T_co

    def read(self, typed: str, reader: Reader) -> Reading:
        """Match the words to the options."""
        reading = answers.read_choice(typed, self.options, reader, is_strict=self.accepts_text)
        if self.accepts_text and isinstance(reading, NotUnderstood) and typed:
            return Understood({"typed": cap(typed, MOST_TYPED)})
        return reading

    def locate(self, lat: float, lon: float) -> Any | Missing:
        """Take a shared location where it may answer."""
        if not self.accepts_place:
            return MISSING
        return {"name": "", "lat": lat, "lon": lon, "kind": "location"}


@dataclass(frozen=True)
class Many(Question[tuple[str, ...]]):
    """Some of several, each press adding or removing one; answers with their ids in order.

    Attributes:
        least: How many must be chosen before it can be answered.
        most: How many may be chosen; None for all.
    """

    options: tuple[Option, ...]
    _: KW_ONLY
    cards: tuple[Card, ...] = ()
    least: int = 0
    most: int | None = None
    progress: tuple[int, int] | None = None

    kind: ClassVar[str] = "many"

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    def picked(self, stored: Any) -> tuple[str, ...]:
        """Return the ids chosen so far, in the order of the options."""
        chosen = stored.get("picked", ()) if isinstance(stored, dict) else ()
        return tuple(option.id for option in self.options if option.id in chosen)

    def restore(self, stored: Any) -> tuple[str, ...] | Missing:
        """Accept a finished choice of which enough options still exist."""
        if not isinstance(stored, dict) or not stored.get("done"):
            return MISSING
        picked = self.picked(stored)
        lost_all = bool(stored.get("picked")) and not picked
        return picked if self._is_enough(picked) and not lost_all else MISSING

    def press(self, option: str, stored: Any) -> Any | Missing:
        """Add or remove an option, or finish with "-done"."""
        picked = self.picked(stored)
        if option == "-done":
            return {"picked": list(picked), "done": True} if self._is_enough(picked) else MISSING
        if not any(o.id == option and not o.url for o in self.options):
            return MISSING
        kept = [one for one in picked if one != option]
        return {"picked": kept if option in picked else [*kept, option]}

    def read(self, typed: str, reader: Reader) -> Reading:
        """Match each part of a list, such as "1, 3 and excel"; all of it must be clear."""
        reading = answers.read_several(typed, self.options, reader)
        if isinstance(reading, Understood) and not self._is_enough(reading.value["picked"]):
            return NotUnderstood()
        return reading

    def _is_enough(self, picked: tuple[str, ...] | list[str]) -> bool:
        return len(picked) >= self.least and (self.most is None or len(picked) <= self.most)


@dataclass(frozen=True)
class YesNo(Question[bool]):
    """Yes or no."""

    _: KW_ONLY
    progress: tuple[int, int] | None = None

    kind: ClassVar[str] = "yesno"

    @property
    def choices(self) -> tuple[Option, ...]:
        """Yes, then no."""
        return answers.YES_NO

    def restore(self, stored: Any) -> bool | Missing:
        """Accept yes and no."""
        return (
            {"yes": True, "no": False}.get(stored, MISSING) if isinstance(stored, str) else MISSING
        )

    def read(self, typed: str, reader: Reader) -> Reading:
        """Read yes and no in every shipped language."""
        return answers.read_yes_no(typed, reader)
