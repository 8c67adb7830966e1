"""Load a content folder as one frozen whole, or say everything that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from content.accessibility import Statement, read_statement
from content.badges import BadgePlan, read_badges
from content.campaigns import (
    CampaignTemplate,
    SendingRules,
    read_campaigns,
    read_sending_rules,
)
from content.catalogues import Translation, catalogue_file, read_catalogue, translate
from content.cityfiles import read_city
from content.codewords import CodeWords, read_code_words
from content.formats import is_right_to_left
from content.frameworkfiles import Frameworks, read_frameworks
from content.frameworks import Framework, QuickCheck, Slot
from content.frameworktexts import framework_texts, quick_check_texts
from content.lost import lost_names
from content.needfiles import read_needs
from content.needs import Starts
from content.needtexts import need_texts
from content.pathwayfiles import read_pathways
from content.pathways import Pathways
from content.problems import BadContent, Problem
from content.questionnairefiles import Questionnaires, lists_of, read_questionnaires
from content.questionnairetexts import questionnaire_texts
from content.reading import Document, read_yaml, relative_name
from content.samples import SampleCourse, read_samples
from content.schema import City, Language, Source
from content.template import Template
from content.texts import SourceText, source_texts
from content.typed import typed
from content.words import SOURCE_LANGUAGE, Entry, Words

SHIPPED = Path(__file__).parent
"""The content that comes with the program."""

_READ = {".yaml", ".csv", ".po"}


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that people read and every place that the bot knows; immutable.

    Attributes:
        root: The folder.
        version: Changes whenever a file changes.
        words: All texts in all languages.
        languages: By code, English first.
        cities: By id.
        sources: Where facts come from, by id.
        samples: Sample courses by city id.
        frameworks: Skills frameworks by id.
        quick_checks: Short checks with a published rule, by id.
        texts: The English texts with their files and lines.
        translations: By language, how far each is.
        archive, quick_archive: Earlier versions, by id and version.
        slots: Places kept for frameworks that somebody has yet to publish, by id.
        pathways: Routes of steps towards something that people want.
        needs: From what employers start: sectors, roles, problems in plain words.
        questionnaires: Those in use, and earlier versions.
        badges: What can be earned, by id.
        campaigns: Those that come with the bot, by id.
        sending: What holds for everything that is sent unasked.
        sending_by_city: The same by city, where staff chose otherwise.
        code_words: Of which codes are made; None where the folder has none.
        accessibility: What the accessibility statement stands on.
    """

    root: Path
    version: str
    words: Words = field(repr=False)
    languages: Mapping[str, Language] = field(repr=False)
    cities: Mapping[str, City] = field(repr=False)
    sources: Mapping[str, Source] = field(repr=False)
    samples: Mapping[str, tuple[SampleCourse, ...]] = field(repr=False)
    frameworks: Mapping[str, Framework] = field(repr=False)
    quick_checks: Mapping[str, QuickCheck] = field(repr=False)
    texts: Mapping[str, SourceText] = field(repr=False)
    translations: Mapping[str, Translation] = field(repr=False)
    archive: Mapping[str, Mapping[str, Framework]] = field(repr=False, default_factory=dict)
    quick_archive: Mapping[str, Mapping[str, QuickCheck]] = field(repr=False, default_factory=dict)
    slots: Mapping[str, Slot] = field(repr=False, default_factory=dict)
    pathways: Pathways = field(repr=False, default_factory=Pathways)
    needs: Starts = field(repr=False, default_factory=Starts)
    questionnaires: Questionnaires = field(repr=False, default_factory=Questionnaires)
    badges: Mapping[str, BadgePlan] = field(repr=False, default_factory=dict)
    campaigns: Mapping[str, CampaignTemplate] = field(repr=False, default_factory=dict)
    sending: SendingRules = field(repr=False, default_factory=SendingRules)
    sending_by_city: Mapping[str, SendingRules] = field(repr=False, default_factory=dict)
    code_words: CodeWords | None = field(repr=False, default=None)
    accessibility: Statement = field(repr=False, default_factory=Statement)

    def offered(self, city: str = "") -> dict[str, Framework]:
        """Return the frameworks that a new sitting in a city may use, by id.

        A city's own is for its people alone, and where it is there its draft is offered no more.
        """
        filled = [slot for slot in self.slots.values() if slot.is_filled]
        away = {slot.id for slot in filled if slot.city not in ("", city)}
        away |= {slot.takes_place_of for slot in filled if slot.city in ("", city)}
        return {key: found for key, found in self.frameworks.items() if key not in away}

    def sending_in(self, city: str) -> SendingRules:
        """Return what holds for everything that is sent unasked in a city."""
        return self.sending_by_city.get(city, self.sending)

    def framework_at(self, key: str, version: str) -> Framework | None:
        """Return a framework in the words of a version; the present ones where it was not kept."""
        return self.archive.get(key, {}).get(version) or self.frameworks.get(key)

    def quick_check_at(self, key: str, version: str) -> QuickCheck | None:
        """Return a quick check as it was; the present one where that version was not kept."""
        return self.quick_archive.get(key, {}).get(version) or self.quick_checks.get(key)


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and what was wrong with it."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def yaml(self, path: Path) -> Document | None:
        try:
            return read_yaml(path, self.root)
        except BadContent as error:
            self.problems.extend(error.problems)
            return None

    def record(self, model: Any, document: Document, key: str) -> Any:
        try:
            return typed(model, document, (key,), id=key)
        except BadContent as error:
            self.problems.extend(error.problems)
            return None

    def records(self, name: str, model: Any) -> dict[str, Any]:
        """Read a file of records by id."""
        document = self.yaml(self.root / name)
        if document is None or not isinstance(document.value, dict):
            return {}
        found = {key: self.record(model, document, key) for key in document.value}
        return {key: record for key, record in found.items() if record is not None}


def inspect(
    root: Path = SHIPPED,
    *,
    cities: Collection[str] | None = None,
    shows_missing: bool = False,
) -> tuple[Content, list[Problem]]:
    """Read a content folder as far as it can be read, and return what is wrong with it.

    Args:
        root: The folder.
        cities: Read these cities only; None reads all.
        shows_missing: For developers: a text that does not exist shows its id.
    """
    reading = _Reading(root)
    languages = reading.records("languages.yaml", Language)
    sources = reading.records("sources.yaml", Source)
    found_cities = _cities(reading, cities)
    frameworks = read_frameworks(root, reading.problems)
    pathways = read_pathways(root, frameworks.frameworks, sources, reading.problems)
    needs = read_needs(root, frameworks.frameworks, reading.problems)
    listed = lists_of(needs, frameworks.frameworks)
    questionnaires = read_questionnaires(root, listed, reading.problems)
    campaigns, sent = read_campaigns(root, sources, reading.problems)
    own = (*need_texts(needs), *questionnaire_texts(questionnaires), *sent, *pathways.texts)
    texts = _texts(reading, (*_framework_texts(frameworks), *own))
    translations = _translations(reading, texts, [key for key in languages if key != "en"])
    content = Content(
        root=root,
        version=_version(root),
        words=_words(texts, translations, shows_missing=shows_missing),
        languages={key: _known(found, translations) for key, found in languages.items()},
        cities=found_cities,
        sources=sources,
        samples=_samples(reading, found_cities),
        texts=texts,
        translations=translations,
        pathways=pathways,
        needs=needs,
        questionnaires=questionnaires,
        badges=read_badges(root, frameworks.frameworks, texts, reading.problems),
        campaigns=campaigns,
        **_single_files(reading, texts),
        **_framework_fields(frameworks),
    )
    reading.problems.extend(
        lost_names(found_cities, content.samples, sources=sources, languages=languages, texts=texts)
    )
    for entries in _entries(texts, translations).values():
        _put_away(entries.values())
    return content, reading.problems


def _single_files(reading: _Reading, texts: Mapping[str, SourceText]) -> dict[str, Any]:
    """Return what content keeps of files that there is one of each, by the names it has there."""
    return {
        "sending": read_sending_rules(reading.root, reading.problems),
        "code_words": read_code_words(reading.root, reading.problems),
        "accessibility": read_statement(reading.root, texts, reading.problems),
    }


def _framework_fields(found: Frameworks) -> dict[str, Any]:
    """Return what content keeps of frameworks, by the names that it has there."""
    return {
        "frameworks": found.frameworks,
        "quick_checks": found.quick_checks,
        "archive": found.archive,
        "quick_archive": found.quick_archive,
        "slots": found.slots,
    }


def load(
    root: Path = SHIPPED,
    *,
    cities: Collection[str] | None = None,
    shows_missing: bool = False,
) -> Content:
    """Load a content folder.

    Raises:
        BadContent: Something is wrong; its `problems` name file, line and field of each fault.
    """
    content, problems = inspect(root, cities=cities, shows_missing=shows_missing)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise BadContent(errors)
    return content


class LiveContent:
    """The content in use, replaced whole or not at all."""

    def __init__(self, content: Content, cities: Collection[str] | None = None) -> None:
        self._content = self._loaded = content
        self._adapt: Callable[[Content], Content] = _as_loaded
        self._cities = cities

    @property
    def current(self) -> Content:
        """The content in use; keep it for as long as one reply needs it."""
        return self._content

    def reload(self) -> Content:
        """Read the folder again and use it from now on.

        Raises:
            BadContent: Something is wrong; the old content stays in use.
        """
        self.use(load(self._loaded.root, cities=self._cities))
        return self._content

    def use(self, content: Content) -> None:
        """Use other content from now on, with what staff chose laid over it."""
        self._loaded, self._content = content, self._adapt(content)

    @property
    def loaded(self) -> Content:
        """The content as its files say it."""
        return self._loaded

    def lay_over(self, adapt: Callable[[Content], Content]) -> None:
        """Change the content in use, and whatever content comes after it, in this way."""
        self._adapt = adapt
        self.use(self._loaded)


def _as_loaded(content: Content) -> Content:
    return content


def _words(
    texts: Mapping[str, SourceText], translations: Mapping[str, Translation], *, shows_missing: bool
) -> Words:
    return Words(_entries(texts, translations), shows_missing=shows_missing)


def _entries(
    texts: Mapping[str, SourceText], translations: Mapping[str, Translation]
) -> dict[str, Mapping[str, Entry]]:
    english = {text_id: text.entry for text_id, text in texts.items()}
    return {SOURCE_LANGUAGE: english, **{key: one.entries for key, one in translations.items()}}


def _put_away(entries: Iterable[Entry]) -> None:
    for entry in entries:
        for template in (entry,) if isinstance(entry, Template) else entry.values():
            template.put_away()


def _framework_texts(found: Frameworks) -> Iterator[SourceText]:
    for framework in found.frameworks.values():
        yield from framework_texts(framework)
    for check in found.quick_checks.values():
        yield from quick_check_texts(check)


def _known(language: Language, translations: Mapping[str, Translation]) -> Language:
    translation = translations.get(language.id)
    return language.model_copy(
        update={
            "is_right_to_left": is_right_to_left(language.id),
            "is_draft": translation is not None and translation.is_draft,
        }
    )


def _texts(reading: _Reading, others: Iterable[SourceText]) -> dict[str, SourceText]:
    """Read the files of texts, and add those that other files hold."""
    found = {text.id: text for text in others}
    root = reading.root
    paths = [*sorted(root.glob("text/*.yaml")), *sorted(root.glob("cities/*/text.yaml"))]
    for path in paths:
        document = reading.yaml(path)
        for text in source_texts(document, reading.problems) if document else ():
            if text.id in found:
                first = found[text.id]
                reason = f"is given already in {first.file} on line {first.line}"
                reading.problems.append(Problem(text.file, text.line, text.id, reason))
            else:
                found[text.id] = text
    return found


def _translations(
    reading: _Reading, texts: Mapping[str, SourceText], languages: Iterable[str]
) -> dict[str, Translation]:
    found = {}
    for language in languages:
        path = catalogue_file(reading.root, language)
        if not path.exists():
            found[language] = Translation(language, {}, missing=tuple(sorted(texts)))
            continue
        file = relative_name(path, reading.root)
        try:
            catalogue = read_catalogue(path, reading.root, language)
        except BadContent as error:
            reading.problems.extend(error.problems)
            continue
        found[language] = translate(catalogue, texts, language, file, reading.problems)
    return found


def _cities(reading: _Reading, wanted: Collection[str] | None) -> dict[str, City]:
    found = {}
    for path in sorted(reading.root.glob("cities/*/city.yaml")):
        if wanted is None or path.parent.name in wanted:
            try:
                found[path.parent.name] = read_city(path.parent, reading.root)
            except BadContent as error:
                reading.problems.extend(error.problems)
    for city in sorted(set(wanted or ())):
        if not (reading.root / "cities" / city / "city.yaml").is_file():
            reading.problems.append(Problem(f"cities/{city}", 0, "city", "there is no such city"))
    return found


def _samples(reading: _Reading, cities: Iterable[str]) -> dict[str, tuple[SampleCourse, ...]]:
    found = {}
    for city in cities:
        path = reading.root / "courses" / f"{city}.yaml"
        if path.exists():
            try:
                found[city] = read_samples(path, reading.root)
            except BadContent as error:
                reading.problems.extend(error.problems)
    return found


def _version(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in _READ and path.is_file():
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
