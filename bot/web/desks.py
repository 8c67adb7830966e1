"""The desks of staff that run the service: one port each, handed in together."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.web.audit_port import AuditDesk, NoAuditDesk


@dataclass(frozen=True, slots=True)
class Desks:
    """What the pages about the running of the service stand on."""

    audit: AuditDesk = field(default_factory=NoAuditDesk)
