"""A person with reminders in a small city."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from bot.reminders import Daily, NewReminder, Reminder
from tests.support.small_city import SmallCity


def the_only(city: SmallCity) -> Reminder:
    """Return the one reminder that is on."""
    [one] = city.reminders.kept.list_of("person-1")
    return one


def with_one(kind: str = "own", **values: Any) -> tuple[SmallCity, Any]:
    """A person who is reminded every day at nine."""
    city = SmallCity()
    rule = values.pop("rule", Daily(time(9), date(2027, 1, 1)))
    new = NewReminder(
        "person-1", "manchester", kind, rule, "Europe/London", "test", **{"words": "walk"} | values
    )
    city.reminders.kept.put(new)
    return city, city.chat()


def and_another(city: SmallCity, words: str = "read", **values: Any) -> None:
    """Give the person of `with_one` another reminder."""
    rule = values.pop("rule", Daily(time(18), date(2027, 1, 1)))
    kind = values.pop("kind", "own")
    new = NewReminder(
        "person-1", "manchester", kind, rule, "Europe/London", "test", words=words, **values
    )
    city.reminders.kept.put(new)


def on(city: SmallCity) -> list[str]:
    """Return the words of every reminder that is on."""
    return [one.words for one in city.reminders.kept.list_of("person-1")]
