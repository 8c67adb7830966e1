"""A start loads nothing heavy that few cities, and few minutes of a day, have a use for."""

from __future__ import annotations

import subprocess
import sys

from tests.support.program import ROOT

RARE = (
    "alembic", "icalendar", "joserfc", "jsonschema", "mcp", "openbadgeslib", "openpyxl",
    "playwright", "psycopg", "pyld", "resvg_py", "segno", "sqlalchemy.dialects.postgresql",
    "uharfbuzz", "xlsxwriter",
)  # fmt: skip
"""Up to 10 MB each; imported in the function that needs them."""

LOADED = """
import sys
import bot.app, bot.flows, bot.serving
from bot.loading import collect_modules
for package in (bot.flows, bot.work.effects, bot.work.pictures, bot.work.reads, bot.work.reminders):
    collect_modules(package)
print(*sys.modules)
"""


def test_what_few_need_is_left_for_later() -> None:
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())

    assert "bot.serving" in loaded
    assert loaded.isdisjoint(RARE), sorted(loaded.intersection(RARE))
