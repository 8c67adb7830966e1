import pytest

from bot.skills.naming import find_skills

NAMES = {
    "1.3": ["Manage information", "Keep photos where you find them", "Add up a spreadsheet"],
    "4.1": ["Protect devices", "Use a strong password", "Lock the phone"],
    "4.2": ["Protect data", "Spot scam emails", "Keep details private"],
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("protect devices", ["4.1"]),
        ("passwords", ["4.1"]),
        ("what is a pasword worth to me?", ["4.1"]),
        ("SPREADSHEETS", ["1.3"]),
        ("scam email", ["4.2"]),
        ("what are skills worth", []),
        ("falconry", []),
        ("", []),
        ("?!", []),
    ],
)
def test_words_find_the_skill_that_they_mean(typed: str, found: list[str]) -> None:
    assert find_skills(typed, NAMES) == found


def test_what_may_mean_several_finds_them_all() -> None:
    assert set(find_skills("protect", NAMES)) == {"4.1", "4.2"}


def test_long_words_are_read_in_no_time_and_mean_nothing() -> None:
    assert find_skills("x" * 500 + " " + "y " * 200, NAMES) == []
