"""Content for staff pages, in memory: a draft with a mistake, a history, a language half done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.errors import Conflict, NotFound, Refused
from bot.publishing.differing import differ
from bot.publishing.records import Draft, DraftFile, Published
from bot.publishing.reviewing import File, Of, Review, State, Step, Upload
from bot.publishing.screens import Button, Said, Screen, Span
from bot.publishing.sheets import Left, Wanted
from content.problems import Problem

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
MENU, QUESTIONS, PLACES = (
    "text/menu.yaml",
    "questionnaires/quick-needs.yaml",
    "cities/derby/city.yaml",
)
LONG = "A line that is longer than a phone is wide, so that it has to wrap somewhere. " * 3
BEFORE = f'# The menu.\nmenu.ask: "What would you like?"\nmenu.long: "{LONG}"\n'.encode()
AFTER = BEFORE.replace(b"would you like", b"can we do <b>for you</b>")
FAULT = Problem(MENU, 2, "menu.ask", "{bob}: nothing fills it in here; there are none")
NOTE = Problem("translations/ur/messages.po", 0, "menu.ask", "the English changed", "warning")
MANCHESTER = "cities/manchester/city.yaml"
PO = "translations/ur/messages.po"
FIRST = Published(1, AT, "0123456789abcdef", "Plainer words", {MENU: "a"}, (MENU,))
SECOND = Published(2, AT, "", "Back again", {}, (MENU,), back_to=0)


@dataclass
class FakeContent:
    """One person's draft at a time."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    problems: tuple[Problem, ...] = (NOTE,)
    refused: tuple[Problem, ...] = ()
    clashes: frozenset[str] = frozenset()
    upload: Upload = field(default_factory=lambda: Upload((MENU,)))
    newest: int = 2
    taken: list[tuple[str, str, bytes, bool]] = field(default_factory=list)
    done: list[tuple[str, str, str]] = field(default_factory=list)

    def begin(self, by: str, path: str = MENU) -> None:
        self.drafts[by] = Draft(by, AT, {path: DraftFile("b", "a")})

    async def state(self, by: str) -> State:
        draft = self.drafts.get(by)
        drafted = len(draft.files) if draft else 0
        return State(SECOND if self.newest == 2 else FIRST, 1, self.refused, drafted)

    async def files(self, by: str) -> Sequence[File]:
        draft = self.drafts.get(by)
        drafted = draft.files if draft else {}
        return [
            File(path, 2_000, "What it is for <i>", path == MENU, path in drafted)
            for path in (MENU, QUESTIONS, MANCHESTER, PLACES, PO, "campaigns/fair.yaml")
        ]

    async def body(self, by: str, path: str, of: Of) -> bytes | None:
        del by
        return (AFTER if of == "draft" else BEFORE) if path == MENU else None

    async def take(self, by: str, path: str, body: bytes, *, is_read: bool = False) -> Upload:
        self.taken.append((by, path, body, is_read))
        if self.upload.paths:
            self.begin(by, path)
        return self.upload

    async def review(self, by: str) -> Review | None:
        draft = self.drafts.get(by)
        if draft is None:
            return None
        shown = [differ(path, BEFORE, AFTER) for path in draft.files]
        return Review(draft, shown, self.problems, self.clashes, self.newest)

    async def drop(self, by: str, paths: Sequence[str] | None = None) -> None:
        self.done.append(("drop", by, "" if paths is None else ",".join(paths)))
        draft = self.drafts.get(by)
        if draft is None:
            return
        kept = {path: one for path, one in draft.files.items() if paths and path not in paths}
        self.drafts[by] = replace(draft, files=kept)
        if not kept:
            del self.drafts[by]

    async def settle(self, by: str, paths: Sequence[str]) -> None:
        self.done.append(("settle", by, ",".join(paths)))

    async def publish(self, by: str, reason: str, seen: int) -> Published:
        if seen != self.newest:
            raise Conflict
        if self.problems and self.problems[0].severity == "error":
            raise Refused("publishing.faulty")
        self.done.append(("publish", by, reason))
        return FIRST

    async def history(self) -> Sequence[Published]:
        return (SECOND, FIRST)

    async def step(self, number: int) -> Step | None:
        return Step(FIRST, (differ(MENU, BEFORE, AFTER),), 0) if number == 1 else None

    async def back(self, number: int) -> Step | None:
        if number > 1:
            return None
        version = FIRST if number else replace(FIRST, number=0)
        return Step(version, (differ(MENU, AFTER, BEFORE),), self.newest)

    async def go_back(self, by: str, number: int, reason: str, seen: int) -> Published:
        if seen != self.newest:
            raise Conflict
        self.done.append((f"back {number}", by, reason))
        return SECOND

    async def groups(self, by: str, of: Of) -> Mapping[str, int]:
        del by, of
        return {MENU: 45, QUESTIONS: 1}

    async def screens(
        self, by: str, of: Of, file: str, language: str, city: str
    ) -> Sequence[Screen]:
        del by, of, city
        words = "آپ کیا کرنا چاہیں گے؟" if language == "ur" else "What would you <b>like</b>?"
        said = (Said("", (Span(words, "bold"), Span(f" {LONG}"))),)
        buttons = (Button("menu.find.button", "Find it", is_missing=language == "ur"),)
        chat = Screen("menu.ask", "chat", said, buttons)
        plural = (Said("one", (Span("1 course"),)), Said("other", (Span("3 courses"),)))
        page = Screen("web.menu.title", "page", plural, (), is_missing=language == "ur")
        typed = Screen("typed.menu", "typed", said, (), is_missing=True, is_stale=True)
        return (chat, page, typed, Screen("(menu)", "chat", (), buttons)) * (
            11 if file == MENU else 1
        )

    async def left(self, by: str, of: Of) -> Mapping[str, Sequence[Left]]:
        del by, of
        return {
            "cy": (Left(MENU, 10, 0, 0),),
            "ur": (Left(MENU, 10, 3, 1), Left(QUESTIONS, 5, 0, 0)),
        }

    async def sheet(self, by: str, language: str, form: str, what: Wanted, file: str) -> bytes:
        del by
        if file == "lost":
            raise NotFound
        return f"{language} {form} {what} {file}".encode()

    async def workbook(self, by: str, path: str, of: Of) -> bytes | None:
        del by, of
        return b"PK" if path == QUESTIONS else None
