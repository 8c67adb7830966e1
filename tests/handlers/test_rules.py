"""What this package must never do, read in its source."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).resolve().parents[2] / "bot").rglob("*.py"))


@pytest.mark.parametrize(
    "banned", ["drop_pending_updates", "Updater(", "run_polling(", "parse_mode"]
)
def test_no_source_has(banned: str) -> None:
    """Dropping or confirming early loses what people sent; parse modes can be broken by words."""
    assert [path.name for path in SOURCES if banned in path.read_text("utf-8")] == []
