"""What staff choose is laid over what the files say, within bounds."""

from __future__ import annotations

from datetime import time

import pytest

from content.citysettings import (
    NAMES,
    BadSettingError,
    adapted,
    agreed,
    in_force,
    read_settings,
)
from content.load import Content, LiveContent, load


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities={"manchester", "derby"})


def test_what_staff_choose_holds_in_their_city_alone(content: Content) -> None:
    chosen = read_settings({"operator": "The council", "contact": "0161 000", "cap": 1})
    other = adapted(content, {"derby": chosen, "gone": chosen})

    assert (other.cities["derby"].operator, other.cities["manchester"].operator) == (
        "The council",
        "",
    )
    assert (other.sending_in("derby").cap, other.sending_in("manchester").cap) == (1, 2)
    assert other.sending_in("derby").approval_above == content.sending.approval_above
    assert content.cities["derby"].operator == "", "the content of the files stays as it is"
    assert in_force(other, "derby").contact == "0161 000"
    assert set(in_force(content, "derby").model_dump()) == set(NAMES)


def test_quiet_hours_are_narrowed_and_never_widened(content: Content) -> None:
    chosen = read_settings({"from_hour": 10, "until_hour": 17})
    other = adapted(content, {"derby": chosen})

    assert other.sending_in("derby").daytime == (time(10), time(17))
    assert other.sending_in("manchester").daytime == (time(8), time(20))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"from_hour": 7}, ("from_hour",)),
        ({"until_hour": 21}, ("until_hour",)),
        ({"approval_above": 5_001}, ("approval_above",)),
        ({"approval_above": -1, "cap": 0}, ("approval_above", "cap")),
        ({"operator": "<b>us</b>"}, ("operator",)),
        ({"contact": "x" * 201}, ("contact",)),
        ({"open_hours": "9\nto 5"}, ("open_hours",)),
        ({"cap": 3, "cap_days": 2}, ("cap",)),
        ({"cap_days": 1}, ("cap",)),
        ({"invented": "yes"}, ("invented",)),
    ],
)
def test_what_cannot_be_right_is_named(
    content: Content, values: dict[str, object], wrong: tuple[str, ...]
) -> None:
    with pytest.raises(BadSettingError) as refused:
        agreed(content, values)
    assert refused.value.names == wrong


def test_it_is_laid_over_content_that_comes_later_too(content: Content) -> None:
    live = LiveContent(content)
    chosen = read_settings({"operator": "The council"})
    live.lay_over(lambda one: adapted(one, {"derby": chosen}))

    assert live.current.cities["derby"].operator == "The council"
    assert live.loaded is content
    live.use(load(cities={"derby"}))
    assert set(live.current.cities) == {"derby"}
    assert live.current.cities["derby"].operator == "The council"
