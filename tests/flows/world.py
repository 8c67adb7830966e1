"""The world in which the general tests start every flow, and the arguments they start it with."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from bot.badges.effects import MakeClassCode
from bot.badges.held import NewAward
from bot.badges.planning import About
from bot.conversation import Registry
from bot.people import Purpose
from bot.reminders import Daily, NewReminder
from tests.courses.offers.filled import told
from tests.support.invited_people import INVITATION, OPPORTUNITY, ORGANISATION
from tests.support.said_comments import TOKEN
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.written_offers import STAFF, TEA_ROOM
from tests.support.written_to import RUN

START_ARGS: dict[str, tuple[dict[str, Any], ...]] = {
    "course": ({"payload": "course_excel"}, {"payload": "walk"}, {"payload": "course_gone"}),
    "skills": (
        {"framework": "digcomp3", "mode": "quick", "parts": []},
        {},
        {"payload": "skills_1-1"},
        {"framework": "eds", "mode": "tasks", "parts": []},
        {"payload": "skills_data"},
    ),
    "search": ({"request": {"text": "excel bread english walk"}}, {"request": {"text": "near me"}}),
    "cv": ({}, {"payload": "cv_experiences"}, {"payload": "cv_badges"}, {"payload": "cv_x"}),
    "discover": ({}, {"wish": "excel evenings"}),
    "join": ({}, {"payload": "join_good"}, {"payload": "join_old"}),
    "employers": ({}, {"payload": "employers_old"}, {"organisation": "nobodys"}),
    "questionnaire": (
        {"name": "provision"},
        {"payload": "answer_provision"},
        {"name": "evaluation", "subject": "excel"},
        {"name": "evaluation", "subject": "gone"},
        {"response": "nobodys"},
    ),
    "codesign": (
        {},
        {"payload": f"codesign_{TOKEN}"},
        {"payload": "codesign_x"},
        {"round_id": "gone"},
        {"round_id": "round1", "way": "came"},
        {"round_id": "round1", "way": "answers"},
    ),
    "campaign": (
        {"payload": f"cm_{RUN}_1_off"},
        {"payload": f"cm_{RUN}_1_yes"},
        {"payload": f"cm_{RUN}_1_skills"},
        {"payload": f"cm_{RUN}_1_pledge"},
        {"payload": f"cm_{RUN}_2_off"},
        {"payload": "cm_x"},
        {},
    ),
    "pledge": ({}, {"payload": f"pledge_{RUN}"}),
    "teach": (
        {},
        {"payload": "teach_code0_see"},
        {"payload": "teach_all_see"},
        {"payload": "teach_code0_quiet"},
        {"payload": "teach_x"},
    ),
    "invite": ({"payload": "invite_good"}, {"payload": "invite_old"}),
    "next_steps": (
        {},
        {"competence": "1.3"},
        {"payload": "next_1-3"},
        {"competence": "3.4", "level": 2, "is_child": True},
        {"competence": "nonsense"},
    ),
    "pathways": (
        {},
        {"payload": "route_keeping-safe"},
        {"payload": "route_online-selling_plan-posts"},
        {"payload": "next"},
        {"payload": "route_gone"},
    ),
    "reminders": (
        {},
        {"said": "remind me tomorrow at 6 to call the college"},
        {"payload": "remind_reminder1_0_snooze"},
        {"payload": "remind_reminder1_0_stop"},
        {"payload": "remind_reminder1_0_change"},
        {"payload": "remind_reminder9_0_open"},
        {"payload": "remind_reminder1_0_well"},
        {"payload": "remind_course_excel"},
        {"payload": "new_practice"},
        {"payload": "remind_new_again"},
    ),
    "stop_reminders": ({}, {"said": "stop reminding me to breathe"}, {"said": "no more reminders"}),
    "badges": (
        {},
        {"payload": "badges_earn"},
        {"payload": "badge_Token_0000000000000000"},
        {"payload": "badge_Token_0000000000000000_linkedin"},
        {"payload": "claim_maple-otter-47"},
        {"payload": "badges_informal"},
        {"payload": "badges_champion"},
        {"payload": "badges_pledge"},
    ),
    "offers": (
        {},
        {"payload": "offer_offer0"},
        {"payload": "offer_offer1"},
        {"payload": "offer_gone"},
        {"payload": "offers_waiting"},
    ),
    "work": ({}, {"payload": "work_list"}),
    "invited": (
        {"payload": f"inv_{INVITATION}_open"},
        {"payload": f"inv_{INVITATION}_yes"},
        {"payload": f"inv_{INVITATION}_no"},
        {"payload": "inv_gone_yes"},
        {},
    ),
    "opportunities": (
        {},
        {"organisation": ORGANISATION},
        {"payload": f"opp_{OPPORTUNITY}_open", "organisation": ORGANISATION},
        {"payload": "opp_gone"},
    ),
    "worth": ({}, {"payload": "worth_4-2"}, {"payload": "worth_data-prepare"}, {"payload": "x"}),
    "start": ({}, {"wish": "excel"}, {"payload": "course_excel"}),
}
"""None for the others."""


def begin(registry: Registry, **settings: Any) -> ScriptedChat:
    """Return a person in a new world, talking to all flows of a registry."""
    city = SmallCity(
        accepted=False,
        city="",
        saved=["excel", "bread", "esol", "walk"],
        moved=["bread"],
        watched={"w0": {"text": "falconry"}, "w1": {"text": "bread"}},
        due=["w1"],
        invitation={"role": "editor", "cities": ["Manchester"]},
    )
    city.routes.kept.follow("person-1", "manchester", "job-search", "1")
    award = NewAward("person-1", "manchester", "pledge", About("", {"city": "X"}), months=12)
    city.badges.kept.award(award)
    city.badges.kept.sign()
    city.cv.kept.award("Getting online")
    city.cv.kept.award("Promise to learn")
    city.reminders.kept.put(
        NewReminder(
            "person-1", "manchester", "own", Daily(time(9), date(2027, 1, 1)), "UTC", "test",
            words="breathe",
        )
    )  # fmt: skip
    taught = MakeClassCode("attendance", "excel", "1", hours=3)
    code = city.classes.effects()["MakeClassCode"](taught)["id"]
    for called in ("Amira", "", "Owen"):
        city.classes.kept.claim(code, called)
    city.classes.kept.decide(city.classes.context.teacher, code, ("claim2",), is_approved=True)
    city.classes.hand_out()
    city.offers.speak_as(TEA_ROOM | STAFF)
    for key, does in (("offer0", "send"), ("offer1", "publish")):
        city.offers.kept.begin("person-1", "manchester", "The Tea Room", told())
        city.offers.kept.send(key, "person-1")
        if does == "publish":
            city.offers.kept.publish(key, 1, "person-1", None)
    city.employers.teach_for("Adult College")
    city.mail.write()
    city.mail.turn_on(Purpose.NEWS)
    city.work.begin()
    settings.setdefault("roles", frozenset({"provider"}))
    return city.chat(registry, **settings)
