"""Class codes: made, shown, used, approved, corrected, ended; and links for the others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from bot.badges.effects import MakeClaimLinks, MakeClassCode, TakeBack
from bot.errors import Refused
from bot.people import Grant, Role, Teacher
from content.badges import Stands
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import TITLES, SmallCity

PROVIDER = frozenset({"provider"})


def taught(*called: str, is_at_once: bool = False) -> tuple[SmallCity, ScriptedChat]:
    """A class of which these people used the code, which is open in the chat."""
    city = SmallCity()
    effect = MakeClassCode("attendance", "excel", "1", hours=3, needs_approval=not is_at_once)
    code = city.classes.effects()["MakeClassCode"](effect)["id"]
    for one in called:
        city.classes.kept.claim(code, one)
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("open.1")
    return city, chat


def states(city: SmallCity) -> list[str]:
    return [one.state for one in city.classes.kept.claims.values()]


def test_who_does_not_teach_makes_no_code() -> None:
    city = SmallCity()
    city.classes.context.teacher = Teacher("person-1", frozenset())
    chat = city.chat()
    chat.send("/teach")
    assert chat.said == ["classes.none"]
    for effect in (MakeClassCode("attendance", "excel"), MakeClaimLinks("code0", 1)):
        with pytest.raises(Refused, match="not_a_provider"):
            city.classes.effects()[type(effect).__name__](effect)


def test_a_code_is_made_for_a_course_and_a_date() -> None:
    city = SmallCity()
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    assert chat.last.text_id == "classes.empty"
    chat.choose("new")
    assert chat.last.text_id == "classes.own"
    chat.choose("n.1")
    assert chat.last.text_id == "classes.date"
    chat.choose("n.2")
    for answer in ("completion", "area.digcomp3.1", "1.3", "2", "single", "short"):
        chat.choose(answer)
    made = city.classes.kept.made["code0"]
    assert (made.plan, made.course, made.instance) == ("completion", "excel", "2")
    assert (made.most_uses, made.needs_approval) == (1, False)
    assert made.about.values["by"] == "Invented College"
    assert made.about.stands == (Stands(framework="digcomp3", competence="1.3", level=2),)
    says = chat.outcome.screen.says[-1]
    assert says.text.id == "classes.code_single"
    assert says.text.values["words"] == made.words
    link = f"https://t.me/learning_bot?start=claim_{made.token}"
    assert says.text.values["link"] == link
    assert says.attachments[0].values == {"source": "class_code", "code": "code0", "link": link}


def test_a_few_courses_are_listed_at_once_and_their_names_can_be_typed() -> None:
    city = SmallCity()
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("new")
    assert [one.title.values["title"] for one in chat.question.cards] == list(TITLES.values())
    chat.send("baking bread")
    assert chat.last.text_id == "classes.plan"


def test_of_many_courses_one_is_found_by_its_words() -> None:
    city = SmallCity()
    city.classes.add({f"more-{number}": f"Sewing {number}" for number in range(9)})
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("new")
    assert chat.last.text_id == "classes.course_of"
    chat.send("falconry")
    assert "classes.no_course_of" in chat.said
    chat.send("excel")
    assert chat.last.text_id == "classes.which"
    chat.choose("n.1")
    assert chat.last.text_id == "classes.date"


def test_who_has_no_course_is_told_how_to_add_one() -> None:
    city = SmallCity()
    city.classes.withdrawn |= set(TITLES)
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("new")
    assert "classes.no_own" in chat.said
    assert chat.last.text_id == "classes.empty"


def test_a_badge_for_what_no_skill_fits_is_said_to_name_none() -> None:
    city = SmallCity()
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    for answer in ("new", "n.2", "attendance"):
        chat.choose(answer)
    assert chat.last.text_id == "classes.area"
    chat.choose("no_skill")
    assert "classes.without_skill" in chat.said
    for answer in ("look", "day"):
        chat.choose(answer)
    assert city.classes.kept.made["code0"].about.stands == ()


def test_a_course_that_names_its_skills_asks_for_none() -> None:
    city = SmallCity()
    tags = (SimpleNamespace(competence="1.3", level=3), SimpleNamespace(competence="2.1", level=0))
    city.classes.context.unit.tags = SimpleNamespace(of_course=lambda city, course: tags)
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    for answer in ("new", "n.2", "attendance", "look", "day"):
        chat.choose(answer)
    stands = city.classes.kept.made["code0"].about.stands
    assert stands == (Stands(framework="digcomp3", competence="1.3", level=3),)


def test_nobody_makes_a_code_for_what_is_withdrawn() -> None:
    city = SmallCity()
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("new")
    city.classes.withdrawn.add("bread")
    chat.choose("n.2")
    assert "classes.withdrawn" in chat.said
    assert chat.last.text_id == "classes.empty"
    with pytest.raises(Refused, match="withdrawn"):
        city.classes.effects()["MakeClassCode"](MakeClassCode("attendance", "bread"))


def test_a_provider_without_an_organisation_is_told_to_ask_for_it() -> None:
    city = SmallCity()
    city.classes.context.teacher = Teacher("person-1", frozenset({Grant(Role.PROVIDER)}))
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("new")
    assert chat.said == ["classes.no_organisation"]
    assert chat.last.text_id == "classes.empty"


def test_staff_make_codes_for_every_course_of_their_city() -> None:
    city = SmallCity()
    city.classes.context.teacher = Teacher("staff", frozenset({Grant(Role.LIAISON)}))
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("new")
    assert chat.last.text_id == "classes.course"
    chat.send("falconry")
    assert "classes.no_course" in chat.said
    chat.send("excel")
    assert chat.last.text_id == "classes.which"


def test_in_a_browser_the_link_leads_to_the_browser() -> None:
    city = SmallCity()
    city.classes.context.channel = "web"
    made = city.classes.effects()["MakeClassCode"](MakeClassCode("attendance", "excel", "1"))
    says = city.classes.looks()["class_code"](made["id"])["says"]
    assert f"https://badges.example/?start=claim_{made['token']}" in str(says)


def test_all_who_are_shown_are_approved_and_none_who_came_later() -> None:
    city, chat = taught("Amira", "")
    chat.choose("people")
    cards = chat.question.cards
    assert cards[0].title.values["name"] == "Amira"
    assert cards[1].title.values["name"].id == "classes.no_name"
    city.classes.kept.claim("code0", "Late")
    chat.choose("all")
    assert "classes.approved" in chat.said
    assert states(city) == ["approved", "approved", "waiting"]


def test_some_are_approved_and_some_refused() -> None:
    city, chat = taught("Amira", "Owen", "Zed")
    chat.choose("people")
    chat.choose("some")
    chat.choose("n.2")
    chat.choose("-done")
    assert states(city) == ["waiting", "approved", "waiting"]
    chat.choose("refuse")
    chat.choose("n.2")
    chat.choose("-done")
    assert states(city) == ["waiting", "approved", "refused"]
    chat.choose("some")
    chat.choose("-done")
    assert "classes.unchanged" in chat.said


def test_a_badge_is_taken_back_with_a_reason_and_given_again() -> None:
    city, chat = taught("Amira", is_at_once=True)
    city.classes.hand_out()
    first = city.classes.badge_of("claim0")
    chat.choose("given")
    chat.choose("open.1")
    chat.choose("absent")
    assert "classes.taken" in chat.said
    taken = city.classes.badge_of("claim0")
    assert taken.revoked_at is not None
    assert taken.reason == "classes.reason.absent"
    chat.choose("open.1")
    chat.choose("give")
    again = city.classes.badge_of("claim0")
    assert again.token != first.token
    assert again.revoked_at is None
    assert city.classes.audited[-2:] == ["badge.taken_back", "badge.given_again"]


def test_a_badge_is_not_taken_back_twice_or_for_words_of_ones_own() -> None:
    city, _ = taught("Amira", is_at_once=True)
    city.classes.hand_out()
    take = city.classes.effects()["TakeBack"]
    with pytest.raises(Refused, match="not_offered"):
        take(TakeBack("code0", "claim0", "anything"))
    take(TakeBack("code0", "claim0", "classes.reason.person"))
    with pytest.raises(Refused, match="claim_gone"):
        take(TakeBack("code0", "claim0", "classes.reason.person"))
    with pytest.raises(Refused, match="claim_gone"):
        take(TakeBack("code0", "claim9", "classes.reason.person"))


def test_links_are_made_for_those_who_were_not_there() -> None:
    city, chat = taught()
    chat.choose("links")
    chat.choose("n.3")
    says = next(s for s in chat.outcome.screen.says if s.text.id == "classes.links_made")
    lines = says.text.values["lines"]
    assert [one.values["link"].partition("claim_")[2] for one in lines] == city.classes.kept.links
    city.classes.kept.links += ["x"] * 195
    chat.choose("links")
    chat.choose("n.3")
    assert "classes.too_many_links" in chat.said


def test_a_code_is_ended_after_a_question_and_shows_no_picture_then() -> None:
    city, chat = taught()
    chat.choose("end")
    chat.choose("end_no")
    assert "classes.ended" not in chat.said
    chat.choose("end")
    chat.choose("end_yes")
    assert "classes.ended" in chat.said
    says = chat.outcome.screen.says[-1]
    assert (says.text.id, says.attachments) == ("classes.code_over", ())
    assert chat.options[:3] == ["people", "given", "back"]
    with pytest.raises(Refused, match="over"):
        city.classes.effects()["MakeClaimLinks"](MakeClaimLinks("code0", 1))


def test_twenty_open_codes_are_enough() -> None:
    city, _ = taught()
    make = city.classes.effects()["MakeClassCode"]
    for _ in range(19):
        make(MakeClassCode("attendance", "excel", "1"))
    with pytest.raises(Refused, match="too_many"):
        make(MakeClassCode("attendance", "excel", "1"))


def test_somebody_elses_code_is_not_there() -> None:
    city, _ = taught("Amira")
    colleague, stranger = (
        Teacher("person-2", frozenset({Grant(Role.PROVIDER, "manchester", name)}))
        for name in ("Invented College", "Library")
    )
    city.classes.context.teacher = colleague
    assert city.classes.looks()["class_code"]("code0")
    city.classes.context.teacher = stranger
    assert city.classes.looks()["class_courses"]("excel") == []
    assert city.classes.looks()["class_course"]("excel") is None
    assert city.classes.looks()["class_code"]("code0") is None
    assert city.classes.looks()["class_claims"]("code0") == {"total": 0, "people": []}
    assert city.classes.looks()["class_given"]("code0", 0)["people"] == []
    with pytest.raises(Refused, match="unknown"):
        city.classes.effects()["TakeBack"](TakeBack("code0", "claim0", "classes.reason.person"))


def test_a_newcomer_who_scans_a_code_is_asked_for_it_after_the_greeting() -> None:
    chat = SmallCity(accepted=False).chat()
    chat.start("start", payload="claim_maple-otter-47")
    chat.choose("english")
    assert chat.last.text_id == "my_badges.called"


def test_a_message_about_claims_leads_to_them_or_to_no_more_messages() -> None:
    city, _ = taught("Amira")
    chat = city.chat(roles=PROVIDER)
    chat.start("teach", payload="teach_code0_see")
    assert chat.last.text_id == "classes.then"
    quiet = city.chat(roles=PROVIDER)
    quiet.start("teach", payload="teach_code0_quiet")
    assert quiet.said == ["classes.told_off"]
    kept = city.classes.context.unit.staff
    assert not kept.is_told("person-1")
    quiet.choose("tell_on")
    assert "classes.told_on" in quiet.said
    assert kept.is_told("person-1")
    every = city.chat(roles=PROVIDER)
    every.start("teach", payload="teach_all_see")
    assert every.last.text_id == "classes.list"


def test_the_pages_on_the_web_are_one_press_away() -> None:
    city, _ = taught()
    chat = city.chat(roles=PROVIDER)
    chat.send("/teach")
    chat.choose("web")
    assert "classes.web_link" in chat.said
    assert chat.last.text_id == "classes.list"
