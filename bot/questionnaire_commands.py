"""What the command line does with questionnaires: staff write and replace them without code."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import Any

from bot.commands import Tools
from bot.errors import BotError, ImportRefused
from bot.questionnaires.previewing import Preview, PreviewQuestion, preview
from bot.questionnaires.sheets import write_csv, write_xlsx
from bot.questionnaires.shelf import ENDINGS, Change, Proposal, proposed, put_in_place
from bot.settings import Settings
from bot.skills.shelf import is_shipped
from content.load import Content
from content.questionnairefiles import FOLDER
from content.questionnaires import Questionnaire
from content.words import TextValue

MODEL = "quick-needs"
"""What a template is begun with where nothing else is asked for."""


def list_questionnaires(settings: Settings) -> list[dict[str, Any]]:
    """Return every questionnaire, by id."""
    with Tools(settings, has_database=False) as tools:
        found = tools.content.questionnaires
    return [
        {
            "id": one.id,
            "title": one.title,
            "version": one.version,
            "audience": one.audience,
            "questions": len(one.questions),
            "minutes": one.minutes,
            "earlier": sorted(version for key, version in found.earlier if key == one.id),
        }
        for _, one in sorted(found.current.items())
    ]


def show_questionnaire(
    settings: Settings, key: str, language: str = "en", version: int = 0
) -> Preview:
    """Return a questionnaire as people see it, in an earlier version where one is named.

    Raises:
        BotError: There is no such questionnaire, version or language.
    """
    with Tools(settings, has_database=False) as tools:
        return _preview(tools.content, _find(tools.content, key, version), language)


def describe(shown: Preview) -> Iterator[str]:
    """Yield every question with its conditions, as lines."""
    yield f"{shown.title.text} ({shown.id}, version {shown.version}, {shown.minutes} minutes)"
    yield f"  {shown.intro.text}"
    for section in shown.sections:
        yield f"[{section.id}] {section.title.text if section.title else ''} {section.repeated}"
        for question in section.questions:
            yield from _lines(question)
    yield f"  {shown.thanks.text}"
    if shown.missing:
        yield f"{shown.missing} texts are not translated: English is shown for them."


def write_questionnaire_template(
    settings: Settings, path: Path, like: str = "", *, is_empty: bool = False
) -> str:
    """Write a questionnaire to change, or an empty sheet; return what to do next.

    Args:
        path: .yaml, .csv or .xlsx.
        like: What to begin with; the short one for employers where it is empty.

    Raises:
        BotError: There is no such questionnaire, no such kind of file, or the file is there.
    """
    with Tools(settings, has_database=False) as tools:
        content = tools.content
    found = _find(content, like or MODEL)
    ending = path.suffix.casefold()
    if ending not in ENDINGS:
        raise BotError(f"{path} has to end in .yaml, .csv or .xlsx.")
    if path.exists():
        raise BotError(f"{path} is there already. Name another file, so that nothing is lost.")
    if ending == ".xlsx":
        write_xlsx(path, None if is_empty else found)
    elif is_empty:
        raise BotError("An empty sheet is written as .xlsx.")
    elif ending == ".csv":
        write_csv(path, found)
    else:
        _copy_yaml(content, found, path)
    command = f"python -m bot questionnaires check {quote(str(path))} --for {like or 'ITS-ID'}"
    return f"Change it, then: {command}"


@contextmanager
def changing(
    settings: Settings, key: str, source: Path, *, is_new: bool | None = None
) -> Iterator[Changing]:
    """Try a source for a questionnaire; it can be put in place as long as the context lasts.

    Args:
        is_new: Whether it must not be there yet, or must be; None only looks.

    Raises:
        BotError: It is there or is not, or the source cannot even be tried; or the content folder
            is the program's own, which is said before anything else where it would be changed.
    """
    with Tools(settings, has_database=False) as tools, _in_words(tools):
        if is_new is not None and is_shipped(settings.content_dir):
            raise ImportRefused("frameworks.shipped")
        is_there = key in tools.content.questionnaires.current
        if is_new and is_there:
            raise BotError(f"{key} is there already: use `questionnaires replace`.")
        if is_new is False and not is_there:
            raise BotError(f"There is no {key} yet: use `questionnaires add`.")
        with proposed(tools.content, key, source) as proposal:
            yield Changing(tools, proposal)


class Changing:
    """A change that was tried and can be put in place."""

    def __init__(self, tools: Tools, proposal: Proposal) -> None:
        self._tools = tools
        self._proposal = proposal

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands against it."""
        return self._proposal.change.is_possible

    def lines(self) -> Iterator[str]:
        """Yield what is wrong and what changes, as lines."""
        return _told(self._proposal.change)

    def to_json(self) -> dict[str, Any]:
        """Return what is wrong and what changes, for scripts."""
        return {**asdict(self._proposal.change), "is_possible": self.is_possible}

    def previews(self) -> list[Preview]:
        """Return it in every language, as it would be; empty where it cannot be read."""
        content = self._proposal.content()
        found = content.questionnaires.current.get(self._proposal.change.key)
        languages = content.languages if found else ()
        return [preview(found, content.words, one) for one in languages if found]

    def address(self) -> str:
        """Return the link at which people answer it in the web chat."""
        return f"{self._tools.settings.address}/?start=answer_{self._proposal.change.key}"

    def put_in_place(self) -> None:
        """Do it, and write it to the audit log.

        Raises:
            ImportRefused: The content folder is the program's own.
        """
        change, settings = self._proposal.change, self._tools.settings
        put_in_place(settings.content_dir, self._proposal)
        facts = {"version": str(change.version), "before": str(change.before_version or "")}
        with Tools(settings) as tools:
            tools.database.write_now(
                lambda unit: unit.audit.record(
                    "questionnaire.replaced", subject=change.key, facts=facts
                )
            )


@contextmanager
def _in_words(tools: Tools) -> Iterator[None]:
    try:
        yield
    except ImportRefused as refusal:
        raise BotError(tools.say(TextValue(refusal.text_id, refusal.values))) from refusal


def previews_of(settings: Settings, key: str) -> list[Preview]:
    """Return a questionnaire in every language.

    Raises:
        BotError: There is no such questionnaire.
    """
    with Tools(settings, has_database=False) as tools:
        content = tools.content
    found = _find(content, key)
    return [preview(found, content.words, one) for one in content.languages]


def _find(content: Content, key: str, version: int = 0) -> Questionnaire:
    known = content.questionnaires
    if key not in known.current:
        there = ", ".join(sorted(known.current))
        raise BotError(f"There is no questionnaire {key!r}. There are: {there}.")
    found = known.get(key, version) if version else known.current[key]
    if found is None:
        raise BotError(f"{key} has no version {version}.")
    return found


def _preview(content: Content, found: Questionnaire, language: str) -> Preview:
    if language not in content.languages:
        raise BotError(f"There is no language {language!r}: {', '.join(content.languages)}.")
    return preview(found, content.words, language)


def _copy_yaml(content: Content, found: Questionnaire, path: Path) -> None:
    own = content.root / FOLDER / f"{found.id}.yaml"
    if not own.is_file():
        raise BotError(f"{found.id} is a sheet: write it as .csv or .xlsx.")
    shutil.copyfile(own, path)


def _lines(question: PreviewQuestion) -> Iterator[str]:
    facts = "; ".join((question.kind, *question.facts))
    yield f"  {question.id}: {question.ask.text} ({facts})"
    if question.when:
        yield f"    asked only if {question.when}"
    if question.help:
        yield f"    {question.help.text}"
    said = [one.text for one in (*question.options, *question.ends, *question.rows)]
    if said:
        yield f"    {' | '.join(said)}"


def _told(change: Change) -> Iterator[str]:
    for problem in change.problems:
        yield f"{problem.severity}: {problem}"
    for name, keys in (
        ("new", change.added),
        ("gone", change.removed),
        ("reworded", change.reworded),
    ):
        if keys and change.before_version:
            yield f"{name}: {', '.join(keys)}"
    errors = sum(problem.severity == "error" for problem in change.problems)
    ending = (
        "nothing stands against it"
        if change.is_possible
        else f"{errors} {'error' if errors == 1 else 'errors'}: not possible"
    )
    before = f" after {change.before_version}" if change.before_version else ""
    yield f"{change.key} {change.version or '(cannot be read)'}{before}: {ending}."
