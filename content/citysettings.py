"""What a city's staff choose on a page, laid over what its content files say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from content.campaigns import SendingRules
from content.load import Content
from content.schema import City, Record

Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f<>]*$")]
ABOUT: Final = ("operator", "contact", "open_hours")
"""Settings about who runs the bot; the others are rules of sending."""


class CitySettings(Record):
    """What staff of one city chose; None where the content files stand.

    Attributes:
        operator: Who runs the bot for the city.
        contact: How people reach them: an address, a telephone number, an office.
        open_hours: When somebody is there.
        approval_above, cap, cap_days, from_hour, until_hour: See `SendingRules`.
    """

    operator: Annotated[Line, Field(max_length=100)] | None = None
    contact: Annotated[Line, Field(max_length=200)] | None = None
    open_hours: Annotated[Line, Field(max_length=120)] | None = None
    approval_above: Annotated[int, Field(ge=0, le=5_000)] | None = None
    cap: Annotated[int, Field(ge=1, le=7)] | None = None
    cap_days: Annotated[int, Field(ge=1, le=90)] | None = None
    from_hour: Annotated[int, Field(ge=8, le=12)] | None = None
    until_hour: Annotated[int, Field(ge=15, le=20)] | None = None

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, by name."""
        return self.model_dump(exclude_none=True)


NAMES: Final = tuple(CitySettings.model_fields)


class BadSettingError(Exception):
    """A value cannot be right.

    Attributes:
        names: Of the settings that are wrong.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def read_settings(values: Mapping[str, Any]) -> CitySettings:
    """Return settings from values by name; unknown names are refused.

    Raises:
        BadSettingError: Something cannot be right.
    """
    try:
        return CitySettings.model_validate(dict(values))
    except ValidationError as error:
        raise BadSettingError(tuple(_wrong(error))) from None


def _wrong(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_input=False, include_url=False):
        yield str(one["loc"][0])


def agreed(content: Content, values: Mapping[str, Any]) -> CitySettings:
    """Return settings from values by name, checked with what the content files say beside them.

    Raises:
        BadSettingError: Something cannot be right, alone or together: there is never more than
            one message a day.
    """
    settings = read_settings(values)
    rules = _rules(content.sending, settings)
    if rules.cap > rules.cap_days:
        raise BadSettingError(("cap",))
    return settings


def in_force(content: Content, city: str) -> CitySettings:
    """Return what holds in a city, wherever it was said."""
    found, rules = content.cities[city], content.sending_in(city)
    return CitySettings.model_construct(
        operator=found.operator,
        contact=found.contact,
        open_hours=found.open_hours,
        **rules.model_dump(),
    )


def adapted(content: Content, settings: Mapping[str, CitySettings]) -> Content:
    """Return content with what staff chose laid over it; cities that are not there are left."""
    known = {key: one for key, one in settings.items() if key in content.cities}
    cities = {key: _city(one, known.get(key)) for key, one in content.cities.items()}
    rules = {key: _rules(content.sending, one) for key, one in known.items()}
    return replace(content, cities=cities, sending_by_city=rules)


def _city(city: City, settings: CitySettings | None) -> City:
    chosen = settings.chosen() if settings else {}
    return city.model_copy(update={name: chosen[name] for name in ABOUT if name in chosen})


def _rules(rules: SendingRules, settings: CitySettings) -> SendingRules:
    chosen = settings.chosen()
    names = [name for name in chosen if name not in ABOUT]
    return rules.model_copy(update={name: chosen[name] for name in names})
