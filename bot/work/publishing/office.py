"""What staff do with content: take files in and out of a draft, look at it, publish, go back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.errors import ImportRefused, NotFound, Refused
from bot.publishing.folder import paths_in
from bot.publishing.kinds import counts_versions, kind_of
from bot.publishing.records import GONE, LONGEST_REASON, NOTHING, Draft, Published, changes
from bot.publishing.reviewing import File, Of, Review, State, Step, Upload
from bot.publishing.screens import Screen
from bot.publishing.sheets import Left, Wanted
from bot.work.background import in_background
from bot.work.publishing.drafting import Drafting, pack
from bot.work.publishing.publication import Publication
from bot.work.publishing.telling import as_differences, as_left, as_problems, as_screens
from content.problems import BadContent, Problem
from content.words import TextValue
from storage import Unit

UNREADABLE = Problem("", 0, "file", "one of the files cannot be read at all: drop it, or try again")


class ContentOffice:
    """Everything that the pages for content stand on. Publishing and going back are audited."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication
        self._database = publication.database
        self._workshop = publication.workshop
        self._drafting = Drafting(publication)

    def say(self, text_id: str, values: Mapping[str, Any]) -> str:
        """Return a text in English, for whoever has no page."""
        return self._publication.live.current.words.plain(TextValue(text_id, dict(values)))

    async def state(self, by: str) -> State:
        """Return what is in use."""
        current, draft = await self._database.read(
            lambda unit: (
                unit.publications.current(),
                unit.publications.draft(unit.people.reference_of(by)),
            )
        )
        refusal = self._publication.refusal
        is_it = refusal is not None and refusal.number == current.number
        problems = refusal.problems if refusal is not None and is_it else ()
        drafted = len(draft.files) if draft else 0
        return State(current, self._publication.number, problems, drafted)

    async def files(self, by: str) -> Sequence[File]:
        """Return the files that may be changed, by path."""
        current, draft = await self._drafting.both(by)
        drafted = draft.files if draft else {}
        found = await in_background(_facts, self._publication.root)
        known = self._publication.live.current.frameworks
        sheets = {f"frameworks/{key}/descriptors.csv": (0, one.title) for key, one in known.items()}
        facts = {**sheets, **dict.fromkeys(drafted.keys() - sheets.keys(), (0, "")), **found}
        return [
            File(path, size, about, path in current.files, path in drafted)
            for path, (size, about) in sorted(facts.items())
            if kind_of(path) is not None
        ]

    async def body(self, by: str, path: str, of: Of) -> bytes | None:
        """Return what stands in a file; None where there is none."""
        if kind_of(path) is None:
            return None
        root = await self._drafting.root(by, of)
        return await in_background(_body, root, path)

    async def take(self, by: str, path: str, body: bytes, *, is_read: bool = False) -> Upload:
        """Put an upload into the draft."""
        draft = await self._drafting.root(by, "draft")
        async with self._workshop.spare() as spare:
            source, out = spare / "upload", spare / "out"
            await in_background(_write, source, out, body)
            try:
                taken = await self._workshop.ask(
                    "take",
                    live=str(self._publication.root),
                    draft=str(draft),
                    path=path,
                    source=str(source),
                    out=str(out),
                    is_read=is_read,
                )
                bodies = await in_background(pack, taken["files"])
                await self._keep(by, bodies)
            except ImportRefused as refusal:
                return Upload(refused=refusal.text_id, values=refusal.values)
            except Refused as refusal:
                return Upload(refused=refusal.text_id)
            except BadContent as error:
                return Upload(problems=error.problems)
        return Upload(tuple(bodies), "", {}, as_problems(taken["problems"]), taken["count"])

    async def _keep(self, by: str, bodies: Mapping[str, tuple[str, bytes] | None]) -> None:
        if bodies:
            await self._database.write(
                lambda unit: unit.publications.put(unit.people.reference_of(by), bodies)
            )

    async def review(self, by: str) -> Review | None:
        """Return the draft as it would go live; None where there is none."""
        current, draft = await self._drafting.both(by)
        if draft is None:
            return None
        clashes = _clashes(current, draft)
        try:
            live = await self._drafting.root(by, "live")
            root = await self._drafting.root(by, "draft")
            problems = await self._workshop.examine(live, root)
            differences = as_differences(await self._differ(live, root, draft.files))
        except (ImportRefused, BadContent) as error:
            told = error.problems if isinstance(error, BadContent) else (UNREADABLE,)
            return Review(draft, (), told, clashes, current.number)
        return Review(draft, differences, problems, clashes, current.number)

    async def drop(self, by: str, paths: Sequence[str] | None = None) -> None:
        """Take files out of the draft; all of them where none is named."""
        await self._database.write(
            lambda unit: unit.publications.drop(unit.people.reference_of(by), paths)
        )

    async def settle(self, by: str, paths: Sequence[str]) -> None:
        """Let files of the draft stand against what somebody else published."""
        await self._database.write(
            lambda unit: unit.publications.settle(unit.people.reference_of(by), paths)
        )

    async def publish(self, by: str, reason: str, seen: int) -> Published:
        """Let the draft go live.

        Raises:
            Conflict: Something else was published since it was looked at.
            Refused: "publishing.nothing", "publishing.faulty" or "publishing.clash".
        """
        review = await self.review(by)
        if review is None:
            raise Refused("publishing.nothing")
        if review.clashes:
            raise Refused("publishing.clash")
        if not review.is_possible:
            raise Refused("publishing.faulty")

        def act(unit: Unit) -> Published:
            who = unit.people.reference_of(by)
            draft, current = unit.publications.draft(who), unit.publications.current()
            if draft is None or draft.files != review.draft.files:
                raise Refused("publishing.draft_changed")
            made = unit.publications.publish(who, _short(reason), draft.over(current.files), seen)
            unit.publications.drop(who, draft.files)
            note(unit, "content.published", made, who)
            return made

        return await self._live(await self._database.write(act))

    async def history(self) -> Sequence[Published]:
        """Return what was published, newest first."""
        return await self._database.read(lambda unit: unit.publications.list_latest())

    async def step(self, number: int) -> Step | None:
        """Return what a version changed."""
        before, after = await self._database.read(
            lambda unit: (
                unit.publications.find(number - 1) if number > NOTHING else None,
                unit.publications.find(number) if number > NOTHING else None,
            )
        )
        if before is None or after is None:
            return None
        return await self._step(before, after)

    async def back(self, number: int) -> Step | None:
        """Return what going back to a version would change."""
        current, target = await self._database.read(
            lambda unit: (unit.publications.current(), unit.publications.find(number))
        )
        if target is None or target.number == current.number:
            return None
        return await self._step(current, target)

    async def _step(self, before: Published, after: Published) -> Step:
        paths = changes(before.files, after.files)
        old, new = await self._drafting.folder(before), await self._drafting.folder(after)
        return Step(after, as_differences(await self._differ(old, new, paths)), before.number)

    async def go_back(self, by: str, number: int, reason: str, seen: int) -> Published:
        """Let an earlier version go live again.

        Raises:
            Conflict: Something else was published since it was looked at.
            NotFound: The version is not kept any more.
            Refused: "publishing.nothing" or "publishing.faulty".
        """
        current, target = await self._database.read(
            lambda unit: (unit.publications.current(), unit.publications.find(number))
        )
        if target is None:
            raise NotFound("This version is not kept any more.")
        if not changes(current.files, target.files):
            raise Refused("publishing.nothing")
        files, bodies = await self._counted_on(current, target)
        kept = {one[0]: one[1] for one in bodies.values() if one}
        root = await self._drafting.folder_of(files, kept)
        if any(
            one.severity == "error"
            for one in await self._workshop.examine(self._publication.root, root)
        ):
            raise Refused("publishing.faulty")

        def act(unit: Unit) -> Published:
            who = unit.people.reference_of(by) if by else ""
            unit.publications.keep(bodies)
            reasons = _short(reason)
            made = unit.publications.publish(who, reasons, files, seen, back_to=target.number)
            note(unit, "content.rolled_back", made, who)
            return made

        return await self._live(await self._database.write(act))

    async def _counted_on(
        self, current: Published, target: Published
    ) -> tuple[dict[str, str], dict[str, tuple[str, bytes] | None]]:
        """Return the files to publish, and the bodies that none of the versions has."""
        paths = changes(current.files, target.files)
        counted = [path for path in paths if counts_versions(path)]
        files = {path: one for path, one in target.files.items() if path not in counted}
        files |= {path: one for path, one in current.files.items() if path in counted}
        if not counted:
            return files, {}
        live, old = await self._drafting.folder(current), await self._drafting.folder(target)
        bodies: dict[str, tuple[str, bytes] | None] = {}
        async with self._workshop.spare() as out:
            taken = await self._workshop.ask(
                "back", live=str(live), target=str(old), paths=counted, out=str(out)
            )
            for one in taken:
                bodies |= await in_background(pack, one["files"])
        return files | {path: one[0] if one else GONE for path, one in bodies.items()}, bodies

    async def _live(self, made: Published) -> Published:
        """Use at once here what others take within seconds."""
        await self._publication.look()
        return made

    async def _differ(
        self, before: Path, after: Path, paths: Iterable[str]
    ) -> list[dict[str, Any]]:
        pairs = [(path, _there(before, path), _there(after, path)) for path in sorted(paths)]
        found: list[dict[str, Any]] = await self._workshop.ask("differ", pairs=pairs)
        return found

    # -- looking -----------------------------------------------------------------------------

    async def groups(self, by: str, of: Of) -> Mapping[str, int]:
        """Return the files that hold texts, with how many screens each makes."""
        found: dict[str, int] = await self._workshop.ask("groups", **await self._read(by, of))
        return found

    async def screens(
        self, by: str, of: Of, file: str, language: str, city: str
    ) -> Sequence[Screen]:
        """Return the screens of a file in a language."""
        asked = {"file": file, "language": language, "city": city}
        return as_screens(await self._workshop.ask("screens", **await self._read(by, of), **asked))

    async def left(self, by: str, of: Of) -> Mapping[str, Sequence[Left]]:
        """Return by language what is still to be translated."""
        return as_left(await self._workshop.ask("left", **await self._read(by, of)))

    async def sheet(self, by: str, language: str, form: str, what: Wanted, file: str) -> bytes:
        """Return texts for a translator, as "po" or "xlsx"."""
        asked = {"language": language, "form": form, "what": what, "file": file}
        async with self._workshop.spare() as out:
            read = await self._read(by, "draft")
            made = await self._workshop.ask("sheet", **read, **asked, out=str(out))
            return await in_background(Path(made).read_bytes)

    async def workbook(self, by: str, path: str, of: Of) -> bytes | None:
        """Return a questionnaire or a framework's sentences as a workbook; None for others."""
        if kind_of(path) is None:
            return None
        async with self._workshop.spare() as out:
            read = await self._read(by, of)
            made = await self._workshop.ask("workbook", **read, path=path, out=str(out))
            return None if made is None else await in_background(Path(made).read_bytes)

    async def _read(self, by: str, of: Of) -> dict[str, str]:
        """Name a folder for the bench, with what tells it from an earlier one of its name."""
        root = await self._drafting.root(by, of)
        is_live = root == self._publication.root
        version = self._publication.live.current.version if is_live else root.name
        return {"root": str(root), "version": version}


def note(unit: Unit, action: str, made: Published, who: str) -> None:
    """Write into the audit log what was published."""
    facts = {"version": str(made.number), "files": str(len(made.changed)), "reason": made.reason}
    if made.back_to is not None:
        facts["back_to"] = str(made.back_to)
    unit.audit.record(action, actor=who, facts=facts)


def _short(reason: str) -> str:
    return " ".join(reason.split())[:LONGEST_REASON]


def _clashes(current: Published, draft: Draft) -> frozenset[str]:
    return frozenset(
        path for path, one in draft.files.items() if current.files.get(path, GONE) != one.was
    )


def _there(root: Path, path: str) -> str | None:
    return str(root / path) if (root / path).exists() else None


def _body(root: Path, path: str) -> bytes | None:
    return (root / path).read_bytes() if (root / path).is_file() else None


def _facts(root: Path) -> dict[str, tuple[int, str]]:
    """Return the size of each file, and what its first line says of it."""
    return {
        path: (file.stat().st_size, _about(file))
        for path, file in paths_in(root).items()
        if kind_of(path) is not None
    }


def _about(file: Path) -> str:
    with file.open(encoding="utf-8", errors="replace") as lines:
        first = lines.readline(300).strip()
    return first.removeprefix("#").strip() if first.startswith("# ") else ""


def _write(source: Path, out: Path, body: bytes) -> None:
    source.write_bytes(body)
    out.mkdir()
