"""The words of questionnaires as texts, so that they are shown and translated like all others.

Ids: `questionnaire.<id>.title|button|intro|thanks`, `.section.<section>`,
`.<question>.ask|help|unit|low|high`, `.<question>.button.<option>`. An earlier version has
`questionnaire.<id>.<version>.` before them.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.needtexts import literal_text
from content.questionnairefiles import EARLIER, FOLDER, Questionnaires
from content.questionnaires import Question, Questionnaire
from content.template import TemplateError, parse
from content.texts import SourceText


def questionnaire_texts(found: Questionnaires) -> Iterator[SourceText]:
    """Yield every text of every questionnaire, of earlier versions too."""
    for one in (*found.current.values(), *found.earlier.values()):
        folder = EARLIER if one.is_earlier else FOLDER
        name = f"{one.id}.{one.version}" if one.is_earlier else one.id
        file = f"{folder}/{name}"
        for text_id, words in _words(one):
            yield _text(one.text_id(text_id), file, words)


def _words(one: Questionnaire) -> Iterator[tuple[str, str]]:
    yield from (("title", one.title), ("button", one.short))
    yield from (("intro", one.intro), ("thanks", one.thanks))
    for section in one.sections:
        if section.title:
            yield f"section.{section.id}", section.title
        for question in section.questions:
            yield from _of_question(question)


def _of_question(question: Question) -> Iterator[tuple[str, str]]:
    key = question.id
    for name in ("ask", "help", "unit", "low", "high"):
        words = getattr(question, name)
        if words:
            yield f"{key}.{name}", words
    own = f".{key}.button."
    for option in question.options:
        if own in option.text:
            yield f"{key}.button.{option.id}", option.label


def _text(text_id: str, file: str, words: str) -> SourceText:
    """Return words with "{item}" as a place for a value; other words stand as they are."""
    if "{item}" not in words:
        return literal_text(text_id, file, words)
    try:
        return SourceText(text_id, file, 0, parse(words))
    except TemplateError:
        return literal_text(text_id, file, words)
