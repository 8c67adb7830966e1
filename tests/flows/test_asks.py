"""What employers ask, as providers and the city's team see it."""

from __future__ import annotations

from types import SimpleNamespace

from bot.conversation import Registry
from bot.flows.asks import asks
from bot.needs.employers import Ask, AskKind
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity


def asked(city: SmallCity, provider: str = "Adult College", contact: str = "") -> None:
    unit = city.employers.unit
    made = unit.employers.add("anna", "manchester", {"name": "Care Ltd"})
    unit.asks.add(
        Ask(
            "", "manchester", made.id, "anna", AskKind.PROVIDERS, unit.now, provider=provider,
            course="excel", skill="digcomp3:1.3:2", people=12, by="2027-03-01", contact=contact,
        )
    )  # fmt: skip


def talk(city: SmallCity, role: str = "provider") -> ScriptedChat:
    return city.chat(Registry((asks,)), roles=frozenset({role}))


def test_residents_see_nothing() -> None:
    city = SmallCity()
    asked(city)
    chat = talk(city, "resident")
    chat.send("/asks")
    assert chat.said == ["asks.none_of_yours"]


def test_a_provider_sees_what_is_asked_of_it_and_of_no_other() -> None:
    city = SmallCity()
    city.employers.teach_for("ADULT college")
    asked(city)
    asked(city, "Other College")
    chat = talk(city)
    chat.send("/asks")
    assert chat.last.text_id == "asks.list"
    assert chat.options == ["done.0", "provision", "back"]


def test_a_provider_sees_the_course_that_it_is_asked_about() -> None:
    city = SmallCity()
    city.employers.teach_for("Adult College")
    excel = SimpleNamespace(course=SimpleNamespace(title="Excel: first steps"))
    city.employers.unit.catalogue.find = {"excel": excel}.get
    asked(city)
    chat = talk(city)
    chat.send("/asks")
    assert "Excel: first steps" in str(chat.last.values)


def test_an_address_is_shown_only_where_the_employer_agreed() -> None:
    city = SmallCity()
    city.employers.teach_for("Adult College")
    asked(city)
    chat = talk(city)
    chat.send("/asks")
    assert "asks.contact" not in str(chat.last.values)
    other = SmallCity()
    other.employers.teach_for("Adult College")
    asked(other, contact="a@example.org")
    chat = talk(other)
    chat.send("/asks")
    assert "a@example.org" in str(chat.last.values)


def test_what_was_seen_to_goes_from_the_list() -> None:
    city = SmallCity()
    city.employers.teach_for("Adult College")
    asked(city)
    chat = talk(city)
    chat.send("/asks")
    chat.choose("done.0")
    assert chat.said == ["asks.done"]
    assert chat.last.text_id == "asks.empty"


def test_nobody_settles_what_is_asked_of_others() -> None:
    city = SmallCity()
    city.employers.teach_for("Adult College")
    asked(city)
    chat = talk(city)
    chat.send("/asks")
    city.employers.teach_for("Other College")
    chat.choose("done.0")
    assert chat.said == ["asks.gone"]
    assert len(city.employers.unit.asks.list_open("manchester")) == 1


def test_the_citys_team_sees_all_of_it() -> None:
    city = SmallCity()
    city.employers.context.roles = frozenset({"staff"})
    asked(city)
    asked(city, "Other College")
    chat = talk(city, "staff")
    chat.send("/asks")
    assert chat.options == ["done.0", "done.1", "back"]
