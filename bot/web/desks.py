"""The desks of staff that run the service: one port each, handed in together."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.web.audit_port import AuditDesk, NoAuditDesk
from bot.web.codesign_port import CodesignDesk, NoCodesignDesk
from bot.web.complaint_port import ComplaintDesk, NoComplaintDesk
from bot.web.content_port import ContentDesk
from bot.web.fault_port import FaultDesk, NoFaultDesk
from bot.web.network_port import NetworkDesk, NoNetwork
from bot.web.no_content import NoContentDesk
from bot.web.no_settings import NoSettingsDesk
from bot.web.settings_port import ProgramDesk, SettingsDesk
from bot.web.support_port import NoSupportDesk, SupportDesk
from bot.web.talent_port import NoOpportunityDesk, OpportunityDesk


@dataclass(frozen=True, slots=True)
class Desks:
    """What the pages about the running of the service stand on."""

    audit: AuditDesk = field(default_factory=NoAuditDesk)
    codesign: CodesignDesk = field(default_factory=NoCodesignDesk)
    complaints: ComplaintDesk = field(default_factory=NoComplaintDesk)
    content: ContentDesk = field(default_factory=NoContentDesk)
    faults: FaultDesk = field(default_factory=NoFaultDesk)
    network: NetworkDesk = field(default_factory=NoNetwork)
    program: ProgramDesk | None = None
    settings: SettingsDesk = field(default_factory=NoSettingsDesk)
    support: SupportDesk = field(default_factory=NoSupportDesk)
    opportunities: OpportunityDesk = field(default_factory=NoOpportunityDesk)
