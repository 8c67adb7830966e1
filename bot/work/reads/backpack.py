"""What flows look up to put a badge into an older backpack."""

from __future__ import annotations

from bot.badges.emails import hash_email
from bot.questionnaires.answering import as_email
from bot.work.reads import Context, look


@look("email_hash")
def email_hash(context: Context, typed: str) -> dict[str, str] | None:
    """Return an e-mail address as backpacks look for it; None for words that are none.

    The address itself is kept nowhere: it is asked for with `AskUnkept`.
    """
    del context
    address = as_email(typed)
    if address is None:
        return None
    hashed = hash_email(address)
    return {"digest": hashed.digest, "salt": hashed.salt}
