"""What a questionnaire names and does not have, or has only later."""

from __future__ import annotations

from collections.abc import Iterator

from content.conditions import Clause, number
from content.problems import Problem
from content.questionnaires import Question, Questionnaire, Section
from content.reading import Document

_NUMBERS = frozenset({"<", "<=", ">", ">="})
ITEM = "{item}"


def joins(found: Questionnaire, document: Document) -> Iterator[Problem]:
    """Yield what comes twice, what is named before it was asked, and tests that cannot be met."""
    asked: dict[str, tuple[Question, Section]] = {}
    for section in found.sections:
        path: tuple[str | int, ...] = ("sections", section.id)
        for reason in _of_section(section, asked):
            yield _problem(document, (*path, "for_each"), reason)
        for question in section.questions:
            here = (*path, "questions", question.id)
            if question.id in asked:
                yield _problem(document, here, "this question is given twice")
            for clause in question.conditions():
                reason = _of_clause(clause, asked, section)
                if reason:
                    yield _problem(document, (*here, "when"), reason)
            reason = _of_rows(question, asked)
            if reason:
                yield _problem(document, (*here, "rows_from"), reason)
            asked.setdefault(question.id, (question, section))


def _of_section(section: Section, asked: dict[str, tuple[Question, Section]]) -> Iterator[str]:
    if ITEM in section.title and not section.for_each:
        yield f"{ITEM} in the title stands for what a section is repeated for: name it"
    if not section.for_each:
        return
    question, home = asked.get(section.for_each, (None, None))
    if question is None or home is None:
        yield f"{section.for_each} is not asked before"
    elif question.kind != "several":
        yield f"{section.for_each} is a {question.kind} question: only several can be repeated for"
    elif home.for_each:
        yield f"{section.for_each} is itself repeated"


def _of_clause(clause: Clause, asked: dict[str, tuple[Question, Section]], section: Section) -> str:
    question, home = asked.get(clause.name, (None, None))
    if question is None or home is None:
        return f"{clause.name} is not asked before"
    if home.for_each and home.id != section.id:
        return f"{clause.name} is repeated, so it has no single answer here"
    if clause.test in ("answered", "open"):
        return ""
    if clause.test in _NUMBERS:
        is_number = question.kind in ("number", "scale")
        return "" if is_number else f"{clause.name} is no number"
    if clause.test in ("has", "has not") and question.kind != "several":
        return f'{clause.name} has one answer: say "is"'
    if clause.test in ("is", "is not") and question.kind == "several":
        return f'{clause.name} may have several answers: say "has"'
    return _of_value(clause, question)


def _of_value(clause: Clause, question: Question) -> str:
    if question.kind in ("number", "scale"):
        is_number = number(clause.value) is not None
        return "" if is_number else f"{clause.value} is no number, and {clause.name} is one"
    if question.options:
        is_known = clause.value in question.option_ids
        return "" if is_known else f"{clause.value} is not an option of {clause.name}"
    return f"{clause.name} is answered in free words: only whether it is answered can be asked"


def _of_rows(question: Question, asked: dict[str, tuple[Question, Section]]) -> str:
    if not question.rows_from:
        return ""
    source, _ = asked.get(question.rows_from, (None, None))
    if source is None:
        return f"{question.rows_from} is not asked before"
    texts = {option.text.rpartition(".button")[0].rpartition(".")[0] for option in source.options}
    if texts != {"needs.role"}:
        return f"the options of {question.rows_from} are no roles"
    return ""


def _problem(document: Document, path: tuple[str | int, ...], reason: str) -> Problem:
    return Problem(document.file, document.line(path), ".".join(map(str, path)), reason)
