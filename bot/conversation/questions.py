"""The questions that a flow can ask, and what counts as an answer to each."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
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
    """Words typed at a choice where none of the options fits well."""

    text: str


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
        progress: Questions done and about how many in all.
    """

    options: tuple[Option, ...]
    _: KW_ONLY
    cards: tuple[Card, ...] = ()
    accepts_text: bool = False
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
        return answer  # type: ignore[no-any-return]  # the overloads promise T_co

    def read(self, typed: str, reader: Reader) -> Reading:
        """Match the words to the options."""
        reading = answers.read_choice(typed, self.options, reader, is_strict=self.accepts_text)
        if self.accepts_text and isinstance(reading, NotUnderstood) and typed:
            return Understood({"typed": cap(typed, MOST_TYPED)})
        return reading


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
class AskText(Question[T_co]):
    """Words; answers with them, or with Picked where options are offered beside.

    Attributes:
        max_length: In UTF-16 units.
    """

    _: KW_ONLY
    max_length: int = 500
    options: tuple[Option, ...] = ()
    progress: tuple[int, int] | None = None

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: AskText[str],
            text: Text,
            *,
            max_length: int = ...,
            options: tuple[()] = ...,
            progress: tuple[int, int] | None = ...,
        ) -> None: ...
        @overload
        def __init__(
            self: AskText[str | Picked],
            text: Text,
            *,
            max_length: int = ...,
            options: tuple[Option, ...],
            progress: tuple[int, int] | None = ...,
        ) -> None: ...
        def __init__(self, *_args: Any, **_kwargs: Any) -> None: ...

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options beside the text."""
        return self.options

    def restore(self, stored: Any) -> T_co | Missing:
        """Accept words that are not too long, or an option that still exists."""
        answer: Any = MISSING
        if isinstance(stored, str):
            answer = stored if answers.fits_length(stored, self.max_length) else MISSING
        elif isinstance(stored, dict) and any(o.id == stored.get("picked") for o in self.options):
            answer = Picked(stored["picked"])
        return answer  # type: ignore[no-any-return]  # the overloads promise T_co

    def press(self, option: str, stored: Any) -> Any | Missing:
        """Store the option apart from words."""
        found = super().press(option, stored)
        return found if isinstance(found, Missing) else {"picked": found}

    def read(self, typed: str, reader: Reader) -> Reading:
        """Take the words, unless they are plainly an option's."""
        if self.options:
            chosen = answers.read_choice(typed, self.options, reader, is_strict=True)
            if isinstance(chosen, Understood):
                return Understood({"picked": chosen.value})
        return answers.read_text(typed, self.max_length)


@dataclass(frozen=True)
class AskNumber(Question[int]):
    """A whole number from `low` to `high`, both allowed."""

    low: int = 0
    high: int = 1_000_000
    _: KW_ONLY
    options: tuple[Option, ...] = ()
    progress: tuple[int, int] | None = None

    kind: ClassVar[str] = "number"

    @property
    def choices(self) -> tuple[Option, ...]:
        """Numbers to press; their ids are the numbers."""
        return self.options

    def restore(self, stored: Any) -> int | Missing:
        """Accept a number inside the bounds."""
        number = stored.get("number") if isinstance(stored, dict) else None
        is_right = isinstance(number, int) and self.low <= number <= self.high
        return number if is_right and number is not None else MISSING

    def press(self, option: str, stored: Any) -> Any | Missing:
        """Store the number that the option's id is."""
        found = super().press(option, stored)
        return found if isinstance(found, Missing) else {"number": int(option)}

    def read(self, typed: str, reader: Reader) -> Reading:
        """Read digits of any script, or number words."""
        return answers.read_number(typed, self.low, self.high, reader)


@dataclass(frozen=True)
class AskDate(Question[date]):
    """A date from `earliest` to `latest`, both allowed; read day first."""

    _: KW_ONLY
    earliest: date | None = None
    latest: date | None = None
    options: tuple[Option, ...] = ()
    progress: tuple[int, int] | None = None

    kind: ClassVar[str] = "date"

    @property
    def choices(self) -> tuple[Option, ...]:
        """Dates to press; their ids are ISO dates."""
        return self.options

    def restore(self, stored: Any) -> date | Missing:
        """Accept a date inside the bounds."""
        if not isinstance(stored, dict) or "date" not in stored:
            return MISSING
        found = date.fromisoformat(stored["date"])
        too_early = self.earliest is not None and found < self.earliest
        too_late = self.latest is not None and found > self.latest
        return MISSING if too_early or too_late else found

    def press(self, option: str, stored: Any) -> Any | Missing:
        """Store the date that the option's id is."""
        found = super().press(option, stored)
        return found if isinstance(found, Missing) else {"date": option}

    def read(self, typed: str, reader: Reader) -> Reading:
        """Read "next tuesday", "12/3", "in two weeks", "3 March", "tomorrow"."""
        return answers.read_date(typed, self.earliest, self.latest, reader)


@dataclass(frozen=True)
class AskPlace(Question[Any]):
    """A place in the person's city: a dict of name, lat, lon and kind; None where skipped.

    Resolved by the look "resolve_place" (text) -> list of such dicts; a shared location answers
    too, with kind "location".
    """

    is_optional: bool = False
    _: KW_ONLY
    options: tuple[Option, ...] = ()
    progress: tuple[int, int] | None = None

    kind: ClassVar[str] = "place"
    wants: ClassVar[Wants] = "location"

    @property
    def choices(self) -> tuple[Option, ...]:
        """Answers to press beside a place; answered as {"kind": "option", "name": its id}."""
        return self.options

    def restore(self, stored: Any) -> Any | Missing:
        """Accept a place, an option that still exists, or a skip where that is allowed."""
        if not isinstance(stored, dict) or "kind" not in stored:
            return MISSING
        if stored["kind"] == "skipped":
            return None if self.is_optional else MISSING
        if stored["kind"] == "option" and all(o.id != stored["name"] for o in self.options):
            return MISSING
        return stored

    def press(self, option: str, stored: Any) -> Any | Missing:
        """Store a skip or an option."""
        if option == "-skip" and self.is_optional:
            return {"kind": "skipped"}
        found = super().press(option, stored)
        return found if isinstance(found, Missing) else {"kind": "option", "name": found}

    def read(self, typed: str, reader: Reader) -> Reading:
        """Resolve the words in the person's own city."""
        return answers.read_place(typed, self.options, reader, is_optional=self.is_optional)

    def locate(self, lat: float, lon: float) -> Any | Missing:
        """Take a shared location."""
        return {"name": "", "lat": lat, "lon": lon, "kind": "location"}


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
