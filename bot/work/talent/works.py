"""What is done by the clock about opportunities: counting, inviting, telling."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from bot.work.context import Surroundings
from bot.work.gate import Gate
from bot.work.talent.counting import Counting
from bot.work.talent.inviting import Inviting
from bot.work.talent.news import TalentNews
from bot.work.talent.posting import Chat
from bot.work.ticks import Tick
from storage import Database


def talent_ticks(
    database: Database,
    around: Callable[[], Surroundings],
    gate: Gate,
    clock: Callable[[], datetime],
    tell: Callable[[Collection[Chat]], None],
) -> tuple[Tick, ...]:
    """Return what is done by the clock; nothing leaves while all is stopped."""

    def is_open() -> bool:
        return gate.is_open

    inviting = Inviting(database, around, is_open=is_open, clock=clock, tell=tell)
    news = TalentNews(database, around, is_open=is_open, clock=clock, tell=tell)
    counting = Counting(database, around, clock)
    return (
        Tick("invitations", 20, inviting.invite_due),
        Tick("opportunities", 10, news.send_due),
        Tick("opportunities that wait", 300, news.remind_staff),
        Tick("skills on offer", 600, counting.count_due),
    )
