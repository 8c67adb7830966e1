from __future__ import annotations

from tests.support.small_city import SmallCity


def test_the_data_come_to_read_and_as_a_file() -> None:
    chat = SmallCity().chat()
    chat.registry._flows.pop("menu")

    outcome = chat.send("/mydata")

    assert chat.said == ["mydata.text"]
    assert outcome.screen.says[0].attachments[0].values["source"] == "my_data"
