from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity

WATCHED = {"w0": {"text": "falconry"}, "w1": {"text": "bread"}}


def test_nothing_watched_leads_to_finding() -> None:
    chat = SmallCity().chat()

    chat.send("/alerts")
    assert chat.last.text_id == "alerts.none"
    chat.choose("find")

    assert chat.last.text_id == "discover.ask_wish"


def test_what_is_new_is_shown_and_then_counts_as_seen() -> None:
    city = SmallCity(watched=dict(WATCHED), due=["w1"])
    chat = city.chat()

    chat.send("/alerts")
    assert [line.id for line in chat.last.values["lines"]] == ["alerts.quiet", "alerts.new"]
    chat.choose("watch.1")
    chat.choose("show")

    assert chat.last.text_id == "discover.results"
    assert city.due == []


def test_a_search_is_watched_no_longer() -> None:
    city = SmallCity(watched=dict(WATCHED))
    chat = city.chat()

    chat.send("/alerts")
    chat.choose("watch.0")
    chat.choose("stop")
    assert list(city.watched) == ["w1"]
    chat.choose("watch.0")
    chat.choose("keep")

    assert list(city.watched) == ["w1"]
    assert chat.last.text_id == "alerts.list"


@pytest.mark.parametrize("watched", [{}, WATCHED])
def test_a_wish_typed_at_the_list_is_searched_for(watched: dict[str, dict[str, str]]) -> None:
    chat = SmallCity(watched=dict(watched)).chat()

    chat.send("/alerts")
    chat.send("english for beginners")

    assert chat.last.text_id == "discover.results"


def test_many_are_shown_a_few_at_a_time() -> None:
    city = SmallCity(watched={f"w{n}": {"text": "bread " * 40} for n in range(12)})
    chat = city.chat()

    chat.send("/alerts")
    assert chat.last.values["count"] == 12
    seen = [len(chat.last.values["lines"])]
    for _ in range(3):
        chat.choose("more")
        seen.append(len(chat.last.values["lines"]))

    assert seen == [5, 5, 2, 5]
