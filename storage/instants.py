"""Times in the database: microseconds since 1970 in UTC, the same on both engines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def utc_now() -> datetime:
    """Return the time of the machine's clock."""
    return datetime.now(UTC)


def micros(at: datetime) -> int:
    """Return an aware time as stored."""
    return (at - _EPOCH) // _MICROSECOND


def instant(stored: int) -> datetime:
    """Return a stored time as an aware one."""
    return _EPOCH + timedelta(microseconds=stored)


class Instant(TypeDecorator[datetime]):
    """A column that holds an aware time."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> int | None:
        """Refuse naive times by arithmetic: they cannot be compared with aware ones."""
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, _: Dialect) -> datetime | None:
        """Read microseconds."""
        return None if value is None else instant(value)
