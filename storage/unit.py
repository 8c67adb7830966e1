"""The unit of work: one transaction's repositories."""

from __future__ import annotations

from functools import cached_property

from storage.repositories.asks import Asks
from storage.repositories.audiences import Audiences
from storage.repositories.audit import Audit
from storage.repositories.backpack import Backpack
from storage.repositories.badge_claims import ClassCodes
from storage.repositories.badge_endorsements import Endorsements
from storage.repositories.badge_lists import Achievements, StatusLists
from storage.repositories.badges import Badges
from storage.repositories.broadcasts import Broadcasts
from storage.repositories.campaign_acts import CampaignActs
from storage.repositories.campaign_pictures import CampaignPictures
from storage.repositories.campaigns import Campaigns
from storage.repositories.catalogue import Catalogue
from storage.repositories.choices import Choices
from storage.repositories.comments import Comments
from storage.repositories.complaints import Complaints
from storage.repositories.contacts import Contacts
from storage.repositories.cv import Cvs
from storage.repositories.deliveries import Deliveries
from storage.repositories.employers import Employers
from storage.repositories.imports import Feeds, Imports
from storage.repositories.inbox import Inbox
from storage.repositories.insights import Insights
from storage.repositories.invited import InvitedPeople
from storage.repositories.joins import Joins
from storage.repositories.listings import Listings
from storage.repositories.marks import Marks
from storage.repositories.misuse import Misuse
from storage.repositories.network import Network
from storage.repositories.offers import Offers
from storage.repositories.opportunities import Opportunities
from storage.repositories.outbox import Outbox
from storage.repositories.pathways import FollowedPathways
from storage.repositories.people import People
from storage.repositories.privacy import Privacy
from storage.repositories.publications import Publications
from storage.repositories.reach import Reach
from storage.repositories.releases import Releases
from storage.repositories.reminders import Reminders
from storage.repositories.reports import Reports
from storage.repositories.responses import Responses
from storage.repositories.result_pages import ResultPages
from storage.repositories.rounds import Rounds
from storage.repositories.saved import Saved
from storage.repositories.sessions import Sessions
from storage.repositories.skills import Skills
from storage.repositories.staff import Staff
from storage.repositories.stops import Stops
from storage.repositories.support import Support
from storage.repositories.tags import Tags
from storage.repositories.traits import Traits
from storage.repositories.transcripts import Transcripts
from storage.repositories.wishes import Wishes
from storage.transaction import Transaction


class Unit(Transaction):
    """Everything that one transaction may do. It is made for each unit and not kept."""

    @cached_property
    def inbox(self) -> Inbox:
        """What came in."""
        return Inbox(self)

    @cached_property
    def outbox(self) -> Outbox:
        """What goes out."""
        return Outbox(self)

    @cached_property
    def offers(self) -> Offers:
        """What providers without a feed offer."""
        return Offers(self)

    @cached_property
    def reach(self) -> Reach:
        """How many people a provider's courses reach."""
        return Reach(self)

    @cached_property
    def releases(self) -> Releases:
        """What cities were told of weeks and months."""
        return Releases(self)

    @cached_property
    def transcripts(self) -> Transcripts:
        """Both sides of a talk."""
        return Transcripts(self)

    @cached_property
    def people(self) -> People:
        """People and their decisions."""
        return People(self)

    @cached_property
    def contacts(self) -> Contacts:
        """Their addresses."""
        return Contacts(self)

    @cached_property
    def joins(self) -> Joins:
        """Two chats becoming one person."""
        return Joins(self)

    @cached_property
    def sessions(self) -> Sessions:
        """Conversations and their logs."""
        return Sessions(self)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Courses."""
        return Catalogue(self)

    @cached_property
    def tags(self) -> Tags:
        """What courses teach."""
        return Tags(self)

    @cached_property
    def saved(self) -> Saved:
        """Courses that people saved."""
        return Saved(self)

    @cached_property
    def choices(self) -> Choices:
        """What staff chose for their cities."""
        return Choices(self)

    @cached_property
    def network(self) -> Network:
        """What cities share with each other."""
        return Network(self)

    @cached_property
    def stops(self) -> Stops:
        """What goes wrong in conversations."""
        return Stops(self)

    @cached_property
    def wishes(self) -> Wishes:
        """Saved searches and unmet demand."""
        return Wishes(self)

    @cached_property
    def skills(self) -> Skills:
        """What people told about their skills."""
        return Skills(self)

    @cached_property
    def reminders(self) -> Reminders:
        """What people asked to be reminded of."""
        return Reminders(self)

    @cached_property
    def reports(self) -> Reports:
        """Listings said to be wrong."""
        return Reports(self)

    @cached_property
    def pathways(self) -> FollowedPathways:
        """Pathways that people follow."""
        return FollowedPathways(self)

    @cached_property
    def insights(self) -> Insights:
        """Figures about cities."""
        return Insights(self)

    @cached_property
    def imports(self) -> Imports:
        """Runs of imports."""
        return Imports(self)

    @cached_property
    def feeds(self) -> Feeds:
        """Addresses imported on a schedule."""
        return Feeds(self)

    @cached_property
    def staff(self) -> Staff:
        """Roles and signing in."""
        return Staff(self)

    @cached_property
    def badges(self) -> Badges:
        """Badges that people hold."""
        return Badges(self)

    @cached_property
    def backpack(self) -> Backpack:
        """Which badges are in older backpacks."""
        return Backpack(self)

    @cached_property
    def status_lists(self) -> StatusLists:
        """Which badges were revoked."""
        return StatusLists(self)

    @cached_property
    def achievements(self) -> Achievements:
        """What was ever awarded."""
        return Achievements(self)

    @cached_property
    def class_codes(self) -> ClassCodes:
        """How badges are claimed."""
        return ClassCodes(self)

    @cached_property
    def endorsements(self) -> Endorsements:
        """What others are asked to confirm."""
        return Endorsements(self)

    @cached_property
    def complaints(self) -> Complaints:
        """What people complained about."""
        return Complaints(self)

    @cached_property
    def publications(self) -> Publications:
        """Content that staff published."""
        return Publications(self)

    @cached_property
    def rounds(self) -> Rounds:
        """Rounds of comments on frameworks, as staff see them."""
        return Rounds(self)

    @cached_property
    def comments(self) -> Comments:
        """What people say of a framework's descriptors."""
        return Comments(self)

    @cached_property
    def support(self) -> Support:
        """People as staff may ask about them: one, or how many."""
        return Support(self)

    @cached_property
    def audit(self) -> Audit:
        """The audit log."""
        return Audit(self)

    @cached_property
    def privacy(self) -> Privacy:
        """Export, erasure and retention."""
        return Privacy(self)

    @cached_property
    def result_pages(self) -> ResultPages:
        """Private addresses of results."""
        return ResultPages(self)

    @cached_property
    def cvs(self) -> Cvs:
        """What people put on their CVs."""
        return Cvs(self)

    @cached_property
    def employers(self) -> Employers:
        """Organisations that need skills, and who answers for them."""
        return Employers(self)

    @cached_property
    def responses(self) -> Responses:
        """Filled questionnaires."""
        return Responses(self)

    @cached_property
    def asks(self) -> Asks:
        """What employers ask of others."""
        return Asks(self)

    @cached_property
    def opportunities(self) -> Opportunities:
        """What employers invite people to."""
        return Opportunities(self)

    @cached_property
    def invited(self) -> InvitedPeople:
        """Whom employers may invite, and what they share."""
        return InvitedPeople(self)

    @cached_property
    def misuse(self) -> Misuse:
        """What people report of employers."""
        return Misuse(self)

    @cached_property
    def campaigns(self) -> Campaigns:
        """What staff plan to send."""
        return Campaigns(self)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What goes out under campaigns, row by row."""
        return Deliveries(self)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """Runs of campaigns and their recipients."""
        return Broadcasts(self)

    @cached_property
    def campaign_acts(self) -> CampaignActs:
        """What people do with what campaigns send."""
        return CampaignActs(self)

    @cached_property
    def campaign_pictures(self) -> CampaignPictures:
        """Pictures that staff give for campaigns."""
        return CampaignPictures(self)

    @cached_property
    def audiences(self) -> Audiences:
        """Whom campaigns reach."""
        return Audiences(self)

    @cached_property
    def traits(self) -> Traits:
        """What audiences are chosen by."""
        return Traits(self)

    @cached_property
    def listings(self) -> Listings:
        """What staff put right in listings."""
        return Listings(self)

    @cached_property
    def marks(self) -> Marks:
        """Small facts that survive a restart."""
        return Marks(self)
