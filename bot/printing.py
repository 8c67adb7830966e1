"""What the commands share: JSON for scripts, and a change that is told before it is made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any, Protocol

import typer

FAULTY = 1
"""The exit code where what was given cannot be used."""
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


class Changing(Protocol):
    """A change of the content folder that was tried, and may be put in place."""

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands against it."""
        ...

    def lines(self) -> Iterable[str]:
        """Say what would change, and what is wrong."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Say the same for scripts."""
        ...

    def put_in_place(self) -> None:
        """Make the change."""
        ...


def print_json(value: Any) -> None:
    """Print a value for scripts; what JSON does not know, such as a time, as its words."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def tell(change: Changing, *, as_json: bool) -> None:
    """Say what a change would be.

    Raises:
        typer.Exit: It cannot be made.
    """
    if as_json:
        print_json(change.to_json())
    else:
        for line in change.lines():
            typer.echo(line)
    if not change.is_possible:
        raise typer.Exit(FAULTY)


def make(change: Changing, *, as_json: bool, is_sure: bool) -> None:
    """Say what a change is, ask, and make it. Scripts, which read JSON, are not asked.

    Raises:
        typer.Exit: It cannot be made.
        typer.Abort: The answer was no.
    """
    tell(change, as_json=as_json)
    if not (is_sure or as_json):
        typer.confirm("Put it in place?", abort=True)
    change.put_in_place()
    if not as_json:
        typer.echo("In place. A running bot takes it when it is told to reload (SIGHUP).")
