from __future__ import annotations

from tests.support.sent_out import SentOut
from tests.support.small_city import SmallCity

STAFF = frozenset({"staff"})


def test_staff_get_a_link_and_others_do_not() -> None:
    staff = SmallCity(sent_out=SentOut(may=False)).chat(roles=STAFF)
    resident = SmallCity().chat()

    staff.send("/staff")
    resident.send("/staff")

    assert staff.said == ["staff.link"]
    assert resident.said == ["staff.none"]
    assert resident.applied == []


def test_who_may_is_asked_what_to_do_with_what_goes_out() -> None:
    chat = SmallCity().chat(roles=STAFF)
    chat.send("/staff")

    assert chat.last.text_id == "staff.what"
    chat.choose("sending")
    assert chat.said[-1] == "staff.nothing_sent"
    chat.choose("done")
    assert chat.last.text_id == "menu.ask"


def test_what_waits_is_told_with_a_way_to_each_page() -> None:
    waiting = [
        {"kind": "complaints", "page": "complaints", "count": 3, "late": 1},
        {"kind": "offers", "page": "offers", "count": 2, "late": 0},
    ]
    chat = SmallCity(sent_out=SentOut(may=False, waiting=waiting)).chat(roles=STAFF)
    chat.send("/staff")

    assert chat.said == ["staff.link", "staff.waiting"]
    links = chat.outcome.screen.says[-1].links
    assert [one.url.partition("?")[2] for one in links] == ["to=complaints", "to=offers"]
