"""The results of a round as files: the same numbers as on the page, and every suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeAlias

import orjson

from bot.badges.attendees import sheet
from bot.codesign.records import Clear, Kind, Matters, RoundSheet, Suggestion
from bot.codesign.results import Result, Tally, kind_of

FORMAT = "learning-city-bot/codesign"
RESULT_COLUMNS = (
    *("item", "area", "competence", "level", "words", "group", "people"),
    *("clear_yes", "clear_partly", "clear_no"),
    *("matters_lot", "matters_little", "matters_not"),
)
SUGGESTION_COLUMNS = (
    *("suggestion", "item", "words_now", "kind", "suggested", "verdict", "why", "is_open"),
)
EVERYBODY = "everybody"
_WIDE = frozenset({"words", "words_now", "suggested", "why"})

Cell: TypeAlias = "str | int"


@dataclass(frozen=True, slots=True)
class Exported:
    """What is exported.

    Attributes:
        words: Of each descriptor, by its id.
    """

    sheet: RoundSheet
    results: Sequence[Result]
    words: dict[str, str]

    def result_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row for everybody, and one for each group that may be told of."""
        for one in self.results:
            yield self._row(one, EVERYBODY, one.everybody)
            for kinds, tally in one.groups:
                yield self._row(one, "+".join(kinds), tally)

    def suggestion_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row for each suggestion; those whose words were deleted are left out."""
        for one in self.sheet.suggestions:
            if one.words:
                yield self._suggestion(one)

    def _row(self, one: Result, group: str, tally: Tally) -> tuple[Cell, ...]:
        item = one.item
        return (
            *(item.id, item.area, item.competence, item.level, self.words.get(item.id, "")),
            *(group, tally.people),
            *(tally.clear.get(answer, 0) for answer in Clear),
            *(tally.matters.get(answer, 0) for answer in Matters),
        )

    def _suggestion(self, one: Suggestion) -> tuple[Cell, ...]:
        kind = kind_of(one, self.sheet.joined)
        return (
            *(one.id, one.item, self.words.get(one.item, ""), str(kind or "")),
            *(one.words, str(one.verdict or ""), one.why, "yes" if one.is_open else "no"),
        )


def csv_of(exported: Exported) -> bytes:
    """Return the results as CSV."""
    return sheet([RESULT_COLUMNS, *_written(exported.result_rows())])


def suggestions_csv(exported: Exported) -> bytes:
    """Return the suggestions as CSV."""
    return sheet([SUGGESTION_COLUMNS, *_written(exported.suggestion_rows())])


def json_of(exported: Exported) -> bytes:
    """Return both as JSON."""
    new = exported.sheet.round.new
    document: dict[str, Any] = {
        "format": FORMAT,
        "format_version": 1,
        "round": {
            "title": new.title,
            "city": new.city,
            "framework": new.framework,
            "framework_version": new.version,
            "opens_on": new.opens_on.isoformat(),
            "closes_on": new.closes_on.isoformat(),
        },
        "kinds": [str(kind) for kind in Kind],
        "results": [dict(zip(RESULT_COLUMNS, row, strict=True)) for row in exported.result_rows()],
        "suggestions": [
            dict(zip(SUGGESTION_COLUMNS, row, strict=True)) for row in exported.suggestion_rows()
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def xlsx_of(exported: Exported) -> bytes:
    """Return both as a workbook; every word is text, what begins like a formula too."""
    import xlsxwriter  # type: ignore[import-untyped]  # a megabyte, and few ever ask for it

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    heading = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for name, columns, rows in (
        ("Results", RESULT_COLUMNS, exported.result_rows()),
        ("Suggestions", SUGGESTION_COLUMNS, exported.suggestion_rows()),
    ):
        page = book.add_worksheet(name)
        for at, column in enumerate(columns):
            page.set_column(at, at, 60 if column in _WIDE else 16)
            page.write_string(0, at, column, heading)
        for line, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, at, cell)
                else:
                    page.write_string(line, at, cell, text)
        page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _written(rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[str]]:
    for row in rows:
        yield [str(cell) for cell in row]
