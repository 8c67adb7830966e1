"""Texts as people meet them: with their buttons, sample values and every form, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.publishing.screens import Screen, group_of, groups, screens
from content.load import Content, load


@pytest.fixture(scope="module")
def content(base: Path) -> Content:
    return load(base)


def _find(content: Content, file: str, text_id: str, language: str = "en") -> Screen:
    found = screens(content, file, language, "manchester")
    return next(one for one in found if one.id == text_id)


def _words(screen: Screen, form: str = "") -> str:
    said = next(one for one in screen.said if one.form == form)
    return "".join(span.text for span in said.spans)


@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_text_of_every_file_is_on_a_screen(content: Content, language: str) -> None:
    shown: set[str] = set()
    for file, count in groups(content).items():
        found = screens(content, file, language)
        assert len(found) == count
        for one in found:
            shown.update(button.id for button in one.buttons)
            shown.update([one.id] if one.said else [])
    assert shown == set(content.texts)


def test_a_question_has_its_buttons(content: Content) -> None:
    ask = _find(content, "text/menu.yaml", "menu.ask")
    assert "menu.find.button" in [button.id for button in ask.buttons]
    campaign = _find(content, "campaigns/enrolment-week.yaml", "campaign.enrolment-week.text")
    assert [button.label for button in campaign.buttons] == [
        "Look for a course",
        "My saved courses",
    ]
    size = content.questionnaires.current["quick-needs"].questions["size"]
    asked = _find(content, "questionnaires/quick-needs", "questionnaire.quick-needs.size.ask")
    assert [one.label for one in asked.buttons] == [one.label for one in size.options]


def test_values_are_as_they_might_be(content: Content) -> None:
    found = [one for file in groups(content) for one in screens(content, file, "en", "manchester")]
    words = " ".join(span.text for one in found for said in one.said for span in said.spans)

    for shown in ("Tuesday 12 January", "£45", "1.2 miles", "Manchester", "Excel for beginners"):
        assert shown in words


def test_every_form_of_a_plural_is_shown(content: Content) -> None:
    plural = next(text for text in content.texts.values() if isinstance(text.entry, dict))
    found = _find(content, plural.file, plural.id)
    assert [said.form for said in found.said] == ["one", "other"]


def test_what_is_not_translated_is_marked(content: Content) -> None:
    assert not _find(content, "text/menu.yaml", "menu.ask", "ur").is_missing
    about = _find(content, "text/menu.yaml", "menu.learning", "ur")
    assert about.is_missing
    stale = _find(content, "text/menu.yaml", "menu.ask", "ur").buttons[0]
    assert stale.is_missing


def test_what_people_type_and_pages_are_no_messages(content: Content) -> None:
    looks = {one.look for file in groups(content) for one in screens(content, file, "en")}
    assert looks == {"chat", "page", "typed"}


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("text/menu.yaml", "text/menu.yaml"),
        ("questionnaires/quick-needs.yaml", "questionnaires/quick-needs"),
        ("frameworks/digcomp3/areas/1-information.yaml", "frameworks/digcomp3"),
        ("cities/manchester/places.csv", ""),
    ],
)
def test_a_file_leads_to_the_screens_of_its_texts(content: Content, path: str, group: str) -> None:
    assert group_of(path, groups(content)) == group
