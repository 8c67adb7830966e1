"""What a conversation can do for an employer. All are calls, and each checks anew who asks.

A refusal with "employers.gone" means that the organisation, or what it is about, is not there for
this person: it says nothing of whether it is there for somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddOrganisation:
    """Make an organisation with the person as its lead. Returns {"id"}."""

    name: str


@dataclass(frozen=True, slots=True)
class JoinOrganisation:
    """Become a member by a colleague's link. Returns {"id", "name", "team"}."""

    token: str


@dataclass(frozen=True, slots=True)
class InviteColleagues:
    """Make a link with which colleagues join. Returns {"link", "until"}: where and how long."""

    organisation: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class RevokeColleagueLink:
    """End a link at once. Returns whether there was one."""

    link: str


@dataclass(frozen=True, slots=True)
class LeaveOrganisation:
    """Leave it. Returns whether it is still there for others."""

    organisation: str


@dataclass(frozen=True, slots=True)
class LetContact:
    """Let the city's skills team write to an email address, or no more where it is empty.

    Returns whether it is an address, or nothing.
    """

    organisation: str
    contact: str


@dataclass(frozen=True, slots=True)
class AskProvider:
    """Ask the provider of a course about a need, as it was just shown. Returns "asked".

    Attributes:
        skill: The first of the need's skills with its level ("digcomp3:1.3:2").
        people: How many need it.
        by: When, as a date in ISO; empty for no date.
        shows_contact: Whether the provider sees where to answer.
    """

    organisation: str
    course: str
    skill: str
    people: int
    by: str
    shows_contact: bool


@dataclass(frozen=True, slots=True)
class AskToTalk:
    """Ask the city's skills team to get in touch. Returns "asked" or "no_contact"."""

    organisation: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class TakeAskBack:
    """Take back what was asked. Returns whether it was there."""

    ask: str


@dataclass(frozen=True, slots=True)
class SettleAsk:
    """Note that a provider or the city's team saw to an ask. Returns whether it was theirs."""

    ask: str


@dataclass(frozen=True, slots=True)
class OpenNeedsPage:
    """Switch the report's page on, at the address that it had or a new one. Returns {"link"}."""

    organisation: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class CloseNeedsPage:
    """Switch the report's page off. Returns whether it was on."""

    organisation: str
