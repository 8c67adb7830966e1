from __future__ import annotations

import pytest

from bot.conversation import Text
from bot.conversation.plain import text_to_json
from tests.support.small_city import SmallCity


def test_a_correction_is_shown() -> None:
    chat = SmallCity().chat()

    chat.send("exel english")
    assert chat.last.text_id == "discover.corrected_line"
    assert chat.last.values["understood"].id == "discover.results"
    chat.send("exel")

    assert chat.last.text_id == "discover.corrected_line"
    assert chat.last.values["understood"].id == "discover.nothing"


def test_results_come_three_at_a_time() -> None:
    chat = SmallCity().chat()

    chat.send("excel bread english walk")
    assert chat.options[:4] == ["open.excel", "open.bread", "open.esol", "more"]
    chat.choose("more")

    assert chat.options[:2] == ["open.walk", "first"]
    assert chat.last.values["first"] == 4
    chat.choose("first")
    assert chat.options[0] == "open.excel"


def test_what_was_understood_is_dropped_with_one_press() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("excel evenings")
    chat.choose("drop.0")

    assert city.requests[-1]["ignored"] == ["patterns:evening"]
    assert "drop.0" not in chat.options


def test_a_day_and_an_hour_are_dropped_by_buttons_that_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chips = [{"id": "starts", "kind": "time"}, {"id": "hours", "kind": "time"}]
    found = SmallCity.look_find_courses
    monkeypatch.setattr(
        SmallCity, "look_find_courses", lambda *args: found(*args) | {"chips": chips}
    )
    chat = SmallCity().chat()

    chat.send("excel")
    labels = {one.id: one.text for one in chat.question.options}

    assert labels["drop.0"] == Text("discover.drop.starts.button")
    assert labels["drop.1"] == Text("discover.drop.time.button")


def test_filters_typed_at_results_refine_and_a_subject_begins_anew() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("excel")
    chat.send("evenings")
    assert city.requests[-1] == {"text": "excel evenings"}
    chat.send("baking bread")

    assert city.requests[-1] == {"text": "baking bread"}


def test_nothing_found_is_recorded_and_can_be_watched() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("falconry")
    assert chat.last.text_id == "discover.nothing"
    assert city.unmet == ["falconry"]
    chat.choose("notify")

    assert chat.said == ["discover.watching"]
    assert city.watched["w0"] == {"text": "falconry"}


def test_near_me_asks_for_a_place_and_takes_a_shared_location() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("bread near me")
    assert chat.last.text_id == "discover.ask_near"
    chat.locate(53.48, -2.24)

    assert chat.last.text_id == "discover.results"
    assert city.requests[-1]["filters"]["point"]


def test_a_place_can_be_typed_or_skipped() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("excel")
    chat.choose("near")
    chat.send("nowhere at all")
    assert chat.hint
    chat.send("Hulme")
    assert city.requests[-1]["filters"]["point"]

    chat.choose("new")
    chat.send("bread near me")
    chat.choose("-skip")
    assert chat.last.text_id == "discover.results"


def test_a_course_opens_and_the_results_come_back() -> None:
    chat = SmallCity().chat()

    chat.send("excel bread")
    chat.choose("open.bread")
    assert chat.last.text_id == "course.full"
    chat.choose("results")

    assert chat.options[:2] == ["open.excel", "open.bread"]


def test_another_card_of_an_answered_list_opens_and_what_was_saved_stays() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("excel bread")
    chat.choose("open.excel")
    chat.choose("save")
    chat.press("search/results.0", "open.bread")

    assert chat.last.values["title"] == "Baking bread"
    assert city.saved == ["excel"]


def test_back_returns_to_the_list() -> None:
    chat = SmallCity().chat()

    chat.send("excel bread")
    chat.choose("open.excel")
    chat.back()

    assert chat.last.text_id == "discover.results"


def test_a_location_shared_under_results_finds_what_is_near() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("excel")
    chat.locate(53.48, -2.24)

    assert chat.last.text_id == "discover.results"
    assert city.requests[-1]["filters"]["point"] == {"lat": 53.48, "lon": -2.24}


def test_what_no_course_tells_is_named() -> None:
    city = SmallCity(unanswerable=[text_to_json(Text("search.chip.evening"))])
    chat = city.chat()

    chat.send("excel evenings")

    assert chat.last.values["understood"].id == "discover.unanswerable_line"
