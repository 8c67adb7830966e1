"""The pictures that messages carry: each is one function, made when it is sent or looked at.

::

    @picture("levels")
    def levels(context: PictureContext) -> Picture | None:
        sitting = context.unit.sittings.find(context.values["sitting"])
        ...
        return Picture(draw_levels(chart, context.look), Text("pictures.levels.alt", {...}))

A message asks for it by `Attachment("picture", {"source": "levels", "sitting": ...})`. The values
come from whoever wrote the message, so a function shows only what is `context.person`'s own.
It returns None where what it is made from has gone; then the message's words stand alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.conversation.messages import Text
from bot.errors import FlowDefinitionError
from bot.pictures import Drawing, Look
from bot.pictures.photos import Photo
from content.load import Content
from content.schema import City
from storage import Unit

__all__ = ["PICTURES", "Draw", "Picture", "PictureContext", "PictureRegistry", "picture"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and the same in words for whoever does not see it.

    Attributes:
        drawing: To be painted; a photo is sent as it is.
        alt: Words of content, or as somebody wrote them.
    """

    drawing: Drawing | Photo
    alt: Text | str


@dataclass(frozen=True, slots=True)
class PictureContext:
    """For whom a picture is drawn and from what.

    Attributes:
        unit: The database, to read.
        language: Of the message that carries it.
        person: The id of the person that the message is for.
        city: Theirs; None where it is not known.
        values: The attachment's own: ids that say what to show.
    """

    unit: Unit
    content: Content
    language: str
    person: str
    city: City | None
    values: Mapping[str, str]

    @property
    def look(self) -> Look:
        """The language and the city's colour."""
        return Look(self.language, self.city.accent.light) if self.city else Look(self.language)

    def words(self, text_id: str, **values: Any) -> str:
        """Return words of content in the picture's language."""
        return self.content.words.short(text_id, self.language, **values)


Draw: TypeAlias = Callable[[PictureContext], Picture | None]


class PictureRegistry:
    """Pictures by name."""

    def __init__(self) -> None:
        self._pictures: dict[str, Draw] = {}

    def register(self, name: str, draw: Draw) -> None:
        """Name a picture.

        Raises:
            FlowDefinitionError: There is another one of that name.
        """
        if self._pictures.setdefault(name, draw) is not draw:
            raise FlowDefinitionError(f"there are two pictures called {name!r}")

    def find(self, name: str) -> Draw | None:
        """Return the picture of that name."""
        return self._pictures.get(name)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all pictures."""
        return tuple(self._pictures)


PICTURES = PictureRegistry()
"""What the modules of this package declare."""


def picture(name: str) -> Callable[[Draw], Draw]:
    """Declare a picture."""

    def declare(draw: Draw) -> Draw:
        PICTURES.register(name, draw)
        return draw

    return declare
