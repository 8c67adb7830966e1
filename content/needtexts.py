"""The words of sectors, roles and problems as texts, so that they are shown like all others.

Ids: `needs.sector.<id>.title|button`, `needs.role.<id>.title|button|use`,
`needs.problem.<id>.title|because`. English stays in the files under `needs/`.
"""

from __future__ import annotations

from collections.abc import Iterator

from content.needs import Starts
from content.template import literal
from content.texts import SourceText


def need_texts(starts: Starts) -> Iterator[SourceText]:
    """Yield every text of the files from which employers start."""
    for sector in starts.sectors.values():
        file = "needs/sectors.yaml"
        yield literal_text(f"needs.sector.{sector.id}.title", file, sector.title)
        yield literal_text(f"needs.sector.{sector.id}.button", file, sector.short)
    for role in starts.roles.values():
        file = f"needs/roles/{role.group}.yaml"
        yield literal_text(f"needs.role.{role.id}.title", file, role.title)
        yield literal_text(f"needs.role.{role.id}.button", file, role.short)
        yield literal_text(f"needs.role.{role.id}.use", file, role.use)
    for problem in starts.problems.values():
        file = "needs/problems.yaml"
        yield literal_text(f"needs.problem.{problem.id}.title", file, problem.title)
        yield literal_text(f"needs.problem.{problem.id}.because", file, problem.because)


def literal_text(text_id: str, file: str, words: str, line: int = 0) -> SourceText:
    """Take words as they stand: nothing in them is a mark or a place for a value."""
    return SourceText(text_id, file, line, literal(words))
