"""How a campaign gets from a draft to people: who may do what in which state.

A yes names one version by its number and hash. Every edit makes another version, so that nothing
goes out that was not approved as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.campaigns.records import Approval, Campaign, CampaignState, Version
from bot.errors import Refused
from bot.people.roles import Role

Action: TypeAlias = Literal[
    "edit", "submit", "withdraw", "approve", "refuse", "launch", "unschedule", "put_away"
]

_WRITERS = frozenset({Role.EDITOR, Role.APPROVER, Role.ADMIN})
_DECIDERS = frozenset({Role.APPROVER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of the city's staff.

    Attributes:
        reference: As in the audit log.
        roles: Those that they hold in the campaign's city.
    """

    reference: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Transition:
    """What an action needs and where it leads.

    Attributes:
        to: The state after it; a launch without a schedule is done at once.
    """

    was: frozenset[CampaignState]
    to: CampaignState
    roles: frozenset[Role]


def _transition(
    to: CampaignState, *was: CampaignState, roles: frozenset[Role] = _WRITERS
) -> Transition:
    return Transition(frozenset(was), to, roles)


TRANSITIONS: Mapping[Action, Transition] = {
    "edit": _transition("draft", "draft", "waiting", "approved", "scheduled", "done"),
    "submit": _transition("waiting", "draft", "done"),
    "withdraw": _transition("draft", "waiting"),
    "approve": _transition("approved", "waiting", roles=_DECIDERS),
    "refuse": _transition("draft", "waiting", roles=_DECIDERS),
    "launch": _transition("scheduled", "draft", "approved", "done"),
    "unschedule": _transition("draft", "scheduled"),
    "put_away": _transition("put_away", "draft", "approved", "done"),
}


def check(action: Action, campaign: Campaign, actor: Actor) -> Transition:
    """Return what an action leads to.

    Raises:
        Refused: Their roles do not allow it, or the campaign is in another state.
    """
    found = TRANSITIONS[action]
    if not actor.roles & found.roles:
        raise Refused("campaigns.desk.not_allowed")
    if campaign.state not in found.was:
        raise Refused("campaigns.desk.not_now")
    return found


def check_decider(campaign: Campaign, version: Version, actor: Actor) -> None:
    """Check that somebody may say yes to a version.

    Raises:
        Refused: They wrote it, or began the campaign.
    """
    if actor.reference in (campaign.author, version.made_by):
        raise Refused("campaigns.desk.own_work")


def is_approved(version: Version, approval: Approval | None) -> bool:
    """Tell whether a second person said yes to exactly this version."""
    return (
        approval is not None
        and approval.is_given
        and (approval.campaign, approval.number) == (version.campaign, version.number)
        and approval.digest == version.digest
        and approval.by != version.made_by
    )


def needs_approval(size: int, above: int) -> bool:
    """Tell whether so many people may be written to only with a second person's yes."""
    return size > above
