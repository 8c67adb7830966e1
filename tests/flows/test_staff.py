from __future__ import annotations

from tests.support.small_city import SmallCity


def test_staff_get_a_link_and_others_do_not() -> None:
    staff, resident = SmallCity().chat(roles=frozenset({"staff"})), SmallCity().chat()

    staff.send("/staff")
    resident.send("/staff")

    assert staff.said == ["staff.link"]
    assert resident.said == ["staff.none"]
    assert resident.applied == []
