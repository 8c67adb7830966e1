from __future__ import annotations

from tests.support.small_city import CITIES, SmallCity


def test_a_city_is_chosen_and_the_search_goes_on_there() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/city")
    chat.send("derby")

    assert city.city == "derby"
    assert chat.last.text_id == "discover.ask_wish"


class OneCity(SmallCity):
    def look_cities(self) -> list[dict[str, str]]:
        return CITIES[:1]


def test_where_there_is_one_city_nothing_is_asked() -> None:
    chat = OneCity().chat()

    chat.send("/city")

    assert chat.last.text_id == "menu.ask"
