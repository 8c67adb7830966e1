from datetime import timedelta

import pytest
from sqlmodel import select

from bot.errors import Refused
from bot.people import Grant, Role
from bot.people.staff import LOGIN_LASTS, SESSION_IDLE, SESSION_LASTS
from storage import Database, Unit
from storage.tables.staff import AuditRow, InvitationRow, LoginRow, WebSessionRow
from tests.support.databases import MovedClock


@pytest.fixture
def person(database: Database) -> str:
    return database.write_now(lambda unit: unit.people.ensure("telegram", "b", "1")).id


def make_editor(database: Database, person: str) -> None:
    database.write_now(
        lambda unit: unit.staff.grant(person, Role.EDITOR, ["manchester"], channel="telegram")
    )


def sign_in(database: Database, person: str) -> str:
    token = database.write_now(lambda unit: unit.staff.make_login(person, "telegram"))
    return database.write_now(lambda unit: unit.staff.use_login(token)).token


def test_an_invitation_gives_its_role_to_the_first_who_takes_it(
    database: Database, person: str
) -> None:
    cities = ["manchester", "derby"]
    token = database.write_now(lambda unit: unit.staff.invite(Role.LIAISON, cities))
    offered = database.read_now(lambda unit: unit.staff.find_invitation(token))
    assert offered is not None
    taken = database.write_now(lambda unit: unit.staff.accept_invitation(token, person, "telegram"))
    assert (taken.role, taken.cities) == (offered.role, ("derby", "manchester"))
    assert database.read_now(lambda unit: unit.staff.grants(person)) == {
        Grant(Role.LIAISON, "manchester"),
        Grant(Role.LIAISON, "derby"),
    }
    assert database.read_now(lambda unit: unit.staff.find_invitation(token)) is None
    with pytest.raises(Refused, match=r"invite\.used"):
        database.write_now(lambda unit: unit.staff.accept_invitation(token, person, "telegram"))


def test_a_provider_is_invited_for_an_organisation(database: Database, person: str) -> None:
    for role, provider in ((Role.PROVIDER, " "), (Role.EDITOR, "Hulme College")):
        with pytest.raises(Refused, match=r"invite\.no_provider"):
            database.write_now(
                lambda unit, r=role, p=provider: unit.staff.invite(r, ["derby"], provider=p)  # type: ignore[misc]
            )
    for name in ("Hulme  College ", "Library"):
        token = database.write_now(
            lambda unit, n=name: unit.staff.invite(Role.PROVIDER, ["derby"], provider=n)  # type: ignore[misc]
        )
        taken = database.write_now(
            lambda unit, t=token: unit.staff.accept_invitation(t, person, "telegram")  # type: ignore[misc]
        )
    assert taken.provider == "Library"
    held = {Grant(Role.PROVIDER, "derby", name) for name in ("Hulme College", "Library")}
    assert database.read_now(lambda unit: unit.staff.grants(person, "web")) == held
    entries = database.read_now(lambda unit: unit.audit.list_latest())
    assert [entry.facts["provider"] for entry in entries] == [
        *("Library", "Library"),
        *("Hulme College", "Hulme College"),
    ]


def test_an_organisation_takes_the_place_of_a_role_without_one(
    database: Database, person: str
) -> None:
    def grant(unit: Unit, provider: str, city: str = "derby") -> None:
        unit.staff.grant(person, Role.PROVIDER, [city], provider=provider)

    database.write_now(lambda unit: grant(unit, ""))
    database.write_now(lambda unit: grant(unit, "", "swansea"))
    database.write_now(lambda unit: grant(unit, "Library"))
    assert database.read_now(lambda unit: unit.staff.grants(person)) == {
        Grant(Role.PROVIDER, "derby", "Library"),
        Grant(Role.PROVIDER, "swansea"),
    }
    assert not database.write_now(lambda unit: unit.staff.revoke(person, Role.PROVIDER, "derby"))
    assert database.write_now(
        lambda unit: unit.staff.revoke(person, Role.PROVIDER, "derby", provider="Library")
    )
    assert database.read_now(lambda unit: unit.staff.grants(person)) == {
        Grant(Role.PROVIDER, "swansea")
    }


def test_providers_sign_in_and_residents_do_not(database: Database, person: str) -> None:
    with pytest.raises(Refused, match="not_staff"):
        database.write_now(lambda unit: unit.staff.make_login(person, "web"))
    database.write_now(
        lambda unit: unit.staff.grant(person, Role.PROVIDER, ["derby"], provider="Library")
    )
    assert database.write_now(lambda unit: unit.staff.make_login(person, "web"))


def test_an_invitation_ends_and_cannot_be_guessed(
    database: Database, person: str, clock: MovedClock
) -> None:
    token = database.write_now(lambda unit: unit.staff.invite(Role.ADMIN, [""]))
    with pytest.raises(Refused, match=r"invite\.unknown"):
        database.write_now(lambda unit: unit.staff.accept_invitation("x", person, "telegram"))
    clock.move(days=8)
    assert database.read_now(lambda unit: unit.staff.find_invitation(token)) is None
    with pytest.raises(Refused, match=r"invite\.expired"):
        database.write_now(lambda unit: unit.staff.accept_invitation(token, person, "telegram"))


def test_the_first_admin_is_admin_everywhere(database: Database, person: str) -> None:
    token = database.write_now(lambda unit: unit.staff.invite(Role.ADMIN, [""]))
    database.write_now(lambda unit: unit.staff.accept_invitation(token, person, "telegram"))
    assert database.read_now(lambda unit: unit.staff.grants(person)) == {Grant(Role.ADMIN)}
    [member] = database.read_now(lambda unit: unit.staff.list_staff("wakefield"))
    assert (member.person, member.role, member.city) == (person, "admin", "")


def test_a_login_link_is_used_once(database: Database, person: str) -> None:
    make_editor(database, person)
    token = database.write_now(lambda unit: unit.staff.make_login(person, "telegram"))
    session = database.write_now(lambda unit: unit.staff.use_login(token))
    assert session.person == person
    assert session.token != session.csrf
    with pytest.raises(Refused, match=r"login\.invalid"):
        database.write_now(lambda unit: unit.staff.use_login(token))


def test_a_login_link_ends_after_ten_minutes(
    database: Database, person: str, clock: MovedClock
) -> None:
    make_editor(database, person)
    token = database.write_now(lambda unit: unit.staff.make_login(person, "telegram"))
    clock.at += LOGIN_LASTS
    with pytest.raises(Refused, match=r"login\.invalid"):
        database.write_now(lambda unit: unit.staff.use_login(token))


def test_who_is_not_staff_on_a_channel_gets_no_link_there(database: Database, person: str) -> None:
    make_editor(database, person)
    with pytest.raises(Refused, match="not_staff"):
        database.write_now(lambda unit: unit.staff.make_login(person, "web"))


def test_a_session_ends_by_rest_by_age_and_by_leaving(
    database: Database, person: str, clock: MovedClock
) -> None:
    make_editor(database, person)
    token = sign_in(database, person)

    def is_open(secret: str = token) -> bool:
        return database.write_now(lambda unit: unit.staff.session(secret)) is not None

    for _ in range(23):
        clock.at += SESSION_IDLE - timedelta(seconds=1)
        assert is_open()
    clock.at += SESSION_LASTS - 23 * SESSION_IDLE
    assert not is_open()
    rested = sign_in(database, person)
    clock.at += SESSION_IDLE
    assert not is_open(rested)
    left = sign_in(database, person)
    assert is_open(left)
    database.write_now(lambda unit: unit.staff.close_session(left))
    assert not is_open(left)


def test_a_session_may_do_what_the_roles_say_now(database: Database, person: str) -> None:
    make_editor(database, person)
    token = sign_in(database, person)
    grants = database.read_now(lambda unit: unit.staff.session_grants(token))
    assert grants == {Grant(Role.EDITOR, "manchester")}
    assert database.write_now(lambda unit: unit.staff.revoke(person, Role.EDITOR, "manchester"))
    assert database.read_now(lambda unit: unit.staff.session_grants(token)) == frozenset()
    assert database.write_now(lambda unit: unit.staff.session(token)) is None


def test_no_secret_is_stored(database: Database, person: str) -> None:
    make_editor(database, person)
    invitation = database.write_now(lambda unit: unit.staff.invite(Role.EDITOR, ["derby"]))
    login = database.write_now(lambda unit: unit.staff.make_login(person, "telegram"))
    session = sign_in(database, person)
    stored = database.read_now(
        lambda unit: str(
            [unit.orm.exec(select(t)).all() for t in (InvitationRow, LoginRow, WebSessionRow)]
        )
    )
    for secret in (invitation, login, session):
        assert secret not in stored


def test_every_act_is_in_the_audit_log_by_reference(database: Database, person: str) -> None:
    make_editor(database, person)
    sign_in(database, person)
    reference = database.read_now(lambda unit: unit.people.reference_of(person))
    entries = database.read_now(lambda unit: unit.audit.list_latest())
    assert [entry.action for entry in entries] == ["staff.signed_in", "staff.granted"]
    assert entries[0].actor == entries[1].subject == reference
    assert person not in str(entries)
    assert len(database.read_now(lambda unit: unit.audit.list_latest("manchester"))) == 1


@pytest.mark.parametrize("column", ["action", "actor", "facts", "at", "hash", "city"])
def test_a_changed_entry_breaks_the_chain(database: Database, column: str) -> None:
    for number in range(5):
        database.write_now(
            lambda unit, n=number: unit.audit.record("export", facts={"n": str(n)})  # type: ignore[misc]
        )
    check = database.read_now(lambda unit: unit.audit.verify())
    assert (check.is_whole, check.entries) == (True, 5)

    def tamper(unit: Unit) -> None:
        row = unit.orm.get_one(AuditRow, 3)
        changed = {"facts": '{"n": "9"}', "at": row.at + timedelta(seconds=1)}
        setattr(row, column, changed.get(column, "tampered"))

    database.write_now(tamper)
    assert database.read_now(lambda unit: unit.audit.verify()).broken_at == 3


def test_a_removed_entry_breaks_the_chain(database: Database) -> None:
    for _ in range(3):
        database.write_now(lambda unit: unit.audit.record("export"))
    database.write_now(lambda unit: unit.orm.delete(unit.orm.get(AuditRow, 2)))
    assert database.read_now(lambda unit: unit.audit.verify()).broken_at == 2
