"""A campaign as a form: what is typed comes back, and each mistake is led to its field."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.campaigns.audience import Vocabulary, read
from bot.campaigns.audience.vocabulary import ROLES, names
from bot.campaigns.composing import Fault
from bot.campaigns.content import Button, CampaignContent, Wording
from bot.campaigns.differences import differences
from bot.campaigns.form import Slip, Terms, fields_of, read_plan, rule_fields, slip_of
from bot.campaigns.records import Plan
from bot.campaigns.rows import MOST_ROWS, filled, rows_from, rows_of, written
from bot.campaigns.schedule import Schedule
from bot.people import Purpose
from bot.reminders import Lead, Once, Relative, Rule

WORDS = Vocabulary(
    {
        "language": names(("ur", "Urdu"), ("en", "English")),
        "role": ROLES,
        "ward": {"hulme": "Hulme"},
    }
)
CONTENT = CampaignContent(
    {
        "en": Wording("**Hello**\n\nCome.", {"see": "See it", "yes": "Yes", "no": "No"}),
        "ur": Wording("سلام", {"see": "دیکھیں", "yes": "ہاں", "no": "نہیں"}),
    },
    (Button("see", "link", "https://city.example/x"), Button("yes", "poll"), Button("no", "poll")),
    "pledge",
)
PLAN = Plan("campaign", Purpose.NEWS, CONTENT, "language is ur", Schedule(), again=30)
LANGUAGES = ("en", "cy", "ur")


def said(schedule: Schedule) -> str:
    return "tomorrow at 10" if schedule.rule else ""


def read_when(typed: str) -> Rule | Slip:
    known: dict[str, Rule] = {
        "on 3 May": Once(date(2027, 5, 3), time(10)),
        "a day before": Relative((Lead(1, "days"),)),
        "often": Relative((Lead(1, "days"), Lead(2, "hours"))),
    }
    return known.get(typed) or Slip("when", "web.campaigns.slip.when")


def terms(before: Plan | None = None) -> Terms:
    return Terms(LANGUAGES, WORDS, read_when, said, before)


def form(**fields: str) -> dict[str, str]:
    whole = fields_of(PLAN, "Festival", "") | rule_fields(read(PLAN.audience, WORDS))
    return (
        whole | {"words_were": PLAN.audience} | {k.replace("__", "."): v for k, v in fields.items()}
    )


def slips(**fields: str) -> list[str]:
    return [one.name for one in read_plan(form(**fields), terms())[1]]


def test_a_plan_comes_back_as_it_was() -> None:
    assert read_plan(form(), terms()) == (PLAN, ())


def test_a_service_message_has_no_topic() -> None:
    plan, wrong = read_plan(form(topic="service"), terms())
    assert (plan.kind, plan.topic, wrong) == ("service", None, ())


def test_what_cannot_be_kept_is_led_to_its_field() -> None:
    assert slips(title=" ") == ["title"]
    assert slips(again="often") == ["again"]
    assert slips(late="999") == ["late"]
    assert slips(when="whenever") == ["when"]
    assert slips(when="a day before") == ["event"]
    assert slips(when="on 3 May", event="joined") == ["when"]
    assert slips(when="often", event="joined") == ["when"]
    assert slips(text__ur="") == ["text.ur"]
    assert slips(kind__1="") == ["kind.1"]
    assert slips(kind__1="", drop__1="yes") == []


def test_a_button_that_is_dropped_takes_its_words_with_it() -> None:
    plan, wrong = read_plan(form(kind__2="", drop__2="yes"), terms())
    assert not wrong
    assert [one.id for one in plan.content.buttons] == ["see", "no"]
    assert "yes" not in plan.content.wordings["ur"].labels


def test_buttons_keep_their_ids_and_new_ones_get_free_ones() -> None:
    more = {"kind__4": "poll", "id__4": "see", "kind__5": "poll", "id__5": "<b>", "kind__6": "open"}
    plan, _ = read_plan(form(**more), terms())
    ids = [one.id for one in plan.content.buttons]
    assert ids[:3] == ["see", "yes", "no"]
    assert len(set(ids)) == 6
    reserved, _ = read_plan(form(id__1="off", id__2="more"), terms())
    assert not {"off", "more"} & {one.id for one in reserved.content.buttons}


def test_a_time_that_nobody_touched_stays_the_rule_that_it_was() -> None:
    rule = Once(date(2027, 6, 1), time(10))
    kept = Plan("campaign", Purpose.NEWS, CONTENT, "everyone", Schedule(rule))
    plan, wrong = read_plan(form(when="tomorrow at 10"), terms(kept))
    assert (plan.schedule.rule, wrong) == (rule, ())


def test_what_counts_from_a_date_keeps_what_it_counts_from() -> None:
    plan, wrong = read_plan(
        form(when="a day before", event="badge", about="champion", late="3"), terms()
    )
    assert not wrong
    assert plan.schedule == Schedule(Relative((Lead(1, "days"),)), "badge", "champion", 3)


# -- the rows of an audience -----------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "everyone",
        "language is ur",
        'not ward is "Hulme"',
        'language is ur and not ward is "Hulme" and seen within 30 days',
        'language is ur or searched subject is "esol"',
    ],
)
def test_rows_say_the_same_as_words(rule: str) -> None:
    tree = read(rule, WORDS)
    fields = rule_fields(tree)
    assert rows_of(fields).mark == fields["rows_were"]
    assert written(rows_of(fields), WORDS) == rule


def test_more_than_a_row_of_conditions_stays_words() -> None:
    tree = read("language is ur and (role is editor or role is admin)", WORDS)
    assert rows_from(tree) is None  # type: ignore[arg-type]
    assert rows_of(rule_fields(tree)).rows == ()


def test_rows_that_were_changed_become_the_words() -> None:
    plan, wrong = read_plan(form(rule__2__field="ward", rule__2__value="hulme"), terms())
    assert (plan.audience, wrong) == ('language is ur and ward is "Hulme"', ())


def test_words_that_were_changed_stand() -> None:
    plan, wrong = read_plan(form(audience="everyone"), terms())
    assert (plan.audience, wrong) == ("everyone", ())


def test_where_both_were_changed_somebody_is_asked() -> None:
    changed = {"audience": "everyone", "rule__1__value": "en"}
    plan, wrong = read_plan(form(**changed), terms())
    assert plan.audience == "everyone"
    assert [(one.name, one.values["said"]) for one in wrong] == [("audience", "language is en")]


def test_a_row_that_cannot_be_read_is_led_to() -> None:
    assert slips(rule__1__value="Klingon") == ["rule.1.field"]
    assert slips(rule__1__field="seen", rule__1__number="soon") == ["rule.1.field"]
    assert slips(rule__1__field="<script>") == ["rule.1.field"]


def test_a_form_shows_room_for_more_rows() -> None:
    rows = rows_of(form())
    assert len(filled(rows, 2)) == 3
    assert len(filled(rows, 99)) == MOST_ROWS


# -- faults and differences ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (Fault("campaigns.fault.label", "ur yes", 1), "label.2.ur"),
        (Fault("campaigns.fault.target", "see"), "target.1"),
        (Fault("campaigns.fault.gaps", "ur"), "text.ur"),
        (Fault("campaigns.fault.no_words"), "text.en"),
        (Fault("campaigns.fault.topic"), "topic"),
        (Fault("campaigns.fault.picture", "cat"), "picture"),
        (Fault("campaigns.fault.answers", number=1), "kind.1"),
    ],
)
def test_every_fault_is_led_to_a_field(fault: Fault, name: str) -> None:
    assert slip_of(fault, PLAN, WORDS, {"ur": "Urdu"}).name == name


def test_an_audience_that_cannot_be_read_points_at_the_word() -> None:
    bad = Plan("campaign", Purpose.NEWS, CONTENT, "langage is ur", Schedule())
    found = slip_of(Fault("campaigns.fault.audience"), bad, WORDS, {})
    assert (found.name, found.values["word"]) == ("audience", "langage")
    assert "language" in found.values["suggestions"]


def test_what_was_changed_is_named_part_by_part() -> None:
    wordings = {**CONTENT.wordings, "ur": Wording("نیا", CONTENT.wordings["ur"].labels)}
    content = CampaignContent(wordings, CONTENT.buttons[:1], "")
    rule = Once(date(2027, 5, 3), time(10))
    after = Plan("campaign", Purpose.SURVEYS, content, "everyone", Schedule(rule), None)
    found = {(one.part, one.where) for one in differences(PLAN, after)}
    assert differences(PLAN, PLAN) == ()
    assert found >= {
        ("topic", ""), ("text", "ur"), ("button", "yes"), ("label", "en no"), ("picture", ""),
        ("audience", ""), ("again", ""), ("schedule", ""),
    }  # fmt: skip
    assert ("text", "en") not in found
