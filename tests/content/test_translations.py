"""The shipped drafts in Welsh and Urdu: whole where residents go, and fit to be shown."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from bot.conversation.dates import read_dates
from bot.work.typed import COURTESIES, INTERRUPTIONS
from content.catalogues import DRAFT_MARK, catalogue_file, categories_of
from content.load import Content
from content.template import Slot, Template
from content.words import Entry, TextValue

LANGUAGES = ("cy", "ur")
RESIDENT_GROUPS = (
    *("start", "menu", "help", "language", "city", "stop", "discover", "course", "search"),
    *("saved", "alerts", "conversation", "choice", "answer", "privacy", "mydata", "forget"),
    *("join", "sources", "telegram", "work", "common", "typed", "list", "weekdays", "time"),
    *(
        "price",
        "distance",
        "duration",
        "skills",
        "results",
        "routes",
        "steps",
        "worth",
        "reminders",
    ),
    *("pathway", "framework", "badge", "badges", "my_badges", "verify", "cv"),
    *("topics", "citynews", "pledge", "campaign", "support", "complain", "codesign"),
    *("employers", "asks", "needs", "questionnaire", "questionnaires"),
    *("offers", "classes", "reach", "role", "invite", "poster"),
    *("talent", "work_invites", "opportunities"),
)
LIKELY_TYPED = {
    "cy": {"menu": "hafan", "back": "nol", "help": "cymorth", "language": "newid iaith"},
    "ur": {"menu": "shuru se", "back": "wapas", "help": "madad", "language": "zaban"},
}

_AT = datetime(2027, 1, 12, 18, 30, tzinfo=timezone(timedelta(hours=0)))
_SAMPLES: Mapping[str, Any] = {
    **dict.fromkeys(("date", "full_date", "day", "weekday", "time", "moment"), _AT),
    **dict.fromkeys(("number", "money", "miles", "walk", "minutes"), 12),
    **dict.fromkeys(("list", "either", "commas", "lines"), ("Excel", "ESOL")),
    "weekdays": (1, 3),
    "language": "ur",
    "": "Moss Side",
}
LEFT_TO_RIGHT_MARK = "\u200e"
COUNTS = (0, 1, 2, 3, 6, 11)
"""One for each plural form of Welsh, which has them all."""


def is_for_residents(text_id: str) -> bool:
    """Whether a text is of a group that residents meet in every chat."""
    return text_id.partition(".")[0] in RESIDENT_GROUPS


def templates(entry: Entry) -> tuple[Template, ...]:
    return (entry,) if isinstance(entry, Template) else tuple(entry.values())


def slots(entry: Entry) -> tuple[Slot, ...]:
    return tuple(slot for template in templates(entry) for slot in template.slots)


def addresses(source: str) -> list[str]:
    return [part.partition(")")[0] for part in source.split("](")[1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_residents_meet_no_english(shipped: Content, language: str) -> None:
    translation = shipped.translations[language]

    assert [one for one in translation.missing if is_for_residents(one)] == []
    assert [one for one in translation.fuzzy if is_for_residents(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_shows_its_values(shipped: Content, language: str) -> None:
    for text_id, entry in shipped.translations[language].entries.items():
        values = {slot.name: _SAMPLES[slot.format] for slot in slots(entry)}
        for count in COUNTS:
            text = TextValue(text_id, values | {"count": count})
            shown = "".join(span.text for span in shipped.words.render(text, language))
            assert shown.strip(), text_id
            assert "{" not in shown, text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_are_shown_in_the_way_that_the_english_shows_them(
    shipped: Content, language: str
) -> None:
    for text_id, entry in shipped.translations[language].entries.items():
        english = {(slot.name, slot.format) for slot in slots(shipped.texts[text_id].entry)}
        assert {(slot.name, slot.format) for slot in slots(entry)} <= english, text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_and_links_are_kept(shipped: Content, language: str) -> None:
    for text_id, entry in shipped.translations[language].entries.items():
        english, translated = (
            templates(one)[-1].source for one in (shipped.texts[text_id].entry, entry)
        )
        for kept in (word.strip(".,:;") for word in english.split() if word.startswith("/")):
            assert kept in translated, text_id
        assert addresses(translated) == addresses(english), text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_says_that_it_is_a_draft(shipped: Content, language: str) -> None:
    header = catalogue_file(shipped.root, language).read_text("utf-8").partition("msgid")[0]

    assert DRAFT_MARK in header
    assert shipped.languages[language].is_draft


def test_plural_forms_are_those_of_the_language() -> None:
    assert categories_of("cy") == ("zero", "one", "two", "few", "many", "other")
    assert categories_of("ur") == ("one", "other")


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_may_type_words_of_their_own(shipped: Content, language: str) -> None:
    for name, likely in LIKELY_TYPED[language].items():
        assert likely in shipped.words.phrases(f"typed.{name}", language)


def test_no_typed_words_mean_two_things(shipped: Content) -> None:
    meaning: dict[str, str] = {}
    for name in (*INTERRUPTIONS, *COURTESIES):
        for language in shipped.words.languages:
            for phrase in shipped.words.phrases(f"typed.{name}", language):
                assert meaning.setdefault(phrase.casefold(), name) == name, phrase


def test_commands_keep_their_slash_at_the_left_in_urdu(shipped: Content) -> None:
    for text_id, entry in shipped.translations["ur"].entries.items():
        for template in templates(entry):
            for command in re.finditer(r"(?<![\w:/(])/[a-z]", template.source):
                assert template.source[command.start() - 1] == LEFT_TO_RIGHT_MARK, text_id


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_dates_given_as_examples_can_be_read(shipped: Content, language: str) -> None:
    for text_id in ("conversation.again.date", "conversation.examples.date"):
        words = shipped.words.short(text_id, language, typed="soon")
        examples = re.findall('"([^"]+)"', words)[-2:]
        for said in examples:
            assert read_dates(said, date(2026, 11, 19), language), said
