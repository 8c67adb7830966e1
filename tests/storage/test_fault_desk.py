"""Staff's side of faults, over the database: an act is written down."""

from __future__ import annotations

from bot.insights.stops import FaultState
from bot.people import AuditWanted
from bot.web.stored_faults import StoredFaults
from storage import Database


async def test_a_mark_is_an_entry_of_the_audit_log(database: Database) -> None:
    desk = StoredFaults(database)
    await database.write(lambda unit: unit.stops.note_fault("derby", "menu", "x", "Bad", "a1b2c3"))
    fault = await desk.find("a1b2c3", ["derby"])
    assert fault is not None

    assert await desk.find("a1b2c3", ["leeds"]) is None
    assert not await desk.mark(fault.id, ["leeds"], FaultState.SEEN, "nobody")
    assert await desk.mark(fault.id, ["derby"], FaultState.SEEN, "nobody")
    [entry] = await database.read(lambda unit: unit.audit.search(AuditWanted(), ["derby"], 5))
    assert (entry.action, entry.subject, entry.facts["state"]) == ("fault.marked", fault.id, "seen")
    assert [one.state for one in await desk.listed(["derby", "leeds"])] == ["seen"]
