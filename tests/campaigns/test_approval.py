"""From a draft to people: who may do what in which state, and what a yes covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from typing import get_args

import pytest

from bot.campaigns.approval import (
    TRANSITIONS,
    Action,
    Actor,
    check,
    check_decider,
    is_approved,
    needs_approval,
)
from bot.campaigns.digest import digest
from bot.campaigns.records import Approval, Campaign, CampaignState, Version
from bot.errors import Refused
from bot.people import Role
from tests.campaigns.test_composing import plan

AT = datetime(2027, 1, 11, 9, tzinfo=UTC)
EDITOR = Actor("editor", frozenset({Role.EDITOR}))
APPROVER = Actor("approver", frozenset({Role.APPROVER}))
STATES: tuple[CampaignState, ...] = get_args(CampaignState)


def campaign(state: CampaignState) -> Campaign:
    return Campaign("c", "manchester", "Open day", state, "editor", 1)


ALLOWED = {
    ("edit", "draft"): "draft",
    ("edit", "waiting"): "draft",
    ("edit", "approved"): "draft",
    ("edit", "scheduled"): "draft",
    ("edit", "done"): "draft",
    ("submit", "draft"): "waiting",
    ("submit", "done"): "waiting",
    ("withdraw", "waiting"): "draft",
    ("approve", "waiting"): "approved",
    ("refuse", "waiting"): "draft",
    ("launch", "draft"): "scheduled",
    ("launch", "approved"): "scheduled",
    ("launch", "done"): "scheduled",
    ("unschedule", "scheduled"): "draft",
    ("put_away", "draft"): "put_away",
    ("put_away", "approved"): "put_away",
    ("put_away", "done"): "put_away",
}


@pytest.mark.parametrize(("action", "state"), list(product(get_args(Action), STATES)))
def test_only_these_moves_exist(action: Action, state: CampaignState) -> None:
    wanted = ALLOWED.get((action, state))
    if wanted is None:
        with pytest.raises(Refused, match=r"campaigns\.desk\.not_now"):
            check(action, campaign(state), APPROVER)
    else:
        assert check(action, campaign(state), APPROVER).to == wanted


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(TRANSITIONS))
def test_roles_are_asked_before_states(action: Action, role: Role) -> None:
    may = role in TRANSITIONS[action].roles
    assert may == (
        role in (Role.APPROVER, Role.ADMIN)
        or (role is Role.EDITOR and action not in ("approve", "refuse"))
    )
    if not may:
        with pytest.raises(Refused, match=r"campaigns\.desk\.not_allowed"):
            check(action, campaign("put_away"), Actor("x", frozenset({role})))


VERSION = Version("c", 1, plan(), digest(plan()), "editor", AT)
YES = Approval("a", "c", 1, VERSION.digest, "approver", is_given=True, size=900, at=AT)


def test_nobody_approves_their_own_work() -> None:
    for own in ("editor", "author"):
        made = replace(campaign("waiting"), author="author")
        with pytest.raises(Refused, match=r"campaigns\.desk\.own_work"):
            check_decider(made, VERSION, Actor(own, APPROVER.roles))
    check_decider(campaign("waiting"), VERSION, APPROVER)


@pytest.mark.parametrize(
    ("approval", "counts"),
    [
        (None, False),
        (YES, True),
        (replace(YES, is_given=False), False),
        (replace(YES, number=2), False),
        (replace(YES, digest="other"), False),
        (replace(YES, campaign="d"), False),
        (replace(YES, by="editor"), False),
    ],
)
def test_a_yes_covers_exactly_what_was_read(approval: Approval | None, counts: bool) -> None:
    assert is_approved(VERSION, approval) is counts


def test_approval_is_needed_above_a_size() -> None:
    assert not needs_approval(50, 50)
    assert needs_approval(51, 50)
