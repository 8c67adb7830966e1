"""`python -m bench [part...] [--json FILE]`: every part of this package that has a `run`."""

from __future__ import annotations

import importlib
import json
import pkgutil
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

import bench
from bench.rows import Row


def parts() -> list[str]:
    """Return the names of the benchmarks that exist."""
    found = []
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name not in ("rows", "__main__"):
            loaded = importlib.import_module(f"bench.{module.name}")
            if hasattr(loaded, "run"):
                found.append(module.name)
    return found


def table(rows: Iterable[Row]) -> str:
    """Return the figures in columns."""
    lines = [("part", "what", "measured", "goal", "", "note")]
    for row in rows:
        verdict = {True: "ok", False: "MISSED", None: ""}[row.is_met]
        lines.append(
            (row.part, row.name, f"{row.value:,.4g} {row.unit}", row.goal, verdict, row.note)
        )
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def main(
    wanted: Annotated[list[str] | None, typer.Argument(help="Parts; all if left out.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write JSON there too.")] = None,
) -> None:
    """Measure, and print each figure beside its goal."""
    known = parts()
    unknown = set(wanted or ()) - set(known)
    if unknown:
        raise typer.BadParameter(f"there are: {', '.join(known)}")
    rows: list[Row] = []
    for name in wanted or known:
        print(f"measuring {name} ...", flush=True)
        rows.extend(importlib.import_module(f"bench.{name}").run())
    print(table(rows))
    if json_file is not None:
        document = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "rows": [row.to_json() for row in rows],
        }
        json_file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
