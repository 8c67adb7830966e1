"""Who fits, and why, in words: by what they told and hold, of what they chose alone."""

from __future__ import annotations

from bot.talent import Offered, Reason, Wanted, match
from bot.talent.matching import dump_reasons, load_reasons

EXCEL, MAIL = Wanted("digcomp3", "1.3", 2), Wanted("digcomp3", "2.1", 3)


def test_all_skills_are_needed_at_their_level() -> None:
    offered = Offered(("1.3", "2.1"), {"1.3": 2, "2.1": 2})

    assert match([EXCEL, MAIL], offered) is None
    assert match([EXCEL], offered) == (Reason(EXCEL, 2),)


def test_what_was_not_chosen_does_not_count() -> None:
    assert match([EXCEL], Offered((), {"1.3": 4})) is None
    assert match([EXCEL], Offered(("1.3",), {}, {"2.1": (4, "Mail")})) is None


def test_a_badge_counts_where_their_own_answers_do_not_say_it() -> None:
    offered = Offered(("1.3", "2.1"), {"1.3": 4, "2.1": 1}, {"1.3": (2, "A"), "2.1": (3, "Mail")})
    reasons = match([EXCEL, MAIL], offered)

    assert reasons == (Reason(EXCEL, 4), Reason(MAIL, 3, "Mail"))
    assert [one.phrase().id for one in reasons] == [
        "talent.because.told",
        "talent.because.badge",
    ]
    assert load_reasons(dump_reasons(reasons)) == reasons


def test_who_asks_for_nothing_finds_nobody() -> None:
    assert match([], Offered(("1.3",), {"1.3": 4})) is None


def test_codes_that_are_none_are_no_skills() -> None:
    for code in ("", "digcomp3:1.3", "digcomp3:1.3:9", ":1.3:2", "digcomp3::2", "x:1.3:²"):
        assert Wanted.from_code(code) is None
    assert Wanted.from_code(EXCEL.code) == EXCEL
