"""A questionnaire as people will see it, question by question, for those who write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.questionnaires.telling import told
from content.questionnaires import Question, Questionnaire, Section
from content.words import SOURCE_LANGUAGE, Ready, Words


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they will be read; `is_missing` where English stands in for a translation."""

    text: str
    language: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class PreviewQuestion:
    """One question.

    Attributes:
        kind, facts: How it is answered and what is taken, in words.
        ends: What the ends of a scale mean; empty for others.
        unit: What a number counts, None where nothing is said.
        when: When it is asked, in words; empty for always.
        rows: Skills of a grid that are always asked about.
    """

    id: str
    ask: Said
    help: Said | None
    kind: str
    facts: tuple[str, ...]
    options: tuple[Said, ...]
    ends: tuple[Said, ...]
    unit: Said | None
    rows: tuple[Said, ...]
    when: str


@dataclass(frozen=True, slots=True)
class PreviewSection:
    """Questions under a title; `repeated` says for what they are asked again."""

    id: str
    title: Said | None
    repeated: str
    questions: tuple[PreviewQuestion, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A whole questionnaire in one language.

    Attributes:
        missing: How many of its words are not there in the language.
    """

    id: str
    version: int
    language: str
    title: Said
    button: Said
    intro: Said
    thanks: Said
    minutes: int
    sections: tuple[PreviewSection, ...]
    missing: int


def preview(questionnaire: Questionnaire, words: Words, language: str) -> Preview:
    """Return every word of a questionnaire in a language, in the order in which it is asked.

    Args:
        words: Those of content in which the questionnaire stands.
    """
    return _Previewer(questionnaire, words, language).whole()


class _Previewer:
    """Collects words, and counts those that are missing."""

    def __init__(self, questionnaire: Questionnaire, words: Words, language: str) -> None:
        self._one, self._words, self._language = questionnaire, words, language
        self._missing: set[str] = set()

    def whole(self) -> Preview:
        heads = {name: self._own(name) for name in ("title", "button", "intro", "thanks")}
        sections = tuple(self._section(section) for section in self._one.sections)
        return Preview(
            id=self._one.id,
            version=self._one.version,
            language=self._language,
            minutes=self._one.minutes,
            sections=sections,
            missing=len(self._missing),
            **heads,
        )

    def _section(self, section: Section) -> PreviewSection:
        repeated = ""
        item: dict[str, Any] = {}
        if section.for_each:
            ask = self._plain(self._one.text_id(f"{section.for_each}.ask"))
            repeated = self._plain("preview.repeated", ask=ask)
            item = {"item": Ready("…")}
        title = self._own(f"section.{section.id}", **item) if section.title else None
        questions = tuple(self._question(one) for one in section.questions)
        return PreviewSection(section.id, title, repeated, questions)

    def _question(self, one: Question) -> PreviewQuestion:
        ends = (one.low and f"{one.id}.low", one.high and f"{one.id}.high")
        return PreviewQuestion(
            id=one.id,
            ask=self._own(f"{one.id}.ask"),
            help=self._own(f"{one.id}.help") if one.help else None,
            kind=self._plain(f"preview.kind.{one.kind}"),
            facts=tuple(self._facts(one)),
            options=tuple(self._say(option.text) for option in one.options),
            ends=tuple(self._own(name) for name in ends if name),
            unit=self._own(f"{one.id}.unit") if one.unit else None,
            rows=tuple(
                self._say(f"framework.{row.framework}.skill.{row.competence}.button")
                for row in one.rows
            ),
            when=told(one.when, self._one, self._plain) if one.when else "",
        )

    def _facts(self, one: Question) -> Iterator[str]:
        for name in ("needed", "has_other"):
            if getattr(one, name):
                yield self._plain(f"preview.{name}")
        kind = "length" if one.kind == "text" else "picks" if one.kind == "several" else "number"
        for name in ("least", "most"):
            bound = getattr(one, name)
            if bound is not None:
                yield self._plain(f"preview.{kind}.{name}", number=bound)
        if one.form != "plain":
            yield self._plain(f"preview.form.{one.form}")
        if one.rows_from:
            ask = self._plain(self._one.text_id(f"{one.rows_from}.ask"))
            yield self._plain("preview.rows_from", ask=ask)
        if one.prefill:
            yield self._plain("preview.prefill")

    def _own(self, name: str, **values: Any) -> Said:
        return self._say(self._one.text_id(name), **values)

    def _say(self, text_id: str, **values: Any) -> Said:
        spoken = self._words.language_of(text_id, self._language)
        is_missing = spoken != self._language
        if is_missing:
            self._missing.add(text_id)
        return Said(self._words.short(text_id, spoken, **values), spoken, is_missing)

    def _plain(self, text_id: str, **values: Any) -> str:
        """Return words around the questions, which staff read in English.

        The questionnaire's own, which are named in them, come in the language of the preview.
        """
        is_around = text_id.startswith("preview.")
        language = SOURCE_LANGUAGE if is_around else self._language
        return self._words.short(text_id, language, **values)
