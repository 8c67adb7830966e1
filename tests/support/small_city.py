"""A city of a few courses to test flows against: looks and effects without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import bot.flows
from bot.conversation import Registry, Text, collect_flows
from bot.conversation.plain import text_to_json
from bot.courses import SearchRequest
from bot.courses.effects import (
    MarkNoticesSeen,
    MarkSavedSeen,
    RecordUnmetSkill,
    ReportListing,
    SaveCourse,
    StopWatching,
    UnsaveCourse,
    WatchSearch,
)
from bot.errors import Refused
from bot.people.age import AgeBand
from bot.people.effects import AcceptNotice, JoinPerson, SetCity, SetLanguage
from bot.work.typed import NO_WISHES, command_of
from tests.support.asked_employers import AskedEmployers
from tests.support.built_cv import BuiltCv
from tests.support.followed_routes import FollowedRoutes
from tests.support.held_badges import HeldBadges
from tests.support.invited_people import InvitedInMemory
from tests.support.made_complaints import MadeComplaints
from tests.support.said_comments import SaidComments
from tests.support.scripted_chat import ScriptedChat
from tests.support.sent_out import SentOut
from tests.support.set_reminders import SetReminders
from tests.support.taught_classes import TaughtClasses
from tests.support.taught_courses import TaughtCourses
from tests.support.told_skills import ToldSkills, shipped
from tests.support.written_offers import WrittenOffers
from tests.support.written_to import WrittenTo

Json = dict[str, Any]

TITLES = {
    "excel": "Excel for work",
    "bread": "Baking bread",
    "esol": "English for beginners",
    "walk": "A walk through Hulme",
    "files": "Tidy your files",
    "sheets": "Sheets in your job",
    "folders": "Folders online",
}
CITIES = [{"id": "manchester", "name": "Manchester"}, {"id": "derby", "name": "Derby"}]


@dataclass
class SmallCity:
    """What the looks read and the effects change."""

    accepted: bool = True
    city: str = "manchester"
    language: str = "en"
    saved: list[str] = field(default_factory=list)
    watched: dict[str, Json] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    unanswerable: list[Json] = field(default_factory=list)
    left: list[Json] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    reports: list[tuple[str, str, str]] = field(default_factory=list)
    wants_answer: list[bool] = field(default_factory=list)
    report_outcome: str = ""
    hidden: frozenset[str] = frozenset()
    unmet: list[str] = field(default_factory=list)
    requests: list[Json] = field(default_factory=list)
    is_forgotten: bool = False
    joins_to: str = "web"
    invitation: Json | None = None
    skills: ToldSkills = field(default_factory=ToldSkills)
    routes: FollowedRoutes = field(init=False)
    reminders: SetReminders = field(init=False)
    cv: BuiltCv = field(init=False)
    badges: HeldBadges = field(init=False)
    classes: TaughtClasses = field(init=False)
    employers: AskedEmployers = field(init=False)
    work: InvitedInMemory = field(init=False)
    offers: WrittenOffers = field(default_factory=WrittenOffers)
    mail: WrittenTo = field(default_factory=WrittenTo)
    sent_out: SentOut = field(default_factory=SentOut)
    complaints: MadeComplaints = field(default_factory=MadeComplaints)
    comments: SaidComments = field(default_factory=SaidComments)

    def __post_init__(self) -> None:
        """Follow routes with the skills that were told."""
        self.routes = FollowedRoutes(self.skills.kept)
        self.badges = HeldBadges(self.skills.kept, self.routes.kept)
        self.routes.context.unit.badges = self.badges.kept
        self.cv = BuiltCv(self.skills.kept, self.routes.kept)
        self.cv.kept.held = self.badges.kept
        self.badges.context.unit.cvs = self.cv.kept
        self.classes = TaughtClasses(TITLES, self.badges.kept)
        self.employers = AskedEmployers(TITLES)
        self.work = InvitedInMemory(self.employers, self.mail, self.cv)
        self.reminders = SetReminders(TITLES, self.watched, self.skills.kept, self.routes.kept)

    def chat(self, registry: Registry | None = None, **options: Any) -> ScriptedChat:
        """Return a chat with this city."""
        looks = {name[5:]: getattr(self, name) for name in dir(self) if name.startswith("look_")}
        does = {name[3:]: getattr(self, name) for name in dir(self) if name.startswith("do_")}
        looks |= TaughtCourses(self.skills).looks() | self.sent_out.looks()
        does |= self.sent_out.effects()
        parts: tuple[Any, ...] = (
            self.skills, self.routes, self.badges, self.classes, self.offers, self.reminders,
            self.cv, self.employers, self.work, self.mail, self.complaints, self.comments,
        )  # fmt: skip
        for part in parts:
            looks |= part.looks()
            does |= part.effects()
        looks["said_link"] = self._said_link
        does["SetAgeBand"] = self._grow
        flows = registry or collect_flows(bot.flows)
        chat = ScriptedChat(flows, looks=looks, effects=does, **options)
        self.reminders.clock = lambda: chat.reads.now
        return chat

    def _said_link(self, typed: str) -> str:
        return self.badges.said_link(typed, is_known=self.accepted and bool(self.city))

    def _grow(self, effect: Any) -> Any:
        """They said how old they are: every part of the city knows it."""
        self.badges.context.person.age_band = self.cv.person.age_band = AgeBand(effect.band)
        return self.mail.effects()["SetAgeBand"](effect)

    # -- looks ---------------------------------------------------------------------------------

    def look_me(self, wish: str, payload: str) -> Json:
        asked = command_of(shipped().words, wish)
        wish = "" if wish == "hello" or asked in NO_WISHES else wish
        guessed = "derby" if payload.endswith("derby") else self.city
        place = "Hulme" if "hulme" in wish.casefold() else ""
        return {
            "accepted": self.accepted,
            "has_city": bool(self.city),
            "wish": wish,
            "asked": asked if wish else "",
            "code": self.badges.looks()["said_link"](wish),
            "invited": self.invitation if payload == "invite_good" else None,
            "city": "manchester" if place else guessed,
            "city_name": guessed.title(),
            "place": place,
            "operator": "",
            "cities": CITIES,
            "notice_address": "http://127.0.0.1/privacy",
        }

    def look_find_courses(self, request: Json, page: int) -> Json:
        self.requests.append(request)
        asked = SearchRequest.from_json(request)
        words = asked.text.casefold().split()
        found = [
            one for one, title in TITLES.items() if any(word in title.casefold() for word in words)
        ]
        shown = found[page * 3 : page * 3 + 3]
        is_evening = "evenings" in words and "patterns:evening" not in asked.ignored
        return {
            "needs_place": "near me" in asked.text and asked.near is None and not asked.ignored,
            "is_unmet": not found,
            "state": "results" if found else "nothing",
            "total": len(found),
            "first": page * 3 + 1,
            "last": page * 3 + len(shown),
            "has_more": len(found) > page * 3 + 3,
            "cards": [self._card(one) for one in shown],
            "what": text_to_json(Text("search.words", {"words": asked.text})),
            "chips": [{"id": "patterns:evening", "kind": "time"}] if is_evening else [],
            "left_out": [],
            "unanswerable": self.unanswerable if "evenings" in words else [],
            "corrected": {"typed": "exel", "corrected": "excel"} if "exel" in words else None,
            "has_place": asked.near is not None,
        }

    def _card(self, one: str) -> Json:
        return {"id": one, "title": TITLES[one], "run": "1", "km": None}

    def look_refine(self, request: Json, typed: str) -> Json:
        if typed.casefold() in ("evenings", "free"):
            return {**request, "text": f"{request['text']} {typed}"}
        return {"text": typed}

    def look_wish_kind(self, typed: str) -> str:
        if self.badges.looks()["said_link"](typed):
            return "code"
        kinds = {"how are you": "nothing", "next step": "next", "carry on": "go_on"}
        if typed.startswith(("our staff", "I am an employer")):
            return "staff" if typed.startswith("our") else "employer"
        return kinds.get(typed.casefold(), "wish")

    def look_is_wish(self, text: str) -> bool:
        return any(text.casefold() in title.casefold() for title in TITLES.values())

    def look_course_card(self, one: str) -> Json | None:
        if one not in TITLES:
            return None
        has_all = one == "excel"
        venue = {"title": "Hall", "address": "Hall, Hulme", "lat": "53.46", "lon": "-2.25"}
        return {
            "id": one,
            "title": TITLES[one],
            "provider": text_to_json(Text("course.card.sample", {"provider": "Invented College"})),
            "provider_name": "Invented College",
            "has_summary": True,
            "is_sample": has_all,
            "is_withdrawn": one == "walk",
            "is_hidden": one in self.hidden,
            "reminds": self.reminders.reminds(one),
            "is_saved": one in self.saved,
            "instance": "1",
            "dates": 3 if has_all else 1,
            "has_dates": has_all,
            "venue": {**venue, "url": "https://map.example/"} if has_all else None,
            "apply_url": "https://college.example/" if has_all else "",
            "apply_by": "2027-02-01" if one == "esol" else None,
            "contact": "0000" if one == "bread" else "",
            "is_walk_in": one == "files",
            "url": f"http://127.0.0.1/courses/{one}",
        }

    def look_similar_courses(self, one: str) -> list[Json]:
        return [self._card("bread")] if one == "excel" else []

    def look_saved_courses(self, page: int) -> Json:
        shown = self.saved[page * 3 : page * 3 + 3]
        last = page * 3 + len(shown)
        return {
            "total": len(self.saved),
            "first": page * 3 + 1,
            "last": last,
            "has_more": last < len(self.saved),
            "cards": [{**self._card(one), "status": self._status(one)} for one in shown],
        }

    def _status(self, one: str) -> Json | None:
        is_new = one in self.moved
        return text_to_json(Text("saved.status.changed")) if is_new else None

    def look_watched_searches(self, page: int) -> Json:
        held = [
            {
                "id": one,
                "words": request["text"][:60],
                "what": text_to_json(Text("search.words", {"words": request["text"][:60]})),
                "new": self.due.count(one),
            }
            for one, request in self.watched.items()
        ]
        first = page * 5 if page * 5 < len(held) else 0
        shown = held[first : first + 5]
        return {"total": len(held), "has_more": len(held) > first + 5, "shown": shown}

    def look_watched_request(self, watch: str) -> Json:
        return self.watched.get(watch, {"text": ""})

    def look_due_notices(self) -> Json:
        notices = [
            {
                "what": text_to_json(Text("search.words", {"words": self.watched[one]["text"]})),
                "count": self.due.count(one),
            }
            for one in dict.fromkeys(self.due)
        ]
        return {"notices": notices, "has_cities": True, "carry_on": self.left}

    def look_about_city(self) -> Json:
        return {"name": "Manchester", "operator": ""}

    def look_local_examples(self) -> Json:
        return {"area": "Hulme", "postcode": "M15"}

    def look_languages(self) -> list[Json]:
        return [
            {"id": "en", "name": "English", "is_draft": False},
            {"id": "cy", "name": "Cymraeg", "is_draft": True},
        ]

    def look_cities(self) -> list[Json]:
        return CITIES

    def look_privacy_notice(self) -> Json:
        return {"address": "http://127.0.0.1/privacy"}

    def look_my_data(self) -> Json:
        return {"lines": [text_to_json(Text("mydata.none"))]}

    def look_sources(self) -> Json:
        line = {"name": "Places", "attribution": "Somebody", "licence": "OGL"}
        return {"lines": [line], "address": "http://127.0.0.1/sources"}

    def look_framework_sources(self) -> list[str]:
        return ["digcomp3", "mdsf"]

    def look_framework_source(self, key: str) -> Json:
        if key == "mdsf":
            values = {"name": "The city's own", "provider": "The city", "note": "Not there yet."}
            return {"kind": "place", "values": values}
        names = ("name", "version", "attribution", "licence", "label", "changes")
        return {"kind": "framework", "values": dict.fromkeys(names, key)}

    def look_join_ways(self) -> Json:
        return {"to": self.joins_to}

    def look_invitation(self, token: str) -> Json | None:
        return self.invitation if token == "good" else None

    def look_say_words(self, text_id: str) -> str:
        return "English" if text_id == "discover.wish.english" else "computer"

    def look_resolve_place(self, text: str) -> list[Json]:
        is_known = text.casefold() == "hulme"
        return [{"name": "Hulme", "lat": 53.46, "lon": -2.25, "kind": "ward"}] if is_known else []

    # -- effects -------------------------------------------------------------------------------

    def do_AcceptNotice(self, effect: AcceptNotice) -> None:  # noqa: N802
        self.accepted = True

    def do_SetLanguage(self, effect: SetLanguage) -> None:  # noqa: N802
        self.language = effect.language

    def do_SetCity(self, effect: SetCity) -> None:  # noqa: N802
        self.city = effect.city

    def do_SaveCourse(self, effect: SaveCourse) -> str:  # noqa: N802
        if effect.course in self.saved:
            return "saved_already"
        self.saved.append(effect.course)
        return "saved"

    def do_MarkSavedSeen(self, effect: MarkSavedSeen) -> None:  # noqa: N802
        self.moved = [one for one in self.moved if one not in effect.courses]

    def do_UnsaveCourse(self, effect: UnsaveCourse) -> str:  # noqa: N802
        self.saved = [one for one in self.saved if one != effect.course]
        return "unsaved"

    def do_WatchSearch(self, effect: WatchSearch) -> str:  # noqa: N802
        self.watched[f"w{len(self.watched)}"] = dict(effect.request)
        return "watching"

    def do_StopWatching(self, effect: StopWatching) -> str:  # noqa: N802
        self.watched.pop(effect.watch, None)
        self.due = [one for one in self.due if one != effect.watch]
        return "stopped"

    def do_MarkNoticesSeen(self, effect: MarkNoticesSeen) -> int:  # noqa: N802
        self.due = [one for one in self.due if effect.watch not in ("", one)]
        return 0

    def do_RecordUnmetDemand(self, effect: Any) -> str:  # noqa: N802
        self.unmet.append(effect.request["text"])
        return "recorded"

    def do_RecordUnmetSkill(self, effect: RecordUnmetSkill) -> str:  # noqa: N802
        self.unmet.append(effect.skill)
        return "recorded"

    def do_ReportListing(self, effect: ReportListing) -> str:  # noqa: N802
        self.reports.append((effect.course, effect.reason, effect.words))
        self.wants_answer.append(effect.wants_answer)
        if self.report_outcome:
            return self.report_outcome
        return "wrong_thanks_answer" if effect.wants_answer else "wrong_thanks"

    def do_Forget(self, effect: Any) -> None:  # noqa: N802
        self.is_forgotten = True

    def do_KeepMe(self, effect: Any) -> str:  # noqa: N802
        self.is_forgotten = False
        return "undone"

    def do_OfferJoin(self, effect: Any) -> Json:  # noqa: N802
        return {"link": "http://127.0.0.1/join/abc"}

    def do_JoinPerson(self, effect: JoinPerson) -> Json:  # noqa: N802
        if effect.token != "good":
            raise Refused("join.used")
        return {}

    def do_AcceptInvitation(self, effect: Any) -> Json:  # noqa: N802
        return {}

    def do_MakeLogin(self, effect: Any) -> Json:  # noqa: N802
        return {"link": "http://127.0.0.1/staff/login/abc"}

    def do_StopMessages(self, effect: Any) -> None:  # noqa: N802
        return None
