from __future__ import annotations

from tests.support.small_city import SmallCity


def test_forgetting_is_asked_about_and_can_be_undone() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/forget")
    chat.choose("yes")
    assert [type(effect).__name__ for effect in chat.applied] == ["Forget"]
    assert chat.last.text_id == "forget.due"
    chat.choose("undo")

    assert not city.is_forgotten
    assert chat.said == ["forget.undone"]


def test_saying_no_changes_nothing() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/forget")
    chat.send("keep my data")
    chat.send("/forget")
    chat.choose("no")

    assert not city.is_forgotten


def test_the_data_can_be_seen_first() -> None:
    chat = SmallCity().chat()

    chat.send("/forget")
    chat.choose("see")

    assert ("my_data", ()) in chat.reads.made
