"""A small world for flows in tests: what their looks find and what their effects do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.conversation import Registry, Text, text_to_json
from bot.errors import Refused
from tests.support.scripted_chat import ScriptedChat

Json = dict[str, Any]

COURSES = {f"c{number}": f"Course {number}" for number in range(1, 8)}
PAGE = 3


@dataclass
class World:
    """One person's world: it keeps what effects did, so that looks see it."""

    saved: list[str] = field(default_factory=list)
    watched: list[Json] = field(default_factory=list)
    has_accepted: bool = False
    city: str = "manchester"

    def looks(self) -> dict[str, Callable[..., Any]]:
        """Return the looks by name."""
        names = [name for name in dir(self) if name.startswith("look_")]
        return {name.removeprefix("look_"): getattr(self, name) for name in names}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """Return what applies effects, by the name of their class."""
        return {
            "SaveCourse": self._save,
            "UnsaveCourse": self._unsave,
            "WatchSearch": self._watch,
            "StopWatching": self._stop_watching,
            "MarkNoticesSeen": lambda effect: 1,
            "RecordUnmetDemand": lambda effect: "recorded",
            "ReportListing": lambda effect: "wrong_thanks",
            "AcceptNotice": self._accept,
            "SetCity": self._set_city,
            "Forget": lambda effect: "2027-01-04T09:35:00+00:00",
            "KeepMe": lambda effect: "undone",
            "OfferJoin": lambda effect: {"link": "https://example.org/join/abc"},
            "MakeLogin": lambda effect: {"link": "https://example.org/staff/login/abc"},
            "JoinPerson": self._join,
        }

    # -- effects -----------------------------------------------------------------------------

    def _save(self, effect: Any) -> str:
        if effect.course in self.saved:
            return "saved_already"
        self.saved.append(effect.course)
        return "saved"

    def _unsave(self, effect: Any) -> str:
        if effect.course in self.saved:
            self.saved.remove(effect.course)
        return "unsaved"

    def _watch(self, effect: Any) -> str:
        if any(one["request"] == effect.request for one in self.watched):
            return "watching_already"
        self.watched.append({"id": f"w{len(self.watched) + 1}", "request": dict(effect.request)})
        return "watching"

    def _stop_watching(self, effect: Any) -> str:
        self.watched = [one for one in self.watched if one["id"] != effect.watch]
        return "stopped"

    def _accept(self, effect: Any) -> None:
        self.has_accepted = True

    def _set_city(self, effect: Any) -> None:
        self.city = effect.city

    def _join(self, effect: Any) -> Json:
        if not effect.token.isalnum():
            raise Refused("join.used")
        return {"is_older": True}

    # -- looks -------------------------------------------------------------------------------

    def look_find_courses(self, request: Json, page: int) -> Json:
        words = str(request.get("text", ""))
        found = [] if "nothing" in words else list(COURSES)
        shown = found[page * PAGE : (page + 1) * PAGE]
        state = ("results_page" if page else "results") if shown else "nothing"
        return {
            "needs_place": "near me" in words and not request.get("near"),
            "is_unmet": not found,
            "state": state,
            "total": len(found),
            "first": page * PAGE + 1,
            "last": page * PAGE + len(shown),
            "has_more": len(found) > (page + 1) * PAGE,
            "cards": [self._card(one) for one in shown],
            "what": _text("search.words", words=words[:40]),
            "chips": [],
            "left_out": [],
            "corrected": None,
            "has_place": bool(request.get("near")),
        }

    def look_refine(self, request: Json, typed: str) -> Json:
        return {"text": typed[:500]}

    def look_is_wish(self, words: str) -> bool:
        return "excel" in words

    def look_course_card(self, course: str) -> Json | None:
        if course not in COURSES:
            return None
        return {
            **self._card(course),
            "provider": _text("course.provider", provider="A college"),
            "provider_name": "A college",
            "is_sample": True,
            "is_withdrawn": course == "c7",
            "is_saved": course in self.saved,
            "instance": f"{course}-1",
            "dates": int(course[1:]) % 3,
            "has_dates": course != "c2",
            "venue": None if course == "c3" else _venue(),
            "apply_url": "" if course == "c3" else "https://example.org/apply",
            "apply_by": None,
            "contact": "" if course == "c3" else "0161 496 0000",
        }

    def look_course_fit(self, course: str) -> list[Json]:
        return [_text("course.fit_level", level="beginner")]

    def look_course_dates(self, course: str) -> list[Json]:
        return [_text("course.dates_line", when="Tuesday", where="Hulme")]

    def look_similar_courses(self, course: str) -> list[Json]:
        return [self._card(one) for one in COURSES if one != course][:PAGE]

    def look_saved_courses(self, page: int) -> Json:
        shown = self.saved[page * PAGE : (page + 1) * PAGE]
        return {
            "total": len(self.saved),
            "first": page * PAGE + 1,
            "last": page * PAGE + len(shown),
            "has_more": len(self.saved) > (page + 1) * PAGE,
            "cards": [self._card(one) for one in shown],
        }

    def look_watched_searches(self) -> list[Json]:
        return [
            {**one, "words": "excel", "what": _text("search.words", words="excel"), "new": 1}
            for one in self.watched
        ]

    def look_due_notices(self) -> Json:
        return {"notices": [], "has_cities": True}

    def look_me(self, wish: str, payload: str) -> Json:
        return {
            "accepted": self.has_accepted,
            "wish": wish,
            "city": "",
            "city_name": "",
            "place": "",
            "operator": "",
            "cities": self.look_cities(),
            "notice_address": "https://example.org/privacy",
        }

    def look_cities(self) -> list[Json]:
        return [{"id": name.casefold(), "name": name} for name in ("Manchester", "Derby")]

    def look_languages(self) -> list[Json]:
        names = {"en": "English", "cy": "Cymraeg", "ur": "اردو"}
        return [{"id": k, "name": name, "is_draft": k != "en"} for k, name in names.items()]

    def look_privacy_notice(self) -> Json:
        return {"address": "https://example.org/privacy"}

    def look_my_data(self) -> Json:
        return {"lines": [_text("mydata.count", count=len(self.saved))]}

    def look_join_ways(self) -> Json:
        return {"to": "telegram"}

    def look_invitation(self, token: str) -> Json | None:
        return {"role": "editor", "cities": ["Manchester"]} if token == "abc" else None

    def look_about_city(self) -> Json:
        return {"name": "Manchester", "operator": "the council"}

    def look_sources(self) -> Json:
        line = {"name": "Places", "attribution": "Contains data", "licence": "OGL"}
        return {"lines": [line], "address": "https://example.org/sources"}

    def look_say_words(self, text_id: str) -> str:
        return text_id.rpartition(".")[2]

    def look_resolve_place(self, words: str) -> list[Json]:
        names = {"hulme": ("Hulme", "Hulme Park"), "m14 5rx": ("M14 5RX",)}
        found = names.get(words.casefold(), ())
        return [{"name": one, "lat": 53.46, "lon": -2.25, "kind": "ward"} for one in found]

    def _card(self, course: str) -> Json:
        return {
            "id": course,
            "title": COURSES[course],
            "run": "1",
            "km": None,
            "has_summary": True,
            "url": f"https://example.org/courses/{course}",
        }


START_ARGS: dict[str, tuple[Json, ...]] = {
    "course": ({"payload": "course_c1"}, {"payload": "course_c3"}, {"payload": "course_gone"}),
    "search": ({"request": {"text": "excel"}}, {"request": {"text": "nothing near me"}}),
    "discover": ({}, {"wish": "excel"}),
    "join": ({}, {"payload": "join_abc"}),
    "invite": ({"payload": "invite_abc"}, {"payload": "invite_old"}),
    "start": ({}, {"wish": "excel"}, {"payload": "course_c1"}),
}
"""The arguments with which flows are started by the general tests; none for the others."""


def begin(registry: Registry, **settings: Any) -> ScriptedChat:
    """Return a person in a new world, talking to all flows of a registry."""
    world = World()
    return ScriptedChat(registry, looks=world.looks(), effects=world.effects(), **settings)


def _text(text_id: str, **values: Any) -> Json:
    return text_to_json(Text(text_id, values))


def _venue() -> Json:
    return {
        "title": "The library",
        "address": "1 Long Street",
        "lat": "53.46",
        "lon": "-2.25",
        "url": "https://example.org/map",
    }
