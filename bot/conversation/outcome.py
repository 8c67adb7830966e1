"""What a turn comes to: the new session, the screen, and what has to be done in the transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from bot.conversation.chat import Ending
from bot.conversation.ledger import Plan, Wanted
from bot.conversation.messages import Text
from bot.conversation.screen import Answered, Explained, Say, Screen
from bot.conversation.session import Act, Session

Status: TypeAlias = Literal["live", "ended", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A flow raised: the log is kept, and works again once the flow is mended.

    Attributes:
        reference: Six characters, told to the person and to staff.
    """

    reference: str
    error: BaseException


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn comes to.

    While `has_work`, apply `undo`, then `apply`, then `call`, and go on with what `resume`
    returns; only then are `session` and `screen` final.

    Attributes:
        session: The session after the turn.
        screen: What the person sees now.
        status: "refused" is a back or an edit that a final effect forbids; its reason is a notice.
        act: The act that was added to the log, if any.
        dropped: The act that a back took from the log, if any.
        answered: The answered question, to be edited to its answer and a Change button.
        reopened: The key of the question that a back or a change opens again.
        changed: Says that an edit made read differently, to be sent under "Changed: ...".
        explained: Why what the person did was not taken as an answer.
        notices: What the person is told before the screen.
        is_repeat: The person did what had been done already: nothing needs to be sent.
        is_unkept: The words that were given must not be kept: they belong to a question that
            keeps none.
        is_same_screen: The screen equals the one before an edit: it need not be sent again.
        next: The flow that starts now.
        wish: Words with which the flow that takes wishes starts, on top of this session,
            which stays live.
        link: The deep link that starts a flow in the same way.
        failure: What went wrong, for status "failed".
    """

    session: Session
    screen: Screen = field(default_factory=Screen)
    status: Status = "live"
    act: Act | None = None
    dropped: Act | None = None
    answered: Answered | None = None
    reopened: str = ""
    changed: tuple[Say, ...] = ()
    explained: Explained = ""
    notices: tuple[Text, ...] = ()
    is_repeat: bool = False
    is_unkept: bool = False
    is_same_screen: bool = False
    next: Ending | None = None
    wish: str = ""
    link: str = ""
    failure: Failure | None = None
    plan: Plan = field(default_factory=Plan)
    resume_with: Callable[[Mapping[str, Any]], Outcome] | None = field(
        default=None, repr=False, compare=False
    )

    @property
    def has_work(self) -> bool:
        """Whether effects or a call must be applied before this is final."""
        return self.plan.has_work

    @property
    def undo(self) -> tuple[Wanted, ...]:
        """Effects that take others back; applied first. Their results are not asked for."""
        return self.plan.undo

    @property
    def apply(self) -> tuple[Wanted, ...]:
        """Effects to be applied, in order."""
        return self.plan.apply

    @property
    def call(self) -> Wanted | None:
        """The call to be made after them."""
        return self.plan.call

    def resume(self, results: Mapping[str, Any]) -> Outcome:
        """Go on once the effects were applied.

        Args:
            results: By key, what applying returned as JSON, or a Refusal. A key that is missing
                was applied and returned nothing.
        """
        if self.resume_with is None:
            return self
        return self.resume_with(results)
