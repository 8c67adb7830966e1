"""Questionnaires as spreadsheets: staff take one out, change it or fill in an empty one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from bot.skills.sheets import as_table
from content.conditions import show
from content.questionnairefiles import Lists, read_questionnaire
from content.questionnairerows import COLUMNS, HEAD, as_document
from content.questionnaires import Question, Questionnaire, Section
from content.reading import read_csv

_WIDE, _NARROW, _LAST_ROW = 50, 14, 2_000
_WIDE_COLUMNS = frozenset({"section_title", "ask", "help", "options", "when", "rows"})
_KINDS = ("choice", "several", "number", "scale", "text", "place", "grid")
_FROM_LISTS = {"needs.sector": "from sectors", "needs.role": "from roles"}

Row = Mapping[str, str]


def rows_of(questionnaire: Questionnaire) -> Iterator[Row]:
    """Yield a questionnaire's rows, those about the whole first."""
    for name in HEAD:
        yield {"question": name, "ask": str(getattr(questionnaire, name))}
    for section in questionnaire.sections:
        for at, question in enumerate(section.questions):
            yield {**_section(section, is_first=at == 0), **_question(question)}


def write_xlsx(path: Path, questionnaire: Questionnaire | None = None) -> None:
    """Write a questionnaire as a workbook, or an empty one to fill in where None."""
    rows = list(rows_of(questionnaire)) if questionnaire else [{"question": one} for one in HEAD]
    import xlsxwriter  # type: ignore[import-untyped]  # a megabyte, and few ever ask for it

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Questions")
    heading = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for at, name in enumerate(COLUMNS):
        sheet.set_column(at, at, _WIDE if name in _WIDE_COLUMNS else _NARROW, text)
        sheet.write_string(0, at, name, heading)
        choices = {"kind": _KINDS, "has_other": ("yes",), "needed": ("yes",)}.get(name)
        if choices:
            rule = {"validate": "list", "source": list(choices)}
            sheet.data_validation(1, at, _LAST_ROW, at, rule)
    for line, row in enumerate(rows, 1):
        for at, name in enumerate(COLUMNS):
            sheet.write_string(line, at, row.get(name, ""), text)
    sheet.freeze_panes(1, 0)
    book.close()


def write_csv(path: Path, questionnaire: Questionnaire) -> None:
    """Write a questionnaire as the CSV file that a content folder may hold."""
    path.write_bytes(_csv(rows_of(questionnaire)))


def read_sheet(sheet: Path, lists: Lists, key: str, folder: Path) -> Questionnaire:
    """Return the questionnaire of a spreadsheet, which is not changed.

    Args:
        sheet: CSV, or XLSX by its ending.
        lists: What it may take from other content.
        key: The id that it is to have.
        folder: An empty folder for the work. To use the questionnaire, put what `as_table` of
            bot.skills.sheets returns into the content folder as questionnaires/<key>.csv.

    Raises:
        BadContent: Something is wrong; line is the row of the sheet.
        ImportRefused: The workbook cannot be opened safely.
    """
    copy = folder / f"{key}.csv"
    copy.write_bytes(as_table(sheet))
    return read_questionnaire(as_document(read_csv(copy, folder)), lists, key)


def _csv(rows: Iterator[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _section(section: Section, *, is_first: bool) -> Row:
    if not is_first:
        return {"section": section.id}
    return {
        "section": section.id,
        "section_title": section.title,
        "for_each": section.for_each,
    }


def _question(one: Question) -> Row:
    return {
        "question": one.id,
        "kind": one.kind,
        "ask": one.ask,
        "help": one.help,
        "options": _options(one),
        "has_other": "yes" if one.has_other else "",
        "needed": "yes" if one.needed else "",
        "when": show(one.when) if one.when else "",
        "least": _number(one.least),
        "most": _number(one.most),
        "unit": one.unit,
        "low": one.low,
        "high": one.high,
        "form": "" if one.form == "plain" else one.form,
        "rows": _rows(one),
        "rows_from": one.rows_from,
        "prefill": one.prefill,
    }


def _options(one: Question) -> str:
    for option in one.options[:1]:
        for prefix, words in _FROM_LISTS.items():
            if option.text.startswith(f"{prefix}."):
                return words
    return "; ".join(f"{option.id} = {option.label}" for option in one.options)


def _rows(one: Question) -> str:
    by_framework: dict[str, list[str]] = {}
    for row in one.rows:
        by_framework.setdefault(row.framework, []).append(row.competence)
    return "; ".join(f"{key}: {', '.join(codes)}" for key, codes in by_framework.items())


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
