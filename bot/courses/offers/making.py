"""What a provider tells, as a course of the catalogue and in lines for those who look it over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.courses import wording
from bot.courses.offers.records import Joining, Offer, Price, Timing, Told
from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Delivery, Support, Venue

INSTANCE = "offer"
"""The one run of an offer keeps its id, so that a moved date is a moved date and no new run."""

PARTS: dict[str, tuple[str, ...]] = {
    "kind": ("kind",),
    "title": ("title",),
    "summary": ("summary",),
    "when": ("timing", "start_date", "end_date", "weekdays", "start_time", "end_time"),
    "where": ("place", "venue", "address", "postcode", "point"),
    "price": ("price", "cost", "price_words"),
    "join": ("joining", "link", "contact"),
    "who": ("who_for",),
    "level": ("level", "for_beginners"),
    "support": ("support",),
    "language": ("language",),
    "skills": ("teaches",),
}
"""What is asked for, in its order, with the fields that each part fills."""

NOTHING = Phrase("offers.nothing")
REASON = "offers.reason."
READY_REASONS = ("words", "dates", "place", "copy", "unsuitable")


def course_of(offer: Offer, told: Told) -> Course:
    """Return the course that residents find when this is published."""
    support = told.support | ({Support.BEGINNERS} if told.for_beginners else set())
    return Course(
        id=offer.course,
        provider=offer.provider,
        title=told.title,
        city=offer.city,
        reference=offer.id,
        summary=told.summary,
        kind=told.kind,
        who_for=told.who_for,
        level=told.level,
        languages=(told.language,) if told.language else (),
        support=frozenset(support),
        url=told.link,
        contact=told.contact,
        is_walk_in=told.joining is Joining.COME,
        instances=(run_of(told),),
        teaches=told.teaches,
    )


def run_of(told: Told) -> CourseInstance:
    """Return the one run of an offer."""
    # What has no end can be joined at any time: without that it would count as past after a day.
    never_ends = told.timing is Timing.OPEN or (
        told.timing is Timing.WEEKLY and told.end_date is None
    )
    return CourseInstance(
        id=INSTANCE,
        start_date=told.start_date,
        end_date=told.end_date,
        is_flexible_start=never_ends,
        weekdays=told.weekdays,
        start_time=told.start_time,
        end_time=told.end_time,
        delivery=told.place,
        venue=_venue(told),
        cost=Decimal(0) if told.price is Price.FREE else told.cost,
        concessions=told.price_words,
        apply_url=told.link,
    )


def _venue(told: Told) -> Venue | None:
    if told.place in (None, Delivery.ONLINE) or not (told.venue or told.address or told.postcode):
        return None
    is_code = any(char.isdigit() for char in told.postcode)
    return Venue(
        name=told.venue,
        address=told.address,
        town="" if is_code else told.postcode,
        postcode=told.postcode if is_code else "",
        point=told.point,
    )


def lines_of(told: Told, today: date) -> dict[str, Phrase]:
    """Say each part but the skills in words; a part of which nothing was told says so."""
    run, spoken = run_of(told), told.language
    support = tuple(Phrase(f"course.support.{one}") for one in sorted(told.support))
    when = Phrase("offers.when.later") if told.timing is Timing.LATER else wording.when(run, today)
    return {
        "kind": Phrase(f"offers.kind.{told.kind}"),
        "title": _words(told.title),
        "summary": _words(told.summary),
        "when": when if told.timing else NOTHING,
        "where": _where(told, run),
        "price": wording.price(run) if told.price else NOTHING,
        "join": _join(told),
        "who": _words(told.who_for),
        "level": Phrase(f"offers.level.{_level(told)}"),
        "support": Phrase("offers.several", {"parts": support}) if support else NOTHING,
        "language": Phrase("offers.language", {"language": spoken}) if spoken else NOTHING,
    }


def _words(words: str) -> Phrase:
    return Phrase("offers.words", {"words": words}) if words else NOTHING


def _where(told: Told, run: CourseInstance) -> Phrase:
    if told.place is None:
        return NOTHING
    venue, where = run.venue, wording.where(run)
    said = {one.casefold() for one in (venue.name, venue.town)} if venue else set()
    parts = [one for one in (told.address, told.postcode) if one and one.casefold() not in said]
    if told.place is Delivery.ONLINE or not parts:
        return where
    return Phrase("offers.where", {"where": where, "rest": ", ".join(parts)})


def _join(told: Told) -> Phrase:
    if told.joining is None:
        return NOTHING
    said = told.link if told.joining is Joining.LINK else told.contact
    rest = tuple(one for one in dict.fromkeys((said, told.contact)) if one)
    if not rest:
        return Phrase(f"offers.join.{told.joining}")
    return Phrase("offers.join.with", {
        "how": Phrase(f"offers.join.{told.joining}"), "rest": ", ".join(rest)
    })  # fmt: skip


def _level(told: Told) -> str:
    if told.for_beginners:
        return "beginners"
    return told.level.value if told.level else "any"


def reason_of(reason: str) -> Phrase:
    """Return why staff declined: one of the ready reasons, or their own words."""
    is_ready = reason.removeprefix(REASON) in READY_REASONS and reason.startswith(REASON)
    return Phrase(reason) if is_ready else Phrase("offers.words.said", {"words": reason})
