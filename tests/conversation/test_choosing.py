"""Typing instead of pressing: options by words, numbers, order, with typing errors."""

import pytest

from bot.conversation import Option, Pick, Text, Typed
from bot.conversation.answers import read_choice, read_several
from bot.conversation.reading import NotUnderstood, Reader, Reading, Unclear, Understood
from tests.support.scripted_chat import FakeReads

TIMES = ("Mornings", "Afternoons", "Evenings", "Weekends")
WELSH = ("Boreau", "Prynhawniau", "Nosweithiau", "Penwythnosau")


def offered(*labels: str) -> tuple[Option, ...]:
    return tuple(
        Option(label.casefold().replace(" ", "-"), Text("t.option", {"name": label}))
        for label in labels
    )


def reader(language: str = "en") -> Reader:
    def words(text: Text, wanted: str) -> str:
        name = str(text.values.get("name", text.id.rpartition(".")[2]))
        return dict(zip(TIMES, WELSH, strict=True)).get(name, name) if wanted == "cy" else name

    return Reader(FakeReads(given_words=words), language)


def read(typed: str, *labels: str, is_strict: bool = False, language: str = "en") -> Reading:
    options = offered(*(labels or TIMES))
    return read_choice(typed, options, reader(language), is_strict=is_strict)


@pytest.mark.parametrize(
    "typed",
    [
        "Evenings", "evenings", "EVENINGS!", "evening", "evnings", "eveings please", "3", "3.",
        "#3", "number 3", "option three", "the third one", "3rd", "three", "٣", "৩", "۳",
        "evenings are best for me", "i'd like evenings please", "Nosweithiau",
    ],
)  # fmt: skip
def test_an_option_is_known_by_its_words_number_and_place(typed: str) -> None:
    assert read(typed) == Understood("evenings")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("the last one", "weekends"), ("first", "mornings"), ("top", "mornings"), ("4", "weekends")],
)
def test_places_are_counted_from_both_ends(typed: str, found: str) -> None:
    assert read(typed) == Understood(found)


@pytest.mark.parametrize("typed", ["5", "0", "99", "fifth", "2 or so evenings? no", "", " ", "xyz"])
def test_what_is_no_option_is_not_understood(typed: str) -> None:
    assert not isinstance(read(typed), Understood)


def test_two_options_that_fit_are_asked_about() -> None:
    found = read("excel", "Excel for beginners", "Excel at work", "Sewing")
    assert found == Unclear(("excel-for-beginners", "excel-at-work"))
    assert read("mornings or evenings") == Unclear(("mornings", "evenings"))


def test_an_exact_name_wins_over_a_longer_one() -> None:
    assert read("excel", "Excel", "Excel at work") == Understood("excel")


def test_a_number_that_stands_in_another_options_name_is_asked_about() -> None:
    found = read("2", "Level 2", "Level 3", "Any level")
    assert found == Unclear(("level-3", "level-2"))
    assert read("2", "1", "2", "3 or more") == Understood("2")


def test_a_denial_is_never_taken_for_a_choice() -> None:
    assert isinstance(read("not evenings"), Unclear)
    assert isinstance(read("anything but not the weekends"), Unclear)


def test_words_beside_a_choice_stay_words_where_text_is_accepted() -> None:
    for typed in ("excel near hulme in the evenings", "sewing", "evening classes for adults"):
        assert read(typed, is_strict=True) == NotUnderstood()
    for typed in ("evenings", "3", "evenngs", "the third one"):
        assert read(typed, is_strict=True) == Understood("evenings")


def test_a_pick_that_accepts_text_keeps_a_bounded_part_of_it() -> None:
    question = Pick(Text("t.ask"), offered(*TIMES), accepts_text=True)
    found = question.read("welding " * 200, reader())
    assert isinstance(found, Understood)
    answer = question.restore(found.value)
    assert isinstance(answer, Typed)
    assert len(answer.text) <= 500


def test_other_words_for_an_option_count() -> None:
    options = (Option("more", Text("t.more"), words=("next page", "further")),)
    assert read_choice("next page", options, reader(), is_strict=True) == Understood("more")


def test_an_option_that_opens_an_address_is_no_answer() -> None:
    options = (Option("site", Text("t.site"), url="https://example.org"),)
    assert read_choice("site", options, reader(), is_strict=False) == NotUnderstood()


def test_an_emoji_is_known_by_itself() -> None:
    options = (Option("yes", Text("t.yes", {"name": "👍"})), Option("no", Text("t.no")))
    assert read_choice("👍", options, reader(), is_strict=False) == Understood("yes")


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("1, 3", ["mornings", "evenings"]),
        ("mornings and weekends", ["mornings", "weekends"]),
        ("evnings + 4", ["evenings", "weekends"]),
        ("all", ["mornings", "afternoons", "evenings", "weekends"]),
        ("none of these", []),
        ("evenings", ["evenings"]),
        ("۱, ۳", ["mornings", "evenings"]),
    ],
)
def test_several_options_are_read_from_a_list(typed: str, picked: list[str]) -> None:
    found = read_several(typed, offered(*TIMES), reader())
    assert found == Understood({"picked": picked, "done": True})


def test_one_unclear_part_of_a_list_is_asked_about() -> None:
    options = offered("Excel at home", "Excel at work", "Sewing")
    found = read_several("sewing, excel", options, reader())
    assert found == Unclear(
        (
            {"picked": ["sewing", "excel-at-home"], "done": True},
            {"picked": ["sewing", "excel-at-work"], "done": True},
        )
    )
    assert read_several("sewing, welding", options, reader()) == NotUnderstood()
    assert read_several("not sewing", options, reader()) == NotUnderstood()
