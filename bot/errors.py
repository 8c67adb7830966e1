"""Every error that the bot raises on purpose.

::

    BotError
    ├── NotFound              a record that had to exist does not
    ├── Conflict              somebody else changed it first: read again and retry
    ├── Refused               a rule forbids it; carries a text id to tell the person why
    ├── FlowDefinitionError   a flow breaks the engine's contract: mend the flow
    ├── ContentError          a content file is wrong: names file, line and field
    ├── ImportRefused         a provider's file or address cannot be imported at all
    ├── PictureFailed         a picture could not be drawn: its words stand alone
    ├── StorageError          the database cannot do its work now
    │   ├── DatabaseBusy      locked, full or read-only: nothing was acknowledged, retry
    │   └── DatabaseBroken    missing, corrupt or of another version: start refuses
    ├── DeliveryError         an outgoing call did not succeed
    │   ├── RecipientGone     blocked us, or no longer exists: mark unreachable
    │   ├── RetryLater        not accepted, wait `after` seconds and try again
    │   │   └── ChatBusy      only this chat has to wait: others may go meanwhile
    │   ├── Undeliverable     refused for what it says: send it plain once, then set it aside
    │   └── InDoubt           the request left, no answer came
    └── SettingsError         a setting is missing or cannot be right
"""


class BotError(Exception):
    """Something went wrong in a way that the bot knows."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class NotFound(BotError):
    """There is no such record."""


class Conflict(BotError):
    """The record was changed by somebody else in the meantime."""


class Refused(BotError):
    """A rule forbids it."""

    def __init__(self, text_id: str) -> None:
        super().__init__(text_id)
        self.text_id = text_id


class FlowDefinitionError(BotError):
    """A flow breaks the contract of the conversation engine."""


class ContentError(BotError):
    """A content file is wrong.

    Args:
        file: The file, relative to the content folder.
        line: The line counted from 1, or 0 where it is not known.
        field: The path of the field, such as `wards[3].lat`.
        reason: What is wrong and what would be right.
    """

    def __init__(self, file: str, line: int, field: str, reason: str) -> None:
        super().__init__(f"{file}:{line}: {field}: {reason}")
        self.file, self.line, self.field, self.reason = file, line, field, reason


class ImportRefused(BotError):
    """The file or address cannot be imported.

    Args:
        text_id: The text that tells a person why.
        values: The text's values.
    """

    def __init__(self, text_id: str, **values: object) -> None:
        known = ", ".join(f"{name}={value!r}" for name, value in values.items())
        super().__init__(f"{text_id} ({known})" if known else text_id)
        self.text_id, self.values = text_id, values


class PictureFailed(BotError):
    """A picture could not be drawn."""


class StorageError(BotError):
    """The database cannot do its work now."""


class DatabaseBusy(StorageError):
    """The database is locked, full or read-only; nothing was stored."""


class DatabaseBroken(StorageError):
    """The database is damaged or of another version."""


class DeliveryError(BotError):
    """An outgoing call did not succeed."""


class RecipientGone(DeliveryError):
    """The recipient blocked the bot or no longer exists."""


class RetryLater(DeliveryError):
    """The call was not accepted; it may be made again.

    Args:
        after: Seconds to wait.
    """

    def __init__(self, after: float, message: str = "") -> None:
        super().__init__(message)
        self.after = after


class ChatBusy(RetryLater):
    """This one chat had enough for now."""


class Undeliverable(DeliveryError):
    """The call was refused for what it says."""


class InDoubt(DeliveryError):
    """The request left and no answer came."""


class SettingsError(BotError):
    """A setting is missing or cannot be right."""
