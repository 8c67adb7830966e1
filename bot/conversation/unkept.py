"""A question whose words are used once and not kept: only what is made of them stays."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from bot.conversation import answers
from bot.conversation.messages import Text
from bot.conversation.questions import MISSING, Missing, Picked, Question
from bot.conversation.reading import NotUnderstood, Reader, Reading, Understood, look_up
from bot.conversation.screen import Option


@dataclass(frozen=True)
class AskUnkept(Question[Any]):
    """Words of which nothing is kept but what a look makes of them; Picked for an option.

    The words are in no log, no transcript and no export once they were read.

    Attributes:
        look: The look that is given the words; what it returns is the answer, and None says that
            it can make nothing of them.
        wrong: What is said then.
    """

    look: str
    wrong: Text
    _: KW_ONLY
    options: tuple[Option, ...] = ()
    progress: tuple[int, int] | None = None

    keeps_words: ClassVar[bool] = False

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options beside the words."""
        return self.options

    def restore(self, stored: Any) -> Any | Missing:
        """Accept what was made of words, or an option that still exists."""
        if not isinstance(stored, dict):
            return MISSING
        if "made" in stored:
            return stored["made"]
        is_offered = any(one.id == stored.get("picked") for one in self.options)
        return Picked(stored["picked"]) if is_offered else MISSING

    def press(self, option: str, stored: Any) -> Any | Missing:
        """Store the option apart from what is made of words."""
        found = super().press(option, stored)
        return found if isinstance(found, Missing) else {"picked": found}

    def read(self, typed: str, reader: Reader) -> Reading:
        """Take what the look makes of the words, unless they are plainly an option's."""
        if self.options:
            chosen = answers.read_choice(typed, self.options, reader, is_strict=True)
            if isinstance(chosen, Understood):
                return Understood({"picked": chosen.value})
        made = look_up(reader.reads, self.look, (typed,))
        return NotUnderstood(self.wrong) if made is None else Understood({"made": made})

    def show(self, stored: Any) -> Text:
        """Return words that say that there is an answer, and not which."""
        is_made = isinstance(stored, dict) and "made" in stored
        return Text("answer.unkept") if is_made else super().show(stored)
