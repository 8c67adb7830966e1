"""The buttons of messages from the city; each is a press on a message that nobody asked for."""

from __future__ import annotations

import pytest

from bot.campaigns.content import OPENS
from bot.conversation import collect_flows
from bot.flows.campaign import OPENED
from bot.people import Purpose
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.written_to import RUN


def written() -> tuple[SmallCity, ScriptedChat]:
    """Somebody to whom the city wrote about news."""
    city = SmallCity()
    city.mail.turn_on(Purpose.NEWS, Purpose.SURVEYS)
    city.mail.write()
    return city, city.chat()


def press(chat: ScriptedChat, option: str, number: int = 1) -> None:
    chat.send(f"/start cm_{RUN}_{number}_{option}")


def test_one_press_turns_the_topic_off_and_says_so() -> None:
    city, chat = written()

    press(chat, "off")

    assert chat.last.text_id == "citynews.left"
    assert city.mail.on() == ["surveys"]
    assert city.mail.acts.done == [("opt_out", "", "news")]


def test_a_mistake_is_undone_and_other_messages_are_chosen() -> None:
    city, chat = written()

    press(chat, "off")
    chat.choose("undo")
    assert city.mail.on() == ["news", "surveys"]
    assert "citynews.undone" in chat.said

    press(chat, "off")
    chat.choose("topics")
    assert chat.last.text_id == "topics.ask"


def test_an_answer_is_kept_and_can_be_changed() -> None:
    city, chat = written()

    press(chat, "yes")
    assert "citynews.answered" in chat.said
    press(chat, "no")

    assert city.mail.acts.done == [("poll", "", "yes"), ("poll", "", "no")]


@pytest.mark.parametrize(
    ("button", "shown"),
    [("skills", "skills."), ("route", "routes."), ("badge", "my_badges."), ("pledge", "pledge.")],
)
def test_a_button_opens_what_it_says(button: str, shown: str) -> None:
    city, chat = written()

    press(chat, button)

    assert chat.last.text_id.startswith(shown)
    assert city.mail.acts.done == ([("open", button, "")] if button != "pledge" else [])


def test_a_search_begins_with_the_words_of_its_button() -> None:
    city, chat = written()

    press(chat, "find")

    assert city.requests[-1]["text"] == "excel"


@pytest.mark.parametrize("payload", [f"cm_{RUN}_2_off", "cm_nobodys_1_off", "cm_x", "cm"])
def test_somebody_elses_message_does_nothing(payload: str) -> None:
    city, chat = written()

    chat.send(f"/start {payload}")

    assert "citynews.gone" in chat.said
    assert city.mail.on() == ["news", "surveys"]


def test_a_service_message_has_no_topic_to_leave() -> None:
    city, chat = written()
    city.mail.plan = type(city.mail.plan)(
        "service", None, city.mail.plan.content, "everyone", city.mail.plan.schedule
    )

    press(chat, "off")

    assert "citynews.gone" in chat.said


def test_every_target_of_a_button_is_a_flow_that_takes_it() -> None:
    import bot.flows

    flows = collect_flows(bot.flows)
    assert set(OPENED) == OPENS
    for name, told in OPENED.values():
        assert not told or told in flows.get(name).arguments
