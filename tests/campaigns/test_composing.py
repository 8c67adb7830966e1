"""What is wrong with a plan before it can go out, and the hash of one that is right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.campaigns.composing import LONGEST_CAPTION, LONGEST_TEXT, Known, faults
from bot.campaigns.content import (
    Button,
    CampaignContent,
    Wording,
    content_from_json,
    content_to_json,
)
from bot.campaigns.digest import digest
from bot.campaigns.records import Plan
from bot.campaigns.schedule import Schedule, schedule_from_json, schedule_to_json
from bot.people import Purpose
from bot.reminders import Lead, Relative

KNOWN = Known(
    languages=("en", "cy", "ur"), opens=("find", "skills"), badges=("pledge",), pictures=("card",)
)
BUTTON = Button("find", "open", "find_excel")


def plan(text: str = "**Come** along.", *buttons: Button, **fields: Any) -> Plan:
    labels = {one.id: "Press me" for one in buttons}
    picture = fields.pop("picture", "")
    labels |= fields.pop("labels", {})
    content = CampaignContent({"en": Wording(text, labels)}, buttons, picture)
    values: dict[str, Any] = {
        "kind": "campaign",
        "topic": Purpose.NEWS,
        "content": content,
        "audience": "everyone",
        "schedule": Schedule(),
    }
    return Plan(**(values | fields))


def wrong(made: Plan) -> list[str]:
    return [one.text.removeprefix("campaigns.fault.") for one in faults(made, KNOWN)]


def test_a_good_plan_has_no_faults() -> None:
    buttons = (
        BUTTON,
        Button("site", "link", "https://city.example/a?b=1"),
        Button("pledge", "pledge"),
        Button("badge", "badge", "pledge"),
        Button("yes", "poll"),
        Button("no", "poll"),
    )
    assert wrong(plan("Look: [here](https://city.example)", *buttons, picture="card")) == []


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (plan(topic=None), "topic"),
        (plan(topic=Purpose.REMINDERS), "topic"),
        (plan(kind="service"), "service_topic"),
        (plan("", BUTTON), "no_words"),
        (plan("**open"), "markup"),
        (plan("On {dates}."), "gaps"),
        (plan("x" * (LONGEST_TEXT + 1)), "too_long"),
        (plan("x" * (LONGEST_CAPTION + 1), picture="card"), "too_long"),
        (plan("\N{PARTY POPPER}" * (LONGEST_CAPTION // 2 + 1), picture="card"), "too_long"),
        (plan("[a](http://plain.example)"), "address"),
        (plan("[a](/staff)"), "address"),
        (plan(picture="other"), "picture"),
        (plan("a", BUTTON, labels={"find": "x"}), "label"),
        (plan("a", BUTTON, labels={"find": "y" * 25}), "label"),
        (plan("a", BUTTON, BUTTON), "twice"),
        (plan("a", *(Button(f"b{n}", "pledge") for n in range(9))), "buttons"),
        (plan("a", Button("yes", "poll")), "answers"),
        (plan("a", Button("off", "pledge")), "button_id"),
        (plan("a", Button("Two words", "pledge")), "button_id"),
        (plan("a", Button("a" * 13, "pledge")), "button_id"),
        (plan("a", Button("go", "open", "staff_page")), "target"),
        (plan("a", Button("go", "open", "find excel")), "target"),
        (plan("a", Button("go", "link", "javascript:alert(1)")), "target"),
        (plan("a", Button("go", "badge", "attendance")), "target"),
        (plan("a", Button("go", "pledge", "x")), "target"),
    ],
)
def test_what_is_wrong_is_named(made: Plan, fault: str) -> None:
    assert fault in wrong(made)


def test_a_language_that_is_not_spoken_is_a_fault() -> None:
    made = plan()
    content = replace(made.content, wordings={"xx": Wording("Come")})
    assert wrong(replace(made, content=content)) == ["language"]
    assert wrong(replace(made, content=replace(content, wordings={}))) == ["no_words"]


@pytest.mark.parametrize(
    "promoting",
    [
        {"picture": "card"},
        {"buttons": Button("pledge", "pledge")},
        {"buttons": Button("badge", "badge", "pledge")},
    ],
)
def test_a_service_message_refuses_what_promotes(promoting: dict[str, Any]) -> None:
    buttons = (promoting.pop("buttons"),) if "buttons" in promoting else ()
    made = plan("The class is moved.", *buttons, kind="service", topic=None, **promoting)
    assert wrong(made) == ["service_promotes"]
    assert wrong(plan("Moved.", BUTTON, kind="service", topic=None)) == []


RELATIVE = Schedule(Relative((Lead(3, "days"),)), "course_start", late_after=2)


@pytest.mark.parametrize(
    "changed",
    [
        replace(plan(), audience="language is ur"),
        replace(plan(), schedule=RELATIVE),
        replace(plan(), schedule=Schedule(late_after=3)),
        replace(plan(), topic=Purpose.SURVEYS),
        replace(plan(), again=30),
        plan("**Come** along!"),
        plan("**Come** along.", BUTTON),
        plan(picture="card"),
    ],
)
def test_every_change_changes_the_hash(changed: Plan) -> None:
    assert digest(changed) != digest(plan())


def test_the_order_of_languages_is_part_of_what_was_approved() -> None:
    both = {"en": Wording("Come"), "cy": Wording("Dewch")}
    one = replace(plan(), content=CampaignContent(both))
    other = replace(plan(), content=CampaignContent(dict(reversed(both.items()))))
    assert digest(one) != digest(other)


def test_content_and_schedules_survive_json() -> None:
    made = plan("a", BUTTON, Button("yes", "poll"), picture="card").content
    assert content_from_json(content_to_json(made)) == made
    for schedule in (Schedule(), RELATIVE):
        assert schedule_from_json(schedule_to_json(schedule)) == schedule


def test_who_speaks_another_language_reads_the_first_one() -> None:
    content = CampaignContent({"cy": Wording("Dewch"), "en": Wording("Come")})
    assert content.wording("en") == ("en", Wording("Come"))
    assert content.wording("ur") == ("cy", Wording("Dewch"))
