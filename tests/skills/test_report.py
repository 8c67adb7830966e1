"""What sittings come to: against what they are compared, and in which words they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.skills.report import Told, reports_of
from tests.support.sittings import STARTED, answered, steady, tell
from tests.support.told_skills import shipped

CONTENT = shipped()
DIGCOMP = CONTENT.frameworks["digcomp3"]


def before_and_after() -> tuple[Told, Told, Told]:
    """Three sittings about the same area, each a level higher than the one before."""
    first, second, third = (
        tell(DIGCOMP, steady(level), number=level, at=STARTED + timedelta(days=90 * level))
        for level in (1, 2, 3)
    )
    return first, second, third


def test_where_somebody_stands_is_compared_with_all_but_the_newest() -> None:
    told = before_and_after()

    [found], _ = reports_of(CONTENT, told)

    assert found.before_at == told[1].sitting.updated_at
    assert found.newly_said
    assert reports_of(CONTENT, told[:1])[0][0].before_at is None


def test_one_sitting_is_compared_with_what_it_is_given() -> None:
    first, second, third = before_and_after()

    [found], _ = reports_of(CONTENT, [third], third.sitting.id, [first])
    [alone], _ = reports_of(CONTENT, [second], second.sitting.id)

    assert found.before_at == first.sitting.updated_at
    assert alone.before_at is None
    assert not alone.newly_said


def test_a_sitting_is_read_as_it_was_told_and_the_present_in_present_words() -> None:
    old = DIGCOMP.model_copy(update={"version": "0.9", "title": "As it was"})
    content = replace(CONTENT, archive={DIGCOMP.id: {"0.9": old}})
    told = tell(old, steady(2))

    [one], _ = reports_of(content, [told], told.sitting.id)
    [now], _ = reports_of(content, [told])

    assert (one.framework.title, now.framework.title) == ("As it was", DIGCOMP.title)


def test_what_cannot_be_read_any_more_is_left_out() -> None:
    gone = answered(DIGCOMP.model_copy(update={"id": "gone"}), {"1.1.1a": 2})

    assert reports_of(CONTENT, [gone]) == ([], [])
