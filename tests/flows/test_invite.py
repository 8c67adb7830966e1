from __future__ import annotations

from tests.support.small_city import SmallCity

INVITATION = {"role": "editor", "cities": ["Manchester"]}


def test_an_invitation_names_the_role_and_is_accepted() -> None:
    chat = SmallCity(invitation=INVITATION).chat()

    chat.send("/start invite_good")
    assert chat.last.values["role"].id == "role.editor"
    chat.choose("yes")

    assert [type(effect).__name__ for effect in chat.applied] == ["AcceptInvitation"]


def test_a_used_invitation_says_so_and_grants_nothing() -> None:
    chat = SmallCity(invitation=INVITATION).chat()

    chat.send("/start invite_old")

    assert chat.applied == []
    assert chat.last.text_id == "menu.ask"


def test_declining_grants_nothing() -> None:
    chat = SmallCity(invitation=INVITATION).chat()

    chat.send("/start invite_good")
    chat.choose("no")

    assert chat.applied == []


def test_a_role_for_every_city_says_so() -> None:
    chat = SmallCity(invitation={"role": "admin", "cities": []}).chat()

    chat.send("/start invite_good")

    assert [one.id for one in chat.last.values["cities"]] == ["invite.everywhere"]


def test_who_becomes_a_provider_is_told_where_to_begin() -> None:
    for role, is_told in (("provider", True), ("editor", False)):
        chat = SmallCity(invitation={"role": role, "cities": ["Manchester"]}).chat()
        chat.registry._flows.pop("menu")
        chat.send("/start invite_good")
        chat.choose("yes")
        assert ("classes.welcome" in chat.said) is is_told
