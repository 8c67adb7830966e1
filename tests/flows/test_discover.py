from __future__ import annotations

from tests.support.small_city import SmallCity


def test_a_wish_in_plain_words_gives_cards_to_open() -> None:
    chat = SmallCity().chat()

    chat.send("excel")

    assert chat.last.text_id == "discover.results"
    assert chat.options == ["open.excel", "near", "notify", "new"]
    assert [card.choice for card in chat.question.cards] == ["open.excel"]


def test_a_command_carries_its_wish_and_a_poster_too() -> None:
    chat = SmallCity().chat()

    chat.send("/find excel")
    assert chat.last.text_id == "discover.results"
    chat.send("/start find_english_for_beginners")

    assert chat.options[0] == "open.excel" or chat.options[0].startswith("open.")
    assert chat.session.opening.args == {"wish": "english_for_beginners"}


def test_an_idea_stands_for_words() -> None:
    chat = SmallCity().chat()

    chat.send("/find")
    chat.choose("english")

    assert chat.last.text_id == "discover.results"
    assert "open.esol" in chat.options


def test_what_is_new_since_the_last_visit_is_said_before_anything_else() -> None:
    chat = SmallCity(watched={"w0": {"text": "falconry"}}, due=["w0"]).chat()

    chat.send("excel")

    assert chat.said == ["alerts.due"]
    assert chat.last.text_id == "discover.results"


def test_words_that_name_nothing_are_asked_for_again() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/find how are you")
    assert chat.last.text_id == "discover.ask_wish"
    chat.send("excel")
    shown = chat.options
    chat.send("how are you")

    assert chat.said == ["discover.other_words"]
    assert chat.options == shown
    assert not city.unmet


def test_a_wish_for_ones_staff_leads_to_what_employers_are_asked() -> None:
    chat = SmallCity().chat()

    chat.send("our staff need excel")
    assert chat.last.text_id == "discover.for_whom"
    chat.choose("staff")

    assert chat.said[0] == "employers.said_problem"
    assert chat.last.text_id == "employers.about"


def test_whoever_learns_for_themselves_sees_courses_for_the_same_words() -> None:
    chat = SmallCity().chat()

    chat.send("our staff need excel")
    chat.choose("search")

    assert chat.last.text_id == "discover.results"


def test_staff_are_heard_of_among_results_too() -> None:
    chat = SmallCity().chat()
    chat.send("excel")

    chat.send("I am an employer and nobody here can use spreadsheets")

    assert chat.last.text_id == "employers.about"
    assert chat.session.opening.args["said"].startswith("I am an employer")
