from __future__ import annotations

from tests.support.sent_out import SentOut
from tests.support.small_city import SmallCity

STAFF = frozenset({"staff"})
RUN = {"name": "Open day", "state": "running", "done": 3, "size": 9}


def test_what_is_being_sent_is_told() -> None:
    chat = SmallCity(sent_out=SentOut(runs=[RUN])).chat(roles=STAFF)
    chat.send("/staff")
    chat.choose("sending")

    assert chat.said[-1] == "staff.sending"


def test_everything_is_stopped_with_a_reason_and_let_go_on() -> None:
    city = SmallCity()
    chat = city.chat(roles=STAFF)
    chat.send("/staff")
    chat.choose("stop")
    assert chat.last.text_id == "staff.why"
    chat.choose("wrong_words")

    assert city.sent_out.reason == "wrong_words"
    assert chat.said[-1] == "staff.stopped"
    assert chat.last.text_id == "staff.what_stopped"
    chat.choose("go_on")
    assert city.sent_out.reason == ""
    assert chat.said[-1] == "staff.going"
    assert chat.last.text_id == "staff.what"


def test_who_thinks_again_stops_nothing() -> None:
    city = SmallCity()
    chat = city.chat(roles=STAFF)
    chat.send("/staff")
    chat.choose("stop")
    chat.choose("keep")

    assert city.sent_out.reason == ""
    assert chat.last.text_id == "staff.what"
