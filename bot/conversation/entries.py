"""Questions that are answered in words: text, numbers, dates, places."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

from bot.conversation import answers
from bot.conversation.messages import Text, Wants
from bot.conversation.questions import MISSING, Missing, Picked, Question
from bot.conversation.reading import Reader, Reading, Understood
from bot.conversation.screen import Option

T_co = TypeVar("T_co", covariant=True)


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
        """Read digits of any script, number words, or the words of a button."""
        found = answers.read_number(typed, self.low, self.high, reader)
        chosen = answers.read_offered(found, typed, self.options, reader)
        return found if chosen is None else Understood({"number": int(chosen)})


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
        """Read "next tuesday", "12/3", "in two weeks", "3 March", or the words of a button."""
        found = answers.read_date(typed, self.earliest, self.latest, reader)
        chosen = answers.read_offered(found, typed, self.options, reader)
        return found if chosen is None else Understood({"date": chosen})


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
