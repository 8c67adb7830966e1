"""What a person can have done about badges. Applied by the turn that asked for it.

A badge is signed seconds after the turn. An award is final: what was signed may have been handed
on, so it is taken back by revoking it and not by going back in the talk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AwardSkills:
    """Give a self-assessment badge for an area, at the level that the person's answers show.

    Returns {"token", "is_new"}, or "too_low" where the answers show none.
    """

    final: ClassVar[bool] = True
    framework: str
    area: str


@dataclass(frozen=True, slots=True)
class MakePledge:
    """Give the badge of the pledge.

    Args:
        promise: What the person will learn, in their words; only with their leave in the badge.
    """

    final: ClassVar[bool] = True
    promise: str = ""
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class AwardRoute:
    """Give the badge of a whole route. Returns {"token", "is_new"}, or "missing" parts."""

    final: ClassVar[bool] = True
    pathway: str


@dataclass(frozen=True, slots=True)
class DeleteBadge:
    """Take a badge back and delete it; its address says that it is gone."""

    final: ClassVar[bool] = True
    token: str


@dataclass(frozen=True, slots=True)
class AddToBackpack:
    """Give a badge an address for older backpacks, under the hash of an e-mail address.

    Returns {"link": that address}. Refused with "badges.unknown" for one that is not the person's,
    or does not count now.

    Attributes:
        digest, salt: What the look "email_hash" made of the address (`bot.badges.records`).
    """

    token: str
    digest: str
    salt: str


@dataclass(frozen=True, slots=True)
class TakeFromBackpack:
    """Take a badge out of older backpacks: its address there says that it is gone."""

    token: str


@dataclass(frozen=True, slots=True)
class LookAtCode:
    """See what code words or a link would claim, which counts as a try where they lead to nothing.

    Returns {"state", "plan", "name": of the course, "by": who runs it}, or {"refused": text id}.
    """

    final: ClassVar[bool] = True
    typed: str


@dataclass(frozen=True, slots=True)
class FindCode:
    """Find the city of code words, for somebody who is in none yet; a try like any other.

    Returns the city's id, or nothing where no city that is served has such a code.
    """

    final: ClassVar[bool] = True
    typed: str


@dataclass(frozen=True, slots=True)
class UseCode:
    """Claim a badge with code words or a link. Returns {"state", "plan", "course", "token"}.

    Args:
        typed: The words, or the token of the link.
        called: The name by which they want the provider to know them.
    """

    final: ClassVar[bool] = True
    typed: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class AskEndorsement:
    """Ask somebody with a name to confirm what the person learned outside courses.

    Args:
        plan: "informal", "in-work" or "champion".
        framework, competence, level: What they learned; left empty for the champion.
        called: Who is asked, such as a library's name.
        narrative: What the person learned and did, in their words.

    Returns the token of the link that the one who is asked opens.
    """

    final: ClassVar[bool] = True
    plan: str
    called: str
    narrative: str
    framework: str = ""
    competence: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Ask somebody to confirm what was told before and came to nothing.

    Returns the token of the new link. Refused with "badges.endorsement.unknown" where the person
    told nothing like that, or it waits or was confirmed.
    """

    final: ClassVar[bool] = True
    request: str
    called: str


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """Ask for a confirmation no more. Returns "withdrawn", or "answered" where it came too late."""

    final: ClassVar[bool] = True
    request: str


@dataclass(frozen=True, slots=True)
class AnswerEndorsement:
    """Confirm or refuse, by whoever has the link. Returns "given" or "refused"."""

    final: ClassVar[bool] = True
    token: str
    is_given: bool
    called: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ShowBadge:
    """Open a badge's page to everybody with its address, or close it at once.

    Returns how it was before.
    """

    token: str
    is_shown: bool
    shown_as: str = ""

    def undo(self, before: object) -> ShowBadge | None:
        """Return to how it was shown before."""
        if not isinstance(before, list) or len(before) != 2:
            return None
        return ShowBadge(self.token, bool(before[0]), str(before[1]))


@dataclass(frozen=True, slots=True)
class MakeClassCode:
    """Make a code for the people in a room. Returns {"id", "words", "token", "expires_at"}.

    Args:
        plan: "attendance" or "completion".
        course, instance: What was taught, and when.
        hours: How long the code is good.
        most_uses: How many may use it; 0 for as many as come.
        needs_approval: Whether each claim waits for the provider.
        framework, competence, level: What the badge stands for, where the course names no skill.
    """

    final: ClassVar[bool] = True
    plan: str
    course: str
    instance: str = ""
    hours: int = 12
    most_uses: int = 0
    needs_approval: bool = True
    framework: str = ""
    competence: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class EndClassCode:
    """End a code before its time."""

    final: ClassVar[bool] = True
    code: str


@dataclass(frozen=True, slots=True)
class DecideClaims:
    """Approve or refuse claims that wait; whoever is approved is given the badge within seconds.

    Returns how many it changed.

    Args:
        claims: Which, at most 1,000.
        is_all: All that wait, instead.
    """

    final: ClassVar[bool] = True
    code: str
    claims: tuple[str, ...] = ()
    is_all: bool = False
    is_approved: bool = True


@dataclass(frozen=True, slots=True)
class MakeClaimLinks:
    """Make links for people who were not in the room; each gives the badge to one person, once.

    Returns the links' tokens, which are kept nowhere else.

    Args:
        count: 1 to 10.
    """

    final: ClassVar[bool] = True
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class ReopenClaim:
    """Let a claim that was refused wait again."""

    final: ClassVar[bool] = True
    code: str
    claim: str


@dataclass(frozen=True, slots=True)
class TellOfClaims:
    """Begin or stop writing to whoever teaches when people claim with their codes."""

    final: ClassVar[bool] = True
    is_told: bool


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Revoke the badge that came of a claim with one's own code.

    Args:
        reason: Id of the text that says why.
    """

    final: ClassVar[bool] = True
    code: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class GiveAgain:
    """Give a new badge in the place of one that was taken back."""

    final: ClassVar[bool] = True
    code: str
    claim: str
