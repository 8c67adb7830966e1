from __future__ import annotations

from tests.support.small_city import SmallCity


def test_every_source_is_named_with_its_licence() -> None:
    chat = SmallCity().chat()

    outcome = chat.send("/sources")

    assert outcome is not None
    assert chat.last.text_id == "menu.ask"


def test_help_leads_to_the_sources() -> None:
    chat = SmallCity().chat()

    chat.send("/help")
    chat.choose("sources")

    assert ("sources", ()) in chat.reads.made
