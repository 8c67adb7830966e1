"""An import's report as the few lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.courses.importing.records import Finding, ImportReport, Say
from bot.courses.phrases import Phrase

SHOWN = 20


def tell(report: ImportReport, say: Say) -> str:
    """Return the report in words: the counts, then the first rejections and warnings."""
    return "\n".join(_lines(report, say))


def _lines(report: ImportReport, say: Say) -> Iterator[str]:
    counts = {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "withdrawn": report.withdrawn,
        "rejected": report.rejected_count,
    }
    yield say(Phrase("imports.report.counts", counts))
    if report.is_stopped:
        yield say(Phrase("imports.report.stopped", counts))
    elif report.is_dry_run:
        yield say(Phrase("imports.report.dry_run"))
    yield from _findings("rejected", report.rejected, report.rejected_count, say)
    yield from _findings("warnings", report.warnings, report.warnings_count, say)


def _findings(kind: str, found: Sequence[Finding], count: int, say: Say) -> Iterator[str]:
    if not count:
        return
    yield ""
    yield say(Phrase(f"imports.report.{kind}", {"count": count}))
    for each in found[:SHOWN]:
        place = f"{each.where}, {each.field}" if each.field else each.where
        yield f"  {place}: {say(each.reason)}"
    if count > SHOWN:
        yield "  " + say(Phrase("imports.report.more", {"count": count - SHOWN}))
