from __future__ import annotations

from tests.support.small_city import SmallCity


def test_every_source_is_named_with_its_licence() -> None:
    chat = SmallCity().chat()

    chat.send("/sources")

    assert chat.last.text_id == "sources.text"
    assert [line.id for line in chat.last.values["lines"]] == ["sources.line"]


def test_skills_frameworks_follow_with_the_place_that_waits_for_the_citys_own() -> None:
    chat = SmallCity().chat()

    chat.send("/sources")
    chat.choose("skills")

    asked = [args[0] for name, args in chat.reads.made if name == "framework_source"]
    assert list(dict.fromkeys(asked)) == ["digcomp3", "mdsf"]
    assert chat.last.text_id == "menu.ask"


def test_help_leads_to_the_sources() -> None:
    chat = SmallCity().chat()

    chat.send("/help")
    chat.choose("sources")

    assert ("sources", ()) in chat.reads.made
