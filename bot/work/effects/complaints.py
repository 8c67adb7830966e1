"""Effects of the complaint flow. Each is an entry of the audit log, without its words."""

from __future__ import annotations

from bot.conversation import Text, text_to_json
from bot.errors import NotFound, Refused
from bot.people.complaints import Complaint
from bot.people.effects import AddToComplaint, FileComplaint, WithdrawComplaint
from bot.work.effects import Context, JsonValue, applies


@applies(FileComplaint)
def file_complaint(context: Context, effect: FileComplaint) -> JsonValue:
    """Take the complaint: its reference is the acknowledgement."""
    if not effect.words.strip():
        raise Refused("complain.empty")
    made = context.unit.complaints.open(context.person.id, context.city, effect.words)
    _note(context, "complaint.made", made)
    due = Text("work.date", {"date": made.due_at.date()})
    return {"reference": made.reference, "due": text_to_json(due)}


@applies(AddToComplaint)
def add_to_complaint(context: Context, effect: AddToComplaint) -> JsonValue:
    """Add what they still have to say."""
    try:
        made = context.unit.complaints.add(context.person.id, effect.complaint, effect.words)
    except NotFound:
        raise Refused("complain.gone") from None
    _note(context, "complaint.added_to", made)
    return made.reference


@applies(WithdrawComplaint)
def withdraw_complaint(context: Context, effect: WithdrawComplaint) -> JsonValue:
    """End it."""
    try:
        made = context.unit.complaints.withdraw(context.person.id, effect.complaint)
    except NotFound:
        raise Refused("complain.gone") from None
    _note(context, "complaint.withdrawn", made)
    return made.reference


def _note(context: Context, action: str, made: Complaint) -> None:
    reference = context.unit.people.reference_of(context.person.id)
    context.unit.audit.record(
        action,
        actor=reference,
        subject=reference,
        city=made.city,
        facts={"complaint": made.reference},
    )
